"""The lease on a journal: one run at a time may send.

Comes in: the journal's engine. Goes out: the right to send, for as long as a context is open. The
lock is the operating system's (SQLite) or the server's (PostgreSQL), not a row with an end: it dies
with its process, so that a killed run is taken up at once, and a slow one keeps it.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select

from bot.adapters.database_engine import journal_errors, sqlite_file
from bot.errors import JournalError

#: How long a run waits for another one; then it leaves. Our judgement: a delivery of dozens of
#: digests takes about so long, and a scheduled job should not wait for hours.
WAIT_S = 60.0
#: How often it asks a server whether the other one has ended.
_ASK_EVERY_S = 0.5
#: Advisory locks are numbers, each database has its own: "foothold" as eight bytes.
_LOCK = int.from_bytes(b"foothold")


@contextmanager
def hold_lease(engine: Engine, wait_s: float | None = None) -> Iterator[None]:
    """Hold the journal's lease; JournalError if another run still has it after `wait_s`."""
    wait_s = WAIT_S if wait_s is None else wait_s
    if engine.dialect.name == "sqlite":
        file = sqlite_file(engine.url)
        if file is None:
            # A journal in memory has one process only.
            yield
            return
        with _sqlite_lock(file, wait_s):
            yield
    elif engine.dialect.name == "postgresql":
        with _postgresql_lock(engine, wait_s):
            yield
    else:
        raise JournalError(
            f"Nothing is known that keeps two runs apart on {engine.dialect.name}.",
            "Keep the state in SQLite or PostgreSQL.",
        )


@contextmanager
def _sqlite_lock(file: Path, wait_s: float) -> Iterator[None]:
    """A lock on an empty database beside the journal, for a lock on the journal stops its writes.

    https://www.sqlite.org/lockingv3.html
    """
    beside = file.with_name(f"{file.name}.lease")
    with journal_errors():
        lock = sqlite3.connect(beside, timeout=wait_s, isolation_level=None)
    with closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                with journal_errors():
                    raise
            raise _is_taken(wait_s) from error
        yield


@contextmanager
def _postgresql_lock(engine: Engine, wait_s: float) -> Iterator[None]:
    """An advisory lock of a connection of its own.

    https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
    """
    ends_at = time.monotonic() + wait_s
    with journal_errors():
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    try:
        while True:
            with journal_errors():
                has_it = connection.scalar(select(func.pg_try_advisory_lock(_LOCK)))
            if has_it:
                break
            if time.monotonic() >= ends_at:
                raise _is_taken(wait_s)
            time.sleep(_ASK_EVERY_S)
        yield
    finally:
        # A connection that goes back into the pool would keep the lock.
        connection.invalidate()
        connection.close()


def _is_taken(wait_s: float) -> JournalError:
    return JournalError(
        f"Another run is at work on this journal, and went on for {wait_s:.0f} seconds.",
        "Nothing was sent by this one. Start it again when the other has ended.",
    )
