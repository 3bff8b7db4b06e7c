"""ICS calendars are read as far as they make sense, in bounded time, and what may be told."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events.event import ClubEvent, Rhythm
from bot.events.ics import MAX_SERIES, Found, read_ics
from bot.events.source import NoCalendar
from bot.subscriptions.occasion import EventKind
from tests.builders_events import WINDOW, build_ics

MEETING = "UID:m\nSUMMARY:Meeting\nDTSTART;TZID=America/New_York:20260901T180000"
SINGLE = "UID:s\nSUMMARY:Talk\nDTSTART:20261203T230000Z"


def read(*entries: str) -> Found:
    return read_ics(build_ics(*entries), WINDOW)


def starts(*entries: str) -> list[datetime]:
    return [one.starts_at for one in read(*entries).events]


def only(*entries: str) -> ClubEvent:
    (event,) = read(*entries).events
    return event


def test_an_event_has_its_title_times_and_address() -> None:
    event = only(f"{SINGLE}\nDTEND:20261204T010000Z\nURL:https://club.example.org/talk")
    assert event.title == "Talk"
    assert event.starts_at == datetime(2026, 12, 3, 23, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 12, 4, 1, tzinfo=UTC)
    assert event.url == "https://club.example.org/talk"
    assert (event.on, event.kind, event.rhythm) == (None, EventKind.EVENT, Rhythm.ONCE)


def test_a_time_without_a_zone_is_the_clubs() -> None:
    assert starts("UID:f\nSUMMARY:F\nDTSTART:20261203T180000") == [
        datetime(2026, 12, 3, 23, tzinfo=UTC)
    ]


def test_a_zone_that_the_calendar_defines_itself_is_understood() -> None:
    own = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Club Hall
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:-0330
TZOFFSETTO:-0330
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:v
SUMMARY:V
DTSTART;TZID=Club Hall:20261203T180000
END:VEVENT
END:VCALENDAR
"""
    (event,) = read_ics(own.encode(), WINDOW).events
    assert event.starts_at == datetime(2026, 12, 3, 21, 30, tzinfo=UTC)


def test_what_lasts_whole_days_is_days_and_the_end_behind_it_is_none_of_them() -> None:
    event = only("UID:d\nSUMMARY:D\nDTSTART;VALUE=DATE:20261203\nDTEND;VALUE=DATE:20261206")
    assert (event.on, event.last_on, event.ends_at) == (date(2026, 12, 3), date(2026, 12, 5), None)


def test_today_is_told_and_yesterday_is_not() -> None:
    days = ("20261122", "20261121")
    found = read(*(f"UID:{day}\nSUMMARY:{day}\nDTSTART;VALUE=DATE:{day}" for day in days))
    assert [one.title for one in found.events] == ["20261122"]


def test_a_deadline_is_the_last_day_of_what_is_filed_so() -> None:
    text = "UID:d\nSUMMARY:D\nDTSTART;VALUE=DATE:20261203\nDTEND;VALUE=DATE:20261206"
    event = only(f"{text}\nCATEGORIES:Club,Deadline")
    assert (event.kind, event.on, event.last_on) == (EventKind.DEADLINE, date(2026, 12, 5), None)


@pytest.mark.parametrize(
    "state", ["STATUS:CANCELLED", "STATUS:TENTATIVE", "CLASS:PRIVATE", "CLASS:CONFIDENTIAL"]
)
def test_what_is_uncertain_or_private_is_told_to_nobody(state: str) -> None:
    assert read(f"{SINGLE}\n{state}") == Found(())


def test_of_a_weekly_meeting_the_next_date_is_read_at_its_hour_in_winter_too() -> None:
    event = only(f"{MEETING}\nRRULE:FREQ=WEEKLY;BYDAY=TU")
    assert (event.starts_at, event.rhythm) == (
        datetime(2026, 11, 24, 23, tzinfo=UTC),
        Rhythm.OFTEN,
    )


def test_a_date_that_was_taken_out_or_cancelled_is_passed_over() -> None:
    out = f"{MEETING}\nRRULE:FREQ=WEEKLY\nEXDATE;TZID=America/New_York:20261124T180000"
    cancelled = """UID:m
SUMMARY:Meeting
STATUS:CANCELLED
RECURRENCE-ID;TZID=America/New_York:20261201T180000
DTSTART;TZID=America/New_York:20261201T180000"""
    assert starts(out, cancelled) == [datetime(2026, 12, 8, 23, tzinfo=UTC)]


def test_a_date_that_was_moved_is_an_event_of_its_own() -> None:
    moved = """UID:m
SUMMARY:Meeting, elsewhere
RECURRENCE-ID;TZID=America/New_York:20261208T180000
DTSTART;TZID=America/New_York:20261209T200000"""
    weekly, other = read(f"{MEETING}\nRRULE:FREQ=WEEKLY", moved).events
    assert (other.title, other.starts_at) == (
        "Meeting, elsewhere",
        datetime(2026, 12, 10, 1, tzinfo=UTC),
    )
    assert (weekly.rhythm, other.rhythm) == (Rhythm.OFTEN, Rhythm.ONCE)
    assert weekly.key != other.key


def test_a_monthly_meeting_comes_seldom() -> None:
    event = only(f"{MEETING}\nRRULE:FREQ=MONTHLY;BYDAY=1TU")
    assert (event.starts_at, event.rhythm) == (
        datetime(2026, 12, 1, 23, tzinfo=UTC),
        Rhythm.SELDOM,
    )


