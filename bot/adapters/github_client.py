"""The two ways to talk to GitHub, and the one translation of what goes wrong there.

Comes in: a token and the API's address. Goes out: PyGithub clients, one that reads and one that
writes, and errors in a student officer's words. Whoever calls a client wraps it in
`github_errors()`, so that no foreign exception, and with it no token, gets out.
"""

import ipaddress
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Self, cast
from urllib.parse import urlsplit

import requests
from github import Auth, Github, GithubException, GithubRetry
from github.GithubException import RateLimitExceededExceedsMaxWait
from urllib3.exceptions import InvalidHeader, ReadTimeoutError

from bot.adapters.github_refusals import explain_refusal
from bot.errors import BotError, ConfigurationError, Outage, Refused

#: Longer than this nobody waits for a limit within a run: the rest comes with the next one.
MAX_RATE_LIMIT_WAIT_S = 120
TIMEOUT_S = 30
#: https://docs.github.com/en/rest/about-the-rest-api/api-versions
API_VERSION = "2022-11-28"
#: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
SECONDS_BETWEEN_WRITES = 1.0

# PyGithub prints its own log to stderr; here one door prints.
logging.getLogger("github").handlers.clear()

#: All that PyGithub and requests raise when GitHub or the network fails.
FOREIGN_ERRORS: tuple[type[Exception], ...] = (
    GithubException,
    requests.RequestException,
    json.JSONDecodeError,
    UnicodeDecodeError,
)

_OUTAGES: dict[type[Exception], str] = {
    requests.Timeout: "GitHub did not answer in time.",
    requests.exceptions.RetryError: "GitHub failed again and again.",
    requests.RequestException: "The connection to GitHub failed.",
}


class PatientRetry(GithubRetry):
    """PyGithub's retry, bound to a patience: all waits of a request together stay below it.

    PyGithub sleeps each `Retry-After` in full, however long, and a minute or more where a limit
    names none. "Continuing to make requests while rate limited may result in banning" (GitHub
    docs, "Rate limits for the REST API"): a limit ends the run's work instead, as a typed refusal.
    A POST that was not answered in time is not sent again: the same would take as long.
    """

    waited_s = 0.0

    def new(self, **kw: Any) -> Self:  # noqa: ANN401
        following = super().new(**kw)
        following.waited_s = self.waited_s
        return following

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: Any = None,  # noqa: ANN401
        error: Exception | None = None,
        *pool_and_trace: Any,  # noqa: ANN401
        **named: Any,  # noqa: ANN401
    ) -> Self:
        if method == "POST" and isinstance(error, ReadTimeoutError):
            raise error
        following = super().increment(method, url, response, error, *pool_and_trace, **named)
        return cast("Self", following)

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        if status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS):
            return has_retry_after and super().is_retry(method, status_code, has_retry_after)
        return super().is_retry(method, status_code, has_retry_after)

    def get_retry_after(self, response: Any) -> float | None:  # noqa: ANN401
        try:
            wait_s = super().get_retry_after(response)
        except InvalidHeader as error:
            # A wait that nobody can read is no short one.
            raise _exceeds_patience(response, None) from error
        self.waited_s += wait_s or 0.0
        if self.waited_s > MAX_RATE_LIMIT_WAIT_S:
            raise _exceeds_patience(response, wait_s)
        return wait_s


def _exceeds_patience(response: Any, wait_s: float | None) -> GithubException:  # noqa: ANN401
    headers = dict(response.headers)
    return RateLimitExceededExceedsMaxWait(response.status, None, headers, wait=wait_s)


def reader(token: str, api_url: str) -> Github:
    """A client for searches: tries again what a second try can mend.

    502 and 504 come back at once: the same request would fail again and cost points (GitHub docs,
    "Rate limits and query limits for the GraphQL API"). Its POSTs are GraphQL queries, not writes.
    """
    retry = PatientRetry(
        total=2,
        backoff_factor=0 if is_loopback(api_url) else 2,
        status_forcelist=[500, 503],
        raise_on_status=False,
        max_rate_limit_wait=MAX_RATE_LIMIT_WAIT_S,
    )
    return _client(token, api_url, retry, seconds_between_writes=None)


