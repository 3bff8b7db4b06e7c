"""When a token's end is told, and what is said of one that is wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.github_looking import end_of
from bot.doctor.finding import Seen, Severity
from bot.doctor.tokens import TokenSeen, judge_end, judge_token
from tests.stage import NOW

KNOWN = Seen(value=True)


@pytest.mark.parametrize(
    ("days", "severity"),
    [
        (80, Severity.OK),
        (22, Severity.OK),
        (21, Severity.WARNING),
        (8, Severity.WARNING),
        (7, Severity.FAULT),
        (0, Severity.FAULT),
        (-3, Severity.FAULT),
    ],
)
def test_an_end_is_told_three_weeks_before_and_must_be_mended_in_the_last(days, severity):
    found = judge_end("GITHUB_TOKEN", NOW + timedelta(days=days), NOW)
    assert found.severity is severity
    assert f"ends in {max(days, 0)} day" in found.what
    assert bool(found.todo) is (severity is not Severity.OK)


def test_a_token_without_an_end_is_fine():
    assert judge_end("GITHUB_TOKEN", None, NOW).severity is Severity.OK


@pytest.mark.parametrize(
    ("token", "severity", "told"),
    [
        (TokenSeen("GITHUB_TOKEN", False, Seen(value=False)), Severity.FAULT, "is not set"),
        (TokenSeen("GITHUB_TOKEN", True, Seen(value=False)), Severity.FAULT, "does not know"),
        (TokenSeen("HARVEST_TOKEN", True, Seen(blind="no")), Severity.UNSEEN, "Could not look"),
    ],
)
def test_what_is_no_working_token_is_one_finding(token, severity, told):
    [found] = judge_token(token, NOW)
    assert (found.severity, told in found.what) == (severity, True)


@pytest.mark.parametrize(
    ("n_found", "severity"),
    [(Seen(12), Severity.OK), (Seen(0), Severity.FAULT), (Seen(blind="no"), Severity.UNSEEN)],
)
def test_a_search_that_finds_nothing_is_no_search(n_found, severity):
    token = TokenSeen("HARVEST_TOKEN", True, KNOWN, n_found=n_found)
    assert [one.severity for one in judge_token(token, NOW)] == [Severity.OK, severity]


@pytest.mark.parametrize(
    ("text", "ends_at"),
    [
        ("2026-12-01 10:00:00 UTC", datetime(2026, 12, 1, 10, tzinfo=UTC)),
        ("2026-12-01 10:00:00 -0400", datetime(2026, 12, 1, 14, tzinfo=UTC)),
        ("soon", None),
        ("", None),
    ],
)
def test_the_end_is_read_in_both_of_the_forms_that_github_writes(text, ends_at):
    assert end_of({"GitHub-Authentication-Token-Expiration": text}) == ends_at
    assert end_of({}) is None
