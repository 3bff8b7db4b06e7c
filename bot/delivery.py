"""Delivery: a digest goes out once, or it is known to be in doubt.

Comes in: a rendered `Message`. Goes out: a `Receipt`. The order is look, intend, send, record, so
that a run killed anywhere finds on its next try what it had done (README, promise 3).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.errors import (
    AlreadyRefused,
    BotError,
    DeliveryDeferred,
    DeliveryInDoubt,
    DeliveryRefused,
    JournalError,
)
from bot.rendering.message import Message
from bot.terms import ChannelName

#: So often the other side may say "not now" to a digest; then it counts as refused. Our judgement:
#: greylisting lets the second try in.
MAX_DEFERRALS = 3


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a delivery: `place` is an address or a path that a person can open."""

    week: str
    login: str
    channel: ChannelName
    place: str
    delivered_at: datetime


class Setback(StrEnum):
    """Why a delivery that was tried surely did not go out."""

    #: Nobody was asked: no connection, a limit, an error before the message left.
    UNSENT = "unsent"
    #: The other side said "not now".
    DEFERRED = "deferred"
    #: The other side said "never".
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a delivery through one channel has come.

    With a receipt it is done, with a setback it surely is not out, with neither it is in doubt.
    """

    receipt: Receipt | None = None
    setback: Setback | None = None
    n_deferrals: int = 0
    #: Where it was tried, as the channel names it; empty where there is one place only.
    target: str = ""
    #: Since when it may be out: the time of the run that first tried it, since the last setback.
    tried_at: datetime | None = None

    @property
    def is_in_doubt(self) -> bool:
        return self.receipt is None and self.setback is None


@dataclass(frozen=True, slots=True)
class Found:
    """A digest that is out: where, and the fingerprint of its content, empty if unknown."""

    place: str
    sha: str = ""
    #: Since when it is out; None if unknown.
    posted_at: datetime | None = None


class Channel(Protocol):
    """A way for digests to travel; one adapter each."""

    @property
    def name(self) -> ChannelName: ...

    @property
    def target(self) -> str:
        """Where it brings digests, so that a doubt is not looked up elsewhere; may be empty."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What went less well than it should, without names: for the run's report."""

    def find(self, week: str, login: str, *, was_tried: bool) -> Found | None:
        """A digest that already went out, looked up by its marker; None if none.

        `was_tried` says that an earlier run may have sent it: DeliveryInDoubt where nobody can
        look. GitHubError or DeliveryError where looking failed.
        """

    def deliver(self, message: Message) -> str:
        """Send it once and return its place; where an older text of it stands, put this there.

        DeliveryError when it surely did not go out (DeliveryDeferred, DeliveryRefused where the
        other side said so, ChannelStopped where the rest need not try), DeliveryInDoubt when
        nobody can know.
        """


class DeliveryLedger(Protocol):
    """The part of the journal that deliveries need; a login is the same in any case."""

    def delivery(self, week: str, login: str, channel: ChannelName) -> Delivery | None:
        """How far a delivery has come, its receipt made out to `login` as spelled here; or None."""

    def record_intent(
        self, week: str, login: str, channel: ChannelName, at: datetime, target: str = ""
    ) -> None:
        """Write down that this delivery is about to be tried, which takes a setback back.

        Like `record_receipt` it needs a recorded digest, and leaves a receipt as it is.
        """

    def record_setback(self, week: str, login: str, channel: ChannelName, setback: Setback) -> None:
        """Write down that the delivery that was tried surely is not out; deferrals are counted."""

    def release(self, week: str, login: str, channel: ChannelName) -> None:
        """Let a delivery be tried again as if it never was; a person said so."""

    def record_receipt(self, receipt: Receipt) -> None:
        """Write down that the delivery is done, and with it that the picks were offered.

        Of several the first is kept.
        """


def look(week: str, login: str, channel: Channel, ledger: DeliveryLedger) -> Receipt | Found | None:
    """What is known of a digest through one channel: its receipt, or what stands out there.

    DeliveryInDoubt where it was tried and nobody can look; DeliveryRefused where the other side
    said "never", or "not now" too often.
    """
    known = ledger.delivery(week, login, channel.name)
    if known is None:
        return channel.find(week, login, was_tried=False)
    if known.receipt is not None:
        return known.receipt
    _require_hope(week, login, known)
    _require_same_place(week, login, channel, known)
    found = channel.find(week, login, was_tried=known.is_in_doubt)
    # So a run that was killed leaves the receipt that it would have written.
    return found and replace(found, posted_at=known.tried_at or found.posted_at)


def book(
    message: Message, channel: Channel, place: str, ledger: DeliveryLedger, at: datetime
) -> Receipt:
    """The receipt of a digest that is out, recorded."""
    receipt = Receipt(message.week, message.login, channel.name, place, at)
    ledger.record_receipt(receipt)
    return receipt


def deliver_once(
    message: Message, channel: Channel, ledger: DeliveryLedger, now: datetime
) -> Receipt:
    """Bring `message` out through `channel`, unless it is out already; the receipt either way.

    An error says what is known: DeliveryInDoubt leaves the intent as it is, any other is recorded
    as a setback.
    """
    week, login = message.week, message.login
    known = look(week, login, channel, ledger)
    if isinstance(known, Receipt):
        return known
    if known is not None and known.sha in ("", message.sha):
        return book(message, channel, known.place, ledger, known.posted_at or now)
    ledger.record_intent(week, login, channel.name, now, channel.target)
    try:
        place = channel.deliver(message)
    except (DeliveryInDoubt, JournalError):
        raise
    except BotError as error:
        ledger.record_setback(week, login, channel.name, _setback(error))
        raise
    return book(message, channel, place, ledger, now)


def _setback(error: BotError) -> Setback:
    if isinstance(error, DeliveryRefused):
        return Setback.REFUSED
    return Setback.DEFERRED if isinstance(error, DeliveryDeferred) else Setback.UNSENT


def _require_hope(week: str, login: str, known: Delivery) -> None:
    """A delivery that was refused is not tried again, nor one that was put off too often."""
    if known.setback is Setback.REFUSED:
        said = "was refused"
    elif known.n_deferrals >= MAX_DEFERRALS:
        said = f"was put off {known.n_deferrals} times"
    else:
        return
    raise AlreadyRefused(
        f"The digest of {login} for {week} {said} and is not tried again.",
        f"Ask {login} for another address or channel, or try again all the same: foothold deliver"
        f" --live --week {week} --resend {login}.",
    )


def _require_same_place(week: str, login: str, channel: Channel, known: Delivery) -> None:
    """What is in doubt in one place is not looked up in another, and not sent there."""
    if known.is_in_doubt and known.target and known.target != channel.target:
        raise DeliveryInDoubt(
            f"The digest of {login} for {week} may stand in {known.target}, where it was tried, and"
            f" not in {channel.target or 'this place'}.",
            f"Look there. If it is not out: foothold deliver --live --week {week} --resend"
            f" {login}.",
        )
