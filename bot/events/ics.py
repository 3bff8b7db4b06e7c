"""Events of an ICS file (RFC 5545), as anybody may have written it.

Comes in: bytes, the window. Goes out: `Found`: the events that lie ahead, and how many could not be
read; `NoCalendar` for what is none. Of an event only its title, times, address and state are read,
never whom it invites or what it says.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import recurring_ical_events
from icalendar import Calendar

from bot.events.event import ClubEvent, Rhythm, make_key, one_line
from bot.events.repeating import is_bounded, n_steps
from bot.events.source import NoCalendar
from bot.events.window import Window
from bot.events.written import SELDOM_FROM
from bot.events.zones import forget_zones
from bot.subscriptions.occasion import EventKind

#: An entry of a calendar: what it holds may be of any type, whatever it should be.
Entry: TypeAlias = Any

#: More series no club has, nor such old ones: together they cost a second at most.
MAX_SERIES, MAX_STEPS = 100, 50_000
#: More events nobody tells of within twelve weeks.
MAX_AHEAD = 200
#: A longer address is no address that a person follows.
MAX_ADDRESS = 500

#: What the two libraries raise over what is badly written.
_STRANGE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
#: What is told twice only must be certain, and what is private is told to nobody.
_UNTOLD = frozenset({"CANCELLED", "TENTATIVE", "PRIVATE", "CONFIDENTIAL"})

#: RFC 5545, 3.6.1.
_SAID_ONCE = ("SUMMARY", "DTSTART", "DTEND", "DURATION", "URL", "STATUS", "CLASS")


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a calendar that lie ahead, and how many entries nobody can read."""

    events: tuple[ClubEvent, ...]
    n_unread: int = 0


def read_ics(data: bytes, window: Window) -> Found:
    """The soonest that lie ahead; of a series the next date, and each that was moved."""
    groups = _groups(data)
    events: list[ClubEvent] = []
    n_unread = n_series = n_behind = 0
    for uid, group in groups.items():
        is_series = any("RRULE" in one or "RDATE" in one for one in group)
        n_series += is_series
        try:
            cost = _count_behind(group, window) if is_series else 0
            if is_series and (n_series > MAX_SERIES or n_behind + cost > MAX_STEPS):
                n_unread += 1
                continue
            n_behind += cost
            found = _of_series(uid, group, window) if is_series else _single(uid, group, window)
            events += [one for one in found if window.is_ahead(one.starts_at, one.on)]
        except _STRANGE:
            n_unread += 1
    events.sort(key=lambda one: one.starts_at)
    return Found(tuple(events[:MAX_AHEAD]), n_unread)


def _groups(data: bytes) -> dict[str, list[Entry]]:
    """The entries by what identifies them: a series and its exceptions together."""
    text = data.decode("utf-8-sig", errors="replace")
    if not text.lstrip()[:15].upper().startswith("BEGIN:VCALENDAR"):
        raise NoCalendar("it is no ICS calendar")
    forget_zones()
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        entries = [one for calendar in calendars for one in calendar.walk("VEVENT")]
    except _STRANGE as error:
        raise NoCalendar("it is no ICS calendar that can be read") from error
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        named = str(entry.get("UID", "")) or f"{entry.get('SUMMARY')} {entry.get('DTSTART')}"
        groups[named].append(entry)
    return groups


def _single(uid: str, group: Iterable[Entry], window: Window) -> Iterator[ClubEvent]:
    """An event that comes once; the newest word on it counts, and one date of an unseen series."""
    versions: dict[str, Entry] = {}
    for entry in sorted(group, key=lambda one: int(one.get("SEQUENCE", 0))):
        versions[_text(entry, "RECURRENCE-ID")] = entry
    for which, entry in versions.items():
        event = _event(entry, window, make_key("ics", uid, which))
        if event is not None:
            yield event


def _count_behind(group: Iterable[Entry], window: Window) -> int:
    """How much it costs to follow a series; ValueError where nobody knows."""
    rules = [(one.get("RRULE"), _day(one["DTSTART"].dt)) for one in group]
    if not all(is_bounded(rule, begins) for rule, begins in rules):
        raise ValueError("the rule may have no date")
    return sum(n_steps(rule, begins, window.now) for rule, begins in rules)


