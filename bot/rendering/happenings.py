"""When an event is, in words: a day, an hour, or from one to another.

Comes in: a `ClubEvent`, the club's time zone. Goes out: the sentence that tells it.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.events.event import ClubEvent, Rhythm
from bot.rendering.style import Style
from bot.rendering.words import Words
from bot.subscriptions.occasion import EventKind


def event_filters(style: Style) -> Mapping[str, Callable[..., object]]:
    """What the templates say of an event."""

    def happens(event: ClubEvent, zone: str, url: str | None = None) -> str:
        title = style.link(style.title(event.title), url)
        return style.say(_sentence(event), title=title, moment=moment_of(event, zone, style.words))

    return {"happens": happens}


def moment_of(event: ClubEvent, zone: str, words: Words) -> str:
    """The day or days, else the hours at the club's place."""
    if event.on is not None:
        first = words.day_of_week(event.on)
        if event.last_on is None:
            return first
        last = words.day_of_week(event.last_on)
        return words.pattern("span").format(first=first, last=last)
    if event.ends_at is None:
        return words.moment(event.starts_at, zone, "start")
    starts, ends = (at.astimezone(ZoneInfo(zone)) for at in (event.starts_at, event.ends_at))
    # A night until two is one evening for everybody.
    if ends.date() == starts.date() or ends - starts < timedelta(hours=12):
        return words.moment(event.starts_at, zone, "start_and_end", end=f"{ends:%H:%M}")
    first = words.moment(event.starts_at, zone, "start_alone")
    last = words.moment(event.ends_at, zone, "start")
    return words.pattern("span").format(first=first, last=last)


def _sentence(event: ClubEvent) -> str:
    if event.kind is EventKind.DEADLINE:
        return "deadline"
    return "event_often" if event.rhythm is Rhythm.OFTEN else "event"
