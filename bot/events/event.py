"""An event of the club's as a digest tells it.

Comes in: nothing but values. Goes out: `ClubEvent`, whose fields but the key are JSON.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.subscriptions.occasion import EventKind

#: As long as GitHub's titles; the rest of a longer one is no title.
TITLE_LENGTH = 256


class Rhythm(StrEnum):
    """How often it comes: `often` is what would stand in every second digest, or more."""

    ONCE = "once"
    SELDOM = "seldom"
    OFTEN = "often"


@dataclass(frozen=True, slots=True)
class ClubEvent:
    """Something to go to, or a deadline; of what comes again, one date."""

    title: str
    #: What lasts whole days begins with its day at the club's place.
    starts_at: datetime
    url: str | None
    ends_at: datetime | None = None
    #: The day, and the last one if it is another, of what has no time.
    on: date | None = None
    last_on: date | None = None
    kind: EventKind = EventKind.EVENT
    rhythm: Rhythm = Rhythm.ONCE
    #: By which it is known again, all dates of a series alike; kept in the journal, not shown.
    key: str = ""

    def has_passed(self, now: datetime) -> bool:
        """Is it too late to go there? What lasts whole days may be told on its first."""
        return self.starts_at + timedelta(days=1 if self.on else 0) <= now


def make_key(*parts: str) -> str:
    """A short name for what identifies an event: calendars' own may be long, and are private."""
    return sha256("\n".join(parts).encode(errors="replace")).hexdigest()[:16]


def one_line(text: str) -> str:
    """A title without line breaks; it stays foreign text, which rendering makes harmless."""
    return " ".join(text.split())[:TITLE_LENGTH]
