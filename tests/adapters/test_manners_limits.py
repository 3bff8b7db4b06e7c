"""Limits, refusals and broken connections: how often is asked, how long waited, what is said."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
import urllib3.util.retry

from bot.adapters.github_client import MAX_RATE_LIMIT_WAIT_S
from bot.errors import GitHubError, LimitReached, Outage, Refused
from bot.harvest.source import Step
from bot.sandbox import faults
from bot.sandbox.faults import Fault
from bot.sandbox.messages import Answer, error_answer
from tests.adapters.asking import DETAILS, NOW, SEARCHES, TOKEN, Asked, asking, issue_ids

#: A client that loses patience soon, and an answer that comes later still.
SOON_S, LATE_S = 0.15, 0.4


@pytest.fixture
def asked() -> Iterator[Asked]:
    with asking() as asked:
        yield asked


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What urllib3 would have slept, in seconds."""
    waits: list[float] = []
    clock = SimpleNamespace(sleep=waits.append, time=NOW.timestamp)
    monkeypatch.setattr(urllib3.util.retry, "time", clock)
    return waits


def _answer(status: int, content: str, **headers: str) -> Fault:
    def make(_: object) -> Answer:
        return Answer(status, content=content.encode(), headers=dict(headers))

    return Fault("answer", before=make)


def _limit(status: int, retry_after: str) -> Fault:
    body = json.dumps(error_answer(status, "Slow down.").data)
    return _answer(status, body, **{"Retry-After": retry_after})


def _refusal(ask: Callable[[], object], kind: type[GitHubError]) -> GitHubError:
    """The error of exactly this kind, with words and without the token."""
    with pytest.raises(GitHubError) as error:
        ask()
    told = error.value
    assert type(told) is kind
    assert told.message
    assert told.advice
    assert TOKEN not in f"{told.message} {told.advice}"
    return told


def test_a_limit_in_a_200_ends_the_work_and_says_until_when(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.rate_limited(reset_in_s=1620), SEARCHES)
    told = _refusal(asked.search, LimitReached)
    assert "until 2026-11-22 05:50 UTC" in told.message
    assert asked.statuses == [200]
    assert asked.source.spent()[Step.PAGE].requests == 1


@pytest.mark.parametrize("status", [403, 429])
def test_a_limit_without_a_wait_ends_the_work_at_once(
    asked: Asked, waits: list[float], status: int
) -> None:
    asked.sandbox.faults.add(faults.secondary_limit(status), SEARCHES)
    _refusal(asked.search, LimitReached)
    assert (asked.statuses, waits) == ([status], [])


@pytest.mark.parametrize("status", [403, 429])
def test_a_limit_with_a_short_wait_is_waited_for(
    asked: Asked, waits: list[float], status: int
) -> None:
    asked.sandbox.faults.add(faults.secondary_limit(status, retry_after=7), SEARCHES)
    assert len(asked.search().issues) == 100
    assert (asked.statuses, waits) == ([status, 200], [7])


@pytest.mark.parametrize("status", [403, 429])
def test_several_waits_together_stay_within_our_patience(
    asked: Asked, waits: list[float], status: int
) -> None:
    long = MAX_RATE_LIMIT_WAIT_S - 20
    asked.sandbox.faults.add(faults.secondary_limit(status, retry_after=long), SEARCHES, times=None)
    _refusal(asked.search, LimitReached)
    assert (asked.statuses, waits) == ([status, status], [long])


def test_each_request_has_a_patience_of_its_own(asked: Asked, waits: list[float]) -> None:
    long = MAX_RATE_LIMIT_WAIT_S - 20
    for _ in range(2):
        asked.sandbox.faults.add(faults.secondary_limit(429, retry_after=long), SEARCHES)
        asked.search()
    assert (asked.statuses, waits) == ([429, 200, 429, 200], [long, long])


@pytest.mark.parametrize("status", [403, 429])
def test_a_limit_that_does_not_end_is_asked_three_times(asked: Asked, status: int) -> None:
    asked.sandbox.faults.add(faults.secondary_limit(status, retry_after=0), SEARCHES, times=None)
    _refusal(asked.search, LimitReached)
    assert asked.statuses == [status, status, status]


@pytest.mark.parametrize("status", [403, 429])
@pytest.mark.parametrize("wait", ["3600", "soon", "Sun, 22 Nov 2026 06:23:00 GMT"])
def test_a_long_or_unreadable_wait_ends_the_work_at_once(
    asked: Asked, waits: list[float], status: int, wait: str
) -> None:
    asked.sandbox.faults.add(_limit(status, wait), SEARCHES)
    _refusal(asked.search, LimitReached)
    assert (asked.statuses, waits) == ([status], [])


