"""A run that is played once, for all tests that begin where it ended: each gets a copy."""

import io
import json
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.world import World
from tests.stage import Stage, open_stage


@dataclass(frozen=True)
class Played:
    """What a live run left: the world, the state, the configuration, and its files in `out`."""

    world: bytes
    folder: Path
    #: What the run said on stdout and stderr.
    said: tuple[str, str]
    #: What GitHub counted.
    points: int

    @property
    def report(self) -> dict[str, Any]:
        return json.loads(self.said[0])

    @contextmanager
    def copied(self, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Stage]:
        """A stage of one's own on which the run is over."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        with open_stage(folder, patch, pickle.loads(self.world)) as stage:
            yield stage


def play(
    command: str, folder: Path, configure: Callable[[Stage], object], world: World | None = None
) -> Played:
    """Play a live command, which must end well, on a stage over this folder."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, open_stage(folder, patch, world) as stage:
        configure(stage)
        with redirect_stdout(out), redirect_stderr(err):
            assert stage.call(command, "--live", "--json", "--out", str(folder / "out")) == 0
        paid = sum(one.points for one in stage.sandbox.requests if one.kind.startswith("graphql"))
        return Played(pickle.dumps(stage.world), folder, (out.getvalue(), err.getvalue()), paid)
