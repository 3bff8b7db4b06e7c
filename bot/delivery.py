"""Delivery: a digest goes out once, or it is known to be in doubt.

Comes in: a rendered `Message`. Goes out: a `Receipt`. The order is look, intend, send, record, so
that a run killed anywhere finds on its next try what it had done (README, promise 3).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.rendering.message import Message
from bot.terms import ChannelName

#: The channels that this version can send by.
SENDABLE = frozenset({ChannelName.ISSUE, ChannelName.FILE})


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a delivery: `place` is an address or a path that a person can open."""

    week: str
    login: str
    channel: ChannelName
    place: str
    delivered_at: datetime


class Channel(Protocol):
    """A way for digests to travel; one adapter each."""

    @property
    def name(self) -> ChannelName: ...

    def find(self, week: str, login: str) -> str | None:
        """The place of a digest that already went out, looked up by its marker; None if none."""

    def deliver(self, message: Message) -> str:
        """Send it once and return its place.

        DeliveryError when it surely did not go out, DeliveryInDoubt when nobody can know.
        """


class DeliveryLedger(Protocol):
    """The part of the journal that deliveries need; a login is the same in any case."""

    def receipt(self, week: str, login: str, channel: ChannelName) -> Receipt | None:
        """The receipt of a delivery that is done, made out to `login` as it is spelled here."""

    def record_intent(self, week: str, login: str, channel: ChannelName, at: datetime) -> None:
        """Write down that this delivery is about to be tried; once or often, it is one intent.

        Like `record_receipt` it needs a recorded digest, and keeps the first it was told.
        """

    def record_receipt(self, receipt: Receipt) -> None:
        """Write down that the delivery is done, and with it that the picks were offered."""


def recover(
    week: str, login: str, channel: Channel, ledger: DeliveryLedger, now: datetime
) -> Receipt | None:
    """The receipt of a digest that is out already, by the ledger or by its marker."""
    done = ledger.receipt(week, login, channel.name)
    if done is not None:
        return done
    place = channel.find(week, login)
    if place is None:
        return None
    receipt = Receipt(week, login, channel.name, place, now)
    ledger.record_receipt(receipt)
    return receipt


def deliver_once(
    message: Message, channel: Channel, ledger: DeliveryLedger, now: datetime
) -> Receipt:
    """Bring `message` out through `channel`, unless it is out already; the receipt either way."""
    known = recover(message.week, message.login, channel, ledger, now)
    if known is not None:
        return known
    ledger.record_intent(message.week, message.login, channel.name, now)
    place = channel.deliver(message)
    receipt = Receipt(message.week, message.login, channel.name, place, now)
    ledger.record_receipt(receipt)
    return receipt
