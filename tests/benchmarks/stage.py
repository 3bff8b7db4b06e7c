"""The benchmark's stage: a sandbox and the bot, each in a process of its own.

Comes in: a world file, a configuration. Goes out: what a run of `foothold` reported, what it took,
and what the sandbox was asked meanwhile.
"""

import json
import os
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import requests

from tests.benchmarks.truth import Ref

ROOT = Path(__file__).parents[2]
TOKEN = "benchmark"
#: More than any world costs: the budget in club.yaml is what ends a run.
HOURLY = 1_000_000
STEPS = ("page", "repositories", "details", "verification")
Json = dict[str, Any]


class Served:
    """A sandbox that serves a world; `acts` of people go through its control door."""

    def __init__(self, world: Path) -> None:
        command = [sys.executable, "-m", "bot.sandbox", str(world), "--hourly", str(HOURLY)]
        self._process = subprocess.Popen(
            [*command, "--token", f"{TOKEN}=reader-example"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        self._door = requests.Session()
        self._n_seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()
        self._process.terminate()
        self._process.wait(timeout=30)

    def act(self, name: str, /, **arguments: object) -> Json:
        """Do an act of the control door; HTTPError if it refuses."""
        answer = self._door.post(f"{self.url}/_sandbox/{name}", json=arguments, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def asked(self) -> list[Json]:
        """What was asked since the last look."""
        seen = self._door.get(f"{self.url}/_sandbox/requests", timeout=60).json()
        new, self._n_seen = seen[self._n_seen :], len(seen)
        return new


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the bot: its report, its digests by login, what it took, what it asked."""

    command: str
    exit_code: int
    seconds: float
    peak_mb: float
    report: Json
    digests: dict[str, Json]
    asked: list[Json] = field(repr=False)
    #: What the person at the terminal read.
    told: str = field(repr=False)

    @property
    def was_done(self) -> bool:
        return bool(self.report)

    def points(self, step: str) -> int:
        return self._cost(step)["points"]

    def requests(self, step: str) -> int:
        return self._cost(step)["requests"]

    def _cost(self, step: str) -> Json:
        steps = self.report.get("harvest", {}).get("by_step", {})
        return steps.get(step, {"points": 0, "requests": 0})

    @property
    def total(self) -> Json:
        """What all steps cost, those too that have no column of their own in the tables."""
        steps = self.report.get("harvest", {}).get("by_step", {}).values()
        return {key: sum(cost[key] for cost in steps) for key in ("points", "requests")}

    @property
    def picks(self) -> list[Json]:
        """All picks and spares that stand in the digests."""
        return [pick for digest in self.digests.values() for pick in digest["picks"]]

    def n_ids(self, prefix: str) -> int:
        """How many ids of a kind were asked for: `R_` of repositories, `I_` of issues."""
        groups = (one["variables"].get("ids") or () for one in self.asked)
        return sum(one.startswith(prefix) for ids in groups for one in ids)


@dataclass(slots=True)
class Stage:
    """A folder with a configuration (`config`) and a state, and the sandbox to talk to."""

    folder: Path
    served: Served
    n_runs: int = 0

    def run(self, now: datetime, *options: str) -> Run:
        """Run the weekly job at a fixed time, without sending anything."""
        self.n_runs += 1
        out, measured = self.folder / f"out{self.n_runs}", self.folder / "measured.json"
        clock = f"{now:%Y-%m-%dT%H:%M:%SZ}"
        self.served.act("clock", now=clock)
        arguments = ["run", "--json", "--config", "config", "--now", clock, *options]
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.benchmarks.measure", str(measured)),
                *(sys.executable, "-c", "from bot.cli.main import main; main()"),
                *(*arguments, "--out", str(out)),
            ],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        digests = [json.loads(path.read_text("utf-8")) for path in sorted(out.rglob("*.json"))]
        return Run(
            command=shlex.join(["foothold", *arguments]),
            report=json.loads(done.stdout) if done.stdout.strip() else {},
            digests={digest["student"]: digest for digest in digests},
            asked=self.served.asked(),
            told=done.stderr,
            **json.loads(measured.read_text("utf-8")),
        )

    def held(self) -> set[Ref] | None:
        """The issues that the harvest holds, or None where the state does not tell."""
        state = self.folder / "state.db"
        if not state.exists():
            return None
        with closing(sqlite3.connect(state)) as database:
            try:
                rows: Sequence[Ref] = database.execute(
                    "SELECT name, number FROM harvested_issues"
                    " JOIN harvested_repositories ON harvested_repositories.id = repository_id"
                ).fetchall()
            except sqlite3.OperationalError:
                return None
        return {(repository, number) for repository, number in rows}

    def _environment(self) -> dict[str, str]:
        foreign = ("FOOTHOLD_", "GITHUB_", "HARVEST_TOKEN")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return kept | {
            "GITHUB_API_URL": self.served.url,
            "GITHUB_TOKEN": TOKEN,
            "FOOTHOLD_STATE": f"sqlite:///{self.folder / 'state.db'}",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
        }
