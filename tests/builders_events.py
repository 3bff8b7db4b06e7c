"""Events and calendars for tests: fictional meetings, each field changeable."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.events.event import ClubEvent
from bot.events.window import Window

#: A Sunday, six weeks after summer time ended in New York.
NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
WINDOW = Window(NOW, NEW_YORK)


def build_event(days: float = 30, **changes: Any) -> ClubEvent:
    """An event that begins so many days from now."""
    event = ClubEvent("Hack night", NOW + timedelta(days=days), None, key="hack-night")
    return replace(event, **changes)


def build_ics(*entries: str) -> bytes:
    """A calendar of entries, each the lines between BEGIN and END."""
    bodies = ("\n".join(("BEGIN:VEVENT", one.strip(), "END:VEVENT")) for one in entries)
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", *bodies, "END:VCALENDAR")
    return "\n".join(lines).replace("\n", "\r\n").encode() + b"\r\n"
