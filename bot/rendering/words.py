"""Codes, sayings, numbers and times in words, by the catalogue `templates/words.<locale>.toml`.

Comes in: a code, a saying, a number, a moment. Goes out: plain words; a `Style` makes them fit its
format.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from string import Formatter
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from bot import resources
from bot.rendering.formats import DayLength, Formats, formats_of
from bot.sayings import Saying, Value
from bot.terms import Locale, Week

#: From here on days say more than hours.
_DAYS_FROM_HOURS = 48
#: Stands where a record of another version lacks a value.
_UNKNOWN = "…"


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Forms(_Written):
    """A sentence whose wording a number decides, by CLDR's names of the forms."""

    #: For 0, where that has words of its own.
    none: str | None = None
    one: str
    other: str
    two: str | None = None
    few: str | None = None
    many: str | None = None

    def choose(self, n: int, form: str) -> str:
        """The words for `n`, whose form that is; `other` where that form has none."""
        if n == 0 and self.none is not None:
            return self.none
        return getattr(self, form, None) or self.other


class _Language(_Written):
    #: The name, in CLDR, of the language as it is written here: numbers, days, lists, forms.
    formats: str


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
    #: Within reasons: where an interest was found, what labels say, how big a task is, what sort.
    where: dict[str, str]
    labels: dict[str, str]
    sizes: dict[str, str]
    sorts: dict[str, str]


class _Lists(_Written):
    clause: str


class Words(_Written):
    """All that is said in one language."""

    language: _Language
    sentences: dict[str, str | Forms]
    #: What the stages tell, by `Saying.key`.
    sayings: dict[str, str | Forms]
    #: What is answered to commands, by `Echo.sentence`.
    replies: dict[str, str]
    #: Where a mentor should look, by `Flag.sentence`.
    flags: dict[str, str | Forms]
    codes: _Codes
    lists: _Lists

    @property
    def formats(self) -> Formats:
        """How this language writes numbers, days and lists."""
        return formats_of(self.language.formats)

    def pattern(self, key: str, n: int = 1) -> str:
        """The sentence `key` in its form for `n`, its names still in braces."""
        return self._choose(self.sentences[key], n)

    def flag(self, sentence: str, n: int) -> str:
        """The words of a `Flag` in their form for `n`, which is still in braces."""
        return self._choose(self.flags[sentence], n)

    def say(self, saying: Saying) -> str:
        """The saying in words; what another version wrote down and nobody words stays readable."""
        found = self.sayings.get(saying.key)
        if found is None:
            return saying.key.replace("_", " ")
        n = saying.values.get("n")
        return "".join(self._filled(self._choose(found, n if isinstance(n, int) else 1), saying))

    def code(self, code: str, group: str) -> str:
        """A code of a closed set in words; one that nobody worded stays readable."""
        words: dict[str, str] = getattr(self.codes, group)
        return words.get(code, code.replace("-", " "))

    def number(self, n: float) -> str:
        return self.formats.number(n)

    def percent(self, share: float) -> str:
        """A share of 0 to 1 as whole per cent."""
        return self.formats.percent(share)

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
        return self.pattern(key).format(
            weekday=self.formats.weekday(local.date()),
            day=self.day(local.date()),
            clock=f"{local:%H:%M}",
            zone=self._zone(zone),
            **more,
        )

    def day_of_week(self, on: date) -> str:
        """A day with its name."""
        weekday = self.formats.weekday(on)
        return self.pattern("day_of_week").format(weekday=weekday, day=self.day(on))

    def day(self, on: date, length: DayLength = "day") -> str:
        """A day, told so long."""
        return self.formats.day(on, length)

    def week(self, week: str, key: str = "week") -> str:
        """An ISO week with its first and last day, in the wording `key`."""
        parsed = Week.parse(week)
        first_on, last_on = parsed.monday_on, parsed.monday_on + timedelta(days=6)
        is_one_month = first_on.month == last_on.month
        return self.pattern(key).format(
            number=parsed.number,
            year=parsed.year,
            first=first_on.day if is_one_month else self.day(first_on),
            last=self.day(last_on),
        )

    def _filled(self, pattern: str, saying: Saying) -> Iterator[str]:
        for literal, name, how, _ in Formatter().parse(pattern):
            yield literal
            if name:
                yield self._told(saying.values.get(name, _UNKNOWN), how or "")

    def _told(self, value: Value, how: str) -> str:
        """A value in words: `how` is a list's joining, a day's length or a group of codes."""
        if isinstance(value, tuple):
            items = [self._told(one, how) for one in value]
            if how == "clauses":
                return self.lists.clause.join(items)
            return self.formats.joined(items, "or" if how == "or" else "and")
        if isinstance(value, Saying):
            return self.say(value)
        if isinstance(value, int | float):
            return self.number(value)
        if how == "day_year":
            return self.day(date.fromisoformat(value), "day_year")
        return self.code(value, how) if how in _Codes.model_fields else value

    def _zone(self, zone: str) -> str:
        """`America/Puerto_Rico` as `Puerto Rico time`; a zone without a place by its name."""
        area, _, place = zone.rpartition("/")
        if not area or area == "Etc":
            return place
        return self.pattern("zone").format(place=place.replace("_", " "))

    def _choose(self, found: str | Forms, n: int) -> str:
        return found.choose(n, self.formats.form(n)) if isinstance(found, Forms) else found


@cache
def load_words(locale: Locale = Locale.EN) -> Words:
    """The catalogue of a language."""
    text = (resources.shipped("templates") / f"words.{locale}.toml").read_text(encoding="utf-8")
    return Words.model_validate(tomllib.loads(text))
