from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import (
    BotError,
    ConfigurationError,
    DeliveryError,
    DeliveryInDoubt,
    GitHubError,
    JournalError,
    LimitReached,
    Outage,
    Refused,
    ReviewError,
    StudentsFailed,
    TooHeavy,
    exit_code_of,
)
from bot.terms import IssueRef, Week


@pytest.mark.parametrize("text", ["2026-W47", "2020-W53", "2026-W01"])
def test_a_week_prints_as_it_was_read(text):
    assert str(Week.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["2026-W54", "2025-W53", "2026-W00", "2026-47", "2026-W7", "2026-W47 ", "2026-w47", "", "W47"],
)
def test_what_is_no_week_is_an_error(text):
    with pytest.raises(ValueError, match=r"week"):
        Week.parse(text)


def test_a_week_begins_at_midnight_at_the_clubs_place():
    sunday_night = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

    assert Week.of(sunday_night, ZoneInfo("UTC")) == Week(2026, 48)
    assert Week.of(sunday_night, ZoneInfo("America/Puerto_Rico")) == Week(2026, 47)


def test_the_first_days_of_january_may_belong_to_the_old_year():
    assert Week.of(datetime(2027, 1, 3, tzinfo=UTC), ZoneInfo("UTC")) == Week(2026, 53)


def test_the_monday_of_a_week_is_its_first_day():
    assert Week(2026, 47).monday_on == date(2026, 11, 16)


def test_weeks_are_counted_back_over_the_turn_of_the_year():
    assert Week(2027, 2).before(3) == Week(2026, 52)


def test_weeks_sort_by_time():
    assert sorted([Week(2027, 1), Week(2026, 53), Week(2026, 9)]) == [
        Week(2026, 9),
        Week(2026, 53),
        Week(2027, 1),
    ]


def test_a_reference_knows_its_owner_address_and_spelling():
    ref = IssueRef("lumen-lab/starcharts", 12)

    assert (ref.owner, str(ref)) == ("lumen-lab", "lumen-lab/starcharts#12")
    assert ref.url == "https://github.com/lumen-lab/starcharts/issues/12"


def test_references_sort_by_repository_and_number():
    refs = [IssueRef("b/b", 1), IssueRef("a/a", 10), IssueRef("a/a", 9)]

    assert sorted(refs) == [IssueRef("a/a", 9), IssueRef("a/a", 10), IssueRef("b/b", 1)]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ConfigurationError, 2),
        (GitHubError, 3),
        (LimitReached, 3),
        (Refused, 3),
        (Outage, 3),
        (TooHeavy, 3),
        (ReviewError, 4),
        (DeliveryError, 5),
        (DeliveryInDoubt, 5),
        (JournalError, 6),
        (StudentsFailed, 7),
        (BotError, 1),
    ],
)
def test_a_class_of_errors_owns_its_exit_code(kind, code):
    assert exit_code_of((kind("It broke.", "Mend it."),)) == code


@pytest.mark.parametrize(
    ("kinds", "code"),
    [
        ((), 0),
        ((StudentsFailed, ReviewError, DeliveryError, GitHubError, JournalError), 6),
        ((StudentsFailed, ReviewError, DeliveryError, GitHubError), 3),
        ((StudentsFailed, ReviewError, DeliveryError), 5),
        ((StudentsFailed, ReviewError), 4),
        ((ConfigurationError, StudentsFailed), 7),
    ],
)
def test_of_several_causes_the_gravest_decides(kinds, code):
    errors = tuple(kind("It broke.", "Mend it.") for kind in kinds)

    assert exit_code_of(errors) == code
    assert exit_code_of(errors[::-1]) == code


def test_an_error_carries_its_message_and_the_next_thing_to_do():
    error = ConfigurationError("Two files are wrong.", "Mend them.", ("a:1: no", "b:2: no"))

    assert (str(error), error.message, error.advice) == (
        "Two files are wrong.",
        "Two files are wrong.",
        "Mend them.",
    )
    assert error.problems == ("a:1: no", "b:2: no")
