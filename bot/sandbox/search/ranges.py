"""Ranges of numbers and of times, as `created:2026-10-01..2026-10-15` or `comments:>=3`.

Comes in: the text behind a qualifier. Goes out: a span from its first moment to just before its
end, times as seconds since 1970. A date means the whole day (UTC), a time the whole second:
GitHub shows no smaller ones.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.sandbox.search.grammar import SearchError

COMPARISON = re.compile(r"(>=|<=|>|<)(.+)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` on, up to but not at `high`."""

    low: float
    high: float

    def holds(self, value: float | None) -> bool:
        """Whether a value is within; what is unknown is not."""
        return value is not None and self.low <= value < self.high

    def holds_time(self, moment: datetime | None) -> bool:
        return moment is not None and self.low <= moment.timestamp() < self.high


def parse_numbers(text: str) -> Span:
    """Read a range of whole numbers."""
    return _parse(text, _number)


def parse_times(text: str) -> Span:
    """Read a range of dates or times."""
    return _parse(text, _time)


def _number(text: str) -> Bounds:
    if not re.fullmatch(r"-?\d+", text):
        raise SearchError(f"{text!r} is no whole number")
    return int(text), int(text) + 1


def _time(text: str) -> Bounds:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SearchError(f"{text!r} is no date or time") from None
    start = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    length = timedelta(days=1) if DAY.fullmatch(text) else timedelta(seconds=1)
    return start.timestamp(), (start + length).timestamp()


def _parse(text: str, read: Callable[[str], Bounds]) -> Span:
    low, high = float("-inf"), float("inf")
    if ".." in text:
        first, _, last = text.partition("..")
        return Span(low if first == "*" else read(first)[0], high if last == "*" else read(last)[1])
    compared = COMPARISON.fullmatch(text)
    if compared is None:
        return Span(low, high) if text == "*" else Span(*read(text))
    start, end = read(compared[2])
    match compared[1]:
        case ">=":
            return Span(start, high)
        case ">":
            return Span(end, high)
        case "<=":
            return Span(low, end)
        case _:
            return Span(low, start)
