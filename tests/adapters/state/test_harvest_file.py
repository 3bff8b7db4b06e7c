"""The harvest in a file that a cache keeps: the same again, or as if there were none."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, insert

from bot.adapters.database_engine import HARVEST_TABLES, open_engine, transaction
from bot.adapters.database_tables import harvest_costs
from bot.adapters.harvest_file import read_harvest, write_harvest
from tests.adapters.state.filling import contents, fill


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = open_engine("sqlite://")
    with transaction(engine, writes=True) as connection:
        fill(connection, Random(5), HARVEST_TABLES)
        fill(connection, Random(6))
    yield engine
    engine.dispose()


@pytest.fixture
def empty() -> Iterator[Engine]:
    engine = open_engine("sqlite://")
    yield engine
    engine.dispose()


def harvested(engine: Engine) -> dict[str, list[str]]:
    names = {one.name for one in HARVEST_TABLES}
    return {name: rows for name, rows in contents(engine, harvest=True).items() if name in names}


def test_what_was_harvested_comes_back_and_nothing_else(
    engine: Engine, empty: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "new" / "harvest.sqlite"
    write_harvest(engine, file)
    journal = contents(empty)
    assert read_harvest(empty, file)
    assert harvested(empty) == harvested(engine)
    assert all(harvested(empty).values())
    assert contents(empty) == journal


def test_a_file_is_written_anew_so_that_nothing_forgotten_is_left(
    engine: Engine, empty: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "harvest.sqlite"
    write_harvest(engine, file)
    write_harvest(empty, file)
    assert b"CREATE TABLE" in file.read_bytes()
    assert b"one_delivery" not in file.read_bytes()
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT count(*) FROM harvested_issues").fetchone()
    connection.close()
    assert found == (0,)
    assert [one.name for one in tmp_path.iterdir()] == ["harvest.sqlite"]


def test_no_table_of_the_journal_stands_in_the_file(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "harvest.sqlite"
    write_harvest(engine, file)
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert {name for (name,) in found} == {one.name for one in HARVEST_TABLES}


def test_a_harvest_that_is_there_already_is_kept(
    engine: Engine, empty: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "harvest.sqlite"
    write_harvest(engine, file)
    with transaction(empty, writes=True) as connection:
        connection.execute(insert(harvest_costs).values(week="2026-W47", points=7))
    before = harvested(empty)
    assert not read_harvest(empty, file)
    assert harvested(empty) == before


#: What somebody may have put into the cache.
POISON = (
    "INSERT INTO harvest_costs VALUES ('2026-W48', x'00')",
    "INSERT INTO harvest_costs VALUES ('2026-W48', 'many')",
    "INSERT INTO harvest_costs VALUES ('2026-W48', 1.5)",
    "INSERT INTO harvest_costs VALUES (NULL, 1)",
    "INSERT INTO communities VALUES ('x', 'yesterday', '{}')",
    "UPDATE harvested_issues SET is_locked = 'yes'",
    "DROP TABLE harvested_issues",
    "ALTER TABLE harvested_issues DROP COLUMN title",
    "ALTER TABLE harvest_costs RENAME TO costs; CREATE VIEW harvest_costs AS SELECT * FROM costs",
    "INSERT INTO harvested_repositories SELECT * FROM harvested_repositories",
)


@pytest.mark.parametrize("statement", POISON)
def test_a_file_with_one_strange_thing_is_as_if_there_were_none(
    engine: Engine, empty: Engine, tmp_path: Path, statement: str
) -> None:
    file = tmp_path / "harvest.sqlite"
    write_harvest(engine, file)
    with sqlite3.connect(file) as connection:
        connection.executescript(statement)
    connection.close()
    assert not read_harvest(empty, file)
    assert not any(harvested(empty).values())


def test_a_poisoned_file_changes_nothing_of_the_journal(
    engine: Engine, empty: Engine, tmp_path: Path
) -> None:
    """Tables of the journal in it, and a trigger, are nobody's business."""
    file = tmp_path / "harvest.sqlite"
    write_harvest(engine, file)
    with sqlite3.connect(file) as connection:
        connection.executescript(
            "CREATE TABLE stops (login, at, until); INSERT INTO stops VALUES ('ada', 'x', NULL);"
            "CREATE TABLE schema_version (version); INSERT INTO schema_version VALUES (99);"
            "CREATE TRIGGER t AFTER INSERT ON harvest_costs BEGIN DELETE FROM stops; END;"
        )
    connection.close()
    journal = contents(empty)
    assert read_harvest(empty, file)
    assert contents(empty) == journal


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_what_is_no_database_is_as_if_there_were_none(
    empty: Engine, tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "harvest.sqlite"
    file.write_bytes(data)
    assert not read_harvest(empty, file)
    assert not read_harvest(empty, tmp_path / "missing.sqlite")
    assert not read_harvest(empty, tmp_path)
