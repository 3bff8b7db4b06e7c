"""The journal's database under two processes at once, and under kill -9."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from tests.adapters.killing import REPOSITORY_ROOT, Killed, kill_within
from tests.contracts.steps import (
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

RIVAL = """
import sys
from bot.adapters.database import SqlJournal
from tests.contracts.steps import AT, ISSUE, W47, digest_of, record

with SqlJournal.open(sys.argv[1]) as journal:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(25):
        login = f"{sys.argv[2]}-{number}-example"
        record(journal, digest_of(login, f"lumen-lab/{sys.argv[2]}#{number}"))
        journal.record_intent(W47, login, ISSUE, AT)
"""


def test_two_processes_write_at_once_and_neither_fails(tmp_path: Path) -> None:
    rivals = [
        subprocess.Popen(
            [sys.executable, "-c", RIVAL, f"sqlite:///{tmp_path}/state.db", name],
            cwd=REPOSITORY_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("first", "second")
    ]
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n"
    for rival in rivals:
        rival.communicate("go\n", timeout=60)
    assert [rival.returncode for rival in rivals] == [0, 0]
    with SqlJournal.open(f"sqlite:///{tmp_path}/state.db") as journal:
        assert len(journal.offers()) == 50


def prepare(journal: SqlJournal) -> None:
    """A week that is delivered, and one that waits."""
    record(journal, digest_of("ada-example", "a/b#1", week=W46), week=W46)
    record(journal, digest_of("ben-example", "a/b#2", "a/b#3?"))


def record_week(journal: SqlJournal) -> None:
    digests = [digest_of(f"{name}-example", f"a/{name}#4", week=W48) for name in ("ada", "eve")]
    record(journal, *digests, week=W48)


def replace_digest(journal: SqlJournal) -> None:
    journal.replace_digest(digest_of("ben-example", "a/b#6", "a/b#7"))


ACTS: dict[str, Callable[[SqlJournal], object]] = {
    "record_week": record_week,
    "replace_digest": replace_digest,
    "record_receipt": lambda journal: deliver(journal, "ben-example"),
}


@pytest.fixture(scope="module")
def killed_acts(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    return kill_within(tmp_path_factory.mktemp("killed"), __name__)


@pytest.mark.parametrize("act", ACTS)
def test_a_journal_killed_within_an_act_is_as_it_was_before(killed_acts: Killed, act: str) -> None:
    killed, whole = killed_acts[act]
    assert len(killed) >= 4, "killed after BEGIN and after every statement"
    for url in killed:
        with SqlJournal.open(url) as journal:
            assert offered(journal) == [
                (W47, "ben-example", "a/b#2"),
                (W47, "ben-example", "a/b#3"),
            ]
            assert receipt_of(journal, W47, "ben-example", ISSUE) is None
            assert journal.entries(W48) == ()
    with SqlJournal.open(whole) as journal:
        assert offered(journal) != [(W47, "ben-example", "a/b#2"), (W47, "ben-example", "a/b#3")]
