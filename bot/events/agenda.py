"""The agenda: all events of a club that lie ahead, from all its calendars.

Comes in: what the club wrote down, locations, a desk that reads them. Goes out: an `Agenda`. A
calendar that cannot be read is left out, with a note, and the others stay.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.events.event import ClubEvent
from bot.events.source import CalendarDesk, NoCalendar, name_of
from bot.events.window import Window
from bot.events.written import read_written
from bot.subscriptions.occasion import Occasion


@dataclass(frozen=True, slots=True)
class Calendars:
    """All that a club's events come from."""

    desk: CalendarDesk
    occasions: tuple[Occasion, ...] = ()
    #: ICS files and addresses.
    locations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """Events in the order of the calendars, and what the run's report says of these."""

    events: tuple[ClubEvent, ...] = ()
    notes: tuple[str, ...] = ()


def read_agenda(calendars: Calendars, window: Window) -> Agenda:
    """All events ahead; one that stands in two calendars counts once."""
    events = list(read_written(calendars.occasions, window))
    notes = []
    for location in calendars.locations:
        found, note = read_location(location, calendars.desk, window)
        events += found
        notes += [note] if note else []
    return Agenda(_distinct(events), tuple(notes))


def read_location(
    location: str, desk: CalendarDesk, window: Window
) -> tuple[tuple[ClubEvent, ...], str | None]:
    """The events of one ICS calendar, and a sentence if there is anything wrong with it."""
    # The libraries take a quarter of a second to load, and many clubs have no ICS.
    from bot.events.ics import read_ics

    name = name_of(location)
    try:
        found = read_ics(desk.read_calendar(location), window)
    except NoCalendar as error:
        return (), f"The calendar of {name} is left out: {error.why}."
    if not found.n_unread:
        return found.events, None
    entries = "1 entry" if found.n_unread == 1 else f"{found.n_unread} entries"
    return found.events, f"In the calendar of {name}, {entries} could not be read."


def _distinct(events: Iterable[ClubEvent]) -> tuple[ClubEvent, ...]:
    first: dict[tuple[str, object], ClubEvent] = {}
    for event in events:
        first.setdefault((event.title.casefold(), event.starts_at), event)
    return tuple(first.values())
