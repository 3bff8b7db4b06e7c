"""A delivery on a runner that forgets: a fresh clone, an empty state, and death at a given step.

Each runner is a process of its own that pulls the branch and delivers. A machine that is lost takes
its journal along, so between two things that the world sees one moment is like any other: the steps
are pushes, and intents as the moments right before something is sent. What GitHub wrote and the
mail server took is counted on the test's side.
"""

import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.adapters.git_command import run_git
from bot.errors import BotError

STEPS = frozenset({"attest", "record_intent", "end"})


@dataclass(frozen=True)
class Runner:
    """All that the process needs to know."""

    api_url: str
    token: str
    #: What it clones, and where to.
    bare: Path
    folder: Path
    now: datetime
    smtp: str
    key: str
    repository: str
    jobs: tuple[str, ...] = ("deliver",)

    @property
    def told(self) -> list[str]:
        """What a run that ended said went wrong, with what to do."""
        return list(json.loads((self.folder / "told.json").read_text()))

    def start(self, doom: int = -1) -> BaseProcess:
        """Begin; with `doom` it dies after that step, counted from 0."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["tests.week.rehearsal"])
        process = context.Process(target=_run, args=(self, doom))
        process.start()
        return process

    def run(self) -> int | None:
        """Run to the end; the exit code."""
        process = self.start()
        process.join()
        return process.exitcode


class Dying:
    """Whatever it wraps, its process dies when the `doom`-th step of all of these is done."""

    n_done = 0

    def __init__(self, wrapped: Any, doom: int) -> None:
        self._wrapped, self._doom = wrapped, doom

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._wrapped, name)
        return self._step(found) if name in STEPS else found

    def _step(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def do(*arguments: Any) -> Any:
            result = method(*arguments)
            if Dying.n_done == self._doom:
                os.kill(os.getpid(), signal.SIGKILL)
            Dying.n_done += 1
            return result

        return do


def _run(runner: Runner, doom: int) -> None:
    try:
        code = live(runner, doom)
    except BotError as error:
        code = error.exit_code
    raise SystemExit(code)


def live(runner: Runner, doom: int = -1) -> int:
    """Clone, pull, do the jobs, as a workflow's steps do; the exit code."""
    from bot.app import Job, run_week
    from bot.commands.state import pull_state
    from bot.session import Request, open_session
    from bot.settings import Settings

    run_git(["clone", "--quiet", str(runner.bare), str(runner.folder)], runner.bare)
    os.chdir(runner.folder)
    settings = Settings(
        *(runner.api_url, runner.token, runner.token),
        repository=runner.repository,
        state="sqlite:///.foothold/state.db",
        smtp=runner.smtp,
        key=runner.key,
        git_token=runner.token,
    )
    request = Request(Path("config"), now=runner.now, records=True)
    with open_session(request, settings) as session:
        pull_state(session, force=False)
    with open_session(replace(request, live=True), settings) as session:
        means: dict[str, Any] = {
            name: Dying(getattr(session, name), doom) for name in ("journal", "branch")
        }
        result = run_week(replace(session, **means), [Job(one) for one in runner.jobs])
    told = [f"{one.message} {one.advice}" for one in result.errors]
    (runner.folder / "told.json").write_text(json.dumps(told))
    return result.exit_code