def test_a_used_up_hour_is_not_waited_for(asked: Asked, waits: list[float]) -> None:
    reset = int((NOW + timedelta(minutes=40)).timestamp())
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(reset)}
    body = json.dumps(error_answer(403, "API rate limit exceeded for user ID 1.").data)
    asked.sandbox.faults.add(_answer(403, body, **headers), SEARCHES)
    _refusal(asked.search, LimitReached)
    assert (asked.statuses, waits) == ([403], [])


def test_a_limit_that_comes_while_halving_ends_the_work(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), SEARCHES)
    asked.sandbox.faults.add(faults.rate_limited(), SEARCHES, skip=1)
    _refusal(asked.search, LimitReached)
    assert asked.sizes() == [100, 50]


def test_a_token_that_is_revoked_in_mid_run_is_refused(asked: Asked) -> None:
    cursor = asked.search().cursor
    asked.sandbox.faults.add(faults.bad_credentials(), SEARCHES, times=None)
    told = _refusal(lambda: asked.search(cursor), Refused)
    assert "revoked" in told.message
    assert asked.statuses == [200, 401]


@pytest.mark.parametrize("status", [500, 503])
def test_a_stumble_is_asked_again_twice(asked: Asked, waits: list[float], status: int) -> None:
    asked.sandbox.faults.add(faults.server_error(status), SEARCHES, times=2)
    assert len(asked.search().issues) == 100
    assert asked.statuses == [status, status, 200]
    asked.sandbox.faults.add(faults.server_error(status), SEARCHES, times=None)
    told = _refusal(asked.search, Outage)
    assert str(status) in told.message
    assert (asked.statuses[3:], waits) == ([status] * 3, [])


def test_a_reset_connection_is_tried_again_twice(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.dropped_connection(), SEARCHES, times=2)
    assert len(asked.search().issues) == 100
    assert asked.statuses == [0, 0, 200]
    asked.sandbox.faults.add(faults.dropped_connection(), SEARCHES, times=None)
    told = _refusal(asked.search, Outage)
    assert "connection" in told.message
    assert asked.statuses[3:] == [0, 0, 0]


def test_a_slow_answer_is_not_waited_for_and_less_is_asked() -> None:
    with asking(timeout_s=SOON_S) as asked:
        asked.sandbox.faults.add(faults.slow_answer(LATE_S), DETAILS)
        ids = issue_ids(asked.world, 20)
        assert asked.details(ids) == set(ids)
        assert [len(each["ids"]) for each in asked.arrived] == [20, 12, 8]


def test_answers_that_are_always_slow_are_an_outage() -> None:
    with asking(timeout_s=SOON_S) as asked:
        asked.sandbox.faults.add(faults.slow_answer(LATE_S), DETAILS, times=None)
        told = _refusal(lambda: asked.details(issue_ids(asked.world, 12)), Outage)
        assert "time" in told.message
        assert [len(each["ids"]) for each in asked.arrived] == [12]


@pytest.mark.parametrize(
    "content",
    [
        '{"data": {"search": {"issueCount": 3, "pag',
        "<!doctype html><p>Log in first.",
        "",
        "null",
        "[1, 2]",
        "3",
        "[" * 100_000,
        '{"data": null}',
        '{"data": {"search": null}}',
        '{"data": {"search": {"nodes": []}}}',
        '{"data": {"search": [1]}, "errors": []}',
    ],
    ids=lambda content: content[:30],
)
def test_an_answer_that_is_not_github_s_is_an_outage_at_once(asked: Asked, content: str) -> None:
    asked.sandbox.faults.add(_answer(200, content), SEARCHES, times=None)
    _refusal(asked.search, Outage)
    assert asked.statuses == [200]


@pytest.mark.parametrize("content", ["<html>", "[1]", "3", '{"errors": 7}', '{"message": []}', ""])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 422, 451, 501])
def test_a_refusal_of_any_shape_is_refused_at_once(asked: Asked, status: int, content: str) -> None:
    asked.sandbox.faults.add(_answer(status, content), SEARCHES, times=None)
    with pytest.raises(GitHubError) as error:
        asked.search()
    assert error.value.advice
    assert asked.statuses == [status]


def test_a_header_that_is_no_number_is_an_outage(asked: Asked) -> None:
    asked.sandbox.faults.add(_answer(200, "{}", **{"x-ratelimit-reset": "never"}), SEARCHES)
    _refusal(asked.search, Outage)


def test_a_page_that_leads_in_a_circle_is_an_outage(asked: Asked) -> None:
    cursor = asked.search().cursor

    def same(data: dict) -> None:
        data["data"]["search"]["pageInfo"] = {"hasNextPage": True, "endCursor": cursor}

    asked.sandbox.faults.add(faults.mutate(same), SEARCHES)
    _refusal(lambda: asked.search(cursor), Outage)
