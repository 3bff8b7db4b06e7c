import json
import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest
import requests
from github import (
    BadCredentialsException,
    GithubException,
    GithubRetry,
    RateLimitExceededException,
    UnknownObjectException,
)

from bot.sandbox import faults
from bot.sandbox.faults import Match
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, PROJECT, Connect

POST = Match(method="POST", path="/repos/*/issues")
READ_ONLY_RETRIES = GithubRetry(total=3, allowed_methods={"GET", "HEAD"})


def post(connect: Connect, retry: GithubRetry | None = None, token: str = "grace"):
    return connect(token, retry).get_repo(DIGESTS).create_issue("Digest")


def posted(world: World) -> int:
    return len(world.issues[DIGESTS])


@pytest.mark.parametrize("after_write", [False, True])
@pytest.mark.parametrize(
    ("make", "status"),
    [
        (faults.bad_gateway, 502),
        (faults.gateway_timeout, 504),
        (faults.server_error, 500),
        (partial(faults.server_error, 503), 503),
    ],
)
def test_an_outage_strikes_before_or_after_the_write(
    sandbox: Sandbox, connect: Connect, make, status, after_write
):
    sandbox.faults.add(make(after_write=after_write), POST)

    with pytest.raises(GithubException) as failure:
        post(connect)

    assert failure.value.status == status
    assert posted(sandbox.world) == after_write
    assert sandbox.requests[-1].status == status
    assert post(connect).title == "Digest"


def test_a_bad_gateways_body_is_html(sandbox: Sandbox):
    sandbox.faults.add(faults.bad_gateway())

    answer = requests.get(sandbox.url, timeout=10)

    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.startswith("<html>")


def test_pygithubs_own_retries_post_again_and_again(
    sandbox: Sandbox, connect: Connect, world: World
):
    sandbox.faults.add(faults.bad_gateway(after_write=True), POST, times=3)

    post(connect, GithubRetry(total=10))

    assert posted(world) == 4


def test_a_writer_that_retries_reads_only_posts_once(
    sandbox: Sandbox, connect: Connect, world: World
):
    sandbox.faults.add(faults.bad_gateway(after_write=True), POST, times=3)

    with pytest.raises(GithubException):
        post(connect, READ_ONLY_RETRIES)

    assert posted(world) == 1


def test_a_timeout_costs_further_points(sandbox: Sandbox, connect: Connect):
    sandbox.faults.add(faults.gateway_timeout(points=7), Match(operation="Me"))

    with pytest.raises(GithubException):
        connect().requester.graphql_query("query Me { viewer { login } }", {})

    assert connect().get_rate_limit().resources.graphql.used == 7


@pytest.mark.parametrize("after_write", [False, True])
def test_a_dropped_connection_leaves_the_client_in_doubt(
    sandbox: Sandbox, connect: Connect, world: World, after_write
):
    sandbox.faults.add(faults.dropped_connection(after_write=after_write), POST)

    with pytest.raises(requests.ConnectionError):
        post(connect)

    assert posted(world) == after_write
    assert sandbox.requests[-1].status == 0
    assert post(connect).number == 1 + after_write


@pytest.mark.parametrize("retry_after", [None, 1])
def test_a_secondary_limit_of_403_is_a_rate_limit_to_pygithub(
    sandbox: Sandbox, connect: Connect, world: World, retry_after
):
    sandbox.faults.add(faults.secondary_limit(retry_after=retry_after), POST)

    with pytest.raises(RateLimitExceededException) as refusal:
        post(connect)

    waits = refusal.value.headers.get("retry-after")
    assert waits == (None if retry_after is None else "1")
    assert posted(world) == 0


def test_a_secondary_limit_of_429_is_a_plain_error_to_pygithub(sandbox: Sandbox, connect: Connect):
    sandbox.faults.add(faults.secondary_limit(429), POST)

    with pytest.raises(GithubException) as refusal:
        post(connect)

    assert type(refusal.value) is GithubException
    assert refusal.value.status == 429


def test_a_primary_limit_tells_its_reset(sandbox: Sandbox, connect: Connect):
    sandbox.faults.add(faults.primary_limit(reset_in_s=90), Match(method="GET"))

    with pytest.raises(RateLimitExceededException) as refusal:
        connect().get_repo(PROJECT).complete()

    assert refusal.value.headers["x-ratelimit-remaining"] == "0"
    reset = int(refusal.value.headers["x-ratelimit-reset"])
    assert reset == sandbox.world.now.timestamp() + 90


def test_rate_limited_in_a_200_is_no_rate_limit_to_pygithub(sandbox: Sandbox, connect: Connect):
    sandbox.faults.add(faults.rate_limited(), Match(operation="Me"))

    with pytest.raises(GithubException) as refusal:
        connect().requester.graphql_query("query Me { viewer { login } }", {})

    assert not isinstance(refusal.value, RateLimitExceededException)
    assert refusal.value.data["errors"][0]["type"] == "RATE_LIMITED"
    assert refusal.value.headers["x-ratelimit-remaining"] == "0"


def test_a_truncated_body_is_a_broken_answer(sandbox: Sandbox, connect: Connect):
    sandbox.faults.add(faults.truncated_body(), Match(path="/repos/*"))

    with pytest.raises(requests.RequestException):
        connect().get_repo(PROJECT).complete()


