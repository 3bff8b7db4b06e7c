"""The harvest's tables alone, in a file that a cache may keep or lose between runs.

Comes in: the journal's database and a path. Goes out: the file, or the tables filled from it. A
cache is written by whoever can start a workflow, so nothing of it is trusted: only these tables and
columns are read, and whatever is wrong with the file is as if there were none. What it says costs
points at worst: before it is sent, a pick is verified.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, DateTime, Engine, Integer, Table, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.database_engine import HARVEST_TABLES, transaction
from bot.errors import JournalError

#: A larger file is none of ours: a harvest of 200,000 issues takes a third of that.
_MAX_BYTES = 1_000_000_000
_N_ROWS = 2_000


def write_harvest(engine: Engine, file: Path) -> None:
    """Write what was harvested into a new file; JournalError where that cannot be."""
    news = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        news.unlink(missing_ok=True)
        with closing(sqlite3.connect(news)) as target, transaction(engine, writes=False) as source:
            target.execute("PRAGMA synchronous = OFF")
            for table in HARVEST_TABLES:
                _write(source, target, table)
            target.commit()
        news.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise JournalError(
            "What was harvested cannot be written beside the state.",
            "Nothing of the journal is lost; the next run pays points for it again.",
        ) from error


def read_harvest(engine: Engine, file: Path) -> bool:
    """Fill the harvest's tables from the file, unless something stands there; was it done?"""
    try:
        if not file.is_file() or file.stat().st_size > _MAX_BYTES:
            return False
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
            for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
                source.execute(f"PRAGMA {pragma}")
            with transaction(engine, writes=True) as target:
                return _fill(source, target)
    except (OSError, sqlite3.Error, JournalError, ValueError, TypeError, SQLAlchemyError):
        return False


def _fill(source: sqlite3.Connection, target: Connection) -> bool:
    if any(target.scalar(select(func.count()).select_from(one)) for one in HARVEST_TABLES):
        return False
    for table in HARVEST_TABLES:
        for rows in _read(source, table):
            target.execute(insert(table), rows)
    return True


def _write(source: Connection, target: sqlite3.Connection, table: Table) -> None:
    names = [column.name for column in table.columns]
    target.execute(f"CREATE TABLE {table.name} ({', '.join(names)})")
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} VALUES ({places})"  # noqa: S608 - our own names
    rows = source.execution_options(yield_per=_N_ROWS).execute(select(table))
    target.executemany(statement, (tuple(map(_plain, row)) for row in rows))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(source: sqlite3.Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table, some at a time; TypeError for a value of another kind."""
    kind = source.execute("SELECT type FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
    if kind != ("table",):
        raise ValueError(f"no table {table.name}")
    columns = list(table.columns)
    names = ", ".join(column.name for column in columns)
    found = source.execute(f"SELECT {names} FROM {table.name}")  # noqa: S608 - our own names
    while rows := found.fetchmany(_N_ROWS):
        yield [
            {one.name: _typed(value, one.type) for one, value in zip(columns, row, strict=True)}
            for row in rows
        ]


def _typed(value: object, kind: object) -> object:
    if value is None:
        return None
    if isinstance(kind, DateTime) and isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=None)
    if isinstance(kind, Boolean) and value in (0, 1):
        return bool(value)
    is_right = isinstance(value, int if isinstance(kind, Integer) else str)
    if not is_right or isinstance(kind, DateTime | Boolean):
        raise TypeError("a value of another kind")
    return value
