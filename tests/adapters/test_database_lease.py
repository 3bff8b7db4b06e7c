"""Two runs on one journal: one works, the other waits or leaves, however the first one ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters import database_lease
from bot.adapters.database import SqlJournal
from bot.errors import JournalError
from tests.contracts.steps import digest_of, record

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys, time
from bot.adapters.database import SqlJournal
with SqlJournal.open(sys.argv[1]) as journal, journal.lease():
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def start(url: str, seconds: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLDER, url, str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/state.db"


def test_a_second_run_leaves_and_says_why(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_lease, "WAIT_S", 0.2)
    process = start(url, 60)
    try:
        with SqlJournal.open(url) as journal:
            with pytest.raises(JournalError, match="Another run is at work") as refused:
                journal.lease().__enter__()
            record(journal, digest_of("ada-example"))
    finally:
        process.kill()
        process.wait()
    assert "Nothing was sent" in refused.value.advice


def test_a_second_run_waits_for_one_that_ends_soon(url: str) -> None:
    process = start(url, 0.5)
    with SqlJournal.open(url) as journal, journal.lease():
        assert process.wait() == 0


def test_a_lease_dies_with_its_run(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_lease, "WAIT_S", 0.2)
    process = start(url, 60)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    with SqlJournal.open(url) as journal, journal.lease():
        pass


def test_a_journal_in_memory_is_nobody_elses() -> None:
    with SqlJournal.open("sqlite://") as journal, journal.lease(), journal.lease():
        pass
