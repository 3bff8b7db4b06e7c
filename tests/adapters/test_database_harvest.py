"""The harvest's tables: beside the journal's and apart from them, and with damaged rows in them."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.errors import JournalError
from bot.harvest.reading import Headway, Reading
from bot.harvest.store import News
from tests.contracts.steps import W47, deliver, digest_of, offered, record
from tests.contracts.test_issue_store import CHARTS, FACTS, NOW, issue_of

JOURNAL_TABLES = ("digests", "picks", "deliveries")
HARVEST_TABLES = ("harvested_repositories", "harvested_issues", "harvest_progress")
SKY = replace(CHARTS, id="R_2", name="lumen-lab/sky")
NEWS = News(
    (issue_of(1), issue_of(2, SKY)),
    progress={"go": Headway(NOW, NOW, (Reading(NOW),), 2), "rust": Headway(NOW)},
)


def execute(file: Path, *statements: str) -> None:
    with sqlite3.connect(file) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def rows(file: Path, tables: tuple[str, ...]) -> list[list[tuple]]:
    connection = sqlite3.connect(file)
    found = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    connection.close()
    return found


def test_the_harvest_leaves_the_journal_alone_and_the_journal_the_harvest(
    file: Path, journal: SqlJournal
) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/starcharts#1"))
    before = rows(file, JOURNAL_TABLES)
    journal.issue_store().keep(NEWS)
    journal.issue_store().keep(News(forgotten=frozenset({"I_2"})))
    assert rows(file, JOURNAL_TABLES) == before
    harvest = rows(file, HARVEST_TABLES)
    deliver(journal, "ada-example")
    journal.record_week("2026-W48", [])
    assert rows(file, HARVEST_TABLES) == harvest
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/starcharts#1")]


def test_a_harvest_is_there_when_the_file_is_opened_again(file: Path, journal: SqlJournal) -> None:
    journal.issue_store().keep(NEWS)
    journal.close()
    with SqlJournal.open(f"sqlite:///{file}") as again:
        assert again.issue_store().recall().issues == NEWS.issues


def test_a_database_in_memory_holds_journal_and_harvest_as_long_as_it_is_open() -> None:
    with SqlJournal.open("sqlite://") as journal:
        record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
        journal.issue_store().keep(NEWS)
        assert journal.issue_store().recall().progress == NEWS.progress
        assert len(journal.entries(W47)) == 1


LEAVE_OUT = [
    "labels = 'good first issue'",
    """labels = '{"names": ["docs"]}'""",
    "labels = '[1]'",
    "created_at = 'yesterday'",
    "created_at = '0001-01-01T00:00:00+05:00'",
    "seen_at = '9999-12-31T23:00:00-05:00'",
    "updated_at = '2026-11-22T05:30:15'",
    "seen_at = x'00ff'",
    "title = x'00ff'",
    "association = x'00ff'",
    "author = x'00ff'",
    "number = 'one'",
    "repository_id = 'R_gone'",
    "id = x'00ff'",
]


@pytest.mark.parametrize("change", LEAVE_OUT)
def test_an_issue_that_cannot_be_read_is_left_out(
    file: Path, journal: SqlJournal, change: str
) -> None:
    journal.issue_store().keep(NEWS)
    execute(file, f"UPDATE harvested_issues SET {change} WHERE id = 'I_1'")
    assert journal.issue_store().recall().issues == NEWS.issues[1:]


@pytest.mark.parametrize("details", ["{}", "[", "null", '{"is_open": "perhaps"}', '{"body": 1}'])
def test_details_that_cannot_be_read_are_unknown(
    file: Path, journal: SqlJournal, details: str
) -> None:
    journal.issue_store().keep(NEWS)
    execute(file, f"UPDATE harvested_issues SET details = '{details}' WHERE id = 'I_1'")
    assert journal.issue_store().recall().issues == (issue_of(1, details=None), NEWS.issues[1])


def test_facts_of_before_there_were_records_and_shares_are_read(
    file: Path, journal: SqlJournal
) -> None:
    journal.issue_store().keep(NEWS)
    removed = "json_remove(facts, '$.record', '$.language_shares')"
    execute(file, f"UPDATE harvested_repositories SET facts = {removed}")
    facts = replace(FACTS, record=None, language_shares=None)
    kept = journal.issue_store().recall().issues
    assert {issue.repository.facts for issue in kept} == {facts}


@pytest.mark.parametrize("facts", ["{}", "no JSON", '{"stars": "many"}'])
def test_facts_that_cannot_be_read_are_unknown_and_can_be_read_anew(
    file: Path, journal: SqlJournal, facts: str
) -> None:
    store = journal.issue_store()
    store.keep(NEWS)
    execute(file, f"UPDATE harvested_repositories SET facts = '{facts}' WHERE id = 'R_1'")
    first, second = store.recall().issues
    assert first == issue_of(1, replace(CHARTS, facts=None))
    assert second.repository == SKY
    store.keep(News(repositories=(CHARTS,)))
    assert store.recall().issues == NEWS.issues


@pytest.mark.parametrize(
    "read_at", ["yesterday", "2026-11-22T05:30:15", "0001-01-01T00:00:00+05:00"]
)
def test_facts_with_a_record_of_no_moment_are_unknown(
    file: Path, journal: SqlJournal, read_at: str
) -> None:
    journal.issue_store().keep(NEWS)
    damaged = f"json_set(facts, '$.record.read_at', '{read_at}')"
    execute(file, f"UPDATE harvested_repositories SET facts = {damaged} WHERE id = 'R_1'")
    first, second = journal.issue_store().recall().issues
    assert first.repository == replace(CHARTS, facts=None)
    assert second.repository == SKY


@pytest.mark.parametrize("column", ["name", "language"])
def test_issues_of_a_repository_that_cannot_be_read_are_left_out_until_it_is_told_again(
    file: Path, journal: SqlJournal, column: str
) -> None:
    store = journal.issue_store()
    store.keep(NEWS)
    execute(file, f"UPDATE harvested_repositories SET {column} = x'00' WHERE id = 'R_1'")
    assert store.recall().issues == NEWS.issues[1:]
    store.keep(News(repositories=(CHARTS,)))
    assert store.recall().issues == NEWS.issues


@pytest.mark.parametrize(
    "change",
    [
        "unfinished = 'all'",
        "unfinished = '[{}]'",
        """unfinished = '[{"begun_at": "0001-01-01T00:00:00+05:00"}]'""",
        """unfinished = '[{"begun_at": "2026-11-22T05:30:15"}]'""",
        "read_at = 'once'",
        "looked_at = '0001-01-01T00:00:00+05:00'",
        "n_found = 'few'",
    ],
)
def test_progress_that_cannot_be_read_is_left_out(
    file: Path, journal: SqlJournal, change: str
) -> None:
    journal.issue_store().keep(NEWS)
    execute(file, f"UPDATE harvest_progress SET {change} WHERE search = 'go'")
    assert journal.issue_store().recall().progress == {"rust": Headway(NOW)}


IMPOSSIBLE = ["0001-01-01T00:00:00+05:00", "2026-11-22T05:30:15"]


@pytest.mark.parametrize("moment", IMPOSSIBLE)
@pytest.mark.parametrize("field", ["created_at", "pushed_at", "read_at"])
def test_facts_of_an_impossible_moment_are_unknown_and_can_be_kept(
    file: Path, journal: SqlJournal, field: str, moment: str
) -> None:
    store = journal.issue_store()
    store.keep(NEWS)
    change = f"facts = json_set(facts, '$.{field}', '{moment}')"
    execute(file, f"UPDATE harvested_repositories SET {change} WHERE id = 'R_1'")
    first, second = store.recall().issues
    assert (first.repository.facts, second.repository) == (None, SKY)
    store.keep(News((first,)))
    assert store.recall().issues == (first, second)


@pytest.mark.parametrize("moment", IMPOSSIBLE)
@pytest.mark.parametrize("field", ["read_at", "comments[0].created_at"])
def test_details_of_an_impossible_moment_are_unknown(
    file: Path, journal: SqlJournal, field: str, moment: str
) -> None:
    journal.issue_store().keep(NEWS)
    change = f"details = json_set(details, '$.{field}', '{moment}')"
    execute(file, f"UPDATE harvested_issues SET {change} WHERE id = 'I_1'")
    assert journal.issue_store().recall().issues == (issue_of(1, details=None), NEWS.issues[1])


@pytest.mark.parametrize("points", ["'many'", "x'00ff'", "2.5"])
def test_points_that_are_no_number_count_as_none_and_are_added_to(
    file: Path, journal: SqlJournal, points: str
) -> None:
    store = journal.issue_store()
    store.keep(News(points={"2026-W46": 3, W47: 5}))
    execute(file, f"UPDATE harvest_costs SET points = {points} WHERE week = '{W47}'")
    assert store.recall().points == {"2026-W46": 3, W47: 0}
    store.keep(News(points={W47: 2}))
    assert store.recall().points == {"2026-W46": 3, W47: 2}


def test_a_damaged_time_of_reading_hinders_nobody(file: Path, journal: SqlJournal) -> None:
    journal.issue_store().keep(NEWS)
    execute(file, "UPDATE harvested_repositories SET read_at = 'once' WHERE id = 'R_1'")
    journal.issue_store().keep(News(forgotten=frozenset({"I_2"})))
    assert journal.issue_store().recall().issues == NEWS.issues[:1]


def test_a_harvest_that_finds_the_disk_full_is_not_kept_and_loses_nothing(
    journal: SqlJournal,
) -> None:
    store = journal.issue_store()
    store.keep(NEWS)
    with journal._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    many = tuple(issue_of(number, title="x" * 200) for number in range(3, 500))
    with pytest.raises(JournalError, match="disk is full"):
        store.keep(News(many, forgotten=frozenset({"I_1"})))
    assert store.recall().issues == NEWS.issues


def test_a_repository_of_many_issues_is_written_once(file: Path, journal: SqlJournal) -> None:
    many = tuple(issue_of(number) for number in range(4_500))
    journal.issue_store().keep(News(many))
    kept = journal.issue_store().recall().issues
    assert len(kept) == len(many)
    assert len({id(issue.repository) for issue in kept}) == 1
    assert len({id(issue.labels) for issue in kept}) == 1
    assert len(rows(file, ("harvested_repositories",))[0]) == 1