def writer(token: str, api_url: str) -> Github:
    """A client for posts: a POST, PATCH or DELETE goes out once, whatever comes back.

    GitHub has no idempotency key, so a write that was sent twice is there twice.
    """
    retry = PatientRetry(
        total=2,
        backoff_factor=0 if is_loopback(api_url) else 2,
        allowed_methods={"GET", "HEAD"},
        # urllib3 counts a TLS connection that broke off here, and tries any method again.
        other=0,
        raise_on_status=False,
        max_rate_limit_wait=MAX_RATE_LIMIT_WAIT_S,
    )
    pause_s = None if is_loopback(api_url) else SECONDS_BETWEEN_WRITES
    return _client(token, api_url, retry, seconds_between_writes=pause_s)


def is_loopback(url: str) -> bool:
    """Does the address stay on this machine?"""
    host = _host(url)
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@contextmanager
def github_errors() -> Iterator[None]:
    """Let no foreign error out: what PyGithub or requests raise becomes a BotError."""
    try:
        yield
    except FOREIGN_ERRORS as error:
        raise translate(error) from error


def is_out_of_time(error: Exception) -> bool:
    """Did an answer not come, or not to its end, although GitHub had taken the request?"""
    if isinstance(error, requests.ReadTimeout | requests.exceptions.ChunkedEncodingError):
        return True
    causes = error.args if isinstance(error, requests.ConnectionError) else ()
    return any(isinstance(cause, ReadTimeoutError) for cause in causes)


def translate(error: Exception) -> BotError:
    """What went wrong at GitHub, and what to do; never with a token in it."""
    if isinstance(error, GithubException):
        return explain_refusal(error)
    if isinstance(error, requests.exceptions.InvalidHeader):
        return _bad_token()
    if isinstance(error, requests.exceptions.SSLError):
        return Outage(
            "The connection to GitHub could not be secured.",
            "Check this machine's clock and certificates, and GITHUB_API_URL.",
        )
    for kind, message in _OUTAGES.items():
        if isinstance(error, kind):
            return _outage(message)
    return _outage("GitHub's answer was no JSON.")


def _outage(message: str) -> Outage:
    return Outage(
        message,
        "Look at https://www.githubstatus.com, at this machine's network, and at GITHUB_API_URL "
        "where it is set; then run it again.",
    )


def _bad_token() -> Refused:
    return Refused(
        "The GitHub token is empty or holds characters that no token has.",
        "Set GITHUB_TOKEN (and HARVEST_TOKEN, if used) anew, without blanks or quotes.",
    )


def _client(
    token: str, api_url: str, retry: GithubRetry, seconds_between_writes: float | None
) -> Github:
    # A secret pasted with its line break is the commonest slip, and harmless.
    token = token.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise _bad_token()
    _require_safe(api_url)
    return Github(
        auth=Auth.Token(token),
        base_url=api_url.rstrip("/"),
        user_agent=user_agent(),
        timeout=TIMEOUT_S,
        per_page=100,
        retry=retry,
        seconds_between_requests=None if is_loopback(api_url) else 0.25,
        seconds_between_writes=seconds_between_writes,
        lazy=True,
        api_version=API_VERSION,
    )


def _require_safe(api_url: str) -> None:
    is_safe = api_url.startswith("https://") and _host(api_url) != ""
    if is_safe or (api_url.startswith("http://") and is_loopback(api_url)):
        return
    raise ConfigurationError(
        "GITHUB_API_URL is no https address: the token would travel in the clear.",
        "Use https://api.github.com or your server's https://HOST/api/v3.",
    )


@cache
def user_agent() -> str:
    """Who we say that we are."""
    try:
        return f"foothold/{version('foothold')}"
    except PackageNotFoundError:
        return "foothold/unknown"
