"""A calendar that fails leaves the others; one event in two calendars counts once."""

from dataclasses import dataclass, field

from bot.events.agenda import Agenda, Calendars, read_agenda
from bot.events.source import CalendarDesk, NoCalendar
from bot.subscriptions.occasion import Occasion
from tests.builders_events import WINDOW, build_ics

SECRET = "https://calendar.example.org/private-5ecret/basic.ics"
TALK = "UID:s\nSUMMARY:Talk\nDTSTART:20261203T230000Z"


@dataclass
class MemoryCalendars(CalendarDesk):
    """Holds calendars by their locations; what it does not hold fails."""

    held: dict[str, bytes] = field(default_factory=dict)

    def read_calendar(self, location: str) -> bytes:
        if location not in self.held:
            raise NoCalendar("it answered 404")
        return self.held[location]


def read(held: dict[str, bytes], *occasions: Occasion) -> Agenda:
    return read_agenda(Calendars(MemoryCalendars(held), occasions, (SECRET, "club.ics")), WINDOW)


def test_a_calendar_that_fails_is_named_without_its_secret_and_the_others_stay() -> None:
    agenda = read({"club.ics": build_ics(TALK)})
    assert [one.title for one in agenda.events] == ["Talk"]
    assert agenda.notes == ("The calendar of calendar.example.org is left out: it answered 404.",)


def test_entries_that_cannot_be_read_are_counted() -> None:
    agenda = read({SECRET: build_ics(TALK), "club.ics": build_ics("UID:b\nSUMMARY:B")})
    assert agenda.notes == ("In the calendar of club.ics, 1 entry could not be read.",)


def test_an_event_that_stands_in_several_calendars_is_told_once() -> None:
    written = Occasion(title="talk", when="2026-12-03 18:00")
    agenda = read({SECRET: build_ics(TALK), "club.ics": build_ics(TALK)}, written)
    assert [one.title for one in agenda.events] == ["talk"]
    assert agenda.notes == ()
