"""The journal's database: its constraints, and its errors in words."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from bot.adapters.database import SqlJournal
from bot.adapters.database_tables import SCHEMA_VERSION, metadata
from bot.digest import Digest
from bot.errors import JournalError
from tests.contracts.steps import (
    AT,
    ISSUE,
    W46,
    W47,
    W48,
    deliver,
    digest_of,
    offered,
    receipt_of,
    record,
)


@pytest.fixture
def behind(file: Path, journal: SqlJournal) -> Iterator[sqlite3.Connection]:
    """A door to the tables behind the journal's back: ada got #1, #2 is prepared for ben."""
    digest = digest_of("ada-example", "lumen-lab/atlas#1")
    record(journal, replace(digest, picks=(replace(digest.picks[0], node_id="I_1"),)))
    record(journal, digest_of("ben-example", "lumen-lab/atlas#2"))
    deliver(journal, "ada-example")
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def digest_row(week: str, login: str) -> str:
    return f"INSERT INTO digests VALUES ('{week}', '{login}', '{{}}', 'issue', 'prepared', NULL)"


def pick_row(week: str, login: str, number: int) -> str:
    columns = "week, login, position, spare, repository, repository_folded, number"
    values = f"'{week}', '{login}', 7, 0, 'LUMEN-lab/atlas', 'lumen-lab/atlas', {number}"
    return f"INSERT INTO picks ({columns}) VALUES ({values})"


def renamed_row(week: str, login: str) -> str:
    columns = "week, login, position, spare, repository, repository_folded, number, node_id"
    values = f"'{week}', '{login}', 7, 0, 'lumen-labs/charts', 'lumen-labs/charts', 1, 'I_1'"
    return f"INSERT INTO picks ({columns}) VALUES ({values})"


def delivery_row(login: str, place: str) -> str:
    columns = "week, login, channel, delivered_at, place"
    values = f"'2026-W47', '{login}', 'issue', '2026-11-23', {place}"
    return f"INSERT INTO deliveries ({columns}) VALUES ({values})"


@pytest.mark.parametrize(
    ("statement", "promise"),
    [
        (digest_row(W47, "ada-example"), "UNIQUE constraint failed: digests.week, digests.login"),
        (
            pick_row(W47, "ben-example", 1),
            "UNIQUE constraint failed: picks.week, picks.repository_folded, picks.number",
        ),
        (
            pick_row(W46, "ada-example", 1),
            "UNIQUE constraint failed: picks.login, picks.repository_folded, picks.number",
        ),
        (
            renamed_row(W47, "ben-example"),
            "UNIQUE constraint failed: picks.week, picks.node_id",
        ),
        (
            renamed_row(W46, "ada-example"),
            "UNIQUE constraint failed: picks.login, picks.node_id",
        ),
        (digest_row(W46, "Ada-Example"), "login_is_folded"),
        (pick_row(W47, "chiyo-example", 3), "FOREIGN KEY constraint failed"),
        (
            delivery_row("ada-example", "'there'"),
            "UNIQUE constraint failed: deliveries.week, deliveries.login, deliveries.channel",
        ),
        (delivery_row("chiyo-example", "'there'"), "FOREIGN KEY constraint failed"),
        (delivery_row("ben-example", "NULL"), "done_has_a_place"),
        ("DELETE FROM digests WHERE login = 'ada-example'", "FOREIGN KEY constraint failed"),
        ("UPDATE digests SET state = 'delivered'", "delivered_has_a_time"),
    ],
)
def test_the_database_itself_keeps_the_promises(
    behind: sqlite3.Connection, statement: str, promise: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError) as refused:
        behind.execute(statement)
    assert promise in str(refused.value)


def test_the_file_is_written_through_and_has_no_log_beside_it(
    file: Path, journal: SqlJournal
) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    with journal._engine.connect() as connection:
        facts = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "synchronous", "journal_mode")
        }
    assert facts == {"foreign_keys": 1, "synchronous": 2, "journal_mode": "delete"}
    assert [path.name for path in file.parent.iterdir()] == ["state.db"]


