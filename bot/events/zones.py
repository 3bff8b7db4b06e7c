"""Which time zones that a calendar defines itself are followed: those that are soon looked up.

Comes in: a calendar's own definition of a zone (RFC 5545, 3.6.5). Goes out: the zone; for one that
is not followed, one that has no time for anything, so that only the entries in it are unread.

The library walks through a zone's rules from their first day on, for each time that stands in it
(measured: `FREQ=MINUTELY` takes over a minute, `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30` 18 seconds).
"""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any, NoReturn

from icalendar.timezone import tzp
from icalendar.timezone.zoneinfo import ZONEINFO

#: A thousand take about a millisecond a time. What one widespread program writes begins in 1601
#: and has 875 of them.
MAX_CHANGES = 1_000
#: Up to when changes of a rule are counted: the library, too, ends such a rule then.
_LAST_YEAR = 2038
#: What programs write of a day on which clocks are set.
_PARTS = frozenset({"FREQ", "INTERVAL", "UNTIL", "WKST", "BYMONTH", "BYDAY", "BYMONTHDAY"})
#: Each month has these days, and a weekday comes five times in one at most.
_SURE_DAYS, _MOST_IN_A_MONTH = range(1, 29), 5


class _Unfollowed(tzinfo):
    """A zone of which nobody can tell what time it is there."""

    def utcoffset(self, _when: datetime | None) -> NoReturn:
        raise ValueError("this zone is not followed")

    dst = utcoffset

    def tzname(self, _when: datetime | None) -> None:
        """The library asks for it of whatever it reads."""


class _OwnZones(ZONEINFO):
    """The zones of the world, and of what calendars define only what is soon looked up."""

    def timezone(self, name: str) -> tzinfo | None:
        try:
            return super().timezone(name)
        except OSError:  # A name is looked up as a file's: `Europe` is a folder.
            return None

    def create_timezone(self, tz: Any) -> tzinfo:  # type: ignore[override]  # noqa: ANN401
        return super().create_timezone(tz) if _is_soon_looked_up(tz) else _Unfollowed()


def forget_zones() -> None:
    """Begin a calendar anew: what another one defined is none of its own."""
    tzp.use(_OwnZones())


def _is_soon_looked_up(zone: Any) -> bool:  # noqa: ANN401
    try:
        return sum(_changes(zone)) <= MAX_CHANGES
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        return False


def _changes(zone: Any) -> Iterator[int]:  # noqa: ANN401
    """How often each of its parts sets the clocks, more or less; ValueError if nobody knows."""
    for part in zone.subcomponents:
        rule = part.get("RRULE")
        if "EXRULE" in part or (rule is not None and not _is_yearly(rule)):
            raise ValueError("nobody knows how often clocks are set")
        yield 1 if rule is None else max(1, _LAST_YEAR - part["DTSTART"].dt.year)
        for name in ("RDATE", "EXDATE"):
            found = part.get(name, [])
            listed = found if isinstance(found, list) else [found]
            yield sum(len(one.dts) for one in listed)


def _is_yearly(rule: Any) -> bool:  # noqa: ANN401
    """Is it a day of each year, or of nearly each?"""
    frequency = [str(one).upper() for one in rule["FREQ"]]
    steps = [int(one) for one in rule.get("INTERVAL", [1])]
    months = rule.get("BYMONTH", [])
    days = [int(one) for one in rule.get("BYMONTHDAY", [])]
    weekdays = [str(one).rstrip("MOTUWEHFRSAmotuwehfrsa") for one in rule.get("BYDAY", [])]
    return (
        set(rule) <= _PARTS
        and (frequency, steps) == (["YEARLY"], [1])
        and (len(months) == 1 or not (months or days or weekdays))
        and all(day in _SURE_DAYS for day in days)
        and (all(weekdays) or not any(weekdays))
        and all(0 < abs(int(one or 1)) <= _MOST_IN_A_MONTH for one in weekdays)
    )
