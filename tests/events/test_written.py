"""What a club writes down itself becomes events at the club's place."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.events.event import ClubEvent, Rhythm
from bot.events.window import Window
from bot.events.written import read_written
from bot.subscriptions.occasion import EventKind, Occasion
from tests.builders_events import NEW_YORK, NOW, WINDOW


def read(window: Window = WINDOW, **keys: Any) -> tuple[ClubEvent, ...]:
    return read_written([Occasion(**{"title": "Hack night"} | keys)], window)


def only(**keys: Any) -> ClubEvent:
    (event,) = read(**keys)
    return event


def test_a_time_is_the_clubs() -> None:
    event = only(when="2026-12-03 18:00", ends="2026-12-03 20:00")
    assert event.starts_at == datetime(2026, 12, 3, 23, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 12, 4, 1, tzinfo=UTC)
    assert event.on is None


def test_days_stay_days() -> None:
    event = only(when="2026-12-03", ends="2026-12-05", kind="event")
    assert (event.on, event.last_on, event.ends_at) == (date(2026, 12, 3), date(2026, 12, 5), None)


def test_a_deadline_is_one() -> None:
    assert only(when="2026-12-03", kind="deadline").kind is EventKind.DEADLINE


@pytest.mark.parametrize("when", ["2026-11-21", "2026-11-22 00:22", "2027-02-15", "2099-01-01"])
def test_what_is_past_or_far_is_left_out(when: str) -> None:
    assert read(when=when) == ()


@pytest.mark.parametrize("when", ["2026-11-22", "2026-11-22 00:24", "2027-02-13"])
def test_what_begins_today_or_within_twelve_weeks_is_told(when: str) -> None:
    assert len(read(when=when)) == 1


def test_a_weekly_meeting_keeps_its_hour_when_summer_time_ends() -> None:
    summer = Window(datetime(2026, 10, 28, 12, tzinfo=UTC), NEW_YORK)
    winter = Window(summer.now + timedelta(days=5), NEW_YORK)
    keys = {"when": "2026-09-03 18:00", "every": "week"}
    (before,), (after,) = read(summer, **keys), read(winter, **keys)
    assert before.starts_at == datetime(2026, 10, 29, 22, tzinfo=UTC)
    assert after.starts_at == datetime(2026, 11, 5, 23, tzinfo=UTC)
    assert before.key == after.key


@pytest.mark.parametrize(
    ("every", "rhythm"), [("week", Rhythm.OFTEN), ("2 weeks", Rhythm.OFTEN), ("4 weeks", "seldom")]
)
def test_what_comes_every_four_weeks_comes_seldom(every: str, rhythm: Rhythm) -> None:
    assert only(when="2026-09-03 18:00", every=every).rhythm == rhythm


def test_a_series_ends() -> None:
    keys = {"when": "2026-09-03 18:00", "every": "week"}
    assert read(**keys, until="2026-11-25") == ()
    assert only(**keys, until="2026-11-26").starts_at.date() == date(2026, 11, 26)


def test_an_event_keeps_its_name_when_it_is_put_off_and_a_series_gets_another() -> None:
    days = ("2026-12-03 18:00", "2026-12-04 18:00")
    assert len({only(when=day).key for day in days}) == 1
    assert len({only(when=day, every="week").key for day in days}) == 2


def test_times_lie_ahead_of_now() -> None:
    assert only(when="2020-01-01 18:00", every="week").starts_at >= NOW
