"""One GraphQL question over PyGithub, and what to make of its answer.

Comes in: a document with variables. Goes out: the answer's data, and whether it was kept from an
earlier question; or one of our errors.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from github import Github, GithubException

from bot.adapters.github_client import FOREIGN_ERRORS, translate
from bot.adapters.http_cache import KEPT_HEADER, AnswerCache
from bot.errors import Outage

#: Errors beside data that leave the rest of it usable (docs.github.com, GraphQL rate limits).
_HARMLESS = frozenset({"FORBIDDEN", "NOT_FOUND"})


Data = Mapping[str, Any]


class GraphQLWire:
    """A client's GraphQL door; with a cache, the client must have made no request before."""

    def __init__(self, client: Github, cache: AnswerCache | None = None) -> None:
        self._client = client
        self._cache = cache

    def send(
        self, document: str, variables: Mapping[str, object]
    ) -> tuple[Mapping[str, Any], bool]:
        """The answer's data, partial where errors are harmless, and whether it was kept."""
        try:
            # PyGithub makes its session with the first request: it must be made in here.
            with self._cache.remembering() if self._cache else nullcontext():
                headers, body = self._client.requester.graphql_query(document, dict(variables))
        except GithubException as error:
            return _usable_part(error), False
        except FOREIGN_ERRORS as error:
            raise translate(error) from error
        if not isinstance(body, dict) or not isinstance(body.get("data"), dict):
            raise Outage("GitHub's answer was cut off.", "Run it again later.")
        return body["data"], KEPT_HEADER in headers


def _usable_part(error: GithubException) -> Data:
    """The data beside harmless errors; anything else is raised in our words."""
    answer = error.data if isinstance(error.data, dict) else {}
    kinds = {one.get("type") for one in answer.get("errors") or () if isinstance(one, dict)}
    data = answer.get("data")
    if isinstance(data, dict) and kinds and kinds <= _HARMLESS:
        return data
    raise translate(error) from error
