"""Progress: how far one student came with one pick, and where that is kept.

Comes in: a pick that was delivered, its aftermath. Goes out: a `Progress` with its `Outcome`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.terms import IssueRef


class Outcome(StrEnum):
    """What became of a pick, by the furthest that is known; one word each in `[codes.outcomes]`."""

    #: Nothing was heard of the student, and it is still free.
    OPEN = "open"
    COMMENTED = "commented"
    ASSIGNED = "assigned"
    #: The student said so (`/took`, `/done`); nothing upstream tells it.
    TOOK = "took"
    DONE = "done"
    #: The student's pull request is open; somebody reviewed it.
    PULL_REQUEST = "pull-request"
    REVIEWED = "reviewed"
    MERGED = "merged"
    #: The student's pull request was closed without merging.
    NOT_MERGED = "not-merged"
    #: Somebody else is on it, or did it.
    TAKEN = "taken"
    #: Closed, and not by the student's work.
    CLOSED = "closed"
    #: Somebody, the student or another, was on it and let go; it can be had again.
    FREE_AGAIN = "free-again"
    #: It cannot be seen any more.
    GONE = "gone"


#: After these nothing more is expected, and nothing is asked.
SETTLED = frozenset({Outcome.MERGED, Outcome.CLOSED, Outcome.GONE})


@dataclass(frozen=True, slots=True)
class Progress:
    """One student and one pick; moments are None for what did not happen."""

    week: str
    login: str
    ref: IssueRef
    node_id: str
    title: str
    offered_at: datetime
    outcome: Outcome = Outcome.OPEN
    #: When the outcome was first seen to be this one.
    changed_at: datetime | None = None
    commented_at: datetime | None = None
    comment_url: str | None = None
    assigned_at: datetime | None = None
    #: The student's own pull request, the one that came furthest: when it was opened, first
    #: reviewed by somebody else, merged.
    pull_url: str | None = None
    pulled_at: datetime | None = None
    reviewed_at: datetime | None = None
    merged_at: datetime | None = None
    #: When one was last closed without merging.
    refused_at: datetime | None = None
    #: When somebody else was first seen to be on it.
    taken_at: datetime | None = None
    #: The first comment by somebody of the project after the student's, if any.
    answered_at: datetime | None = None
    #: When the issue last changed upstream, and when it was last looked at whole.
    updated_at: datetime | None = None
    read_at: datetime | None = None
    #: When it was last asked whether it changed, so that the runs of a day ask once.
    asked_at: datetime | None = None
    #: When it was first not to be seen any more, until it is seen again.
    missed_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        return self.outcome in SETTLED

    @property
    def last_sign_at(self) -> datetime | None:
        """When the student was last seen to do something about it."""
        signs = (self.commented_at, self.assigned_at, self.pulled_at, self.merged_at)
        return max((at for at in signs if at is not None), default=None)


class ProgressBook(Protocol):
    """Where progress is kept; every method happens whole.

    A login is the same in any case and comes back folded, moments come back in UTC. An issue is
    the same by its reference in any case, and by its id where that is known.
    """

    def progress(self) -> tuple[Progress, ...]:
        """All that is kept, by week, login and issue."""

    def record_progress(self, news: Iterable[Progress]) -> None:
        """Write progress down, in the place of what was known of the student and the issue.

        Of several of one issue the last counts.
        """

    def forget(self, login: str) -> int:
        """Forget a student's; how many that were."""

    def points(self, week: str) -> int:
        """What a week's runs have paid so far to look."""

    def record_points(self, week: str, points: int) -> None:
        """Add to what a week's runs have paid."""

    def forget_before(self, week: str) -> None:
        """Forget what was offered, and paid, in earlier weeks."""
