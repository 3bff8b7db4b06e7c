"""Exactly once, under every fault: each strikes at each student's first try.

`uv run python -m tests.benchmarks.delivery [--students 200] [NAME ...]` prints a table: the fault,
how many runs it took, how many digests stand there (or were taken by the mail server) in all, and
how many students have none or more than one. `--kills` adds the chains of SIGKILL, which take long.
"""

import argparse
import io
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from bot.adapters import github_client
from bot.rendering.marker import parse_marker
from bot.sandbox.faults import (
    Fault,
    Match,
    bad_gateway,
    call_after,
    call_before,
    dropped_connection,
    secondary_limit,
    slow_answer,
    unprocessable,
)
from bot.sandbox.messages import Request
from bot.sandbox.world import World
from tests.benchmarks.tables import print_table
from tests.stage import CLUB_REPOSITORY, NOW, TOKEN, Stage, open_stage
from tests.week.killing import Week, start

#: Runs after which a chain that does not end is a fault of its own.
MAX_RUNS = 60
#: Fictional names: one project for each pair.
_FIRST = (
    *("amber", "birch", "cedar", "delta", "ember", "fjord"),
    *("grove", "heath", "islet", "juniper", "kestrel", "lagoon"),
)
_SECOND = (
    *("anvil", "bobbin", "chisel", "dynamo", "easel", "funnel"),
    *("gasket", "hinge", "ingot", "jigsaw", "kettle", "ladle"),
)
_THIRD = ("north", "south")


@dataclass
class Count:
    """What stands there after the runs."""

    n_runs: int
    of_student: Counter[str]
    exit_codes: list[int] = field(default_factory=list)

    def row(self, name: str, students: list[str]) -> list[object]:
        n_none = sum(not self.of_student[one] for one in students)
        n_more = sum(self.of_student[one] > 1 for one in students)
        codes = " ".join(f"{code}x{n}" for code, n in sorted(Counter(self.exit_codes).items()))
        return [name, self.n_runs, codes, self.of_student.total(), n_none, n_more]


HEADS = ["fault, at each student's first try", "runs", "exit codes", "digests", "none", "more"]


def students_of(n: int) -> list[str]:
    return [f"student-{number:03}" for number in range(n)]


def build_world(n: int) -> World:
    """A free Go issue for each student, each in a project of its own."""
    world = World(NOW)
    names = list(product(_FIRST, _SECOND, _THIRD))[: n + 20]
    for first, second, third in names:
        repository = world.add_repository(
            f"{first}-{third}/{second}",
            language="Go",
            stars=99,
            description="Tools.",
            pushed_at=NOW,
        )
        title = f"Explain the {first} {second} of the {third}"
        body = "Look, measure, draw.\n" * 40
        world.open_issue(repository, "marisol-example", title, body, ("good first issue",))
    return world


@contextmanager
def prepared(n: int, post: str, *, channel: str = "") -> Iterator[Stage]:
    """A stage on which the week of so many students is prepared."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        # A read time-out costs a second, not thirty; PyGithub takes whole ones only.
        patch.setattr(github_client, "TIMEOUT_S", 1)
        with open_stage(Path(folder), patch, build_world(n)) as stage:
            club = f"name: Test Club\nrepository: {CLUB_REPOSITORY}\nexample: true\npost: {post}\n"
            each = f"languages: [Go]\npicks: 1\n{channel}"
            stage.write_config(dict.fromkeys(students_of(n), each), club)
            assert quietly(stage, "prepare") == 0
            yield stage


def quietly(stage: Stage, command: str, *more: str) -> int:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return stage.call(command, "--live", *more)


def posted(stage: Stage) -> Counter[str]:
    """How many digests of the week stand there, by student: as issues and as comments."""
    markers = (parse_marker(body) for _, _, body in stage.posts())
    return Counter(marker.login for marker in markers if marker)


class FirstTry:
    """Matches the first write of each digest, by the first line that it carries."""

    def __init__(self, every: int = 1) -> None:
        self._seen: set[str] = set()
        self._every, self._n = every, 0

    def __call__(self, request: Request) -> bool:
        first, _, _ = str(request.fields.get("body", "")).partition("\n")
        if request.method != "POST" or not first.startswith("<!-- foothold") or first in self._seen:
            return False
        self._seen.add(first)
        self._n += 1
        return self._n % self._every == 0


def with_fault(n: int, post: str, fault: Fault, every: int = 1) -> Count:
    with prepared(n, post) as stage:
        stage.sandbox.faults.add(fault, Match(where=FirstTry(every)), times=None)
        codes = []
        while (code := quietly(stage, "deliver")) != 0 and len(codes) < MAX_RUNS:
            codes.append(code)
        return Count(len(codes) + 1, posted(stage), [*codes, code])


def killed(n: int, post: str) -> Count:
    """A chain of runs, each killed further on, until one has nothing left to do.

    Each run serves a student and dies at the next one's: after a write of the journal (digest put
    in, intent, receipt), before a POST reaches GitHub, or when GitHub has done it and not said so.
    """
    n_posts = 2 if post == "rolling" else 1
    with prepared(n, post) as stage:
        state = f"sqlite:///{stage.folder / 'state.db'}"
        week = Week(stage.sandbox.url, TOKEN, state, stage.config, NOW)
        deaths: list[Callable[[], Any]] = [
            partial(start, week, 3 + nth, after=True, prepare=False) for nth in range(3)
        ]
        deaths += [
            partial(_killed_at_post, stage, week, moment, n_posts + nth)
            for nth in range(n_posts)
            for moment in (call_before, call_after)
        ]
        codes: list[int] = []
        for number in range(MAX_RUNS * n):
            process = deaths[number % len(deaths)]()
            process.join()
            stage.sandbox.faults.clear()
            codes.append(process.exitcode)
            if number % 20 == 0:
                print(f"{number} kills, {posted(stage).total()} digests", file=sys.stderr)
            if process.exitcode == 0:
                break
        return Count(len(codes), posted(stage), codes)


def _killed_at_post(stage: Stage, week: Week, moment: Any, nth: int) -> Any:
    pids: list[int] = []

    def kill() -> None:
        os.kill(pids[0], signal.SIGKILL)

    fault = moment(kill, drop=True) if moment is call_before else moment(kill)
    stage.sandbox.faults.add(fault, Match(where=FirstTry()), skip=nth)
    process = start(week, prepare=False)
    pids.append(process.pid)
    return process


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--kills", action="store_true")
    options = parser.parse_args()
    n, students = options.students, students_of(options.students)
    faults: dict[str, tuple[Fault, int]] = {
        "none": (Fault("none"), 1),
        "502 after the write": (bad_gateway(after_write=True), 1),
        "connection dropped after the write": (dropped_connection(after_write=True), 1),
        "connection dropped before the write": (dropped_connection(), 1),
        "read time-out, written": (slow_answer(1.1), 1),
        "403 secondary limit, at every 20th": (secondary_limit(), 20),
        "422": (unprocessable(), 1),
    }
    for post in ("rolling", "weekly"):
        rows = []
        for name, (fault, every) in faults.items():
            if not options.names or any(one in name for one in options.names):
                rows.append(with_fault(n, post, fault, every).row(name, students))
                print(rows[-1], file=sys.stderr)
        if options.kills:
            rows.append(killed(n, post).row("SIGKILL at every step", students))
        print_table(f"post: {post}, {n} students", HEADS, rows)


if __name__ == "__main__":
    main()
