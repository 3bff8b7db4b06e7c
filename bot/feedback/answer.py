"""Answers: what a student said to a digest, one value each, and where they are kept.

Comes in: a student's remarks and reactions. Goes out: `Answer`s. What was said is kept as it was
said; what follows from it is worked out anew in each run (`weights`), so that it fades.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.terms import IssueRef


class AnswerKind(StrEnum):
    """The words of a student (`/more 2`), and the two that a reaction stands for."""

    MORE = "more"
    LESS = "less"
    DONE = "done"
    TOOK = "took"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    #: A thumb up or down for a whole digest.
    LIKED = "liked"
    DISLIKED = "disliked"


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a student said; of `ref`, `name` and `until` what its kind needs."""

    login: str
    kind: AnswerKind
    at: datetime
    #: What it was said in: `comment 12`, `reaction 12`. What is read again takes its place.
    source: str
    #: The how manieth of its source, from 0.
    position: int = 0
    #: The pick that a number meant, and its project's topics.
    ref: IssueRef | None = None
    topics: tuple[str, ...] = ()
    #: A repository (`owner/name`) or a topic that was named, folded; with LESS it is kept away.
    name: str = ""
    #: The first day after a pause.
    until: date | None = None


class AnswerBook(Protocol):
    """Where answers are kept; every method happens whole.

    A login is the same in any case and comes back folded, moments come back in UTC.
    """

    def answers(self) -> tuple[Answer, ...]:
        """All that are kept, oldest first; of one moment by source and position."""

    def record_answers(self, source: str, answers: Iterable[Answer]) -> None:
        """Keep what was said in a source, in the place of what was read of it before.

        JournalError if two have one position.
        """

    def read_until(self) -> datetime | None:
        """Up to when remarks were read last; None before the first time."""

    def record_read(self, until: datetime) -> None:
        """Write down that everything said until then is read; the last one counts."""

    def forget(self, login: str) -> int:
        """Forget all of a student; how many answers that were."""

    def forget_before(self, moment: datetime) -> None:
        """Forget what was said earlier."""
