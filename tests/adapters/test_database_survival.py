"""The journal's database under two processes at once, and under kill -9."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.adapters.database import SqlJournal
from tests.contracts.steps import ISSUE, W47, W48, offered, receipt_of

REPOSITORY_ROOT = Path(__file__).parents[2]

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


#: Forks children, of which each kills itself one statement later within the act than the last.
MARTYR = """
import os, signal, sys
from sqlalchemy import event
from bot.adapters.database import SqlJournal
from tests.contracts.steps import W46, W48, deliver, digest_of, record

folder, act = sys.argv[1:]

def prepare(url):
    with SqlJournal.open(url) as journal:
        record(journal, digest_of("ada-example", "a/b#1", week=W46), week=W46)
        record(journal, digest_of("ben-example", "a/b#2", "a/b#3?"))

def run(journal):
    if act == "record_week":
        digests = [digest_of(f"{name}-example", f"a/{name}#4", week=W48) for name in ("ada", "eve")]
        record(journal, *digests, week=W48)
    elif act == "replace_digest":
        journal.replace_digest(digest_of("ben-example", "a/b#6", "a/b#7"))
    else:
        deliver(journal, "ben-example")

def child(url, fatal):
    journal = SqlJournal.open(url)
    seen = [0]
    def count(*_):
        seen[0] += 1
        if seen[0] == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(journal._engine, "after_cursor_execute", count)
    run(journal)
    os._exit(0)

for fatal in range(1, 100):
    url = f"sqlite:///{folder}/{fatal}.db"
    prepare(url)
    pid = os.fork()
    if pid == 0:
        child(url, fatal)
    status = os.waitpid(pid, 0)[1]
    if not os.WIFSIGNALED(status):
        break
    assert os.WTERMSIG(status) == signal.SIGKILL
print(fatal - 1)
"""


@pytest.mark.parametrize("act", ["record_week", "replace_digest", "record_receipt"])
def test_a_journal_killed_within_an_act_is_as_it_was_before(tmp_path: Path, act: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MARTYR, str(tmp_path), act],
        cwd=REPOSITORY_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    n_killed = int(done.stdout)
    assert n_killed >= 4, "killed after BEGIN and after every statement"
    for number in range(1, n_killed + 1):
        with SqlJournal.open(f"sqlite:///{tmp_path}/{number}.db") as journal:
            assert offered(journal) == [
                (W47, "ben-example", "a/b#2"),
                (W47, "ben-example", "a/b#3"),
            ]
            assert receipt_of(journal, W47, "ben-example", ISSUE) is None
            assert journal.entries(W48) == ()
    with SqlJournal.open(f"sqlite:///{tmp_path}/{n_killed + 1}.db") as journal:
        assert offered(journal) != [(W47, "ben-example", "a/b#2"), (W47, "ben-example", "a/b#3")]
