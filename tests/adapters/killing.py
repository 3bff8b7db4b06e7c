"""Kills acts on the journal after each of their statements, one after the other."""

import subprocess
import sys
from pathlib import Path

REPOSITORY_ROOT = Path(__file__).parents[2]

#: Forks children, of which each kills itself one statement later within its act than the last.
#: All begin with a copy of one journal, which nothing holds open.
MARTYR = """
import importlib, os, shutil, signal, sys
from sqlalchemy import event
from bot.adapters.database import SqlJournal

folder, module = sys.argv[1:]
scene = importlib.import_module(module)
with SqlJournal.open(f"sqlite:///{folder}/prepared.db") as journal:
    scene.prepare(journal)
assert os.listdir(folder) == ["prepared.db"]

def child(url, act, fatal):
    journal = SqlJournal.open(url)
    seen = [0]
    def count(*_):
        seen[0] += 1
        if seen[0] == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(journal._engine, "after_cursor_execute", count)
    act(journal)
    os._exit(0)

for name, act in scene.ACTS.items():
    os.mkdir(f"{folder}/{name}")
    for fatal in range(1, 100):
        file = f"{folder}/{name}/{fatal}.db"
        shutil.copy(f"{folder}/prepared.db", file)
        pid = os.fork()
        if pid == 0:
            child(f"sqlite:///{file}", act, fatal)
        status = os.waitpid(pid, 0)[1]
        if not os.WIFSIGNALED(status):
            assert status == 0
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    print(fatal - 1, name)
"""

#: By act: the journals in which it was killed, after BEGIN first, and the one where it was not.
Killed = dict[str, tuple[list[str], str]]


def kill_within(folder: Path, module: str) -> Killed:
    """Kill all acts of a module, which has `prepare` to fill a journal, and `ACTS` by name."""
    done = subprocess.run(
        [sys.executable, "-c", MARTYR, str(folder), module],
        cwd=REPOSITORY_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    killed: Killed = {}
    for line in done.stdout.splitlines():
        n_killed, _, name = line.partition(" ")
        urls = [f"sqlite:///{folder}/{name}/{n}.db" for n in range(1, int(n_killed) + 2)]
        killed[name] = (urls[:-1], urls[-1])
    return killed