def test_a_series_keeps_its_name_when_it_is_prolonged_and_gets_another_when_it_moves() -> None:
    rules = ("FREQ=WEEKLY;UNTIL=20261222T235959Z", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=WE")
    kept, prolonged, moved = (only(f"{MEETING}\nRRULE:{rule}").key for rule in rules)
    assert kept == prolonged
    assert moved != kept


def test_an_event_keeps_its_name_when_it_is_put_off() -> None:
    later = SINGLE.replace("1203", "1210")
    assert only(SINGLE).key == only(later).key
    assert only(SINGLE).starts_at < only(later).starts_at


def test_the_newest_version_of_an_event_counts() -> None:
    later = SINGLE.replace("1203", "1210") + "\nSEQUENCE:2"
    assert starts(later, SINGLE) == [datetime(2026, 12, 10, 23, tzinfo=UTC)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=HOURLY;COUNT=3",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;BYMONTH=9",
        "FREQ=WEEKLY;BYMONTH=9",
        "FREQ=MONTHLY;BYDAY=5TU;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=MONTHLY;BYDAY=MO,1FR",
        "FREQ=DAILY;BYSETPOS=5",
        "FREQ=WEEKLY;BYDAY=TU;BYSETPOS=5",
        "FREQ=MONTHLY;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=1TU;BYSETPOS=2",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
    ],
)
def test_a_rule_that_may_never_end_is_not_followed(rule: str) -> None:
    assert read(f"{MEETING}\nRRULE:{rule}", SINGLE).n_unread == 1
    assert [one.title for one in read(f"{MEETING}\nRRULE:{rule}", SINGLE).events] == ["Talk"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO",
        "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        "FREQ=WEEKLY;BYDAY=WE;COUNT=40",
    ],
)
def test_a_rule_as_calendar_programs_write_it_is_followed(rule: str) -> None:
    assert len(read(f"{MEETING}\nRRULE:{rule}").events) == 1


def test_more_series_than_any_club_has_are_not_followed() -> None:
    texts = (f"UID:{n}\nSUMMARY:{n}\nDTSTART:20261101T100000Z\n" for n in range(MAX_SERIES + 3))
    found = read(*(f"{text}RRULE:FREQ=WEEKLY;COUNT=9" for text in texts))
    assert (len(found.events), found.n_unread) == (MAX_SERIES, 3)


def test_series_that_are_long_together_are_followed_up_to_a_limit() -> None:
    texts = (f"UID:{n}\nSUMMARY:{n}\nDTSTART:20100101T100000Z\n" for n in range(9))
    found = read(*(f"{text}RRULE:FREQ=DAILY" for text in texts))
    assert (len(found.events), found.n_unread) == (8, 1)


def test_what_says_two_things_is_told_as_none_of_them() -> None:
    found = read(f"{SINGLE}\nSTATUS:CONFIRMED\nSTATUS:CANCELLED", f"{SINGLE}\nSUMMARY:Walk")
    assert (found.events, found.n_unread) == ((), 1)


def test_a_broken_entry_leaves_the_others() -> None:
    found = read("UID:b\nSUMMARY:No day", "UID:c\nSUMMARY:C\nDTSTART:tomorrow", SINGLE)
    assert ([one.title for one in found.events], found.n_unread) == (["Talk"], 2)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org/", "https://user@example.org/", "https://["]
)
def test_only_web_addresses_are_kept(url: str) -> None:
    assert only(f"{SINGLE}\nURL:{url}").url is None


def test_a_title_is_one_line() -> None:
    assert only("UID:t\nSUMMARY:One\\n two\\n\\nthree\nDTSTART:20261203T230000Z").title == (
        "One two three"
    )


def test_signs_that_are_no_utf_8_do_not_hide_the_rest() -> None:
    data = build_ics(SINGLE).replace(b"Talk", b"Caf\xe9")
    assert [one.title for one in read_ics(data, WINDOW).events] == ["Caf\ufffd"]


@pytest.mark.parametrize("data", [b"", b"<html>Log in</html>", b"\xff\xfe\x00", b"BEGIN:VEVENT"])
def test_what_is_no_calendar_is_told_so(data: bytes) -> None:
    with pytest.raises(NoCalendar):
        read_ics(data, WINDOW)


LINES = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "END:VCALENDAR"),
        *("UID:a", "SUMMARY:A", "SUMMARY:\x00", "DTSTART:20261203T230000Z", "DTSTART:99999999"),
        *("DTSTART;TZID=Nowhere:20261203T230000", "DTSTART;VALUE=DATE:20261203", "DTEND:2026"),
        *("DTEND;VALUE=DATE:20261201", "DURATION:-P1D", "RRULE:FREQ=WEEKLY", "RRULE:FREQ=;BYDAY="),
        *("RRULE:FREQ=DAILY;UNTIL=2026", "RDATE:20261204T230000Z", "EXDATE:x", "CATEGORIES:,"),
        *("RECURRENCE-ID:20261210T230000Z", "RECURRENCE-ID;VALUE=DATE:20261210", "SEQUENCE:x"),
        *("DTSTART:00010101T000000Z", "DTSTART:99991231T235959", " folded", ":", "STATUS;;:"),
    ]
)


@settings(max_examples=60)
@given(st.lists(LINES | st.text(max_size=20), max_size=25))
def test_whatever_a_calendar_holds_it_is_read_or_refused(lines: list[str]) -> None:
    data = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]).encode(errors="replace")
    try:
        found = read_ics(data, WINDOW)
    except NoCalendar:
        return
    assert all(WINDOW.is_ahead(one.starts_at, one.on) for one in found.events)
    assert all(one.title and "\n" not in one.title for one in found.events)
