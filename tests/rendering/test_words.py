from datetime import UTC, datetime

import pytest

from bot.rendering.words import Forms, load_words

WORDS = load_words()


def test_an_unworded_code_stays_readable():
    assert WORDS.code("eaten-by-bears", "drops") == "eaten by bears"


@pytest.mark.parametrize(("n", "words"), [(0, "none"), (1, "one"), (2, "many")])
def test_a_number_decides_the_form(n, words):
    forms = Forms(none="none", one="one", other="many")
    assert forms.choose(n, WORDS.formats.form(n)) == words


def test_nought_is_worded_by_its_form_without_words_of_its_own():
    assert Forms(one="one", other="many").choose(0, "other") == "many"


def test_a_form_without_words_takes_those_of_any_number():
    assert Forms(one="one", other="any").choose(10**6, "many") == "any"


@pytest.mark.parametrize(
    ("n_hours", "words"),
    [(0.2, "an hour"), (1.4, "an hour"), (6.0, "6 hours"), (47.0, "47 hours"), (50.0, "2 days")],
)
def test_a_length_of_time_is_rough(n_hours, words):
    assert WORDS.hours(n_hours) == words


def test_numbers_and_shares_are_written_as_people_read_them():
    assert WORDS.number(1234567) == "1,234,567"
    assert WORDS.percent(0.4) == "40%"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/Puerto_Rico", "Sunday 22 November at 01:23 (Puerto Rico time)"),
        ("Pacific/Kiritimati", "Sunday 22 November at 19:23 (Kiritimati time)"),
        ("Pacific/Honolulu", "Saturday 21 November at 19:23 (Honolulu time)"),
        ("UTC", "Sunday 22 November at 05:23 (UTC)"),
        ("Etc/GMT+4", "Sunday 22 November at 01:23 (GMT+4)"),
    ],
)
def test_a_moment_is_told_at_the_clubs_place(zone, words):
    assert WORDS.moment(datetime(2026, 11, 22, 5, 23, tzinfo=UTC), zone) == words


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ("2026-W47", "week 47 of 2026 (16 to 22 November)"),
        ("2026-W53", "week 53 of 2026 (28 December to 3 January)"),
    ],
)
def test_a_week_is_told_with_its_days(week, words):
    assert WORDS.week(week) == words
