"""How long a student wants a pause to be, as people write it.

Comes in: the words behind `/pause`, and the day on which they were said. Goes out: the first day
after the pause, or the sentence that tells what is wrong.
"""

import calendar
import re
from datetime import date, timedelta

#: A pause of no length.
USUAL_WEEKS = 4
#: Who wants a longer one wants a stop, which is told so.
MOST = timedelta(weeks=52)

#: The digests come in English or Spanish, and so do the answers.
_LENGTH = re.compile(
    r"(?:for|por)?\s*([0-9]{1,4})\s*"
    r"(?:(?P<days>d|days?|d[ií]as?)|(?P<months>months?|mes(?:es)?)"
    r"|w|wks?|weeks?|semanas?)?\.?",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:until|till|hasta(?: el)?)?\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\.?", re.IGNORECASE)


def read_pause(words: str, today: date) -> date | str:
    """The first day on which digests come again; a bare number means weeks.

    Else the sentence of `[replies]` that says what is wrong with it.
    """
    until = _end(words, today)
    if until is None:
        return "pause_unclear"
    if until <= today:
        return "pause_over"
    return "pause_long" if until - today > MOST else until


def _end(words: str, today: date) -> date | None:
    if not words:
        return today + timedelta(weeks=USUAL_WEEKS)
    if day := _DAY.fullmatch(words):
        try:
            return date.fromisoformat(day[1])
        except ValueError:
            return None
    length = _LENGTH.fullmatch(words)
    if length is None:
        return None
    # No number is so large that the calendar ends; what is too long is so in any unit.
    n = min(int(length[1]), 1_000)
    if length["months"]:
        return _months_on(today, n)
    return today + (timedelta(days=n) if length["days"] else timedelta(weeks=n))


def _months_on(today: date, n: int) -> date:
    """The same day of a later month, or its last one."""
    years, month = divmod(today.year * 12 + today.month - 1 + n, 12)
    n_days = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(today.day, n_days))
