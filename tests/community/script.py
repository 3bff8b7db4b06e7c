"""What a scripted project is made of, and what must be told of it.

Comes in: nothing. Goes out: plain frozen rows, of which `world` makes a sandbox's world. What must
be told is written down, never worked out here: `reckoning` checks the figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass

#: When each project's three tasks were opened, in days before now.
TASKS_AGES = (3.2, 9.4, 20.6)


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says on a pull request, so many hours after it was opened."""

    after_hours: float
    login: str
    association: str
    is_review: bool = False


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request: who replied first for the project, what became of it, who else spoke.

    `end` is merged, closed or open; `author` None is a ghost; `words` are noise.
    """

    opened_days_ago: float
    author: str | None
    association: str = "FIRST_TIME_CONTRIBUTOR"
    reply_hours: float | None = None
    replier: str = ""
    end: str = "open"
    is_review: bool = False
    role: str = "MEMBER"
    words: tuple[Word, ...] = ()

    def said(self) -> tuple[Word, ...]:
        """All that is said on it, in the order of time."""
        words = self.words
        if self.reply_hours is not None:
            words += (Word(self.reply_hours, self.replier, self.role, self.is_review),)
        return tuple(sorted(words, key=lambda word: word.after_hours))


@dataclass(frozen=True, slots=True)
class Talk:
    """A discussion: `comment_by` said something, which was the answer if `is_answered`."""

    opened_days_ago: float
    title: str
    author: str
    category: str = "Q&A"
    comment_by: str = ""
    is_answered: bool = False
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class ProjectScript:
    """A project: what is put into the world, then what must be told of it.

    `answerers` come most first, then by login; the newest of `questions` comes first.
    """

    repository: str
    language: str
    topics: tuple[str, ...]
    stars: int
    people: tuple[str, ...]
    pulls: tuple[Pull, ...]
    files: tuple[tuple[str, str], ...]
    has_discussions: bool
    talks: tuple[Talk, ...]

    answerers: tuple[tuple[str, int], ...] = ()
    median_reply_hours: float | None = None
    merged_share: float | None = None
    places: tuple[tuple[str, str], ...] = ()
    claiming: str = "unknown"
    command: str = ""
    ai_policy: str | None = None
    guide: str | None = None
    conduct: str | None = None
    questions: tuple[tuple[str, str], ...] = ()

    def openings(self) -> Iterator[tuple[int, float, Pull | Talk | int]]:
        """All that is opened there as (number, days ago, row), the oldest first.

        A task is told by its place in `TASKS_AGES`.
        """
        rows: list[tuple[float, Pull | Talk | int]] = [
            (row.opened_days_ago, row) for row in (*self.pulls, *self.talks)
        ]
        rows += [(age, place) for place, age in enumerate(TASKS_AGES)]
        rows.sort(key=lambda row: -row[0])
        for number, (age, row) in enumerate(rows, start=1):
            yield number, age, row
