"""GitHub's answers of the last hours, kept in a file: a second run of a day costs no points.

Comes in: a path. Goes out: an `AnswerCache`, in whose `remembering()` a PyGithub client makes its
session. It holds the bodies of public answers to queries and nothing else: no question, no token,
no student's data. Whatever happens to the file, at worst the answers are paid for again; what is
read from it is taken for what a stranger may have written. Measured behaviour: decision 0007.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests_cache
from requests import PreparedRequest, Response

from bot.adapters.http_cache_file import (
    MAX_AGE,
    STRANGE,
    AnswerFile,
    is_whole,
    open_answers,
    remove_answers,
)

#: Marks an answer that cost nothing; set on its way to PyGithub, never stored.
KEPT_HEADER = "x-foothold-kept"

#: Only answers from here are kept: REST is asked for our own posts, and must be fresh.
_GRAPHQL = re.compile(r"/graphql\Z")
#: Words of documents that do more than ask (https://spec.graphql.org/October2021/#sec-Operations).
_ACTS = re.compile(r"\b(mutation|subscription)\b")


class _MarkingSession(requests_cache.CachedSession):
    """A session that marks what it had kept."""

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        response = super().send(request, *args, **kwargs)
        response.headers.pop(KEPT_HEADER, None)
        if getattr(response, "from_cache", False):
            response.headers[KEPT_HEADER] = "1"
        return response


class AnswerCache:
    """A file of answers, opened when it is wanted; one that cannot be used is done without."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_open = False
        self._backend: AnswerFile | None = None

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Sessions that are made here keep answers; no other session of the process does."""
        if not self._is_open:
            self._backend, self._is_open = open_answers(self._path), True
        if self._backend is None:
            yield
            return
        with requests_cache.enabled(
            backend=self._backend,
            session_factory=_MarkingSession,
            expire_after=requests_cache.DO_NOT_CACHE,
            urls_expire_after={_GRAPHQL: MAX_AGE},
            allowable_methods=("POST",),
            allowable_codes=(HTTPStatus.OK,),
            filter_fn=is_worth_keeping,
            # The token is in no key: what may be kept is public, whoever asked for it.
            match_headers=False,
            ignored_parameters=requests_cache.DEFAULT_IGNORED_PARAMS,
            key_fn=None,
            content_root_key=None,
            cache_control=False,
            always_revalidate=False,
            stale_if_error=False,
            stale_while_revalidate=False,
            only_if_cached=False,
            read_only=False,
            autoclose=False,
        ):
            yield

    def close(self) -> None:
        """Forget what is too old, and let go of the file; a damaged one is removed."""
        if self._backend is not None:
            self._backend.let_go()
            if self._backend.is_damaged:
                remove_answers(self._path)


def is_worth_keeping(response: Response) -> bool:
    """Is it a whole answer to a query? Asked for every response, and never raises."""
    if getattr(response, "from_cache", False):
        # It was judged when it was read, and has no question any more.
        return True
    try:
        is_answer = response.status_code == HTTPStatus.OK and is_whole(response.content)
        return is_answer and _is_query(response.request.body)
    except (*STRANGE, OSError):
        return False


def _is_query(body: Any) -> bool:  # noqa: ANN401
    """Does a request's body only ask?"""
    document = json.loads(body or b"")["query"]
    lines = (line.partition("#")[0].strip() for line in document.splitlines())
    code = " ".join(line for line in lines if line)
    return code.startswith(("query", "{")) and not _ACTS.search(code)
