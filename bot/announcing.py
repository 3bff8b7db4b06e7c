"""Announcing: which events of the club each student's digest tells of.

Comes in: a run, the students whose digests are composed, an office. Goes out: `Announced`. A dry
run finds the same as a live one: only what went out counts as told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.digest import Sent
from bot.events.agenda import read_agenda
from bot.events.announce import Told, choose_events
from bot.events.event import ClubEvent
from bot.events.window import HORIZON, Window
from bot.office import Office
from bot.schedule import Run, pause_of
from bot.subscriptions.student import Subscription

#: What was told on the day on which it came into sight is remembered until it is past.
_N_WEEKS = HORIZON.days // 7 + 1


@dataclass(frozen=True, slots=True)
class Announced:
    """Events by the student's login, the soonest first, and what the report says of calendars."""

    events: Mapping[str, tuple[ClubEvent, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def announce_events(run: Run, students: Iterable[Subscription], office: Office) -> Announced:
    """The events that each student's digest of this run tells of."""
    if office.calendars is None:
        return Announced()
    agenda = read_agenda(office.calendars, Window(run.now, run.club.zone))
    if not agenda.events:
        return Announced(notes=agenda.notes)
    sent = office.journal.sent_since(str(run.week.before(_N_WEEKS)))
    events = {
        one.login: choose_events(
            agenda.events, tuple(_told(sent, one.login)), run.now, pause_of(one)
        )
        for one in students
    }
    return Announced(events, agenda.notes)


def _told(sent: Iterable[Sent], login: str) -> Iterator[Told]:
    return (
        Told(event.key, event.starts_at, one.delivered_at)
        for one in sent
        if one.digest.student.casefold() == login.casefold()
        for event in one.digest.events
    )
