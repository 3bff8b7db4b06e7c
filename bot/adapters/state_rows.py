"""Rows of the journal's tables as lines of JSON, and back: every table, whoever adds one.

Comes in: rows as SQLAlchemy gives them, or lines. Goes out: the other. A row's keys are sorted and
what is NULL is left out; moments are ISO 8601 in UTC; a text that is JSON stands as JSON, so that a
diff can be read. What comes back is the same to the letter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from hashlib import blake2b
from typing import Any, TypeVar

from pydantic_core import from_json, to_json
from sqlalchemy import Boolean, Column, Date, DateTime, Integer, String, Table
from sqlalchemy.sql.schema import DefaultClause

from bot.adapters.database_engine import HARVEST_TABLES
from bot.adapters.database_tables import metadata, schema_version

#: What outlasts a runner: all but what was harvested, parents before their children.
STATE_TABLES: dict[str, Table] = {
    table.name: table
    for table in metadata.sorted_tables
    if table not in (*HARVEST_TABLES, schema_version)
}

#: Of a whole number, without its sign: https://www.sqlite.org/datatype3.html
_MOST_BITS = 63

T = TypeVar("T")
Key = tuple[str, *tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class StateRow:
    """A row of a table; `place` is where it was read, empty for one out of a database."""

    table: Table
    row: Mapping[str, Any]
    place: str = ""

    @property
    def key(self) -> Key:
        """The table's name and the primary key."""
        return (self.table.name, *(self.row[one.name] for one in self.table.primary_key))

    @property
    def mark(self) -> str:
        """Eight bytes that change with the row."""
        return _hashed(repr(sorted((k, v) for k, v in self.row.items() if v is not None)))

    @property
    def unit(self) -> Key:
        """The key of the row that this one belongs to: a pick's is its digest's."""
        for constraint in self.table.foreign_key_constraints:
            parent = constraint.referred_table
            local = {one.column.name: one.parent.name for one in constraint.elements}
            return (parent.name, *(self.row[local[one.name]] for one in parent.primary_key))
        return self.key


def key_mark(key: Key) -> str:
    """Eight bytes that stand for a row's key."""
    return _hashed(repr(key))


def line_of(one: StateRow) -> bytes:
    """The row as a line, without its end."""
    row = one.row
    told = [head + _value(row[name]) for name, head in _heads(one.table) if row[name] is not None]
    return b"{" + b",".join(told) + b"}"


def row_of(line: bytes, table: Table, place: str) -> StateRow:
    """The row of a line; ValueError or TypeError for what no `line_of` wrote."""
    told, readers = from_json(line), _readers(table)
    if not isinstance(told, dict) or not told.keys() <= readers.keys():
        raise ValueError("not a row of this table")
    if any(column.name not in told for column in table.primary_key):
        raise ValueError("a row without its key")
    row = {
        name: read(told[name]) if name in told else default
        for name, (read, default) in readers.items()
    }
    return StateRow(table, row, place)


@cache
def _heads(table: Table) -> tuple[tuple[str, bytes], ...]:
    """The columns in the order of a line, each as it begins there."""
    return tuple((name, to_json(name) + b":") for name in sorted(map(str, table.columns.keys())))


@cache
def _readers(table: Table) -> dict[str, tuple[Callable[[object], object], object]]:
    """How a column's value is read, and what it is where a line has none."""
    return {str(column.name): (_reader(column), _default(column)) for column in table.columns}


def _value(value: object) -> bytes:
    if isinstance(value, datetime):
        return to_json(f"{value.isoformat()}Z")
    if isinstance(value, str) and value[:1] in ("{", "["):
        return value.encode() if _is_plain_json(value) else to_json(value)
    return to_json(value)


def _is_plain_json(text: str) -> bool:
    """Does it come back to the letter when it is read and written again?"""
    try:
        # With a brace around it, for it is read one level deeper than it stands.
        told = from_json(b'{"x":' + text.encode() + b"}")
    except ValueError:
        return False
    return bool(_json(told["x"]) == text)


def _json(value: object) -> str:
    return to_json(value, inf_nan_mode="null").decode()


def _reader(column: Column[Any]) -> Callable[[object], object]:
    """Reads a value as the column holds it; ValueError or TypeError for one of another kind."""
    return next(read for kind, read in _KINDS.items() if isinstance(column.type, kind))


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_exactly(str, value))
    if moment.utcoffset() is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC).replace(tzinfo=None)


def _day(value: object) -> date:
    return date.fromisoformat(_exactly(str, value))


def _text(value: object) -> str:
    return _json(value) if isinstance(value, dict | list) else _exactly(str, value)


def _exactly(kind: type[T], value: object) -> T:
    # A bool is an int for `isinstance`.
    if type(value) is not kind:
        raise TypeError("a value of another kind")
    return value


def _whole(value: object) -> int:
    number = _exactly(int, value)
    if number.bit_length() > _MOST_BITS:
        raise ValueError("a number that no database holds")
    return number


#: The first that a column's type is one of.
_KINDS: dict[type, Callable[[object], object]] = {
    DateTime: _moment,
    Date: _day,
    Boolean: partial(_exactly, bool),
    Integer: _whole,
    String: _text,
}


def _default(column: Column[Any]) -> object:
    """What an older layout's row has where it has no such column."""
    default = column.server_default
    if not isinstance(default, DefaultClause):
        return None
    text = str(default.arg)
    return int(text) if isinstance(column.type, Integer) else text


def _hashed(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
