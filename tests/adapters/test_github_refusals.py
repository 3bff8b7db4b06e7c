"""GitHub's refusals, each in words of its own kind."""

import json

import pytest
import requests
from github import GithubException
from urllib3.exceptions import ProtocolError, ReadTimeoutError

from bot.adapters.github_client import is_out_of_time, translate
from bot.errors import BotError, LimitReached, Outage, Refused, TooHeavy
from bot.sandbox.messages import error_answer

TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ"


def graphql_error(kind: str | None, message: str = "No.") -> GithubException:
    body = {"errors": [{"message": message} | ({"type": kind} if kind else {})]}
    return GithubException(400, body, {}, None)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (graphql_error("RATE_LIMITED"), LimitReached),
        (graphql_error(None, "You have exceeded a secondary rate limit."), LimitReached),
        (graphql_error("RESOURCE_LIMITS_EXCEEDED"), TooHeavy),
        (graphql_error("MAX_NODE_LIMIT_EXCEEDED"), TooHeavy),
        (
            graphql_error(None, "Something went wrong. This may be the result of a timeout."),
            TooHeavy,
        ),
        (graphql_error("INTERNAL"), Outage),
        (graphql_error("SERVICE_UNAVAILABLE"), Outage),
        (graphql_error("FORBIDDEN"), Refused),
        (graphql_error("INSUFFICIENT_SCOPES"), Refused),
        (graphql_error("NOT_FOUND"), Refused),
        (graphql_error("undefinedField"), Refused),
        (GithubException(401, {"message": "Requires authentication"}), Refused),
        (GithubException(403, {"message": "Forbidden"}, {"retry-after": "60"}), LimitReached),
        (GithubException(403, {"message": "Forbidden"}, {"X-GitHub-SSO": "required"}), Refused),
        (GithubException(410, {"message": "Issues has been disabled"}), Refused),
        (GithubException(451, None), Refused),
        (GithubException(429, None), LimitReached),
        (GithubException(500, "<html>"), Outage),
        (GithubException(502, b"<html>"), TooHeavy),
        (GithubException(504, {"data": "<html>"}), TooHeavy),
        (requests.ReadTimeout(f"token {TOKEN}"), Outage),
        (requests.exceptions.SSLError(f"token {TOKEN}"), Outage),
        (requests.exceptions.RetryError(f"token {TOKEN}"), Outage),
        (requests.exceptions.InvalidHeader(f"bad header 'token {TOKEN}'"), Refused),
        (json.JSONDecodeError("bad", f"token {TOKEN}", 0), Outage),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), Outage),
    ],
)
def test_an_error_has_its_kind_and_shows_no_token(error: Exception, kind: type[BotError]) -> None:
    told = translate(error)
    assert type(told) is kind
    assert told.advice
    assert TOKEN not in f"{told.message} {told.advice}"


def test_what_github_said_is_quoted_on_one_short_line() -> None:
    said = "No\n::error::pwned\r\x1b[31m" + "x" * 500
    told = translate(GithubException(403, {"message": said}))
    assert told.message.isprintable()
    assert len(told.message) < 250


def test_an_answer_with_a_wrong_shape_of_errors_is_still_explained() -> None:
    answer = error_answer(422, "Validation Failed").data
    for errors in ("text", {"a": 1}, [None, "text", 3]):
        told = translate(GithubException(422, {**answer, "errors": errors}))
        assert "Validation Failed" in told.message


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (requests.ReadTimeout(), True),
        (requests.ConnectionError(ReadTimeoutError(None, "/graphql", "within the body")), True),
        (requests.exceptions.ChunkedEncodingError(), True),
        (requests.ConnectTimeout(), False),
        (requests.ConnectionError(ProtocolError("Connection aborted.")), False),
        (GithubException(504, None), False),
    ],
)
def test_an_answer_that_begins_or_ends_too_late_is_out_of_time(
    error: Exception, expected: bool
) -> None:
    assert is_out_of_time(error) is expected


@pytest.mark.parametrize("reset", ["9" * 40, "soon", "-1", "٣"])
def test_a_limit_whose_end_nobody_can_read_is_still_a_limit(reset: str) -> None:
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset}
    told = translate(GithubException(429, None, headers))
    assert told.message == "GitHub's rate limit is used up."