def _of_series(uid: str, group: Sequence[Entry], window: Window) -> Iterator[ClubEvent]:
    """The next date of a series, and those that were moved out of it."""
    calendar = Calendar()
    for entry in group:
        calendar.add_component(entry)
    query = recurring_ical_events.of(calendar, keep_recurrence_attributes=True)
    dates = query.between(window.begins_at, window.ends_at + timedelta(days=1))
    key = make_key("ics", uid, *_course(group))
    read = [_event(one, window, key) for one in dates]
    known = sorted((one for one in read if one is not None), key=lambda one: one.starts_at)
    rhythm = _rhythm(known)
    moved = {} if rhythm is Rhythm.SELDOM else _moved(uid, group, window)
    known = [one for one in known if one.starts_at not in moved]
    ahead = (one for one in known if window.is_ahead(one.starts_at, one.on))
    yield from (replace(one, rhythm=rhythm) for one in [next(ahead, None)] if one is not None)
    yield from (one for one in moved.values() if one is not None)


def _moved(uid: str, group: Iterable[Entry], window: Window) -> dict[datetime, ClubEvent | None]:
    """Dates of a series that stand elsewhere than its rule has them; each is news of its own."""
    moved = {}
    for entry in group:
        origin = entry.get("RECURRENCE-ID")
        if origin is not None and window.moment(origin.dt) != window.moment(entry["DTSTART"].dt):
            key = make_key("ics", uid, _text(entry, "RECURRENCE-ID"))
            moved[window.moment(entry["DTSTART"].dt)] = _event(entry, window, key)
    return moved


def _rhythm(dates: Sequence[ClubEvent]) -> Rhythm:
    # Summer time takes an hour from a week.
    gaps = (later.starts_at - sooner.starts_at for sooner, later in pairwise(dates))
    is_often = any(gap < SELDOM_FROM - timedelta(hours=2) for gap in gaps)
    return Rhythm.OFTEN if is_often else Rhythm.SELDOM


def _course(group: Iterable[Entry]) -> tuple[str, ...]:
    """What makes another series of it: a meeting that moves to another day or hour is news."""
    for entry in group:
        if "RECURRENCE-ID" not in entry and (rule := entry.get("RRULE")) is not None:
            begins = entry["DTSTART"].dt
            kept = {part: rule[part] for part in sorted(rule) if part not in ("UNTIL", "COUNT")}
            return (str(kept), f"{begins:%a %H:%M}", str(getattr(begins, "tzinfo", None)))
    return ()


def _event(entry: Entry, window: Window, key: str) -> ClubEvent | None:
    """The event; None for what nobody should be told of; ValueError where it says two things."""
    if any(isinstance(entry.get(name), list) for name in _SAID_ONCE):
        raise ValueError("what must stand once stands twice")
    title = one_line(str(entry.get("SUMMARY", "")))
    if not title or {_text(entry, "STATUS").upper(), _text(entry, "CLASS").upper()} & _UNTOLD:
        return None
    begins = entry["DTSTART"].dt
    ends = _end(entry, begins)
    is_all_day, is_deadline = not isinstance(begins, datetime), _is_deadline(entry)
    # The end of what lasts whole days is the day behind it (RFC 5545, 3.6.1).
    last_on = _day(ends) - timedelta(days=1) if is_all_day and ends is not None else None
    if is_deadline:
        # The last day counts; of a time the first moment, since programs add an hour unasked.
        begins, ends, last_on = last_on or begins, None, None
    return ClubEvent(
        title=title,
        starts_at=window.moment(begins),
        url=_address(entry),
        ends_at=window.moment(ends) if ends is not None and not is_all_day else None,
        on=begins if is_all_day else None,
        last_on=last_on if last_on is not None and last_on > begins else None,
        kind=EventKind.DEADLINE if is_deadline else EventKind.EVENT,
        key=key,
    )


def _end(entry: Entry, begins: Entry) -> Entry:
    """When it ends, or None; an end that is not later is none."""
    if "DTEND" in entry:
        ends = entry["DTEND"].dt
    elif "DURATION" in entry:
        ends = begins + entry["DURATION"].dt
    else:
        return None
    if isinstance(ends, datetime) != isinstance(begins, datetime):
        return None
    is_comparable = not isinstance(ends, datetime) or bool(ends.tzinfo) == bool(begins.tzinfo)
    return ends if is_comparable and ends > begins else None


def _is_deadline(entry: Entry) -> bool:
    """Is it filed under deadlines? The title is not asked: words are too many."""
    categories = entry.get("CATEGORIES", [])
    listed = categories if isinstance(categories, list) else [categories]
    names = (str(name) for one in listed for name in getattr(one, "cats", [one]))
    return any(name.strip().casefold() in {"deadline", "deadlines"} for name in names)


def _address(entry: Entry) -> str | None:
    url = str(entry.get("URL", "")).strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc) and "@" not in parts.netloc
    return url if is_web and len(url) <= MAX_ADDRESS and url.isprintable() else None


def _text(entry: Entry, name: str) -> str:
    found = entry.get(name, "")
    value = found.to_ical() if hasattr(found, "to_ical") else found
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when
