"""What the suites of answers, progress and reviews share: odd names, and news that break off."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TypeVar

T = TypeVar("T")

#: The club's own time (Puerto Rico).
CLUB_TIME = timezone(timedelta(hours=-4))
#: As long as GitHub lets an owner's and a project's name be, and what they may hold.
LONG_NAME = f"{'Lumen-' * 6}lab/{'Star.charts_' * 8}v-2"
#: A character that is many, and what no database holds.
SMILE, NO_TEXT = "naïve ✨ 👩‍🚀 'quoted' \\ %s", "half \ud83e and nothing \x00 of it"
#: GitHub's numbers of comments are long already.
FAR = 2**40


def breaking_off(*values: T) -> Iterator[T]:
    """Gives these, and then fails."""
    yield from values
    raise RuntimeError("broken off")


def naive(moment: datetime) -> datetime:
    """The same without its zone."""
    return moment.replace(tzinfo=None)
