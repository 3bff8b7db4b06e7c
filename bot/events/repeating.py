"""Which rules of repetition are followed: those that a bounded time is enough for.

Comes in: an event of an ICS file. Goes out: whether its dates may be worked out.

The library looks for the next date until the year 9999, so a rule that never has one costs seconds
(measured: four for each `FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`). Parts by RFC 5545, 3.3.10.
"""

from datetime import date, datetime
from typing import Any

#: What calendar programs write; nothing of a club's comes every hour.
_PARTS = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
)
#: With these the search passes over many days and weeks; programs write months and years for it.
_OF_MONTHS = frozenset({"BYMONTH", "BYMONTHDAY"})
#: Older series have been made anew by now.
_FIRST_YEAR = 2010
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 30, "YEARLY": 365}
#: A weekday comes five times a month at most.
_MOST_IN_A_MONTH = 5


def is_bounded(rule: Any, begins: date) -> bool:  # noqa: ANN401
    """Will the search for a date end soon? Asked of a rule (`vRecur`) and its first day."""
    if rule is None:
        return True
    if not isinstance(rule, dict) or not set(rule) <= _PARTS or begins.year < _FIRST_YEAR:
        return False
    frequency, interval = _frequency(rule), _only(rule, "INTERVAL", 1)
    if frequency not in _DAYS or int(interval) < 1:
        return False
    if frequency in ("DAILY", "WEEKLY") and not rule.keys().isdisjoint(_OF_MONTHS):
        return False
    return _is_counted_soundly(rule) and _begins_as_it_goes_on(rule, begins)


def n_steps(rule: Any, begins: date, now: datetime) -> int:  # noqa: ANN401
    """How many dates lie behind: the library counts them all, 13 microseconds each."""
    if rule is None:
        return 0
    frequency, interval = _frequency(rule), _only(rule, "INTERVAL", 1)
    n_days = max(0, (now.date() - begins).days)
    return n_days // (_DAYS[frequency] * int(interval))


def _is_counted_soundly(rule: dict[str, Any]) -> bool:
    """The third Tuesday exists in each month, the sixth in none, nor the third second Tuesday."""
    positions = [int(one) for one in _listed(rule, "BYSETPOS")]
    weekdays = [str(one).rstrip("MOTUWEHFRSAmotuwehfrsa") for one in _listed(rule, "BYDAY")]
    ordinals = [int(one) for one in weekdays if one]
    # Of Mondays and second Fridays together the library finds none, whatever the RFC says.
    if 0 < len(ordinals) < len(weekdays):
        return False
    if (positions or ordinals) and "BYMONTHDAY" in rule:
        return False
    if positions and (ordinals or not weekdays or _frequency(rule) not in ("MONTHLY", "YEARLY")):
        return False
    return all(0 < abs(one) <= _MOST_IN_A_MONTH for one in positions + ordinals)


def _begins_as_it_goes_on(rule: dict[str, Any], begins: date) -> bool:
    """Does the rule hold for its own first day? Then it holds for others too.

    "The recurrence set generated with a DTSTART property value not synchronized with the
    recurrence rule is undefined" (RFC 5545, 3.8.5.3).
    """
    months = [int(one) for one in _listed(rule, "BYMONTH")]
    days = [int(one) for one in _listed(rule, "BYMONTHDAY")]
    weekdays = {str(one).upper()[-2:] for one in _listed(rule, "BYDAY")}
    is_plain = not months and not days and int(_only(rule, "INTERVAL", 1)) == 1
    return (
        (not months or begins.month in months)
        and (not days or begins.day in days or min(days) < 0)
        and (is_plain or not weekdays or _weekday(begins) in weekdays)
        and (not days or min(days) > 0 or (not months and not weekdays))
    )


def _weekday(on: date) -> str:
    return ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[on.weekday()]


def _frequency(rule: dict[str, Any]) -> str:
    return str(_only(rule, "FREQ", "")).upper()


def _listed(rule: dict[str, Any], part: str) -> list[Any]:
    found = rule.get(part, [])
    return found if isinstance(found, list) else [found]


def _only(rule: dict[str, Any], part: str, otherwise: Any) -> Any:  # noqa: ANN401
    return next(iter(_listed(rule, part)), otherwise)
