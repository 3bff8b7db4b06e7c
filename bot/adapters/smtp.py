"""The channel of mail: digests to readers who said yes, and the mail that asks them.

Comes in: a `Message`, or a `ConsentRequest`. Goes out: the mail's Message-ID as its place. A mail
cannot be looked up: what was tried and not answered stays in doubt until a person asks.
"""

from collections.abc import Callable
from datetime import datetime

from bot.adapters.mail_message import MailFrame, compose_digest, compose_request, digest_id
from bot.adapters.smtp_line import SmtpLine
from bot.consent import Address, Asker, ConsentRequest
from bot.delivery import Channel, Found
from bot.errors import DeliveryError, DeliveryInDoubt, StudentsFailed
from bot.rendering.message import Message
from bot.terms import ChannelName


class SmtpChannel(Channel, Asker):
    """Mail through one server."""

    name = ChannelName.EMAIL
    notes, target = (), ""

    def __init__(
        self,
        line: SmtpLine,
        frame: MailFrame,
        address_of: Callable[[str], Address],
        clock: Callable[[], datetime],
        was_mailed: Callable[[str, str], bool] = lambda week, login: False,  # noqa: ARG005
    ) -> None:
        """`address_of` gives a login's address only where mail may go (`confirmed_address`).

        `was_mailed` knows of a week and a login whether that mail is proven to be out.
        """
        self._line = line
        self._frame = frame
        self._address_of = address_of
        self._clock = clock
        self._was_mailed = was_mailed

    def close(self) -> None:
        """End the connection, if there is one."""
        self._line.close()

    def find(self, week: str, login: str, *, was_tried: bool) -> Found | None:
        """What is proven to be out; None for a mail that was never tried.

        StudentsFailed where none may go to this student, before any intent is written down.
        """
        if self._was_mailed(week, login):
            return Found(place_of(digest_id(self._frame, week, login)))
        if was_tried:
            raise DeliveryInDoubt(
                f"The digest of {login} for {week} was mailed or not: a mail cannot be looked up.",
                f"Ask {login}; if it did not come: foothold deliver --live --week {week}"
                f" --resend {login}.",
            )
        self._address_of(login)
        return None

    def deliver(self, message: Message) -> str:
        try:
            address, missing = self._address_of(message.login), None
        except StudentsFailed as error:
            address, missing = None, error
        if address is None:
            # The contract of channels: what surely did not go out is a DeliveryError.
            assert missing
            raise DeliveryError(missing.message, missing.advice)
        mail = compose_digest(message, address, self._frame, self._clock())
        self._line.carry(mail)
        return place_of(mail.message_id)

    def ask(self, request: ConsentRequest) -> None:
        """Mail the question through the same connection."""
        self._line.carry(compose_request(request, self._frame, self._clock()))


def place_of(message_id: str) -> str:
    """How a receipt tells where a mail went."""
    return f"mail {message_id}"
