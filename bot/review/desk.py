"""The review desk: where review posts stand, and what mentors say there.

Comes in: rendered posts. Goes out: where they stand, what was ticked off, what was written.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.remarks import Remark


@dataclass(frozen=True, slots=True)
class ReviewMessage:
    """A mentor's week, ready to be posted: the parts are the issue's body and, where one body
    cannot hold all students, comments; each begins with its marker."""

    week: str
    mentor: str
    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostedReview:
    """A review post as it stands."""

    number: int
    place: str
    posted_at: datetime
    is_open: bool
    #: The parts' bodies as they are now.
    parts: tuple[str, ...]
    #: Who edited a part last, for those that were edited.
    editors: tuple[str, ...] = ()
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewTalk:
    """What stands under a review post: remarks, oldest first, ours not among them, and which of
    them have their answer (`rendering.marker.is_answered`)."""

    posted: PostedReview
    remarks: tuple[Remark, ...]
    answered: frozenset[str]


class ReviewDesk(Protocol):
    """The repository of review posts; each method may raise GitHubError."""

    @property
    def repository(self) -> str:
        """`owner/name`, folded."""

    def is_private(self) -> bool:
        """Is it closed to the public?"""

    def find(self, week: str, mentor: str) -> PostedReview | None:
        """Our post of that week and mentor, by its marker and author; None if there is none."""

    def post(self, message: ReviewMessage) -> PostedReview:
        """Post it, or put it in the place of an older text of it; the mentor is assigned.

        What the mentor ticked off must be in `message` already.
        """

    def listen(self, number: int) -> ReviewTalk | None:
        """What stands under a post; None if it is gone."""

    def reply(self, number: int, markdown: str) -> None:
        """Write a comment under it."""

    def close(self, number: int) -> None:
        """Close it as done; often is once."""