def test_a_body_that_is_no_json_comes_with_a_200(sandbox: Sandbox):
    sandbox.faults.add(faults.not_json_body())

    answer = requests.get(f"{sandbox.url}/repos/{PROJECT}", timeout=10)

    assert answer.status_code == 200
    with pytest.raises(ValueError, match="Expecting value"):
        answer.json()


def test_a_slow_answer_runs_into_the_clients_time_out(sandbox: Sandbox):
    sandbox.faults.add(faults.slow_answer(0.3), times=2)

    with pytest.raises(requests.ReadTimeout):
        requests.get(sandbox.url, timeout=0.05)
    begun = time.perf_counter()
    requests.get(sandbox.url, timeout=5)
    assert time.perf_counter() - begun >= 0.3


@pytest.mark.parametrize(
    ("fault", "kind", "status"),
    [
        (faults.bad_credentials(), BadCredentialsException, 401),
        (faults.forbidden(), GithubException, 403),
        (faults.missing(), UnknownObjectException, 404),
        (faults.unprocessable(), GithubException, 422),
    ],
)
def test_refusals_come_in_mid_run(sandbox: Sandbox, connect: Connect, fault, kind, status):
    sandbox.faults.add(fault, Match(method="GET"), skip=1)
    client = connect()
    client.get_repo(PROJECT).complete()

    with pytest.raises(kind) as refusal:
        client.get_repo(PROJECT).complete()

    assert refusal.value.status == status


def test_any_answer_can_be_changed(sandbox: Sandbox, connect: Connect):
    sandbox.faults.add(faults.mutate(lambda data: data.update(title="Hijacked")))

    assert connect().get_repo(PROJECT).get_issue(1).title == "Hijacked"
    assert connect().get_repo(PROJECT).get_issue(1).title == "Draw the legend"


def test_a_match_picks_by_anything_in_a_request(sandbox: Sandbox, connect: Connect):
    second = Match(where=lambda request: request.fields.get("title") == "second")
    sandbox.faults.add(faults.server_error(), second, times=None)
    repository = connect().get_repo(DIGESTS)

    repository.create_issue("first")
    for _ in range(2):
        with pytest.raises(GithubException):
            repository.create_issue("second")


def test_an_operation_is_matched_by_its_name_or_its_field(sandbox: Sandbox):
    for document in ("mutation M { pinIssue(input: {}) { issue { id } } }", "query M { viewer }"):
        for wanted in ("M", "pinIssue", "Other"):
            sandbox.faults.add(faults.server_error(), Match(operation=wanted))
            url = f"{sandbox.url}/graphql"
            status = requests.post(url, json={"query": document}, timeout=10).status_code
            expected = wanted == "M" or (wanted == "pinIssue" and "pinIssue" in document)
            assert (status == 500) == expected
            sandbox.faults.clear()


def test_faults_strike_as_often_as_asked_and_are_cleared_by_name(sandbox: Sandbox):
    armed = sandbox.faults.add(faults.missing(), times=2, skip=1)
    sandbox.faults.add(faults.server_error(503), times=None)
    url = f"{sandbox.url}/rate_limit"

    seen = [requests.get(url, timeout=10).status_code for _ in range(4)]
    sandbox.faults.clear("server_error")

    assert seen == [503, 404, 404, 503]
    assert armed.hits == 2
    assert requests.get(url, timeout=10).status_code == 200


CLIENT = """
import json, sys, urllib.request
url, token = sys.argv[1:]
body = json.dumps({"title": "Digest"}).encode()
headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
sys.stdin.readline()
urllib.request.urlopen(urllib.request.Request(url, body, headers))
"""


@pytest.mark.parametrize("after_write", [False, True])
def test_a_client_can_be_killed_before_or_after_its_write(
    sandbox: Sandbox, world: World, after_write
):
    url = f"{sandbox.url}/repos/{DIGESTS}/issues"
    command = [sys.executable, "-S", "-c", CLIENT, url, "grace"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as client:

        def kill() -> None:
            os.kill(client.pid, signal.SIGKILL)
            client.wait()

        made = faults.call_after(kill) if after_write else faults.call_before(kill, drop=True)
        sandbox.faults.add(made, POST)
        client.stdin.write(b"\n")
        client.stdin.flush()
        assert client.wait(timeout=20) == -signal.SIGKILL
    until = time.monotonic() + 10
    while not sandbox.requests and time.monotonic() < until:
        os.sched_yield()

    assert posted(world) == after_write


def test_faults_leave_the_rest_of_an_answer_alone(sandbox: Sandbox):
    plain = requests.get(f"{sandbox.url}/repos/{PROJECT}/issues/1", timeout=10)
    sandbox.faults.add(faults.mutate(lambda data: data.pop("labels")))
    changed = requests.get(f"{sandbox.url}/repos/{PROJECT}/issues/1", timeout=10)

    assert changed.json() == {k: v for k, v in plain.json().items() if k != "labels"}
    assert int(changed.headers["content-length"]) == len(changed.content)
    assert json.loads(plain.content)["labels"]
