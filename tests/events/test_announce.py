"""Each event is announced once when it is known, and once more when it is close."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.announce import MAX_EVENTS, Told, choose_events
from bot.events.event import ClubEvent, Rhythm
from tests.builders_events import NOW, build_event

WEEK = timedelta(weeks=1)


def weeks_told(event: ClubEvent, pause: timedelta = WEEK, n_weeks: int = 14) -> list[int]:
    """In which weeks from now digests tell of the event, if one comes with each pause."""
    told: list[Told] = []
    weeks = []
    for week in range(0, n_weeks, pause.days // 7):
        now = NOW + week * WEEK
        if event.starts_at >= now and choose_events([event], told, now, pause):
            told.append(Told(event.key, event.starts_at, now))
            weeks.append(week)
    return weeks


def test_an_event_is_told_when_known_and_again_when_close() -> None:
    assert weeks_told(build_event(days=80)) == [0, 10]


def test_an_event_that_is_close_when_it_becomes_known_is_told_once() -> None:
    assert weeks_told(build_event(days=12)) == [0]


@pytest.mark.parametrize(("n_weeks", "weeks"), [(1, [0, 10]), (2, [0, 10]), (4, [0, 8])])
def test_who_hears_seldom_hears_in_time(n_weeks: int, weeks: list[int]) -> None:
    assert weeks_told(build_event(days=80), n_weeks * WEEK) == weeks


@given(days=st.floats(0, 84), n_weeks=st.sampled_from([1, 2, 4]))
def test_nobody_is_told_more_than_twice_and_the_last_time_before_it_begins(
    days: float, n_weeks: int
) -> None:
    weeks = weeks_told(build_event(days=days), n_weeks * WEEK)
    assert 1 <= len(weeks) <= 2
    assert days - 7 * weeks[-1] <= 7 * (n_weeks + 1)


def test_what_was_put_off_is_told_again() -> None:
    told = [Told("hack-night", NOW + timedelta(days=30), NOW - WEEK)]
    assert choose_events([build_event(days=30)], told, NOW, WEEK) == ()
    moved = build_event(days=31)
    assert choose_events([moved], told, NOW, WEEK) == (moved,)


def test_a_series_that_comes_often_is_told_once() -> None:
    meetings = [build_event(days=2 + 7 * n, rhythm=Rhythm.OFTEN) for n in range(3)]
    assert choose_events(meetings[:1], [], NOW, WEEK) == (meetings[0],)
    told = [Told("hack-night", meetings[0].starts_at, NOW)]
    assert choose_events(meetings[1:2], told, NOW + WEEK, WEEK) == ()


def test_later_dates_of_a_series_that_comes_seldom_are_told_when_close() -> None:
    told = [Told("hack-night", NOW - WEEK, NOW - 2 * WEEK)]
    far, near = (build_event(days=days, rhythm=Rhythm.SELDOM) for days in (30, 9))
    assert choose_events([far], told, NOW, WEEK) == ()
    assert choose_events([near], told, NOW, WEEK) == (near,)


def test_another_events_announcement_says_nothing_of_this_one() -> None:
    event = build_event()
    told = [Told("another", event.starts_at, NOW - WEEK)]
    assert choose_events([event], told, NOW, WEEK) == (event,)


def test_of_many_events_the_soonest_are_told_first() -> None:
    events = [build_event(days=days, key=str(days)) for days in range(20, 0, -1)]
    chosen = choose_events(events, [], NOW, WEEK)
    assert [one.key for one in chosen] == [str(day) for day in range(1, MAX_EVENTS + 1)]
