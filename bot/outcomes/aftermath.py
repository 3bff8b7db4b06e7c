"""The aftermath of a pick: what became of an issue upstream, as GitHub tells it.

Comes in: ids of issues and pull requests. Goes out: `Aftermath`s, through a narrow door.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.harvest.issue import Comment
from bot.harvest.source import Cost
from bot.terms import IssueRef

#: Issues, or pull requests, in one question: 1 point, for one connection each.
N_FOLLOWED = 100
#: Issues whose last change is asked at once: no connection, so 1 point.
N_STAMPED = 1_000


@dataclass(frozen=True, slots=True)
class Remarked:
    """A comment under an issue, with its address."""

    comment: Comment
    url: str


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request that points at an issue; `state` is OPEN, CLOSED or MERGED."""

    id: str
    ref: IssueRef
    url: str
    title: str
    author: str | None
    state: str
    #: Would merging it close the issue, as far as is told?
    closes: bool
    opened_at: datetime
    merged_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PullReview:
    """A review that somebody gave a pull request."""

    author: str | None
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Aftermath:
    """An issue as it stands now, and who did what about it, oldest first."""

    ref: IssueRef
    is_open: bool
    updated_at: datetime
    closed_at: datetime | None
    #: Whose names stand on it now.
    assigned: tuple[str, ...]
    #: Who was ever assigned, and when.
    assignments: tuple[tuple[str, datetime], ...]
    #: The newest comments, as far as the question reached.
    comments: tuple[Remarked, ...]
    pulls: tuple[Pull, ...]
    #: Whose names came off it, and do not stand on it again.
    released: tuple[str, ...] = ()
    #: False where only the newest events are told: what is older may hold all the same.
    is_whole: bool = True


class OutcomeSource(Protocol):
    """Where aftermaths come from; each method may raise GitHubError; none retries for ever."""

    def read_stamps(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        """When each issue changed last, of at most `N_STAMPED`; what is gone is missing."""

    def read_aftermaths(self, ids: Sequence[str]) -> Mapping[str, Aftermath | None]:
        """Aftermaths by issue id, of at most `N_FOLLOWED`; None of what is gone or hidden.

        What did not come whole this time is missing: nothing follows from that.
        """

    def read_reviews(self, ids: Sequence[str]) -> Mapping[str, tuple[PullReview, ...]]:
        """The first reviews of pull requests, by id, of at most `N_FOLLOWED`, oldest first.

        What did not come whole is missing.
        """

    def spent(self) -> Cost:
        """What was asked and paid so far."""
