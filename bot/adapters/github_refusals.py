"""GitHub's refusals in words: what a status, a header or a GraphQL error type means to us.

Comes in: a GithubException. Goes out: a BotError. Only GitHub's own one-line message is quoted,
shortened and on one line; bodies and headers stay in the cause.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from github import GithubException
from github.GithubException import RateLimitExceededExceedsMaxWait, RateLimitExceededException

from bot.errors import BotError, LimitReached, Outage, Refused, TooHeavy

_RUN_LATER = "Run again later: what was done is kept, and the rest is taken up."
_SMALLER = "Ask for less at a time; if it stays so, run again later."
_NEW_ONE = (
    "Make a new token, put it into GITHUB_TOKEN (or HARVEST_TOKEN for the searches) and run"
    " `foothold check`."
)
#: GraphQL says these in the body of a 200 (https://docs.github.com/en/graphql/overview/
#: rate-limits-and-query-limits-for-the-graphql-api); PyGithub calls them status 400.
_HEAVY_TYPES = frozenset({"RESOURCE_LIMITS_EXCEEDED", "MAX_NODE_LIMIT_EXCEEDED", "TIMEOUT"})
#: GitHub's own trouble, in the body of a 200.
_OUTAGE_TYPES = frozenset({"INTERNAL", "INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE"})
_HEAVY_WORDS = ("may be the result of a timeout", "resource limits for this query")
_LIMIT_WORDS = ("rate limit", "abuse detection", "submitted too quickly")
_SHORT = 160
#: Seconds since 1970, before the year 2286.
_SECONDS = re.compile(r"[0-9]{1,10}")


def explain_refusal(error: GithubException) -> BotError:
    """The BotError for an answer of GitHub's that is an error."""
    if _is_limit(error):
        return LimitReached(f"GitHub's rate limit is used up{_until(error)}.", _RUN_LATER)
    if _is_heavy(error):
        return too_heavy()
    if error.status >= 500 or _types(error) & _OUTAGE_TYPES:
        return Outage(
            f"GitHub is out of order (status {error.status}).",
            "Look at https://www.githubstatus.com and run again later.",
        )
    if isinstance(error.data, Mapping) and error.data.get("errors") and error.status in {400, 404}:
        return _graphql_refusal(error)
    return _refusal(error)


def too_heavy() -> TooHeavy:
    """A question that GitHub could not answer in time."""
    return TooHeavy("GitHub ran out of time over one request.", _SMALLER)


def quoted(error: GithubException) -> str:
    """GitHub's own words for a refusal, fit for one line of a log; empty if it said nothing."""
    data = error.data if isinstance(error.data, Mapping) else {}
    said = [data.get("message")] + [item.get("message") for item in _errors(error)]
    words = " / ".join(dict.fromkeys(text for text in said if isinstance(text, str)))
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"


def _errors(error: GithubException) -> list[Mapping[str, Any]]:
    data = error.data if isinstance(error.data, Mapping) else {}
    listed = data.get("errors")
    found = listed if isinstance(listed, list) else []
    return [item for item in found if isinstance(item, Mapping)]


def _types(error: GithubException) -> set[str]:
    return {str(item.get("type")) for item in _errors(error)}


def _headers(error: GithubException) -> dict[str, str]:
    return {name.lower(): str(value) for name, value in (error.headers or {}).items()}


def _is_limit(error: GithubException) -> bool:
    if isinstance(error, RateLimitExceededException) or error.status == 429:
        return True
    if "RATE_LIMITED" in _types(error):
        return True
    headers = _headers(error)
    if error.status == 403 and ("retry-after" in headers):
        return True
    return error.status in {400, 403} and any(w in quoted(error).lower() for w in _LIMIT_WORDS)


def _is_heavy(error: GithubException) -> bool:
    if error.status in {502, 504} or _types(error) & _HEAVY_TYPES:
        return True
    return any(words in quoted(error).lower() for words in _HEAVY_WORDS)


def _until(error: GithubException) -> str:
    """When a limit ends, if GitHub said so: `, until 05:40 UTC` or `, for 60 seconds`."""
    headers = _headers(error)
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and _SECONDS.fullmatch(reset):
        at = datetime.fromtimestamp(int(reset), UTC)
        return f" until {at:%Y-%m-%d %H:%M} UTC"
    wait = headers.get("retry-after", "")
    if not wait.isdigit() and isinstance(error, RateLimitExceededExceedsMaxWait) and error.wait:
        wait = str(round(error.wait))
    return f" for {wait} seconds" if wait.isdigit() else ""


def _graphql_refusal(error: GithubException) -> Refused:
    said = quoted(error).rstrip(".")
    types = _types(error)
    if "NOT_FOUND" in types:
        return Refused(
            f"GitHub cannot see something that was asked for: {said}.",
            "It may be gone, renamed or private; check its name and the token's access.",
        )
    if types & {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
        return Refused(f"GitHub does not let this token in: {said}.", _NEW_ONE)
    return Refused(
        f"GitHub did not accept a query: {said}.",
        "Update foothold; if that does not help, report this line.",
    )


def _refusal(error: GithubException) -> Refused:
    said = quoted(error)
    words = f" ({said})" if said else ""
    if error.status == 401:
        return Refused("GitHub does not know the token: it is wrong, expired or revoked.", _NEW_ONE)
    if error.status == 403 and "x-github-sso" in _headers(error):
        return Refused(
            "The organisation wants the token authorised for single sign-on.",
            "Open the token's settings on GitHub, choose Configure SSO and authorise it.",
        )
    if error.status == 403:
        return Refused(
            f"GitHub refused: the token may not do this{words}.",
            "Give the token, or the workflow's `permissions:`, the right to do it (to post:"
            " Issues, read and write) and run `foothold check`.",
        )
    if error.status == 404:
        return Refused(
            "GitHub cannot see what was asked for: it does not exist, or not for this token.",
            "Check the repository's name and that the token may read it.",
        )
    if error.status == 410:
        return Refused(
            f"What was asked for is gone, or issues are switched off there{words}.",
            "Switch issues on in the repository's settings, under Features.",
        )
    return Refused(
        f"GitHub did not accept the request (status {error.status}){words}.",
        "Check the names and texts that were sent; if they are right, report this line.",
    )
