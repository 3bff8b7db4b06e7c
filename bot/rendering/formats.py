"""Formats: numbers, days, lists and plural forms as people of a language write them.

Comes in: a name of CLDR's, such as `en_GB`. Goes out: `Formats`; babel carries what is known of
each language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_skeleton, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

#: By language: what joins the last item, what does instead, and before which beginnings. Spanish
#: "y" is lost before the sound of "i", and "o" before that of "o" (Real Academia Española,
#: Diccionario panhispánico de dudas, "y" and "o"); "hia" and "hie" begin with another sound.
_SOFTENED = {
    "es": (
        (" y ", " e ", re.compile(r"[ií]|h[ií](?![ae])", re.IGNORECASE)),
        (" o ", " u ", re.compile(r"h?[oó]|8|11\b", re.IGNORECASE)),
    )
}
#: What stands before an item's first letter: tags, brackets, quotation marks.
_BEFORE = re.compile(r"(?:<[^>]*>|[\W_])*")
#: CLDR's names for how much of a day is told.
_SKELETONS = {"day": "MMMMd", "day_year": "yMMMMd", "day_short": "MMMd"}

#: What a list means: all of it, or any.
Joining = Literal["and", "or"]
#: How much of a day is told: without its year, with it, or both in short.
DayLength = Literal["day", "day_year", "day_short"]


@dataclass(frozen=True, slots=True)
class Formats:
    """What one language, as it is written in one part of the world, does with values."""

    locale: Locale

    @property
    def forms(self) -> frozenset[str]:
        """The plural forms that the language has, by CLDR's names."""
        return frozenset({*self.locale.plural_form.rules, "other"})

    def form(self, n: int) -> str:
        """Which of them a number takes."""
        return str(self.locale.plural_form(n))

    def number(self, n: float) -> str:
        return _decimal(n, self.locale)

    def percent(self, share: float) -> str:
        """A share of 0 to 1 as whole per cent."""
        return format_percent(share, locale=self.locale)

    def day(self, on: date, length: DayLength = "day") -> str:
        return format_skeleton(_SKELETONS[length], on, locale=self.locale)

    def weekday(self, on: date) -> str:
        """The name of its day."""
        return str(get_day_names("wide", locale=self.locale)[on.weekday()])

    def joined(self, items: Sequence[str], joining: Joining = "and") -> str:
        """The items as a list in prose, `a, b and c`; the joining word may go by the last one."""
        whole = format_list([*items], "standard" if joining == "and" else "or", self.locale)
        if len(items) < 2:
            return whole
        last = items[-1]
        begin = _BEFORE.sub("", last, count=1)
        for usual, instead, sound in _SOFTENED.get(self.locale.language, ()):
            if whole.endswith(usual + last) and sound.match(begin):
                return whole.removesuffix(usual + last) + instead + last
        return whole


@lru_cache(maxsize=4096, typed=True)
def _decimal(n: float, locale: Locale) -> str:
    """Kept, for a page says the same few numbers hundreds of times."""
    return format_decimal(n, locale=locale)


@cache
def formats_of(name: str) -> Formats:
    """The formats of a locale of CLDR's."""
    return Formats(Locale.parse(name))
