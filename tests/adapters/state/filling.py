"""Journals full of rows that nobody thought of: every table of the metadata, whoever adds one.

Comes in: a source of chance. Goes out: a database whose constraints all hold.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Integer,
    String,
    Table,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import IntegrityError

from bot.adapters.database_engine import HARVEST_TABLES
from bot.adapters.database_tables import metadata, schema_version

#: Moments of tables have no zone.
NOW = datetime(2026, 11, 22)  # noqa: DTZ001
WEEKS = ("2026-W46", "2026-W47", "no week")
LOGINS = ("ada-example", "ben-example", "chiyo-example", "")
TEXTS = (
    *("", "one", "two lines\nof text\r\n", "Größe \u2028 \x00 🧭", '"quoted"', "null", "5"),
    *('{"b":1,"a":[1.5,null,"é"]}', '{"spaced": 1}', '{"a":1,"a":2}', "[NaN]", "[1e5]", "{", "[]"),
    *("[" * 198 + "]" * 198, "[" * 199 + "]" * 199, "[" * 400, '{"x":"\\ud800"}'),
    f"[{2**70}]",
)
#: Columns that constraints let hold few values.
FEW: dict[str, tuple[Any, ...]] = {
    "week": WEEKS,
    "login": LOGINS,
    "mentor": LOGINS,
    "post": LOGINS,
    "state": ("prepared", "delivered"),
    "channel": ("issue", "email"),
    "setback": (None, None, "unsent"),
    "one": (1,),
}
#: The first that a column's type is one of.
KINDS: dict[type, tuple[Any, ...]] = {
    DateTime: tuple(NOW + timedelta(microseconds=n) for n in (0, 1, 10**11)),
    Date: (date(2026, 11, 22),),
    Boolean: (False, True),
    Integer: (0, 1, 2, 2**31, -1),
    String: TEXTS,
}
_TRIES = 60


def fill(connection: Connection, random: Random, tables: Collection[Table] | None = None) -> None:
    """At least one row in each table of the journal, or of these, and a few more in most."""
    for table in metadata.sorted_tables:
        is_asked = table not in HARVEST_TABLES if tables is None else table in tables
        if not is_asked or table is schema_version:
            continue
        n_wanted = random.randint(1, 4)
        n_written = sum(_try(connection, table, random) for _ in range(n_wanted))
        tries = 0
        while not n_written and tries < _TRIES:
            n_written, tries = int(_try(connection, table, random)), tries + 1
        assert n_written, f"no row of {table.name} keeps its constraints: teach `_value` of it"


def contents(engine: Engine, *, harvest: bool = False) -> dict[str, list[str]]:
    """Every row of every table that the database has, but for what was harvested and pulled."""
    others = {one.name for one in HARVEST_TABLES}
    left_out = {"pulled_branch"} if harvest else {"pulled_branch", *others}
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {name}")))
            for name in inspect(engine).get_table_names()
            if name not in left_out
        }


def _try(connection: Connection, table: Table, random: Random) -> bool:
    row = {column.name: _value(column, random) for column in table.columns}
    for constraint in table.foreign_key_constraints:
        parents = connection.execute(select(constraint.referred_table)).mappings().all()
        if not parents:
            return False
        parent = random.choice(parents)
        row |= {one.parent.name: parent[one.column.name] for one in constraint.elements}
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(row))
    except IntegrityError:
        return False
    return True


def _value(column: Column[Any], random: Random) -> object:
    if column.name in FEW:
        return random.choice(FEW[column.name])
    if column.nullable and random.random() < 0.5:
        return None
    kind = next(kind for kind in KINDS if isinstance(column.type, kind))
    return random.choice(KINDS[kind])
