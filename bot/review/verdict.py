"""Verdicts: what mentors decided of the week's digests, and where reviews are kept.

Comes in: ticks and commands under a review post. Goes out: `Verdict`s, and a digest's
`ReviewState`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.terms import IssueRef


class VerdictKind(StrEnum):
    """A mentor's words."""

    APPROVE = "approve"
    HOLD = "hold"
    DROP = "drop"
    NOTE = "note"


class ReviewState(StrEnum):
    """Where a digest stands with its mentors (the README has the diagram).

    `unasked` until it stands in a review post, then `waiting`; a word makes it `approved` or
    `held`, the last one counts; time makes `waiting` `silent`. What goes out from where is decided
    by `may_go` alone.
    """

    #: No mentor was asked: none looks after the student, or the post is not there yet.
    UNASKED = "unasked"
    WAITING = "waiting"
    APPROVED = "approved"
    HELD = "held"
    #: `review_hours` went by without a word: `on_silence` decides.
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision of a mentor about one student's digest of a week."""

    week: str
    #: The student.
    login: str
    mentor: str
    kind: VerdictKind
    at: datetime
    #: What it was said in: `comment 12`, or `ticks 7` for a box that was unticked in issue 7.
    source: str
    position: int = 0
    #: Of DROP: the pick.
    ref: IssueRef | None = None
    #: Of NOTE: the sentence, as it was written.
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A pick as a review post numbers it."""

    login: str
    n: int
    ref: IssueRef
    spare: bool
    #: Since when it stands there, where the post is older.
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewPost:
    """A review post that stands: whose, where, since when, and what its numbers mean."""

    week: str
    mentor: str
    #: `owner/name`, folded.
    repository: str
    number: int
    #: Its address for people.
    place: str
    posted_at: datetime
    lines: tuple[Line, ...]
    is_open: bool = True

    def shown_since(self, login: str) -> dict[IssueRef, datetime]:
        """Since when each of a student's picks stands there, by issue, folded."""
        folded = login.casefold()
        mine = (one for one in self.lines if one.login.casefold() == folded)
        return {one.ref.folded: one.shown_at or self.posted_at for one in mine}


class ReviewBook(Protocol):
    """Where reviews and verdicts are kept; every method happens whole.

    A login is the same in any case and comes back folded, moments come back in UTC.
    """

    def reviews(self, week: str) -> tuple[ReviewPost, ...]:
        """The week's review posts, by mentor."""

    def open_reviews(self) -> tuple[ReviewPost, ...]:
        """All that were not closed yet, of any week, by week and mentor."""

    def record_review(self, review: ReviewPost) -> None:
        """Write a review post down, in the place of what was known of its week and mentor.

        JournalError if two lines of a student have one number.
        """

    def verdicts(self, week: str | None = None) -> tuple[Verdict, ...]:
        """Of a week, or all: oldest first; of one moment by source and position."""

    def record_verdicts(self, week: str, mentor: str, verdicts: Iterable[Verdict]) -> None:
        """Write down all that stands in that mentor's post, in the place of what was read before.

        The verdicts may be of several mentors: whoever wrote there. A source is read once a week,
        in whose post it ever was. JournalError if two of a source have one position.
        """

    def places(self, login: str) -> tuple[str, ...]:
        """The posts that show a student, or were made for a mentor, by week and mentor."""

    def forget(self, login: str) -> int:
        """Forget a person: as a student lines and verdicts, as a mentor posts and what they said.

        How many that were, without the lines of their posts. What others said there counts on.
        """

    def forget_before(self, week: str) -> None:
        """Forget reviews and verdicts of earlier weeks."""
