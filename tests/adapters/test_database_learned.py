"""The tables of what was learned: their constraints, and rows that nobody can read."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from bot.adapters.database_tables import metadata
from bot.errors import JournalError
from tests.adapters.layouts import execute
from tests.adapters.learning import learn
from tests.builders_learned import build_answer, build_progress, build_verdict
from tests.contracts.steps import W47, deliver, digest_of, offered, record


@pytest.fixture
def behind(file: Path, journal: SqlJournal) -> Iterator[sqlite3.Connection]:
    """A door to the tables behind the journal's back."""
    learn(journal)
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def copied(table: str, **changes: str) -> str:
    """A further row of the table, like one that is there but for these columns."""
    columns = metadata.tables[table].columns.keys()
    selected = ", ".join(changes.get(column, column) for column in columns)
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {selected} FROM {table} LIMIT 1"


REFUSED = [
    (copied("answers", kind="'less'"), "answers.source, answers.position"),
    (copied("answers", position="1", login="'Ada-Example'"), "login_is_folded"),
    (copied("answers", position="1", number="NULL"), "answer_means_a_pick_whole"),
    (copied("answers_read", one="2"), "one_moment"),
    (copied("answers_read", until="'2027-01-01 00:00:00'"), "answers_read.one"),
    (
        copied("progress", week="'2026-W48'", node_id="'I_2'", repository="'LUMEN-lab/x'"),
        "progress.login, progress.repository_folded, progress.number",
    ),
    (copied("progress", number="13"), "progress.login, progress.node_id"),
    (copied("progress", login="'Ada-Example'"), "login_is_folded"),
    (copied("progress_costs", points="9"), "progress_costs.week"),
    (copied("reviews", number="8"), "reviews.week, reviews.mentor"),
    (copied("reviews", mentor="'Grace-Example'"), "mentor_is_folded"),
    (
        copied("review_lines", n="9"),
        "review_lines.week, review_lines.mentor, review_lines.position",
    ),
    (
        copied("review_lines", position="9"),
        "review_lines.week, review_lines.mentor, review_lines.login, review_lines.n",
    ),
    (copied("review_lines", position="9", n="9", login="'Ada'"), "login_is_folded"),
    (copied("review_lines", mentor="'bea-example'"), "FOREIGN KEY constraint failed"),
    (
        copied("verdicts", post="'bea-example'", kind="'hold'"),
        "verdicts.week, verdicts.source, verdicts.position",
    ),
    (copied("verdicts", position="1", login="'Ada'"), "login_is_folded"),
    (copied("verdicts", position="1", mentor="'Grace'"), "mentor_is_folded"),
    (copied("verdicts", position="1", post="'Grace'"), "post_is_folded"),
    (copied("verdicts", position="1", number="1"), "verdict_means_a_pick_whole"),
    (copied("stated_levels", level="'intermediate'"), "stated_levels.login"),
    (copied("stated_levels", login="'Ada-Example'"), "login_is_folded"),
]


@pytest.mark.parametrize(("row", "promise"), REFUSED)
def test_the_database_itself_keeps_the_promises(
    behind: sqlite3.Connection, row: str, promise: str
) -> None:
    with pytest.raises(sqlite3.IntegrityError) as refused:
        behind.execute(row)
    assert promise in str(refused.value)


KEPT = [
    copied("answers", position="1", repository="NULL", number="NULL"),
    copied("progress", number="13", node_id="NULL"),
    copied("reviews", mentor="'bea-example'"),
    copied("review_lines", position="9", login="'ben-example'"),
    copied("verdicts", week="'2026-W48'"),
    copied("stated_levels", login="'ben-example'"),
]


@pytest.mark.parametrize("row", KEPT)
def test_what_breaks_no_promise_is_kept(behind: sqlite3.Connection, row: str) -> None:
    assert behind.execute(row).rowcount == 1


READS: list[tuple[str, Callable[[SqlJournal], object], str]] = [
    ("answers SET kind = 'perhaps'", lambda journal: journal.answer_book().answers(), "answered"),
    ("answers SET topics = '['", lambda journal: journal.answer_book().answers(), "answered"),
    ("answers SET topics = '1'", lambda journal: journal.answer_book().answers(), "answered"),
    (
        "progress SET outcome = 'perhaps'",
        lambda journal: journal.progress_book().progress(),
        "a pick",
    ),
    ("verdicts SET kind = 'perhaps'", lambda journal: journal.review_book().verdicts(), "decided"),
    (
        "stated_levels SET level = 'master'",
        lambda journal: journal.register().stated_level("ada-example"),
        "level of ada-example",
    ),
]


@pytest.mark.parametrize(("change", "ask", "word"), READS, ids=[change for change, *_ in READS])
def test_a_row_that_cannot_be_read_is_said_so(
    file: Path,
    journal: SqlJournal,
    change: str,
    ask: Callable[[SqlJournal], object],
    word: str,
) -> None:
    learn(journal)
    execute(file, f"UPDATE {change}")
    with pytest.raises(JournalError, match=word) as error:
        ask(journal)
    assert "cannot be read from the journal" in error.value.message
    assert "version of foothold" in error.value.advice


def test_nothing_of_a_person_who_is_forgotten_is_left_in_the_file(
    file: Path, journal: SqlJournal
) -> None:
    bea = build_verdict(mentor="bea-example", login="ben-example", source="comment 72")
    learn(journal)
    journal.review_book().record_verdicts(W47, "grace-example", [build_verdict(), bea])
    for login in ("ada-example", "Grace-Example"):
        for book in (
            journal.answer_book(),
            journal.progress_book(),
            journal.review_book(),
            journal.register(),
        ):
            book.forget(login)
    assert journal.review_book().verdicts() == (bea,)
    journal.close()
    content = file.read_bytes()
    assert b"bea-example" in content
    assert b"ada-example" not in content
    assert b"grace-example" not in content


def test_what_is_learned_leaves_the_journal_alone_and_the_journal_what_is_learned(
    journal: SqlJournal,
) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    deliver(journal, "ada-example")
    learn(journal)
    for book in (journal.answer_book(), journal.progress_book(), journal.review_book()):
        book.forget("ada-example")
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]
    learn(journal)
    journal.forget("ada-example")
    assert journal.answer_book().answers() == (build_answer(),)
    assert journal.progress_book().progress() == (build_progress(),)
    assert journal.review_book().verdicts() == (build_verdict(),)
