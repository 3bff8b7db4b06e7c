"""Files of earlier layouts: brought along when they are opened, by however many at once."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.adapters.database_tables import SCHEMA_VERSION
from bot.errors import JournalError
from bot.harvest.store import News
from tests.adapters.layouts import execute, layout_of, tables_of, write_layout
from tests.contracts.steps import W47, deliver, offered
from tests.contracts.test_issue_store import issue_of

REPOSITORY_ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "state.db"
    write_layout(path, 1)
    return path


def test_a_file_of_the_first_layout_keeps_its_journal_and_takes_a_harvest(file: Path) -> None:
    with SqlJournal.open(f"sqlite:///{file}") as journal:
        assert offered(journal) == [
            (W47, "ada-example", "lumen-lab/atlas#1"),
            (W47, "ben-example", "lumen-lab/atlas#2"),
        ]
        deliver(journal, "ben-example")
        journal.issue_store().keep(News((issue_of(1),)))
    assert layout_of(file) == [(SCHEMA_VERSION,)]
    with SqlJournal.open(f"sqlite:///{file}") as journal:
        assert journal.issue_store().recall().issues == (issue_of(1),)
        assert journal.last_delivered_at("ben-example") is not None
    assert layout_of(file) == [(SCHEMA_VERSION,)]


def test_a_file_of_the_first_layout_that_cannot_be_written_stays_what_it_is(file: Path) -> None:
    with pytest.raises(JournalError, match="read but not written"):
        SqlJournal.open(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert layout_of(file) == [(1,)]


HARVEST = ("harvested_repositories", "harvested_issues", "harvest_progress", "harvest_costs")


@pytest.mark.parametrize("dropped", [*[(name,) for name in HARVEST], HARVEST])
def test_a_harvest_s_table_that_was_dropped_is_made_again(
    file: Path, dropped: tuple[str, ...]
) -> None:
    with SqlJournal.open(f"sqlite:///{file}") as journal:
        deliver(journal, "ben-example")
        journal.issue_store().keep(News((issue_of(1),), points={W47: 1}))
        before = journal.offers()
    execute(file, *(f"DROP TABLE {name}" for name in dropped))
    with SqlJournal.open(f"sqlite:///{file}") as journal:
        assert journal.offers() == before
        journal.issue_store().keep(News((issue_of(2),), points={W47: 2}))
        kept = journal.issue_store().recall()
    assert issue_of(2) in kept.issues
    assert kept.points == {W47: 2 if "harvest_costs" in dropped else 3}
    assert layout_of(file) == [(SCHEMA_VERSION,)]


@pytest.mark.parametrize("is_old", [True, False])
@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("digests", SqlJournal.offers),
        ("picks", SqlJournal.offers),
        ("deliveries", SqlJournal.in_doubt),
    ],
)
def test_a_journal_s_table_that_was_dropped_is_never_made_again(
    file: Path, name: str, ask: Callable[[SqlJournal], object], is_old: bool
) -> None:
    if not is_old:
        SqlJournal.open(f"sqlite:///{file}").close()
        execute(file, "DROP TABLE harvested_issues")
    execute(file, f"DROP TABLE {name}")
    with (
        pytest.raises(JournalError, match="could not be read or written"),
        SqlJournal.open(f"sqlite:///{file}") as journal,
    ):
        ask(journal)
    assert name not in tables_of(file)


def test_a_file_that_lacks_nothing_is_not_written_when_it_is_opened(file: Path) -> None:
    SqlJournal.open(f"sqlite:///{file}").close()
    before = file.read_bytes()
    SqlJournal.open(f"sqlite:///file:{file}?mode=ro&uri=true").close()
    assert file.read_bytes() == before


OPENER = """
import sys
from bot.adapters.database import SqlJournal

print("ready", flush=True)
sys.stdin.readline()
SqlJournal.open(sys.argv[1]).close()
"""


@pytest.mark.parametrize("is_old", [True, False])
def test_several_processes_open_a_file_at_once_and_one_brings_it_along(
    file: Path, is_old: bool
) -> None:
    if not is_old:
        file.unlink()
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, f"sqlite:///{file}"],
            cwd=REPOSITORY_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for opener in openers:
        assert opener.stdout is not None
        assert opener.stdout.readline() == "ready\n"
    for opener in openers:
        assert opener.stdin is not None
        opener.stdin.write("go\n")
        opener.stdin.flush()
    for opener in openers:
        opener.communicate(timeout=60)
    assert [opener.returncode for opener in openers] == [0, 0, 0]
    assert layout_of(file) == [(SCHEMA_VERSION,)]
