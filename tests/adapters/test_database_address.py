"""The journal's address: where it leads, without going there, and what is no address."""

from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal, journal_exists
from bot.errors import JournalError
from tests.contracts.steps import digest_of, record

SPELLINGS = [
    "sqlite:///{file}",
    "sqlite+pysqlite:///{file}",
    "sqlite:///{file}?timeout=5",
    "sqlite:///file:{file}?uri=true",
    "sqlite:///file:{file}?mode=rw&uri=true",
    "sqlite:///file://{file}?uri=true",
    "sqlite:///file://localhost{file}?uri=1",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_journal_is_seen_in_every_spelling_and_not_made_by_looking(
    tmp_path: Path, spelling: str
) -> None:
    file = tmp_path / "a folder" / "st%te.db"
    # SQLAlchemy unescapes a path, and SQLite once more what is an address of its own.
    escaped = str(file).replace("%", "%2525" if "file:" in spelling else "%25")
    url = spelling.format(file=escaped)
    assert not journal_exists(url)
    assert list(tmp_path.iterdir()) == []
    file.parent.mkdir()
    file.touch()
    assert journal_exists(url)
    with SqlJournal.open(url) as journal:
        record(journal, digest_of("ada-example"))
    assert [path.name for path in file.parent.iterdir()] == ["st%te.db"]


def test_a_journal_is_looked_for_where_the_run_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert not journal_exists("sqlite:///state.db")
    SqlJournal.open("sqlite:///state.db").close()
    assert journal_exists("sqlite:///state.db")
    assert journal_exists("sqlite:///file:state.db?mode=ro&uri=true")


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite+pysqlite:///:memory:",
        "sqlite:///file::memory:?cache=shared&uri=true",
        "sqlite:///file:club?mode=memory&cache=shared&uri=true",
    ],
)
def test_memory_holds_no_journal_beforehand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "club").touch()
    (tmp_path / ":memory:").touch()
    assert not journal_exists(url)


def test_a_server_is_taken_to_hold_a_journal_and_not_asked() -> None:
    assert journal_exists("postgresql+psycopg://club@127.0.0.1:1/state")


def test_a_place_that_cannot_be_looked_at_is_left_to_the_opening(tmp_path: Path) -> None:
    assert journal_exists(f"sqlite:///{tmp_path}/{'x' * 300}.db")


@pytest.mark.parametrize("url", ["nonsense", "sqlite://host/state.db", "sqlite:///a?timeout=soon"])
def test_an_address_that_is_none_is_said_so_before_anything_is_looked_for(url: str) -> None:
    with pytest.raises(JournalError) as error:
        journal_exists(url)
    assert "FOOTHOLD_STATE" in error.value.advice
    with pytest.raises(JournalError):
        SqlJournal.open(url)


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "",
        "mystery://club:s3cret-pass@127.0.0.1/state",
        "postgresql+pg8000://club:s3cret-pass@127.0.0.1:1/state",
        "mysql+pymysql://club:s3cret-pass@127.0.0.1:1/state",
    ],
)
def test_an_address_that_cannot_be_used_is_said_so_without_its_password(url: str) -> None:
    with pytest.raises(JournalError) as error:
        SqlJournal.open(url)
    assert error.value.advice
    assert "s3cret-pass" not in f"{error.value.message} {error.value.advice}"
