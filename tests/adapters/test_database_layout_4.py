"""Files of layouts 1 to 3 take what was learned, and lose nothing of what they held."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from bot.adapters.database import SqlJournal
from bot.adapters.database_tables import SCHEMA_VERSION
from bot.delivery import Delivery, Setback
from bot.errors import JournalError
from bot.register import Consent, Stop
from bot.terms import ChannelName
from tests.adapters.layouts import LAYOUTS, execute, layout_of, tables_of, write_layout
from tests.adapters.learning import learn, recall
from tests.builders_learned import build_review
from tests.contracts.steps import AT, W47, offered

ALL = range(1, len(LAYOUTS) + 1)
#: The moment in the files.
THEN = AT.replace(microsecond=0)


def open_journal(file: Path) -> SqlJournal:
    return SqlJournal.open(f"sqlite:///{file}")


def shape_of(file: Path) -> dict[str, object]:
    """Its tables, with what each column and constraint is, in whatever order."""
    engine = create_engine(f"sqlite:///{file}")
    found = inspect(engine)
    shape: dict[str, object] = {
        name: (
            sorted(str(column) for column in found.get_columns(name)),
            sorted(str(one) for one in found.get_unique_constraints(name)),
            sorted(str(one["name"]) for one in found.get_check_constraints(name)),
            sorted(str(one) for one in found.get_foreign_keys(name)),
        )
        for name in found.get_table_names()
    }
    engine.dispose()
    return shape


@pytest.mark.parametrize("layout", ALL)
def test_an_older_file_takes_all_that_is_learned_and_has_it_when_it_is_opened_again(
    file: Path, layout: int
) -> None:
    write_layout(file, layout)
    with open_journal(file) as journal:
        learn(journal)
        learned = recall(journal)
    assert layout_of(file) == [(SCHEMA_VERSION,)]
    with open_journal(file) as journal:
        assert recall(journal) == learned
        assert all(learned), "something of each"
        assert offered(journal) == [
            (W47, "ada-example", "lumen-lab/atlas#1"),
            (W47, "ben-example", "lumen-lab/atlas#2"),
        ]


@pytest.mark.parametrize("layout", ALL)
def test_an_older_file_becomes_what_a_new_one_is(tmp_path: Path, layout: int) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    write_layout(old, layout)
    for file in (old, new):
        open_journal(file).close()
    assert shape_of(old) == shape_of(new)


def test_a_file_of_layout_3_keeps_its_register_its_harvest_and_its_setbacks(file: Path) -> None:
    write_layout(file, 3)
    with open_journal(file) as journal:
        register = journal.register()
        assert register.stop_of("chiyo-example") == Stop("chiyo-example", THEN)
        assert register.consent("chiyo-example", "f00d") == Consent(
            "chiyo-example", "f00d", "Mail me.", asked_at=THEN, n_deferrals=1
        )
        assert register.code_given("chiyo-example") == "ONE"
        assert register.posters() == {"club-bot"}
        assert journal.issue_store().recall().points == {W47: 41}
        assert journal.delivery(W47, "ben-example", ChannelName.EMAIL) == Delivery(
            None, Setback.DEFERRED, 2, "f00d", THEN
        )


@pytest.mark.parametrize("layout", ALL)
def test_an_older_file_that_cannot_be_written_stays_what_it_is(file: Path, layout: int) -> None:
    write_layout(file, layout)
    with pytest.raises(JournalError, match="read but not written"):
        SqlJournal.open(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert layout_of(file) == [(layout,)]


@pytest.mark.parametrize("name", ["stops", "consents", "codes", "posters", "picks"])
def test_a_table_that_is_missing_from_a_file_of_layout_3_is_never_made_again(
    file: Path, name: str
) -> None:
    write_layout(file, 3)
    execute(file, f"DROP TABLE {name}")
    open_journal(file).close()
    assert name not in tables_of(file)


LEARNED: list[tuple[str, Callable[[SqlJournal], object]]] = [
    ("answers", lambda journal: journal.answer_book().answers()),
    ("answers_read", lambda journal: journal.answer_book().read_until()),
    ("progress", lambda journal: journal.progress_book().progress()),
    ("progress_costs", lambda journal: journal.progress_book().points(W47)),
    ("reviews", lambda journal: journal.review_book().open_reviews()),
    ("review_lines", lambda journal: journal.review_book().record_review(build_review())),
    ("verdicts", lambda journal: journal.review_book().verdicts()),
    ("stated_levels", lambda journal: journal.register().stated_level("ada-example")),
]


@pytest.mark.parametrize(("name", "ask"), LEARNED, ids=[name for name, _ in LEARNED])
def test_a_table_of_what_was_learned_that_was_dropped_is_never_made_again(
    file: Path, name: str, ask: Callable[[SqlJournal], object]
) -> None:
    open_journal(file).close()
    execute(file, f"DROP TABLE {name}", "DROP TABLE harvest_costs")
    with (
        open_journal(file) as journal,
        pytest.raises(JournalError, match="could not be read or written"),
    ):
        ask(journal)
    assert name not in tables_of(file)
    assert "harvest_costs" in tables_of(file)
