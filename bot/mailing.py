"""Mailing: the club's mail, ready to be sent, where there are readers, a server and a key.

Comes in: the club, its students, the settings. Goes out: consents and the channel of mail.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.adapters.mail_message import make_frame
from bot.adapters.sealing import SealedAddresses
from bot.adapters.smtp import SmtpChannel
from bot.adapters.smtp_line import SmtpLine
from bot.adapters.smtp_server import parse_smtp
from bot.consent import Address, Consents, confirmed_address
from bot.proofs import ProofRoom, is_proven
from bot.register import Register
from bot.schedule import channel_of
from bot.settings import Settings
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName


@dataclass(frozen=True, slots=True)
class Mailing:
    """What a club mails with; ConfigurationError where something of it cannot be used."""

    club: Club
    settings: Settings
    register: Register
    #: Told of every address that is opened, so that no log shows it.
    mask: Callable[[str], None]
    clock: Callable[[], datetime]

    def is_wanted(self, students: Iterable[Subscription]) -> bool:
        """Is there somebody to mail to, and a server and a key to do it with?"""
        has_means = self.settings.smtp is not None and self.settings.key is not None
        return has_means and any(
            channel_of(self.club, one) is ChannelName.EMAIL for one in students
        )

    def consents(self) -> Consents:
        """What questions of consent are answered from."""
        book = SealedAddresses(self.settings.key, self.club.public_key, self.mask)
        club = self.club
        return Consents(book, self.register, club.name, club.repository, club.locale)

    def channel(
        self,
        consents: Consents,
        student_of: Callable[[str], Subscription],
        proofs: ProofRoom | None = None,
    ) -> SmtpChannel:
        """The channel, which writes only where a reader said yes; what is proven is out already."""
        frame = make_frame(self.club, self.settings.key or "")
        line = SmtpLine(parse_smtp(self.settings.smtp), frame.sender.address)

        def address_of(login: str) -> Address:
            return confirmed_address(student_of(login), consents, self.clock())

        def was_mailed(week: str, login: str) -> bool:
            return proofs is not None and is_proven(proofs, week, login)

        return SmtpChannel(line, frame, address_of, self.clock, was_mailed)
