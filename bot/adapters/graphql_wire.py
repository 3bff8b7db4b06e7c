"""One GraphQL question over PyGithub, and what to make of its answer.

Comes in: a document with variables. Goes out: an `Answer`, or one of our errors. GitHub tells most
of its troubles in the body of a 200 (https://docs.github.com/en/graphql/overview/
rate-limits-and-query-limits-for-the-graphql-api), beside the data that it could give.
"""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from github import Github, GithubException

from bot.adapters.github_client import FOREIGN_ERRORS, is_out_of_time, translate
from bot.adapters.github_refusals import explain_refusal, too_heavy
from bot.adapters.http_cache import KEPT_HEADER, AnswerCache
from bot.errors import LimitReached, Outage, TooHeavy

#: Errors beside data that leave the rest of it usable.
_HARMLESS = frozenset({"FORBIDDEN", "NOT_FOUND"})

Data = Mapping[str, Any]
#: The way from `data` to what GitHub left out: names of fields and places in lists.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What GitHub told, and what it left out because the question was too heavy."""

    data: Data
    #: It was kept from an earlier question, and cost nothing.
    is_kept: bool = False
    #: Where something is missing for want of time; an empty path where GitHub did not say.
    cut: tuple[Path, ...] = ()


class GraphQLWire:
    """A client's GraphQL door; with a cache, the client must have made no request before."""

    def __init__(self, client: Github, cache: AnswerCache | None = None) -> None:
        self._client = client
        self._cache = cache

    def send(self, document: str, variables: Mapping[str, object]) -> Answer:
        """Ask once. TooHeavy where nothing came in time: the same must not be asked again."""
        requester = self._client.requester
        question = {"query": document, "variables": dict(variables)}
        try:
            # PyGithub makes its session with the first request: it must be made in here. Its own
            # `graphql_query` trips over answers of another shape than GitHub's.
            with self._cache.remembering() if self._cache else nullcontext():
                status, headers, text = requester.requestJson(
                    "POST", requester.graphql_url, input=question
                )
            return _read(status, headers, text)
        except FOREIGN_ERRORS as error:
            if is_out_of_time(error):
                raise too_heavy() from error
            raise translate(error) from error
        except (ValueError, RuntimeError) as error:
            # A header that is no number, a redirection to elsewhere.
            raise _no_answer() from error


def _read(status: int, headers: Mapping[str, Any], text: str) -> Answer:
    """The answer of a status, or the error that it is."""
    if status >= HTTPStatus.BAD_REQUEST:
        raise GithubException(status, _parsed(text), dict(headers))
    body = json.loads(text)
    if not isinstance(body, dict):
        raise _no_answer()
    data = body.get("data")
    if body.get("errors"):
        refusal = GithubException(HTTPStatus.BAD_REQUEST, body, dict(headers))
        return Answer(_usable(data, refusal), cut=_cut(body["errors"], refusal))
    if not isinstance(data, dict):
        raise _no_answer()
    return Answer(data, KEPT_HEADER in headers)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _usable(data: object, refusal: GithubException) -> Data:
    """The data beside errors that concern parts of it; other errors are raised in our words."""
    told, errors = explain_refusal(refusal), refusal.data["errors"]
    if not isinstance(data, dict) or isinstance(told, LimitReached):
        raise told from refusal
    is_there = any(part is not None for name, part in data.items() if name != "rateLimit")
    concerns_parts = isinstance(told, TooHeavy) or (
        isinstance(errors, list) and all(map(_is_harmless, errors))
    )
    if (is_there and concerns_parts) or _kinds(errors) == {"NOT_FOUND"}:
        return data
    raise told from refusal


def _is_harmless(error: object) -> bool:
    """Does it concern something below the first field, or what one may not see?"""
    return len(_path(error)) > 1 or _kinds([error]) <= _HARMLESS


def _kinds(errors: object) -> set[object]:
    """The types of errors; None for what is no error."""
    listed = errors if isinstance(errors, list) else [errors]
    return {str(one.get("type")) if isinstance(one, dict) else None for one in listed}


def _cut(errors: object, refusal: GithubException) -> tuple[Path, ...]:
    if not isinstance(explain_refusal(refusal), TooHeavy):
        return ()
    return tuple(_path(one) for one in errors) if isinstance(errors, list) else ((),)


def _path(error: object) -> Path:
    path = error.get("path") if isinstance(error, dict) else None
    steps = path if isinstance(path, list) else ()
    return tuple(step for step in steps if isinstance(step, str | int))


def _no_answer() -> Outage:
    return Outage(
        "GitHub's answer was cut off, or did not come from GitHub.",
        "Look whether a proxy or a login page stands between; then run it again.",
    )
