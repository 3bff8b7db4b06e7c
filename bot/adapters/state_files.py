"""The journal as plain files: a table each, or a week of a table, and the database made of them.

Comes in: a connection in a transaction, or files. Goes out: the other. Which table goes where
follows from its primary key, so that a new one is kept without being named here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

# Imported for their tables, too: whatever stands in the metadata is kept.
from bot.adapters.database_tables import SCHEMA_VERSION
from bot.adapters.state_refusals import GIVE_UP
from bot.adapters.state_rows import STATE_TABLES, Key, StateRow, line_of, row_of
from bot.errors import JournalError

State = Mapping[Key, StateRow]

ABOUT = "README.md"
LAYOUT = "state.json"
#: Between a file and a line of it, where a row was read.
LINE = ", line "
_README = b"""# The memory of Foothold

This branch holds what Foothold remembers from run to run: which digests were made and sent, what
students and mentors said, what became of picks. Runs pull it, and push what is new. No e-mail
address is in it. Do not merge it, and do not edit it while a run is at work.

Each file is a table, a line a row, as JSON; a folder is a table by week. Where the repository is
public, files end in `.gz.age`: `age -d -i KEY FILE | gunzip` shows one to whoever has the club's
key. A file that is deleted here is a memory that is lost: issues would be offered again.
"""
_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")
#: So many rows are written at once.
_N_ROWS = 500


def read_state(connection: Connection) -> State:
    """All rows of the journal's tables."""
    rows = (
        StateRow(table, dict(row))
        for table in STATE_TABLES.values()
        for row in connection.execute(select(table)).mappings()
    )
    return {one.key: one for one in rows}


def write_state(connection: Connection, state: State) -> None:
    """Put these rows in the place of all that the journal's tables hold.

    JournalError names the line of a row that breaks a promise.
    """
    for table in reversed(STATE_TABLES.values()):
        connection.execute(delete(table))
    rows: dict[str, list[StateRow]] = defaultdict(list)
    for one in state.values():
        rows[one.table.name].append(one)
    for table in STATE_TABLES.values():
        for at in range(0, len(rows[table.name]), _N_ROWS):
            _insert(connection, table, rows[table.name][at : at + _N_ROWS])


def path_of(one: StateRow) -> str:
    """The file of a row: its table's, or its week's where the key begins with one."""
    table = one.table
    first, *more = (column.name for column in table.primary_key)
    week = str(one.row[first])
    by_week = first == "week" and more and _WEEK.fullmatch(week)
    return f"{table.name}/{week}.jsonl" if by_week else f"{table.name}.jsonl"


def by_path(state: State) -> dict[str, list[StateRow]]:
    """The rows of each file, in no order."""
    found: dict[str, list[StateRow]] = defaultdict(list)
    for one in state.values():
        found[path_of(one)].append(one)
    return found


def file_of(rows: Iterable[StateRow]) -> bytes:
    """A file: its rows by their keys, a line each."""
    ordered = sorted(rows, key=lambda one: one.key)
    return b"".join(line_of(one) + b"\n" for one in ordered)


def fingerprint(rows: Iterable[StateRow]) -> str:
    """Eight bytes that change with any row of a file, whatever the order."""
    told = "".join(sorted(one.mark for one in rows))
    return blake2b(told.encode(), digest_size=8).hexdigest()


def fixed_files() -> dict[str, bytes]:
    """What stands there beside the rows."""
    return {ABOUT: _README, LAYOUT: to_json({"layout": SCHEMA_VERSION}) + b"\n"}


def state_of(files: Mapping[str, bytes]) -> State:
    """The rows of these files; JournalError for a newer layout, or what no foothold wrote."""
    _require_layout(files)
    state: dict[Key, StateRow] = {}
    for path, data in sorted(files.items()):
        if path in (ABOUT, LAYOUT):
            continue
        table = _table_of(path)
        for n, line in enumerate(data.split(b"\n"), 1):
            if not line:
                continue
            one = _row(line, table, f"{path}{LINE}{n}")
            if one.key in state:
                raise _damaged(one.place, "says again what an earlier line says")
            state[one.key] = one
    return state


def _require_layout(files: Mapping[str, bytes]) -> None:
    try:
        layout = from_json(files[LAYOUT])["layout"]
    except (KeyError, ValueError, TypeError):
        layout = None
    if not isinstance(layout, int):
        raise _damaged(LAYOUT, "is missing, or does not tell the layout")
    if layout > SCHEMA_VERSION:
        raise JournalError(
            f"The branch was written by a newer foothold (layout {layout}, this one knows"
            f" {SCHEMA_VERSION}).",
            "Update foothold here; an older one must not write there.",
        )


def _table_of(path: str) -> Table:
    name, _, week = path.removesuffix(".jsonl").partition("/")
    is_ours = path.endswith(".jsonl") and (not week or _WEEK.fullmatch(week))
    if not is_ours or name not in STATE_TABLES:
        raise _damaged(path, "is no file of this foothold")
    return STATE_TABLES[name]


def _row(line: bytes, table: Table, place: str) -> StateRow:
    try:
        return row_of(line, table, place)
    except (ValueError, TypeError, OverflowError) as error:
        raise _damaged(place, f"is no row of {table.name}") from error


def _insert(connection: Connection, table: Table, rows: list[StateRow]) -> None:
    try:
        with connection.begin_nested():
            connection.execute(insert(table), [dict(one.row) for one in rows])
    except IntegrityError as error:
        for one in rows:
            try:
                connection.execute(insert(table), dict(one.row))
            except IntegrityError as culprit:
                raise _damaged(one.place, f"breaks a promise of {table.name}") from culprit
        raise _damaged(table.name, "breaks a promise") from error


def _damaged(where: str, what: str) -> JournalError:
    return JournalError(
        f"The state's files cannot be used: {where or 'a row'} {what}.",
        "Put the branch back to an earlier commit. Where there is none that is good, give it up and"
        f" read back what posts tell: {GIVE_UP}.",
    )