def test_a_journal_is_there_when_it_is_opened_again_and_its_folder_is_made(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/deep/er/state.db"
    with SqlJournal.open(url) as journal:
        record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
        deliver(journal, "ada-example")
    with SqlJournal.open(url) as journal:
        receipt = receipt_of(journal, W47, "ada-example", ISSUE)
        assert receipt is not None
        assert receipt.delivered_at == AT
        assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_the_tables_can_be_made_in_postgresql() -> None:
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_the_refusal_names_the_promise(journal: SqlJournal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week=W46), week=W46)
    deliver(journal, "ada-example", W46)
    with pytest.raises(JournalError, match="offered to ada-example before"):
        record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    record(journal, digest_of("ada-example", "lumen-lab/atlas#2"))
    with pytest.raises(JournalError, match="another student's in 2026-W47"):
        record(journal, digest_of("ben-example", "lumen-lab/atlas#2"))


def test_the_refusal_of_a_renamed_issue_names_the_promise(journal: SqlJournal) -> None:
    def named(login: str, repository: str) -> Digest:
        digest = digest_of(login, f"{repository}#1")
        return replace(digest, picks=(replace(digest.picks[0], node_id="I_1"),))

    record(journal, named("ada-example", "lumen-lab/atlas"))
    with pytest.raises(JournalError, match="another student's in 2026-W47"):
        record(journal, named("ben-example", "lumen-labs/charts"))
    deliver(journal, "ada-example")
    twice = replace(
        digest_of("ada-example", "lumen-lab/atlas#1", week=W48),
        picks=named("ada-example", "lumen-labs/charts").picks,
    )
    with pytest.raises(JournalError, match="offered to ada-example before"):
        record(journal, twice, week=W48)


def explained(error: pytest.ExceptionInfo[JournalError], *words: str) -> bool:
    """Does the message say the words, the advice something, and neither a path?"""
    text = f"{error.value.message} {error.value.advice}"
    assert error.value.advice
    assert "/tmp" not in text
    assert "pytest" not in text
    return all(word in text for word in words)


def test_a_file_that_is_no_database_is_said_so(file: Path) -> None:
    file.write_bytes(b"this was never a database, whatever its name says\n" * 40)
    with pytest.raises(JournalError) as error:
        SqlJournal.open(f"sqlite:///{file}")
    assert explained(error, "is not a database", "copy")


def test_a_damaged_file_is_said_so(file: Path, journal: SqlJournal) -> None:
    for week in range(10, 47):
        name = f"2026-W{week}"
        record(journal, digest_of("ada-example", f"lumen-lab/atlas#{week}", week=name), week=name)
        deliver(journal, "ada-example", name)
    journal.close()
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\x7f" * (len(content) - 4096))
    with pytest.raises(JournalError) as error:
        SqlJournal.open(f"sqlite:///{file}").offers()
    assert explained(error, "is damaged")


def test_a_digest_that_cannot_be_read_is_said_so(file: Path, journal: SqlJournal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE digests SET digest = '{}'")
    connection.close()
    with pytest.raises(JournalError) as error:
        journal.entry(W47, "ada-example")
    assert explained(error, "ada-example", "2026-W47")


def test_a_journal_that_is_read_only_can_be_read_and_says_why_it_is_not_written(
    file: Path, journal: SqlJournal
) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    with SqlJournal.open(f"sqlite:///file:{file}?mode=ro&uri=true") as read_only:
        assert len(read_only.entries(W47)) == 1
        with pytest.raises(JournalError) as error:
            record(read_only, digest_of("ben-example", "lumen-lab/atlas#2"))
    assert explained(error, "can be read but not written")


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(JournalError) as error:
        SqlJournal.open(f"sqlite:///{tmp_path}/file/state.db")
    assert explained(error, "folder")


def test_a_folder_in_the_file_s_place_is_said_so(file: Path) -> None:
    file.mkdir()
    with pytest.raises(JournalError) as error:
        SqlJournal.open(f"sqlite:///{file}")
    assert explained(error, "cannot be opened")


def test_a_full_disk_loses_nothing_and_is_said_so(journal: SqlJournal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    with journal._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    many = [f"lumen-lab/atlas#{number}" for number in range(2, 200)]
    with pytest.raises(JournalError) as error:
        record(journal, digest_of("ben-example", *many))
    assert explained(error, "disk is full")
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_a_lock_that_stays_is_said_so(file: Path, journal: SqlJournal) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(JournalError) as error:
        record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    other.close()
    assert explained(error, "locked by another run")


def test_a_newer_layout_is_refused_and_left_alone(file: Path, journal: SqlJournal) -> None:
    journal.close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE schema_version SET version = ?", (SCHEMA_VERSION + 1,))
    connection.close()
    before = file.read_bytes()
    with pytest.raises(JournalError) as error:
        SqlJournal.open(f"sqlite:///{file}")
    assert explained(error, "newer foothold", "Update")
    assert file.read_bytes() == before
