"""The journal: what was prepared, offered and sent, as a Protocol and the values it keeps.

`adapters.database` keeps it in SQL; `tests/fakes.py` in memory; one contract suite holds both.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.allocation.offer import Offer
from bot.delivery import DeliveryLedger, Receipt
from bot.digest import Digest, Sent
from bot.terms import ChannelName


class DigestState(StrEnum):
    """Where a digest is on its way: prepared, then delivered; a week that passes lapses it."""

    PREPARED = "prepared"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A digest as the journal holds it, and the channel it is meant for."""

    digest: Digest
    channel: ChannelName
    state: DigestState
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastDigest:
    """A digest that a lost journal knew, as far as it was read back.

    With receipts it went out; without one nobody knows whether it did, by `channel`, at `at`.
    """

    digest: Digest
    channel: ChannelName
    at: datetime
    receipts: tuple[Receipt, ...] = ()


class Journal(DeliveryLedger, Protocol):
    """The memory of a club; every method either happens whole or not at all.

    GitHub takes logins in any case, so a student is the same in any case here too, and an issue
    is the same under any name its repository had, as far as its id is known.
    """

    def record_week(
        self,
        week: str,
        prepared: Sequence[tuple[Digest, ChannelName]],
        current: str | None = None,
        again: Collection[str] = (),
    ) -> None:
        """Write down the digests of a week in one step; JournalError if a student has one.

        What students named in `again` have for that week, and nobody tried to send, is taken back.

        Digests of earlier weeks that never had an intent lapse: they offered nothing. With
        `current`, the week it really is, only those before that week too: a week that is prepared
        ahead takes nothing from the one that is still to be sent.
        """

    def record_past(self, past: Sequence[PastDigest]) -> None:
        """Write down, in one step, what was read back; JournalError if it holds any digest."""

    def replace_digest(self, digest: Digest, channel: ChannelName | None = None) -> None:
        """Put a verified digest in the place of the prepared one of its week and student.

        With `channel` it is meant for that one from now on.

        JournalError if there is none or it was delivered. Picks that fell away are free again.
        """

    def entry(self, week: str, login: str) -> JournalEntry | None:
        """The student's digest of that week."""

    def entries(self, week: str) -> tuple[JournalEntry, ...]:
        """All digests of a week, by login."""

    def sent_since(self, week: str) -> tuple[Sent, ...]:
        """All digests that went out, of that week and later, by week and login."""

    def in_doubt(self) -> tuple[JournalEntry, ...]:
        """The digests that nobody knows to be out or not, of any week, by week and login.

        Each with the channel that it is in doubt in.
        """

    def offers(self) -> tuple[Offer, ...]:
        """All that was offered, in delivered digests, or is kept, in prepared ones with spares.

        By week, login (casefolded) and position.
        """

    def places(self, login: str | None = None) -> tuple[str, ...]:
        """Where digests stand, the student's or everybody's, by week, login and channel."""

    def forget(self, login: str) -> int:
        """Forget all that was prepared for and sent to the student, and with it what was offered;
        of a mentor the sentences on top of others' digests.

        How many digests that were. Of a student who comes again, nothing of that is known.
        """

    def forget_before(self, week: str) -> None:
        """Forget all digests of earlier weeks, and what they offered."""

    def lease(self) -> AbstractContextManager[None]:
        """The right to send, for one run at a time; it ends with the process at the latest.

        Waits a while for another run; JournalError if that one goes on.
        """

    def last_delivered_at(self, login: str) -> datetime | None:
        """When the student last got a digest."""
