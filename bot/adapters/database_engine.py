"""Opens the database that FOOTHOLD_STATE names, or looks for it; puts its errors into words.

Comes in: an SQLAlchemy URL. Goes out: an engine whose tables are there, and transactions out of
which only JournalError comes. No message holds a path, a password or a row; they stay in the cause.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    create_engine,
    event,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.schema import CreateColumn

from bot.adapters.database_learned_tables import LEARNED_TABLES
from bot.adapters.database_tables import (
    SCHEMA_VERSION,
    codes,
    communities,
    community_costs,
    community_questions,
    consents,
    deliveries,
    harvest_costs,
    harvest_progress,
    harvested_issues,
    harvested_repositories,
    metadata,
    posters,
    schema_version,
    stops,
)
from bot.errors import JournalError

#: How long a run waits for another one that is just writing.
BUSY_TIMEOUT_S = 30

_REGISTER_TABLES = (stops, consents, codes, posters)
#: What is lost of these costs points only (decision 0009), so they are made again when missing.
HARVEST_TABLES = (
    *(harvested_repositories, harvested_issues, harvest_progress, harvest_costs),
    *(communities, community_costs, community_questions),
)

_RESTORE = (
    "Put back a copy of the state from before this run; an empty journal would offer old issues"
    " again. Until then nothing is sent."
)
_WRITABLE = (
    "Give the folder that FOOTHOLD_STATE names to the user who runs foothold, with the right to"
    " write there, or name another place."
)
#: https://www.sqlite.org/rescode.html: the beginning of an error's name, what it means here.
_SQLITE = {
    "SQLITE_NOTADB": ("The journal's file is not a database.", _RESTORE),
    "SQLITE_CORRUPT": ("The journal's file is damaged.", _RESTORE),
    "SQLITE_READONLY": ("The journal can be read but not written.", _WRITABLE),
    "SQLITE_CANTOPEN": ("The journal's file cannot be opened.", _WRITABLE),
    "SQLITE_PERM": ("The journal's file cannot be opened.", _WRITABLE),
    "SQLITE_AUTH": ("The journal's file cannot be opened.", _WRITABLE),
    "SQLITE_BUSY": (
        "The journal is locked by another run.",
        "Wait until the other run has ended and start this one again.",
    ),
    "SQLITE_LOCKED": (
        "The journal is locked by another run.",
        "Wait until the other run has ended and start this one again.",
    ),
    "SQLITE_FULL": (
        "The disk is full: the journal could not be written.",
        "Make room where FOOTHOLD_STATE points and run again; nothing was lost.",
    ),
    "SQLITE_IOERR": (
        "The disk failed while the journal was read or written.",
        "Check the disk that FOOTHOLD_STATE points to (space, health, network) and run again.",
    ),
}


def open_engine(address: str) -> Engine:
    """The engine of a database with all tables; makes the folder and the tables if need be.

    JournalError when the address, the database or its layout cannot be used.
    """
    with journal_errors():
        url = make_url(address)
        _make_folder(url)
        engine = _create(url)
    try:
        _prepare_tables(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """One transaction: all of it or nothing; one that writes keeps other writers out."""
    with (
        journal_errors(),
        engine.connect().execution_options(writes=writes) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def journal_errors() -> Iterator[None]:
    """Let no foreign error out: whatever SQLAlchemy or a driver raises becomes a JournalError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise JournalError(*_explanation(error)) from error


def _explanation(error: Exception) -> tuple[str, str]:
    origin = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(origin, "sqlite_errorname", None) or ""
    for beginning, explanation in _SQLITE.items():
        if name.startswith(beginning):
            return explanation
    if isinstance(error, DBAPIError) and not name:
        return (
            f"The journal's database did not do as asked ({type(error.orig).__name__}).",
            "Check that the server which FOOTHOLD_STATE names runs and lets this user in.",
        )
    if isinstance(error, DBAPIError):
        return f"The journal could not be read or written ({name}).", _RESTORE
    return (
        f"The journal cannot be used ({type(error).__name__}).",
        "Set FOOTHOLD_STATE to an SQLAlchemy address such as sqlite:///.foothold/state.db.",
    )


def database_exists(address: str) -> bool:
    """Is there a database to open? Looked for without making it; a server is taken to have one.

    JournalError for what is no address.
    """
    with journal_errors():
        url = make_url(address)
        if url.get_backend_name() != "sqlite":
            return True
        file = sqlite_file(url)
    if file is None:
        return False
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        # Something is in the way: opening it says what.
        return True
    return True


