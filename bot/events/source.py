"""Where calendars come from: a Protocol, and what goes wrong there.

Comes in: a location that the club named. Goes out: bytes, or `NoCalendar`.
"""

from typing import Protocol
from urllib.parse import urlsplit

from bot.subscriptions.calendars import is_address

#: Years of a busy calendar: a kilobyte holds ten events. Reading it takes six seconds at worst.
MAX_BYTES = 1024 * 1024


class NoCalendar(Exception):
    """There is no calendar to be had; `why` is a clause, without the address."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class CalendarDesk(Protocol):
    """Gives what a location holds."""

    def read_calendar(self, location: str) -> bytes:
        """At most `MAX_BYTES`; NoCalendar where nothing can be had."""


def name_of(location: str) -> str:
    """How a report names a calendar: the address of one may hold its secret, the host does not."""
    if not is_address(location):
        return location
    try:
        return urlsplit(location).hostname or "an address"
    except ValueError:
        return "an address"
