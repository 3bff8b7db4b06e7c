"""The cohort: how a club's students fare, for mentors; and one student's own page.

Comes in: progress, signs of life, subscriptions. Goes out: a `Cohort` or a `Portfolio`, which
`rendering` prints. Figures count picks of the last twelve weeks; a level is in `terms`' words.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.outcomes.progress import Progress
from bot.terms import Level

#: So many weeks are looked at (README, How it learns).
N_WEEKS = 12


class Nudge(StrEnum):
    """Why a student needs a word from their mentor; `[codes.nudges]` has the words."""

    #: A pull request was reviewed, and nothing followed for a week.
    REVIEW_WAITS = "review-waits"
    #: A pull request has been open for two weeks, and nobody reviewed it.
    NOT_REVIEWED = "not-reviewed"
    #: On it (assigned, claimed, said so) for a week, and no pull request.
    STUCK = "stuck"
    #: A pull request was closed without merging, and nothing since.
    REFUSED = "refused"
    #: Three digests or more in three weeks, and no sign of life.
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many picks came how far; each count holds the ones behind it."""

    n_offered: int = 0
    n_commented: int = 0
    n_pulls: int = 0
    n_merged: int = 0


@dataclass(frozen=True, slots=True)
class WeekCount:
    """One week's picks, by what became of them until now."""

    week: str
    n_students: int
    funnel: Funnel


@dataclass(frozen=True, slots=True)
class Standing:
    """One student's line."""

    login: str
    called: str
    level: Level
    mentors: tuple[str, ...]
    n_digests: int
    funnel: Funnel
    last_digest_at: datetime | None
    #: A comment, an answer, a reaction, a pull request: whatever was seen last.
    last_sign_at: datetime | None
    nudges: tuple[Nudge, ...] = ()
    #: Until when paused, or why no digests go out; empty for who gets them.
    halted: str = ""
    #: What they are at: picks that are neither settled nor untouched.
    at_work: tuple[Progress, ...] = ()


@dataclass(frozen=True, slots=True)
class Welcome:
    """How a project treated our students."""

    repository: str
    funnel: Funnel
    n_answered: int
    #: The median of the hours from a student's first comment to the project's first answer.
    median_answer_hours: float | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """A club's, or one mentor's, students; all tuples may be empty."""

    schema: int
    club: str
    timezone: str
    #: Whose students they are; None for the whole club.
    mentor: str | None
    made_at: datetime
    funnel: Funnel
    #: Oldest first, the weeks without a digest too.
    weeks: tuple[WeekCount, ...]
    #: Those who need a nudge first, then by login.
    students: tuple[Standing, ...]
    #: The most merged first.
    projects: tuple[Welcome, ...]
    #: How many answers there were, by their word (more, less, took ...).
    answers: dict[str, int]


@dataclass(frozen=True, slots=True)
class Work:
    """Something that a student did, with its address; `kind` is a code of `[codes.works]`:
    merged, open, review, answer."""

    kind: str
    repository: str
    title: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A page that a student can show: only what is public anyway, and theirs."""

    schema: int
    login: str
    called: str
    club: str
    timezone: str
    made_at: datetime
    since: datetime | None
    works: tuple[Work, ...]
    #: False where GitHub was not asked for reviews and answers beyond the picks.
    is_complete: bool = True
