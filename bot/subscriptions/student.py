"""What a student asks for: the model of `config/students/<login>.yaml`.

Comes in: what a person wrote, as plain YAML values. Goes out: a frozen `Subscription`.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator

from bot.languages import canonical_language
from bot.subscriptions.shapes import Line, Login, Owner, RepositoryName, Shape, Written
from bot.terms import ChannelName, Kind, Level, Locale

#: A language by any name that GitHub knows; it becomes GitHub's own spelling.
Language = Annotated[Line, AfterValidator(canonical_language)]

#: An address that only the club's key opens.
SealedAddress = Annotated[
    str,
    Shape(
        r"^age:\S+$",
        "is a plain address, which must not stand in a repository; "
        "write the line that `foothold encrypt` prints (age:...)",
    ),
]

#: So many languages and so many interests are searched for each student: one file must not spend
#: what a club of them shares.
MAX_WISHES = 20


class Skill(StrEnum):
    """How well a student knows a language."""

    FLUENT = "fluent"
    LEARNING = "learning"


class Exclusions(Written):
    """What never to offer: repositories (`owner/name`), owners and topics, in any case."""

    repositories: tuple[RepositoryName, ...] = ()
    """Repositories, as owner/name."""
    owners: tuple[Owner, ...] = ()
    """Owners of repositories: people or organisations."""
    topics: tuple[Line, ...] = ()
    """Topics that a project may carry on GitHub."""


class Subscription(Written):
    """One student's wishes; the login is the file's name, all else may be left out but a taste."""

    login: Login
    """The student's GitHub login: the file's name."""
    name: Line | None = None
    """What to call you in a letter; without it, your login."""
    languages: dict[Language, Skill] = Field(default_factory=dict)
    """Languages that you can work in: a list, or each with `fluent` or `learning`."""
    interests: Annotated[tuple[Line, ...], Field(max_length=MAX_WISHES)] = ()
    """What you care about: GitHub topics or plain words, in any language."""
    level: Level = Level.BEGINNER
    """How far you have come with open source."""
    kinds: tuple[Kind, ...] = (Kind.CODE, Kind.DOCS, Kind.TESTS)
    """The sorts of work that you like."""
    hours: Annotated[float, Field(gt=0, le=60)] = 3
    """Hours a week that you can give."""
    avoid: Exclusions = Exclusions()
    """What never to offer you."""
    channel: ChannelName | None = None
    """How your digest travels; without it, as the club does it."""
    email: SealedAddress | None = None
    """Your address, encrypted: the line that `foothold encrypt` prints."""
    confirmed: Line | None = None
    """The code from the confirmation mail."""
    every: Literal["week", "2 weeks", "4 weeks"] = "week"
    """How often you want a digest."""
    picks: Annotated[int, Field(ge=1, le=10)] | None = None
    """How many issues a digest offers you; without it, as many as the club says."""
    locale: Locale | None = None
    """The language of what you are sent, `en` or `es`; without it, the club's."""
    peers: bool = False
    """May clubmates see what you work on?"""
    public: bool = False
    """May your digest stand in a public repository?"""
    paused_until: date | None = None
    """No digest before this day."""

    @field_validator("languages", mode="before")
    @classmethod
    def _a_list_means_fluent(cls, value: object) -> object:
        if not isinstance(value, list | tuple | dict):
            return value
        if len(value) > MAX_WISHES:
            raise ValueError(f"is too long a list; keep the {MAX_WISHES} that matter most")
        if isinstance(value, dict):
            return value
        return {"" if name is None else str(name): Skill.FLUENT for name in value}

    @field_validator("paused_until", mode="before")
    @classmethod
    def _is_a_day(cls, value: object) -> object:
        """Pydantic alone would read a number as seconds since 1970."""
        if isinstance(value, date) or value is None:
            return value
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value).strip()):
            raise ValueError("is no date; write the day as 2026-12-01")
        return value

    @model_validator(mode="after")
    def _asks_for_something(self) -> "Subscription":
        if not self.languages and not self.interests:
            raise ValueError("no wishes; name at least one language or one interest")
        return self

    @property
    def called(self) -> str:
        """What to call the student in a letter."""
        return self.name or self.login
