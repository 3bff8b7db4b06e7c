"""How long a pause is, as people write it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feedback.pausing import MOST, read_pause

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("", date(2026, 12, 15)),
        ("4w", date(2026, 12, 15)),
        ("4 weeks", date(2026, 12, 15)),
        ("for 1 week.", date(2026, 11, 24)),
        ("4", date(2026, 12, 15)),
        ("10 days", date(2026, 11, 27)),
        ("2 MONTHS", date(2027, 1, 17)),
        ("1 semana", date(2026, 11, 24)),
        ("por 3 días", date(2026, 11, 20)),
        ("2 meses", date(2027, 1, 17)),
        ("2026-12-24", date(2026, 12, 24)),
        ("until 2026-12-24", date(2026, 12, 24)),
        ("hasta el 2026-12-24", date(2026, 12, 24)),
        ("2026-11-18", date(2026, 11, 18)),
        ("52w", date(2027, 11, 16)),
        ("2027-11-16", date(2027, 11, 16)),
    ],
)
def test_a_length_or_a_day_ends_a_pause(words, until):
    assert read_pause(words, TODAY) == until


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("a while", "pause_unclear"),
        ("4 years", "pause_unclear"),
        ("4w or so", "pause_unclear"),
        ("-1w", "pause_unclear"),
        ("2026-02-30", "pause_unclear"),
        ("24/12/2026", "pause_unclear"),
        ("20261224", "pause_unclear"),
        ("2026-11-17", "pause_over"),
        ("2020-01-01", "pause_over"),
        ("0w", "pause_over"),
        ("53w", "pause_long"),
        ("2027-11-17", "pause_long"),
        ("9999-12-31", "pause_long"),
        # A day more than 52 weeks.
        ("12 months", "pause_long"),
        ("9999 months", "pause_long"),
    ],
)
def test_what_ends_no_pause_is_told_why(words, sentence):
    assert read_pause(words, TODAY) == sentence


def test_a_month_that_is_shorter_ends_with_its_last_day():
    assert read_pause("3 months", date(2026, 11, 30)) == date(2027, 2, 28)


@given(st.text(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_no_words_end_a_pause_today_or_later_than_in_52_weeks(words, today):
    until = read_pause(words, today)
    if isinstance(until, date):
        assert timedelta() < until - today <= MOST
