"""Looking at what a token may not be allowed to see.

Comes in: a question to GitHub, and the right that it needs. Goes out: `Seen`: the answer, or why
nobody could look.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TypeVar

from github import Github, GithubException
from pydantic import BaseModel, TypeAdapter

from bot.adapters.github_client import github_errors
from bot.adapters.github_lists import read_shape
from bot.doctor.finding import Seen
from bot.errors import GitHubError, LimitReached, Outage

T = TypeVar("T")
Shape = TypeVar("Shape", bound=BaseModel)

#: https://docs.github.com/en/rest/authentication: sent with every answer to a token that ends.
ENDS = "github-authentication-token-expiration"
#: GitHub writes `UTC` or an offset; nobody documents which.
_FORMS = ("%Y-%m-%d %H:%M:%S UTC", "%Y-%m-%d %H:%M:%S %z")


NO_ANSWER = "GitHub did not answer"
#: Wrong, expired or revoked.
NOT_KNOWN = "GitHub does not know the token"


class Reading(BaseModel):
    """A part of an answer; what it does not name is not read."""


def look(question: Callable[[], T | None], lacks: str) -> Seen[T]:
    """The answer; where GitHub refuses it, `lacks` is the right that is missing."""
    try:
        with github_errors():
            return Seen(question())
    except Outage:
        return Seen(blind=NO_ANSWER)
    except LimitReached:
        return Seen(blind="GitHub's rate limit is used up")
    except GitHubError as refused:
        cause = refused.__cause__
        status = cause.status if isinstance(cause, GithubException) else 0
        if status == HTTPStatus.UNAUTHORIZED:
            return Seen(blind=NOT_KNOWN)
        if status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
            return Seen(blind=f"the token lacks {lacks}")
        return Seen(blind=refused.message.rstrip("."))


def read_one(client: Github, path: str, kind: type[Shape], what: str) -> Shape:
    """One thing of GitHub's, in its shape."""
    _, answer = client.requester.requestJsonAndCheck("GET", path)
    return read_shape(answer, TypeAdapter(kind), what)


def end_of(headers: Mapping[str, object]) -> datetime | None:
    """When a token ends, by the headers of an answer to it; None if they do not say."""
    told = next((str(value) for name, value in headers.items() if name.lower() == ENDS), "")
    for form in _FORMS:
        try:
            moment = datetime.strptime(told, form)  # noqa: DTZ007 - the zone is put in below
        except ValueError:
            continue
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    return None
