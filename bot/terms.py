"""The small values that every stage speaks of: a week, an issue's reference, the closed sets.

Comes in: text and dates. Goes out: values that compare, sort and print as people write them.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """An ISO 8601 week, written `2026-W47`; it begins on Monday."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-W47`; ValueError for anything else, a 53rd week of a short year included."""
        match = _WEEK.match(text)
        if not match:
            raise ValueError(f"{text!r} is no ISO week such as 2026-W47")
        week = cls(int(match[1]), int(match[2]))
        date.fromisocalendar(week.year, week.number, 1)
        return week

    @classmethod
    def of(cls, moment: datetime, zone: ZoneInfo) -> Self:
        """The week that `moment` (aware) falls in at the club's place."""
        year, number, _ = moment.astimezone(zone).isocalendar()
        return cls(year, number)

    @property
    def monday_on(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    def before(self, n_weeks: int) -> Self:
        """The week that lies `n_weeks` earlier."""
        year, number, _ = (self.monday_on - timedelta(weeks=n_weeks)).isocalendar()
        return type(self)(year, number)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


@dataclass(frozen=True, slots=True, order=True)
class IssueRef:
    """An upstream issue by its repository (`owner/name`, as GitHub spells it) and number."""

    repository: str
    number: int

    @property
    def owner(self) -> str:
        return self.repository.partition("/")[0]

    @property
    def folded(self) -> "IssueRef":
        """The reference to compare by: GitHub takes repository names in any case."""
        return IssueRef(self.repository.casefold(), self.number)

    @property
    def url(self) -> str:
        return f"https://github.com/{self.repository}/issues/{self.number}"

    def __str__(self) -> str:
        return f"{self.repository}#{self.number}"


class Level(StrEnum):
    """How far a student has come; issue trackers' own words."""

    FIRST_TIMER = "first-timer"
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"


class Kind(StrEnum):
    """What sort of work an issue is, and what sorts a student likes."""

    CODE = "code"
    DOCS = "docs"
    TESTS = "tests"
    DESIGN = "design"
    TRANSLATION = "translation"
    TRIAGE = "triage"


class Effort(StrEnum):
    """How big a task looks from outside."""

    EVENING = "evening"
    WEEKEND = "weekend"
    LONGER = "longer"


class Claiming(StrEnum):
    """A project's rule for who may work on an issue."""

    ASSIGN_COMMAND = "assign-command"
    ASK_FIRST = "ask-first"
    JUST_OPEN = "just-open-a-pr"
    UNKNOWN = "unknown"


class ChannelName(StrEnum):
    """The ways a digest can travel."""

    ISSUE = "issue"
    EMAIL = "email"
    FILE = "file"


class Locale(StrEnum):
    """The languages that people can read; each has a catalogue of words."""

    EN = "en"
    ES = "es"
