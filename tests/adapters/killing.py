"""Kills an act on the journal after each of its statements, one after the other."""

import subprocess
import sys
from pathlib import Path

REPOSITORY_ROOT = Path(__file__).parents[2]

#: Forks children, of which each kills itself one statement later within the act than the last.
MARTYR = """
import importlib, os, signal, sys
from sqlalchemy import event
from bot.adapters.database import SqlJournal

folder, module, act = sys.argv[1:]
scene = importlib.import_module(module)

def child(url, fatal):
    journal = SqlJournal.open(url)
    seen = [0]
    def count(*_):
        seen[0] += 1
        if seen[0] == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(journal._engine, "after_cursor_execute", count)
    scene.ACTS[act](journal)
    os._exit(0)

for fatal in range(1, 100):
    url = f"sqlite:///{folder}/{fatal}.db"
    with SqlJournal.open(url) as journal:
        scene.prepare(journal)
    pid = os.fork()
    if pid == 0:
        child(url, fatal)
    status = os.waitpid(pid, 0)[1]
    if not os.WIFSIGNALED(status):
        assert status == 0
        break
    assert os.WTERMSIG(status) == signal.SIGKILL
print(fatal - 1)
"""


def kill_within(folder: Path, module: str, act: str) -> tuple[list[str], str]:
    """The journals in which the act was killed, after BEGIN first, and the one where it was not.

    The module has `prepare`, which fills a journal, and `ACTS` by name.
    """
    done = subprocess.run(
        [sys.executable, "-c", MARTYR, str(folder), module, act],
        cwd=REPOSITORY_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    urls = [f"sqlite:///{folder}/{number}.db" for number in range(1, int(done.stdout) + 2)]
    return urls[:-1], urls[-1]
