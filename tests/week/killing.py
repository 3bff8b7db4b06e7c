"""A live week in a process of its own that dies at a given step.

The steps are the journal's writes (before and after each) and, from the test's side, every request
that reaches GitHub (before and after the world is touched).
"""

import hashlib
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.journal import Journal
from tests.stage import Stage

WRITES = ("record_week", "replace_digest", "record_intent", "record_setback", "record_receipt")


@dataclass(frozen=True)
class Week:
    """All that the process needs to know."""

    url: str
    token: str
    state: str
    config: Path
    now: datetime
    #: The mail server and the key, where digests are mailed.
    smtp: str | None = None
    key: str | None = None


class DyingJournal:
    """A journal whose process dies before or after its nth write (counted from 0; -1: never)."""

    def __init__(self, journal: Journal, nth: int, *, after: bool) -> None:
        self._journal, self._nth, self._after, self._count = journal, nth, after, 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._journal, name)
        return self._dying(method) if name in WRITES else method

    def _dying(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def write(*arguments: Any) -> Any:
            dies = self._count == self._nth
            self._count += 1
            if dies and not self._after:
                os.kill(os.getpid(), signal.SIGKILL)
            result = method(*arguments)
            if dies:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return write


class Reruns:
    """How reruns end, by what a killed run left behind.

    At each moment a process really dies. Many leave the same, for nothing was written between
    them: from there a rerun has no choice but to go the same way, and is played once.
    """

    def __init__(self) -> None:
        self._ends: dict[str, dict[str, Any]] = {}

    @property
    def n_played(self) -> int:
        return len(self._ends)

    def end(self, stage: Stage, rerun: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The end of a rerun on this stage."""
        left = _left_behind(stage)
        if left not in self._ends:
            self._ends[left] = rerun()
        return self._ends[left]


def _left_behind(stage: Stage) -> str:
    """All that a rerun can find, the world and every file, as a digest; nothing is opened."""
    found = hashlib.sha256(pickle.dumps(stage.world))
    for path in sorted(one for one in stage.folder.rglob("*") if one.is_file()):
        found.update(f"\n{path.relative_to(stage.folder)} {path.stat().st_size}\n".encode())
        # A lease is a lock, in which nothing stands; SQLite puts dice into its journal's head.
        if not path.name.endswith(".lease-journal"):
            found.update(path.read_bytes())
    return found.hexdigest()


def start(
    week: Week, nth_write: int | None = None, *, after: bool = False, prepare: bool = True
) -> BaseProcess:
    """Start the week; with `nth_write` it dies there."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.week.rehearsal"])
    process = context.Process(target=_run, args=(week, nth_write, after, prepare))
    process.start()
    return process


def _run(week: Week, nth_write: int | None, after: bool, prepare: bool) -> None:
    nth = -1 if nth_write is None else nth_write
    raise SystemExit(live(week, nth, after=after, prepare=prepare))


def live(week: Week, nth: int = -1, *, after: bool = False, prepare: bool = True) -> int:
    """Run the week in this process and return its exit code."""
    from bot.app import Job, run_week
    from bot.session import Request, open_session
    from bot.settings import Settings

    settings = Settings(
        week.url, week.token, week.token, state=week.state, smtp=week.smtp, key=week.key
    )
    request = Request(week.config, now=week.now, live=True)
    with open_session(request, settings) as session:
        journal: Any = DyingJournal(session.journal, nth, after=after)
        jobs = [Job.LEARN, Job.PREPARE, Job.DELIVER] if prepare else [Job.DELIVER]
        return run_week(replace(session, journal=journal), jobs).exit_code
