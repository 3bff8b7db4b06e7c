"""Rows of the journal's tables as lines of JSON, and back: every table, whoever adds one.

Comes in: rows as SQLAlchemy gives them, or lines. Goes out: the other. A row's keys are sorted and
what is NULL is left out; moments are ISO 8601 in UTC; a text that is JSON stands as JSON, so that a
diff can be read. What comes back is the same to the letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import blake2b
from typing import Any

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
    columns = sorted(one.table.columns, key=lambda column: column.name)
    told = [
        to_json(column.name) + b":" + _value(one.row[column.name])
        for column in columns
        if one.row[column.name] is not None
    ]
    return b"{" + b",".join(told) + b"}"


def row_of(line: bytes, table: Table, place: str) -> StateRow:
    """The row of a line; ValueError or TypeError for what no `line_of` wrote."""
    told = from_json(line)
    if not isinstance(told, dict) or not told.keys() <= set(table.columns.keys()):
        raise ValueError("not a row of this table")
    if any(column.name not in told for column in table.primary_key):
        raise ValueError("a row without its key")
    row = {
        column.name: _stored(told[column.name], column) if column.name in told else _default(column)
        for column in table.columns
    }
    return StateRow(table, row, place)


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


def _stored(value: object, column: Column[Any]) -> object:
    """A value as the column holds it; ValueError or TypeError for one of another kind."""
    kind = column.type
    if value is None:
        raise ValueError("NULL is told by leaving it out")
    if isinstance(kind, DateTime | Date):
        return _moment(value, is_day=isinstance(kind, Date))
    if isinstance(kind, Boolean):
        return _checked(value, isinstance(value, bool))
    if isinstance(kind, Integer):
        return _checked(value, isinstance(value, int) and not isinstance(value, bool))
    if isinstance(kind, String):
        return (
            _json(value) if isinstance(value, dict | list) else _checked(value, type(value) is str)
        )
    raise ValueError(f"no words for {kind!r}")


def _moment(value: object, *, is_day: bool) -> date | datetime:
    if not isinstance(value, str):
        raise TypeError("no moment")
    if is_day:
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    if moment.utcoffset() is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC).replace(tzinfo=None)


def _checked(value: object, is_right: bool) -> object:
    if not is_right:
        raise TypeError("a value of another kind")
    return value


def _default(column: Column[Any]) -> object:
    """What an older layout's row has where it has no such column."""
    default = column.server_default
    if not isinstance(default, DefaultClause):
        return None
    text = str(default.arg)
    return int(text) if isinstance(column.type, Integer) else text


def _hashed(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
