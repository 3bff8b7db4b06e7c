"""The rule: which events a student's digest announces.

Comes in: the events of the next weeks, what earlier digests of the student told, now. Goes out: the
events of this digest. Each is told once when it becomes known and once more when it is close; what
was put off is told anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.events.event import ClubEvent, Rhythm

#: An event is close when it begins within so long after the student's next digest is due. HackClub
#: lists a hackathon that is more than a month away once in three months, and from then on in each
#: mail (hackclub/hackathons-backend, app/models/hackathon/digest/listings.rb; their issue 190 asks
#: that none stands in 24 mails). Ours: once more and no more; a week, so that a digest that fails
#: or comes late can be made up for by the next.
ROOM = timedelta(weeks=1)
#: So many a digest, the soonest first; HackClub has 8, but there events are all that a mail holds.
MAX_EVENTS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """An event that a digest told of, and when that went out."""

    key: str
    starts_at: datetime
    told_at: datetime


def choose_events(
    events: Iterable[ClubEvent], told: Sequence[Told], now: datetime, pause: timedelta
) -> tuple[ClubEvent, ...]:
    """What a digest announces to a student whose digests come with this pause; the soonest first.

    What finds no room is told next time.
    """
    reach = pause + ROOM
    known: dict[str, list[Told]] = {}
    for one in told:
        known.setdefault(one.key, []).append(one)
    news = [event for event in events if _is_news(event, known.get(event.key, ()), now, reach)]
    return tuple(sorted(news, key=lambda one: (one.starts_at, one.title))[:MAX_EVENTS])


def _is_news(event: ClubEvent, told: Sequence[Told], now: datetime, reach: timedelta) -> bool:
    """Is it to be told, after what was told of it, or of its series, before?

    A series that comes often is told once, and then not before the memory of it ends. Of another
    series the first date is told like any event, and every later one when it is close.
    """
    if not told:
        return True
    if event.rhythm is Rhythm.OFTEN:
        return False
    is_close = event.starts_at - now <= reach
    of_this_date = [one for one in told if one.starts_at == event.starts_at]
    if not of_this_date:
        return is_close or event.rhythm is Rhythm.ONCE
    return is_close and all(one.starts_at - one.told_at > reach for one in of_this_date)
