"""Killed at any request while people are shown, heard and answered, a rerun ends in the same state.

Two runs are killed: one that takes up what students said and shows a mentor the new digests, and
one that hears the mentor and sends. A request that only reads is the same before and after it.
"""

import os
import pickle
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.sandbox.faults import Match, call_after, call_before
from bot.sandbox.messages import Request
from bot.sandbox.things import Issue
from bot.sandbox.world import World
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, TOKEN, Stage, open_stage
from tests.week.killing import Reruns, Week, start
from tests.week.small import STUDENTS, small_world

ADA, BEN, GRACE = "ada-example", "ben-example", "grace-example"
APPROVE = CLUB + f"review: approve\nmentors: [{{github: {GRACE}}}]\n"
LAST_WEEK = NOW - timedelta(weeks=1)
#: A reply, a thumb, a review post, the mention that calls its mentor; a reply, a digest, and the
#: older one folded up.
N_WRITES = {"answered": 4, "shown": 3}


@dataclass(frozen=True)
class Scene:
    """A world and a state, before a run or after it."""

    world: bytes
    state: Path

    @contextmanager
    def opened(self, folder: Path) -> Iterator[tuple[Stage, Week]]:
        """A copy of both, whoever plays on with it."""
        folder.mkdir(parents=True)
        world: World = pickle.loads(self.world)
        state = folder / "copy.db"
        if self.state.exists():
            shutil.copy(self.state, state)
        with pytest.MonkeyPatch.context() as patch, open_stage(folder, patch, world) as stage:
            stage.write_config(STUDENTS, APPROVE)
            yield stage, Week(stage.sandbox.url, TOKEN, f"sqlite:///{state}", stage.config, NOW)


def _play(stage: Stage, week: Week) -> None:
    process = start(week)
    process.join()
    assert process.exitcode == 0


def _kept(stage: Stage, folder: Path) -> Scene:
    return Scene(pickle.dumps(stage.world), folder / "copy.db")


def _posts(stage: Stage) -> list[Issue]:
    return list(stage.world.issues[CLUB_REPOSITORY].values())


def _review(stage: Stage) -> Issue:
    return next(one for one in _posts(stage) if "foothold:v1 review" in (one.body or "")[:60])


def _end(stage: Stage, week: Week) -> dict[str, Any]:
    """Every row of the state, every post, and every thumb."""
    engine = create_engine(week.state)
    with engine.connect() as connection:
        rows = {
            name: sorted(map(str, connection.execute(text(f"select * from {name}"))))
            for name in inspect(engine).get_table_names()
        }
    engine.dispose()
    thumbs = [[str(one.reactions) for one in post.comments or ()] for post in _posts(stage)]
    return {"state": rows, "posts": stage.repository(), "thumbs": thumbs}


def _played(stage: Stage, week: Week) -> dict[str, Any]:
    _play(stage, week)
    return _end(stage, week)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Digests of last week, and what students wrote under them."""
    folder = tmp_path_factory.mktemp("answered") / "club"
    with Scene(pickle.dumps(small_world(LAST_WEEK)), Path("none")).opened(folder) as (stage, week):
        stage.write_config(STUDENTS, CLUB)
        stage.world.set_now(LAST_WEEK)
        _play(stage, Week(week.url, week.token, week.state, week.config, LAST_WEEK))
        stage.world.set_now(LAST_WEEK + timedelta(days=1))
        for thread in _posts(stage):
            is_adas = ADA in (thread.body or "")[:80]
            login, said = (ADA, "/took 1") if is_adas else (BEN, "/more 1\n/frob")
            stage.world.comment(thread, login, said)
        return _kept(stage, folder)


@pytest.fixture(scope="module")
def shown(answered: Scene, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A review post, and what its mentor did with it."""
    folder = tmp_path_factory.mktemp("shown") / "club"
    with answered.opened(folder) as (stage, week):
        _play(stage, week)
        post = _review(stage)
        unticked = (post.body or "").replace("[x]", "[ ]", 1)
        stage.world.edit_issue(post, GRACE, body=unticked)
        stage.world.comment(post, GRACE, "/approve ada\n/frob")
        stage.world.comment(post, "mallory-example", "/approve")
        return _kept(stage, folder)


@pytest.fixture(scope="module")
def reruns() -> Reruns:
    return Reruns()


def _writes(request: Request) -> bool:
    if request.is_graphql:
        return b"mutation" in request.body
    return request.method != "GET"


MOMENTS: dict[str, tuple[Callable[..., Any], Match]] = {
    "before": (call_before, Match()),
    "after": (call_after, Match(where=_writes)),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", ["answered", "shown"])
def test_killed_at_any_request_a_rerun_ends_in_the_same_state(
    name: str, moment: str, reruns: Reruns, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    scene: Scene = request.getfixturevalue(name)
    with scene.opened(tmp_path / "whole") as (stage, week):
        _play(stage, week)
        expected = _end(stage, week)
    call, match = MOMENTS[moment]
    n_killed = 0
    while True:
        with scene.opened(tmp_path / str(n_killed)) as (stage, week):
            pids: list[int] = []
            fault = call(lambda pids=pids: os.kill(pids[0], signal.SIGKILL))
            stage.sandbox.faults.add(fault, match, skip=n_killed)
            process = start(week)
            assert process.pid is not None
            pids.append(process.pid)
            process.join()
            if process.exitcode == 0:
                break
            assert process.exitcode == -signal.SIGKILL
            ended = reruns.end(stage, lambda stage=stage, week=week: _played(stage, week))
            assert ended == expected, f"killed {moment} request {n_killed}"
        n_killed += 1
    assert n_killed >= N_WRITES[name]
    assert reruns.n_played >= N_WRITES[name]
