"""GitHub's answers of the last hours, kept in a file: a second run of a day costs no points.

Comes in: a path. Goes out: an `AnswerCache`, in whose `remembering()` a PyGithub client makes its
session. It holds public answers to queries only, no token and no student's data; whatever happens
to the file, at worst the answers are paid for again. Measured behaviour: decision 0007.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests_cache
from requests import PreparedRequest, Response
from requests_cache.backends.sqlite import SQLiteCache

#: So old an answer may be: a day's second slot and a repeated `show` are served; what is sent was
#: asked afresh anyway.
MAX_AGE = timedelta(hours=12)
#: A larger file is thrown away: SQLite gives no room back by itself.
MAX_BYTES = 50_000_000
#: Marks an answer that cost nothing; set on its way to PyGithub, never stored.
KEPT_HEADER = "x-foothold-kept"


class _MarkingSession(requests_cache.CachedSession):
    """A session that marks what it had kept."""

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        response = super().send(request, *args, **kwargs)
        if getattr(response, "from_cache", False):
            response.headers[KEPT_HEADER] = "1"
        return response


class AnswerCache:
    """A file of answers, opened when it is wanted; one that cannot be used is done without."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_open = False
        self._backend: SQLiteCache | None = None

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Sessions that are made here keep answers; no other session of the process does."""
        if not self._is_open:
            self._backend, self._is_open = _open(self._path), True
        if self._backend is None:
            yield
            return
        with requests_cache.enabled(
            backend=self._backend,
            session_factory=_MarkingSession,
            expire_after=MAX_AGE,
            allowable_methods=("POST",),
            allowable_codes=(200,),
            filter_fn=is_worth_keeping,
            stale_if_error=False,
            cache_control=False,
        ):
            yield

    def close(self) -> None:
        """Forget what is too old, and let go of the file."""
        if self._backend is not None:
            with suppress(sqlite3.Error, OSError):
                self._backend.delete(expired=True)
            self._backend.close()  # type: ignore[no-untyped-call]


def is_worth_keeping(response: Response) -> bool:
    """Is it a whole answer to a query? Asked for every response, and never raises."""
    if response.status_code != HTTPStatus.OK:
        return False
    try:
        document = json.loads(response.request.body or b"")["query"]
        answer = response.json()
    except (ValueError, KeyError, TypeError):
        return False
    lines = (line.strip() for line in document.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    is_query = first.startswith(("query", "{"))
    is_whole = isinstance(answer, dict) and bool(answer.get("data")) and "errors" not in answer
    return is_query and is_whole


def _open(path: Path) -> SQLiteCache | None:
    """The file, made anew when it is too large or damaged; None where there can be none."""
    try:
        if path.exists() and path.stat().st_size > MAX_BYTES:
            path.unlink()
        return _checked(path)
    except sqlite3.DatabaseError:
        with suppress(OSError, sqlite3.Error):
            path.unlink(missing_ok=True)
            return _checked(path)
    except OSError:
        pass
    return None


def _checked(path: Path) -> SQLiteCache:
    path.parent.mkdir(parents=True, exist_ok=True)
    # JSON, for a changed row of the default pickle would run code when it is read.
    backend = SQLiteCache(str(path), serializer="json")
    len(backend.responses)
    return backend
