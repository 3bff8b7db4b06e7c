"""The file of GitHub's answers: it holds bodies and nothing else, and nobody waits for it long.

Comes in: a path, answers. Goes out: answers that may be believed as far as GitHub's. Whatever is
wrong with the file, a miss is the worst of it; what is read is taken for what a stranger may have
written.
"""

import json
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from requests import Response
from requests.structures import CaseInsensitiveDict
from requests_cache.backends.base import BaseCache
from requests_cache.backends.sqlite import SQLiteDict
from requests_cache.models.response import CachedResponse

#: So old an answer may be: a day's second slot and a repeated `show` are served; what is sent was
#: asked afresh anyway.
MAX_AGE = timedelta(hours=12)
#: The file grows no further; a larger one is not ours and thrown away.
MAX_BYTES = 50_000_000
#: A larger answer is not kept: a page of 100 issues has some 100 kB.
MAX_ANSWER_BYTES = 5_000_000
#: So long another run's lock is waited for, once; then this run does without.
BUSY_TIMEOUT_MS = 1_000

#: What a row that is not ours may raise when it is read (cattrs raises groups), or a body that
#: cannot be written.
STRANGE = (ValueError, TypeError, KeyError, AttributeError, RuntimeError, ExceptionGroup)
#: https://www.sqlite.org/rescode.html: the file is no good, whoever reads it. SQLITE_ERROR is what
#: a table of other columns brings.
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_SCHEMA")

# The library tells of rows that it cannot read; here one door prints.
logging.getLogger("requests_cache").addHandler(logging.NullHandler())


class _Rows(SQLiteDict):
    """The file's table, written with bounded patience."""

    @contextmanager
    def _acquire_sqlite_lock(self) -> Iterator[None]:
        """One try, of BUSY_TIMEOUT_MS: the library's own tries for ever, and hides what failed."""
        with self._lock:
            connection = self._connection
            if connection is None:
                raise sqlite3.ProgrammingError("the file was let go of")
            connection.execute("BEGIN IMMEDIATE")
            self._active_transaction = True
            try:
                yield
                connection.commit()
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.rollback()
                raise
            finally:
                self._active_transaction = False

    def forget(self, key: str) -> None:
        """Delete an answer, if it is there."""
        with self.connection(commit=True) as connection:
            connection.execute("DELETE FROM responses WHERE key = ?", (key,))

    def prune(self) -> None:
        """Delete what is too old, and what nobody of ours wrote; the file gives the room back."""
        now = time.time()
        gone = "DELETE FROM responses WHERE expires IS NULL OR expires NOT BETWEEN ? AND ?"
        with self.connection(commit=True) as connection:
            n_deleted = connection.execute(gone, (now, now + MAX_AGE.total_seconds() + 1)).rowcount
        if n_deleted:
            with self.connection() as connection:
                connection.execute("VACUUM")


class AnswerFile(BaseCache):
    """Answers in a file; when that fails, everything is a miss from then on."""

    def __init__(self, path: Path) -> None:
        super().__init__(cache_name=str(path))
        self._is_readable = self._is_writable = True
        self.is_damaged = False
        # JSON, for a changed row of the default pickle would run code when it is read.
        self._rows = _Rows(
            str(path),
            table_name="responses",
            serializer="json",
            decode_content=True,
            busy_timeout=BUSY_TIMEOUT_MS,
            fast_save=False,
            wal=False,
            use_cache_dir=False,
            use_memory=False,
            use_temp=False,
        )
        self.responses = self._rows
        with self._rows.connection() as connection:
            page_size = connection.execute("PRAGMA page_size").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {MAX_BYTES // page_size}")
            # A table of other columns is found out here.
            connection.execute("SELECT key, value, expires FROM responses LIMIT 1").fetchone()
        self._rows.prune()

    def get_response(self, key: str, default: Any = None) -> Any:  # noqa: ANN401
        """The answer, made anew of its body alone; the default where none can be believed."""
        if not self._is_readable:
            return default
        try:
            kept = self._rows.get(key)
            return default if kept is None else _believed(kept) or default
        except sqlite3.Error as error:
            self._note(error)
            self._is_readable = self._is_writable = False
        except STRANGE:
            pass
        return default

    def save_response(
        self, response: Response, cache_key: str | None = None, expires: datetime | None = None
    ) -> None:
        """Keep the body of an answer; where that fails nothing more is kept."""
        if not self._is_writable or cache_key is None or expires is None:
            return
        try:
            self._rows[cache_key] = _plain(response.content, expires)
        except sqlite3.Error as error:
            self._note(error)
            self._is_writable = False
        except STRANGE:
            pass

    def delete(self, *keys: str, **_: object) -> None:
        """Forget these answers."""
        try:
            for key in keys if self._is_writable else ():
                self._rows.forget(key)
        except sqlite3.Error as error:
            self._note(error)
            self._is_writable = False

    def let_go(self) -> None:
        """Prune and close the file; sessions that are still there find and keep nothing more."""
        try:
            if self._is_writable:
                self._rows.prune()
        except sqlite3.Error as error:
            self._note(error)
        self._is_readable = self._is_writable = False
        self._rows.close()  # type: ignore[no-untyped-call]

    def _note(self, error: sqlite3.Error) -> None:
        self.is_damaged = self.is_damaged or _is_damage(error)


def is_whole(content: bytes) -> bool:
    """Is it an answer in which nothing that was asked for is missing?"""
    if len(content) > MAX_ANSWER_BYTES:
        return False
    answer = json.loads(content)
    if not isinstance(answer, dict) or "errors" in answer:
        return False
    data = answer.get("data")
    return isinstance(data, dict) and bool(data) and None not in data.values()


def _believed(kept: CachedResponse) -> CachedResponse | None:
    """What a row tells, of which only the body is taken; None where it could not be ours."""
    now = datetime.now(UTC)
    expires, content = kept.expires, kept.content
    if expires is None or not now < expires <= now + MAX_AGE or not is_whole(content):
        return None
    return _plain(content, expires)


def _plain(content: bytes, expires: datetime) -> CachedResponse:
    """An answer without any header, address, cookie or question of its own."""
    return CachedResponse(
        content=content,
        encoding="utf-8",
        expires=expires,
        headers=CaseInsensitiveDict({"Content-Type": "application/json; charset=utf-8"}),
        status_code=HTTPStatus.OK.value,
        url="",
    )


def open_answers(path: Path) -> AnswerFile | None:
    """The file, pruned, and made anew when it is too large or damaged; None where there is none."""
    try:
        if path.exists() and path.stat().st_size > MAX_BYTES:
            remove_answers(path)
        return _opened(path)
    except sqlite3.Error as error:
        if not _is_damage(error):
            return None
    except OSError:
        return None
    remove_answers(path)
    with suppress(OSError, sqlite3.Error):
        return _opened(path)
    return None


def _opened(path: Path) -> AnswerFile:
    path.parent.mkdir(parents=True, exist_ok=True)
    return AnswerFile(path)


def remove_answers(path: Path) -> None:
    """Delete the file with its journal, which would be played into the next one."""
    for name in (path.name, f"{path.name}-journal"):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)


def _is_damage(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(_DAMAGED)