def sqlite_file(url: URL) -> Path | None:
    """The file that SQLite opens for this URL; None for a database in memory."""
    try:
        (name,), options = url.get_dialect()().create_connect_args(url)
    except ValueError as error:
        raise ArgumentError("an option of the address has an impossible value") from error
    if options.get("uri") and name.startswith("file:"):
        # https://www.sqlite.org/uri.html
        address = urlsplit(name)
        in_memory = "memory" in parse_qs(address.query).get("mode", [])
        name = "" if in_memory else unquote(address.path)
    return Path(name) if name not in {"", ":memory:"} else None


def _make_folder(url: URL) -> None:
    file = sqlite_file(url) if url.get_backend_name() == "sqlite" else None
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JournalError("The journal's folder cannot be made.", _WRITABLE) from error


def _create(url: URL) -> Engine:
    is_sqlite = url.get_backend_name() == "sqlite"
    arguments: dict[str, Any] = {"hide_parameters": True}
    if is_sqlite and "timeout" not in url.query:
        arguments["connect_args"] = {"timeout": BUSY_TIMEOUT_S}
    try:
        engine = create_engine(url, **arguments)
    except ImportError as error:
        raise JournalError(
            f"The driver for {url.get_backend_name()} is not installed.",
            f"Install it beside foothold (the module is called {error.name}).",
        ) from error
    if is_sqlite:
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Full synchronisation and no write-ahead log: one file, whole after every commit.

    What is deleted is overwritten, so that a person who is forgotten is not left in a free page.
    """
    # The driver's own BEGINs come too late; _begin_sqlite sends them (SQLAlchemy, SQLite dialect,
    # "Transactions with SQLite and the sqlite3 driver").
    connection.isolation_level = None
    for pragma in (
        *("foreign_keys = ON", "synchronous = FULL", "journal_mode = DELETE"),
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Two writers that both begin by reading would deadlock: a writer locks at once."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_tables(engine: Engine) -> None:
    with transaction(engine, writes=False) as connection:
        version = _version(connection)
        is_whole = _has_harvest_tables(connection)
    if version is None or version < SCHEMA_VERSION or (version == SCHEMA_VERSION and not is_whole):
        with transaction(engine, writes=True) as connection:
            version = _bring_along(connection)
    if version > SCHEMA_VERSION:
        raise JournalError(
            f"The journal was written by a newer foothold (layout {version}, this one knows"
            f" {SCHEMA_VERSION}).",
            "Update foothold on this machine; an older one must not write there.",
        )


def _bring_along(connection: Connection) -> int:
    """Make a new database's tables, those that came after an older one's layout, or the harvest's
    that are missing; the version after it.

    A table of the journal that is missing stays so: an empty one would offer old issues again.
    """
    # Another process may have done it in between, even a newer one.
    version = _version(connection)
    if version is None:
        metadata.create_all(connection)
        connection.execute(schema_version.insert().values(version=SCHEMA_VERSION))
        return SCHEMA_VERSION
    if version > SCHEMA_VERSION:
        return version
    # All that layout 2 has beyond layout 1 are the harvest's tables.
    metadata.create_all(connection, tables=HARVEST_TABLES)
    if version < 3:
        metadata.create_all(connection, tables=_REGISTER_TABLES)
        for column in (deliveries.c.setback, deliveries.c.n_deferrals, deliveries.c.target):
            _add_column(connection, column)
    if version < SCHEMA_VERSION:
        metadata.create_all(connection, tables=LEARNED_TABLES)
        connection.execute(schema_version.update().values(version=SCHEMA_VERSION))
    return SCHEMA_VERSION


def _add_column(connection: Connection, column: Column[Any]) -> None:
    """SQLAlchemy has no words for this; `ALTER TABLE ADD COLUMN` is the same everywhere."""
    spelled = CreateColumn(column).compile(connection)
    connection.exec_driver_sql(f"ALTER TABLE {column.table.name} ADD COLUMN {spelled}")


def _has_harvest_tables(connection: Connection) -> bool:
    return {table.name for table in HARVEST_TABLES} <= set(inspect(connection).get_table_names())


def _version(connection: Connection) -> int | None:
    if not inspect(connection).has_table(schema_version.name):
        return None
    return connection.scalar(select(schema_version.c.version))
