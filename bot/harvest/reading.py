"""Readings: how far each search was read, so that the next run asks only for what is new.

Comes in: what is known of a search's progress, and the time. Goes out: the readings that are due,
and the progress after one of them was taken further or came to its end.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

#: A search that was looked at so lately is not asked again: the runs of a day share one harvest,
#: and a daily run is due although its schedule may come hours late (GoodFirstIssues' runs of 2026:
#: 1 hour late in the median, 3 hours one time in ten).
FRESH_FOR = timedelta(hours=20)
#: After so long everything is read afresh: a search for free issues cannot see issues leave.
REREAD_AFTER = timedelta(days=28)
#: A search that was not looked at for so long is nobody's any more.
ABANDONED_AFTER = timedelta(days=56)
#: What changed shortly before the last look is asked for again: the search index lags by minutes,
#: a listing of unassigned issues by hours, and answers of the last twelve hours may have been kept
#: (decision 0007). Six hours and those twelve; our judgement.
INDEX_LAG = timedelta(hours=18)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way through a search's results, the newest (or most starred) first."""

    begun_at: datetime
    #: Only what changed since then; None: everything.
    since: datetime | None = None
    #: What is left, as a qualifier (`created:<=2026-10-01T00:00:00Z`); None: all of it.
    below: str | None = None


@dataclass(frozen=True, slots=True)
class Headway:
    """What is known of a search; a search that nobody read has an empty one."""

    #: When the last reading of everything began that came to its end.
    read_at: datetime | None = None
    #: When the newest reading began: older changes are kept, or wait in `unfinished`.
    looked_at: datetime | None = None
    #: Readings that are not at their end: of changes, then of everything; one of each at most.
    unfinished: tuple[Reading, ...] = ()
    #: How many issues the search has brought since everything was last read.
    n_found: int = 0

    def knows_all_at(self, moment: datetime) -> bool:
        """Whether everything was read that was there at this moment."""
        is_late = self.looked_at is not None and self.looked_at >= moment
        return self.read_at is not None and is_late and not self.unfinished

    @property
    def as_of(self) -> datetime | None:
        """Up to when changes are known, in what was read at all."""
        unread = [one.since + INDEX_LAG for one in self.unfinished if one.since and not one.below]
        return min([self.looked_at, *unread]) if self.looked_at else None

    @property
    def is_untouched(self) -> bool:
        """Whether not a page was read yet."""
        is_begun = any(one.below for one in self.unfinished) or not self.unfinished
        return self.read_at is None and not is_begun and not self.n_found

    def with_due(self, now: datetime) -> "Headway":
        """The same with the reading that is due at `now` in front, if one is.

        What a clock that went far ahead has written is worth nothing.
        """
        if self.looked_at is not None and self.looked_at - now >= FRESH_FOR:
            return Headway().with_due(now)
        is_begun = any(one.since is None for one in self.unfinished)
        is_old = self.read_at is None or now - self.read_at >= REREAD_AFTER
        if is_old and not is_begun:
            return replace(self, looked_at=now, unfinished=(Reading(now),), n_found=0)
        if self.looked_at is None or now - self.looked_at < FRESH_FOR:
            return self
        # What is left of earlier changes is among those since then.
        before = [one.since for one in self.unfinished if one.since is not None]
        changes = Reading(now, since=min([*before, self.looked_at - INDEX_LAG]))
        whole = tuple(one for one in self.unfinished if one.since is None)
        return replace(self, looked_at=now, unfinished=(changes, *whole))

    def taken_further(self, reading: Reading, below: str | None) -> "Headway":
        """The same after `reading` came down to `below`."""
        moved = tuple(
            replace(one, below=below) if _is_same(one, reading) else one for one in self.unfinished
        )
        return replace(self, unfinished=moved)

    def ended(self, reading: Reading) -> "Headway":
        """The same after `reading` came to its end."""
        left = tuple(one for one in self.unfinished if not _is_same(one, reading))
        read_at = reading.begun_at if reading.since is None else self.read_at
        return replace(self, read_at=read_at, unfinished=left)


def _is_same(one: Reading, other: Reading) -> bool:
    return (one.begun_at, one.since) == (other.begun_at, other.since)
