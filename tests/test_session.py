"""A session: which journal a command works with."""

from pathlib import Path

import pytest

from bot.session import Request, open_session
from bot.settings import Settings
from tests.contracts.steps import AT, ISSUE, W47, digest_of
from tests.stage import EXAMPLE_CONFIG

SPELLINGS = [
    "sqlite:///{file}",
    "sqlite+pysqlite:///{file}",
    "sqlite:///{file}?timeout=5",
    "sqlite:///file:{file}?uri=true",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_dry_run_makes_no_journal_and_reads_the_one_that_is_there(
    tmp_path: Path, spelling: str
) -> None:
    settings = Settings(state=spelling.format(file=tmp_path / "deep" / "state.db"))
    dry = Request(EXAMPLE_CONFIG, now=AT)
    with open_session(dry, settings) as session:
        assert session.journal.entries(W47) == ()
    assert list(tmp_path.iterdir()) == []
    with open_session(Request(EXAMPLE_CONFIG, now=AT, live=True), settings) as session:
        session.journal.record_week(W47, [(digest_of("ada-example"), ISSUE)])
    with open_session(dry, settings) as session:
        assert len(session.journal.entries(W47)) == 1
