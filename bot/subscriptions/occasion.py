"""What a club writes of its own events: the model of `config/events.yaml`.

Comes in: meetings, hackathons and deadlines as plain YAML values. Goes out: frozen `Occasions`,
whose days and times are those of the club's place.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from bot.subscriptions.shapes import Line, Shape, Written


class EventKind(StrEnum):
    """Something to go to, or a day by which something must be done."""

    EVENT = "event"
    DEADLINE = "deadline"


_MENDING = "write a day such as 2026-12-03, or with a time: 2026-12-03 18:00"


def _is_in_the_calendar(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"is no day or time of the calendar; {_MENDING}") from error
    return text


#: A day, or a day with a time, at the club's place.
Moment = Annotated[
    str,
    Shape(r"^20\d{2}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2})?$", f"is no day or time; {_MENDING}"),
    AfterValidator(_is_in_the_calendar),
]

EventAddress = Annotated[
    str,
    Field(max_length=500),
    Shape(r"^https?://\S+$", "is no address; write one that begins with https://"),
]

_DAY_LENGTH = len("2026-12-03")


class Occasion(Written):
    """One event or deadline, or one that comes again and again."""

    title: Line
    """What the digest calls it."""
    when: Moment
    """The day, or the day and the time at the club's place, as 2026-12-03 or 2026-12-03 18:00."""
    ends: Moment | None = None
    """When it ends: a time, or the last day if `when` is a day."""
    url: EventAddress | None = None
    """Where to read more."""
    kind: EventKind = EventKind.EVENT
    """Something to go to (event), or a last day (deadline)."""
    every: Literal["week", "2 weeks", "4 weeks"] | None = None
    """How often it comes again."""
    until: date | None = None
    """The last day on which it may come again."""

    @model_validator(mode="after")
    def _fits_together(self) -> "Occasion":
        if self.ends is not None and len(self.ends) != len(self.when):
            raise ValueError("`ends` and `when` are not alike; write two days, or two times")
        if self.ends is not None and moment_of(self.ends) < moment_of(self.when):
            raise ValueError("`ends` lies before `when`; write what comes later")
        if self.ends is not None and self.kind is EventKind.DEADLINE:
            raise ValueError("a deadline has no `ends`; write its last moment at `when`")
        if self.until is not None and self.every is None:
            raise ValueError("`until` needs `every`; add `every: week`, or take it out")
        return self

    @property
    def is_all_day(self) -> bool:
        return len(self.when) == _DAY_LENGTH

    @property
    def step(self) -> timedelta | None:
        """How much later it comes again."""
        weeks = {"week": 1, "2 weeks": 2, "4 weeks": 4}
        return timedelta(weeks=weeks[self.every]) if self.every else None


class Occasions(Written):
    """A file of events."""

    events: Annotated[tuple[Occasion, ...], Field(max_length=200)] = ()
    """The events, in any order; what is past may stay."""


def moment_of(text: str) -> datetime:
    """A `Moment` as a time without a zone; a day alone begins at midnight."""
    return datetime.fromisoformat(text)
