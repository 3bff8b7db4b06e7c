"""Events that the club wrote down itself.

Comes in: occasions of the configuration, the window. Goes out: `ClubEvent`s that lie ahead.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from bot.events.event import ClubEvent, Rhythm, make_key, one_line
from bot.events.window import Window
from bot.subscriptions.occasion import Occasion, moment_of

#: A series with a date every three weeks or oftener would stand in every second digest.
SELDOM_FROM = timedelta(weeks=4)


def read_written(occasions: Iterable[Occasion], window: Window) -> tuple[ClubEvent, ...]:
    """The events that lie ahead, of what comes again the next date; in the order of the file."""
    events = (_next_date(one, window) for one in occasions)
    return tuple(event for event in events if event is not None)


def _next_date(occasion: Occasion, window: Window) -> ClubEvent | None:
    for begins in _dates(occasion, window):
        event = _event(occasion, begins, window)
        if window.is_ahead(event.starts_at, event.on):
            return event
    return None


def _dates(occasion: Occasion, window: Window) -> Iterator[datetime]:
    """When it begins, by the clock at the club's place: the hour stays the same all year."""
    begins, step = moment_of(occasion.when), occasion.step
    if step is None:
        yield begins
        return
    today = window.now.astimezone(window.zone).replace(tzinfo=None)
    begins += max(0, (today - begins) // step) * step
    last_on = occasion.until or date.max
    while begins.date() <= last_on and window.moment(begins) <= window.ends_at:
        yield begins
        begins += step


def _event(occasion: Occasion, begins: datetime, window: Window) -> ClubEvent:
    length = moment_of(occasion.ends) - moment_of(occasion.when) if occasion.ends else None
    ends = begins + length if length is not None else None
    is_all_day = occasion.is_all_day
    return ClubEvent(
        title=one_line(occasion.title),
        starts_at=window.moment(begins),
        url=occasion.url,
        ends_at=window.moment(ends) if ends and not is_all_day else None,
        on=begins.date() if is_all_day else None,
        last_on=ends.date() if ends and is_all_day and ends > begins else None,
        kind=occasion.kind,
        rhythm=_rhythm(occasion),
        key=make_key("written", occasion.title.casefold(), *_series(occasion)),
    )


def _rhythm(occasion: Occasion) -> Rhythm:
    if occasion.step is None:
        return Rhythm.ONCE
    return Rhythm.SELDOM if occasion.step >= SELDOM_FROM else Rhythm.OFTEN


def _series(occasion: Occasion) -> tuple[str, ...]:
    """What makes another series of it: a meeting that moves to another day or hour is news."""
    if occasion.step is None:
        return ()
    begins = moment_of(occasion.when)
    return (str(occasion.every), str(begins.weekday()), occasion.when[10:].strip(" T"))
