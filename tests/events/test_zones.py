"""A zone that a calendar defines is its own, and none of them takes a run's time."""

from datetime import UTC, datetime

import pytest

from bot.events.ics import Found, read_ics
from tests.builders_events import WINDOW

EVENT = """BEGIN:VEVENT
UID:v
SUMMARY:V
DTSTART;TZID=Club Hall:20261203T180000
END:VEVENT
"""
ELSEWHERE = """BEGIN:VEVENT
UID:e
SUMMARY:E
DTSTART:20261203T230000Z
END:VEVENT
"""


def zone(*rules: str, begins: str = "19700308T020000", offset: str = "-0330") -> str:
    part = "\n".join([f"DTSTART:{begins}", "TZOFFSETFROM:+0000", f"TZOFFSETTO:{offset}", *rules])
    standard = f"BEGIN:STANDARD\n{part}\nEND:STANDARD\n"
    return f"BEGIN:VTIMEZONE\nTZID:Club Hall\n{standard}END:VTIMEZONE\n"


def read(*parts: str) -> Found:
    text = "".join(["BEGIN:VCALENDAR\nVERSION:2.0\n", *parts, "END:VCALENDAR\n"])
    return read_ics(text.encode(), WINDOW)


@pytest.mark.parametrize("begins", ["16010101T020000", "19700308T020000"])
def test_a_zone_whose_clocks_are_set_each_year_is_followed(begins: str) -> None:
    (event,) = read(zone("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", begins=begins), EVENT).events
    assert event.starts_at == datetime(2026, 12, 3, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=MINUTELY",
        "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=YEARLY;BYDAY=SU,MO,TU",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=MO,1SU",
        "RRULE:FREQ=YEARLY;BYSECOND=0,1,2,3,4,5,6,7,8,9",
        "RRULE:FREQ=YEARLY\nEXRULE:FREQ=SECONDLY",
        "RRULE:FREQ=YEARLY\nRRULE:FREQ=SECONDLY",
        "RDATE:" + ",".join(["20260101T000000"] * 2_000),
    ],
)
def test_a_zone_that_would_take_the_runs_time_costs_only_the_entries_in_it(rule: str) -> None:
    found = read(zone(rule), EVENT, ELSEWHERE)
    assert ([one.title for one in found.events], found.n_unread) == (["E"], 1)


def test_what_one_calendar_calls_a_zone_is_nothing_to_another() -> None:
    times = [read(zone(offset=one), EVENT).events[0].starts_at for one in ("+0100", "-0330")]
    assert times == [
        datetime(2026, 12, 3, 17, tzinfo=UTC),
        datetime(2026, 12, 3, 21, 30, tzinfo=UTC),
    ]


@pytest.mark.parametrize("name", ["Europe", "a" * 5_000, "../../etc/passwd", "Nowhere"])
def test_a_zone_that_nobody_knows_is_the_clubs(name: str) -> None:
    (event,) = read(EVENT.replace("Club Hall", name)).events
    assert event.starts_at == datetime(2026, 12, 3, 23, tzinfo=UTC)
