"""The clients and the translation, with the real PyGithub before the sandbox."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from github import Github
from urllib3.exceptions import MaxRetryError, SSLError

from bot.adapters.github_client import github_errors, is_loopback, reader, writer
from bot.errors import (
    BotError,
    ConfigurationError,
    GitHubError,
    LimitReached,
    Outage,
    Refused,
    TooHeavy,
)
from bot.sandbox import faults
from bot.sandbox.faults import Fault, Match
from bot.sandbox.messages import Request
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ"
CLUB = "campus-club/digests"
POSTS = Match(method="POST", path="*/issues")
QUERIES = Match(path="*/graphql")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    world = World(datetime(2026, 11, 22, 5, 23, tzinfo=UTC))
    world.add_user("campus-club", organization=True)
    world.add_repository(CLUB, collaborators=("grace-example",))
    with Sandbox(world) as sandbox:
        sandbox.tokens.add(TOKEN, "grace-example")
        yield sandbox


@pytest.fixture
def reading(sandbox: Sandbox) -> Iterator[Github]:
    client = reader(TOKEN, sandbox.url)
    yield client
    client.close()


@pytest.fixture
def writing(sandbox: Sandbox) -> Iterator[Github]:
    client = writer(TOKEN, sandbox.url)
    yield client
    client.close()


def ask(client: Github) -> dict[str, Any]:
    with github_errors():
        return client.requester.graphql_query("query { viewer { login } }", {})[1]


def post(client: Github) -> int:
    with github_errors():
        return client.get_repo(CLUB).create_issue("Week 47", "Hello").number


def look(client: Github) -> str:
    with github_errors():
        repository = client.get_repo(CLUB)
        return f"{repository.full_name} {repository.private}"


def test_the_reader_asks_again_when_github_stumbles(sandbox: Sandbox, reading: Github) -> None:
    sandbox.faults.add(faults.server_error(500), QUERIES)
    sandbox.faults.add(faults.server_error(503), QUERIES, skip=1)
    assert ask(reading)["data"] == {"viewer": {"login": "grace-example"}}
    assert [asked.status for asked in sandbox.requests] == [500, 503, 200]


@pytest.mark.parametrize("fault", [faults.bad_gateway(), faults.gateway_timeout()])
def test_the_reader_hands_a_heavy_query_back_at_once(
    sandbox: Sandbox, reading: Github, fault: Fault
) -> None:
    sandbox.faults.add(fault, QUERIES)
    with pytest.raises(TooHeavy):
        ask(reading)
    assert len(sandbox.requests) == 1


def test_the_reader_gives_up_after_the_second_retry(sandbox: Sandbox, reading: Github) -> None:
    sandbox.faults.add(faults.server_error(500), QUERIES, times=None)
    with pytest.raises(Outage, match="500"):
        ask(reading)
    assert len(sandbox.requests) == 3


@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_gateway(after_write=True),
        faults.server_error(500, after_write=True),
        faults.server_error(503, after_write=True),
        faults.dropped_connection(after_write=True),
        faults.secondary_limit(403, retry_after=0),
        faults.secondary_limit(429, retry_after=0),
        faults.truncated_body(),
    ],
    ids=["502", "500", "503", "dropped", "403", "429", "truncated"],
)
def test_the_writer_never_sends_a_post_twice(
    sandbox: Sandbox, writing: Github, fault: Fault
) -> None:
    sandbox.faults.add(fault, POSTS)
    with pytest.raises(GitHubError):
        post(writing)
    assert [asked.method for asked in sandbox.requests] == ["POST"]


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_the_writer_sends_nothing_again_when_an_encrypted_connection_breaks_off(
    writing: Github, method: str
) -> None:
    broken = SSLError(ssl.SSLEOFError("unexpected end"))
    with pytest.raises(MaxRetryError):
        writing.requester.kwargs["retry"].increment(method, "/", error=broken)


def test_the_writer_reads_again_when_github_stumbles(sandbox: Sandbox, writing: Github) -> None:
    sandbox.faults.add(faults.bad_gateway(), Match(method="GET"))
    assert look(writing) == f"{CLUB} False"
    assert [asked.status for asked in sandbox.requests] == [502, 200]


def test_a_short_wait_is_waited(sandbox: Sandbox, reading: Github) -> None:
    sandbox.faults.add(faults.secondary_limit(403, retry_after=0), QUERIES)
    assert "errors" not in ask(reading)
    assert [asked.status for asked in sandbox.requests] == [403, 200]


@pytest.mark.parametrize("status", [403, 429])
def test_a_long_wait_ends_the_work_at_once(sandbox: Sandbox, reading: Github, status: int) -> None:
    sandbox.faults.add(faults.secondary_limit(status, retry_after=3600), QUERIES)
    with pytest.raises(LimitReached, match="for 3600 seconds"):
        ask(reading)
    assert len(sandbox.requests) == 1


def test_a_used_up_hour_says_until_when(sandbox: Sandbox, reading: Github) -> None:
    sandbox.faults.add(faults.rate_limited(reset_in_s=1620), QUERIES)
    with pytest.raises(LimitReached, match="until 2026-11-22 05:50 UTC"):
        ask(reading)
    assert len(sandbox.requests) == 1


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (faults.bad_credentials(), Refused, "token"),
        (faults.forbidden(), Refused, "Resource not accessible by integration"),
        (faults.missing(), Refused, "cannot see"),
        (faults.unprocessable(), Refused, "422"),
        (faults.secondary_limit(429), LimitReached, "rate limit"),
        (faults.dropped_connection(), Outage, "connection"),
        (faults.truncated_body(), Outage, "connection"),
    ],
)
def test_every_fault_has_words(
    sandbox: Sandbox, writing: Github, fault: Fault, kind: type[BotError], words: str
) -> None:
    sandbox.faults.add(fault, Match(method="GET"), times=None)
    with pytest.raises(kind, match=words) as error:
        look(writing)
    assert error.value.advice
    assert TOKEN not in f"{error.value.message} {error.value.advice}"


def test_nobody_at_the_address_is_an_outage(sandbox: Sandbox) -> None:
    sandbox.stop()
    with pytest.raises(Outage, match="connection"):
        look(reader(TOKEN, sandbox.url))


def test_an_unknown_token_is_refused_with_advice(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="wrong, expired or revoked") as error:
        look(reader("ghp_unknown", sandbox.url))
    assert "foothold check" in error.value.advice


def test_requests_name_foothold_and_the_version_of_the_api(
    sandbox: Sandbox, reading: Github
) -> None:
    seen: list[Request] = []
    sandbox.faults.add(Fault("spy", before=seen.append))  # type: ignore[func-returns-value]
    look(reading)
    headers = seen[0].headers
    assert headers["user-agent"].startswith("foothold/")
    assert headers["x-github-api-version"] == "2022-11-28"


def test_a_token_may_end_in_a_line_break(sandbox: Sandbox) -> None:
    assert look(reader(f"{TOKEN}\n", sandbox.url)) == f"{CLUB} False"


@pytest.mark.parametrize("token", ["", " \n", "ghp_a b", "ghp_a\nghp_b", "ghp_ñ", "“ghp_a”"])
def test_a_token_that_cannot_be_one_is_refused_and_not_shown(token: str) -> None:
    with pytest.raises(Refused) as error:
        reader(token, "https://api.github.com")
    assert "ghp" not in f"{error.value.message} {error.value.advice}"


@pytest.mark.parametrize(
    "url",
    [
        "http://api.github.com",
        "ftp://api.github.com",
        "api.github.com",
        "",
        "https://",
        "https://[",
    ],
)
def test_a_token_never_travels_in_the_clear(url: str) -> None:
    with pytest.raises(ConfigurationError, match="GITHUB_API_URL"):
        writer(TOKEN, url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.9.9.9", True),
        ("http://localhost:1/api/v3", True),
        ("http://[::1]:80", True),
        ("https://api.github.com", False),
        ("http://localhost.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://127.0.0.1@example.org", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_loopback_is_this_machine_only(url: str, expected: bool) -> None:
    assert is_loopback(url) is expected


def test_writes_keep_a_second_apart_but_on_this_machine(writing: Github, reading: Github) -> None:
    real = "https://api.github.com"
    pauses = [
        client.requester.kwargs["seconds_between_writes"]
        for client in (writer(TOKEN, real), reader(TOKEN, real), writing, reading)
    ]
    assert pauses == [1.0, None, None, None]


def test_pages_are_large_and_patience_is_bounded(writing: Github, reading: Github) -> None:
    facts = [
        (client.requester.kwargs["per_page"], client.requester.kwargs["timeout"])
        for client in (writing, reading)
    ]
    assert facts == [(100, 30), (100, 30)]


def test_what_is_no_error_of_github_s_passes() -> None:
    def err() -> None:
        with github_errors():
            raise KeyError("a bug")

    with pytest.raises(KeyError):
        err()
