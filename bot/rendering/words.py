"""Codes, numbers and times in words, by the catalogue `templates/words.<locale>.toml`.

Comes in: a code, a number, a moment. Goes out: plain words; a `Style` makes them fit its format.
"""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot import resources
from bot.terms import Week

#: From here on days say more than hours.
_DAYS_FROM_HOURS = 48


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Forms(_Written):
    """A sentence whose wording a number decides."""

    none: str | None = None
    one: str
    other: str

    def choose(self, n: int) -> str:
        """The form for `n`; 0 is worded like many unless it has words of its own."""
        if n == 0 and self.none is not None:
            return self.none
        return self.one if n == 1 else self.other


class _Codes(_Written):
    """Words for the closed sets."""

    drops: dict[str, str]
    efforts: dict[str, str]
    kinds: dict[str, str]
    claiming: dict[str, str]
    #: A first comment, by the kind of work.
    comments: dict[str, str]
    places: dict[str, str]
    outcomes: dict[str, str]
    levels: dict[str, str]
    nudges: dict[str, str]
    #: The steps of a funnel, and the same where a pick counts in its furthest step only.
    steps: dict[str, str]
    parts: dict[str, str]
    answers: dict[str, str]
    works: dict[str, str]


class _Calendar(_Written):
    months: tuple[str, ...]
    weekdays: tuple[str, ...]


class _Lists(_Written):
    comma: str
    last: str
    clause: str
    thousands: str


class Words(_Written):
    """All that a digest says in one language."""

    sentences: dict[str, str | Forms]
    #: What is answered to commands, by `Echo.sentence`.
    replies: dict[str, str]
    #: Where a mentor should look, by `Flag.sentence`.
    flags: dict[str, str | Forms]
    codes: _Codes
    calendar: _Calendar
    lists: _Lists

    def pattern(self, key: str, n: int = 1) -> str:
        """The sentence `key` in its form for `n`, its names still in braces."""
        return _choose(self.sentences[key], n)

    def flag(self, sentence: str, n: int) -> str:
        """The words of a `Flag` in their form for `n`, which is still in braces."""
        return _choose(self.flags[sentence], n)

    def code(self, code: str, group: str) -> str:
        """A code of a closed set in words; one that nobody worded stays readable."""
        words: dict[str, str] = getattr(self.codes, group)
        return words.get(code, code.replace("-", " "))

    def number(self, n: int) -> str:
        return f"{n:,}".replace(",", self.lists.thousands)

    def percent(self, share: float) -> str:
        """A share of 0 to 1 as whole per cent."""
        return self.pattern("percent").format(n=round(share * 100))

    def hours(self, n_hours: float) -> str:
        """A length of time, as roughly as people say it."""
        if n_hours < _DAYS_FROM_HOURS:
            n, key = round(n_hours), "hours"
        else:
            n, key = round(n_hours / 24), "days"
        return self.pattern(key, n).format(n=self.number(n))

    def moment(self, at: datetime, zone: str, key: str = "moment", **more: str) -> str:
        """A point in time at the club's place, in the wording `key`."""
        local = at.astimezone(ZoneInfo(zone))
        return self._date(local.date(), key, clock=f"{local:%H:%M}", zone=self._zone(zone), **more)

    def week(self, week: str, key: str = "week") -> str:
        """An ISO week with its first and last day, in the wording `key`."""
        parsed = Week.parse(week)
        first_on, last_on = parsed.monday_on, parsed.monday_on + timedelta(days=6)
        first_key = "day_alone" if first_on.month == last_on.month else "day"
        return self.pattern(key).format(
            number=parsed.number,
            year=parsed.year,
            first=self._date(first_on, first_key),
            last=self._date(last_on, "day"),
        )

    def day(self, on: date, key: str = "day") -> str:
        """A day, in the wording `key`."""
        return self._date(on, key)

    def _date(self, on: date, key: str, **more: str) -> str:
        weekday = self.calendar.weekdays[on.weekday()]
        month = self.calendar.months[on.month - 1]
        names = {"weekday": weekday, "day": on.day, "month": month, "year": on.year}
        return self.pattern(key).format(**names, **more)

    def _zone(self, zone: str) -> str:
        """`America/Puerto_Rico` as `Puerto Rico time`; a zone without a place by its name."""
        area, _, place = zone.rpartition("/")
        if not area or area == "Etc":
            return place
        return self.pattern("zone").format(place=place.replace("_", " "))


def _choose(found: str | Forms, n: int) -> str:
    return found.choose(n) if isinstance(found, Forms) else found


@cache
def load_words(locale: str = "en") -> Words:
    """The catalogue of a language."""
    text = (resources.shipped("templates") / f"words.{locale}.toml").read_text(encoding="utf-8")
    return Words.model_validate(tomllib.loads(text))
