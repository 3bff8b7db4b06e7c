"""Killed at any moment and started again, the week ends in the same state (README, promise 3)."""

import os
import signal
from collections.abc import Iterator
from itertools import count
from multiprocessing.process import BaseProcess
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text

from bot.sandbox.faults import call_after, call_before
from tests.stage import CLUB, NOW, TOKEN, Stage, open_stage
from tests.week.killing import Reruns, Week, start
from tests.week.small import STUDENTS, small_world


def _week(stage: Stage, name: str) -> Week:
    state = f"sqlite:///{stage.folder / name}.db"
    return Week(stage.sandbox.url, TOKEN, state, stage.config, NOW)


def _end_state(stage: Stage, week: Week) -> dict[str, Any]:
    """Every row of the journal, and every post."""
    engine = create_engine(week.state)
    with engine.connect() as connection:
        rows = {
            name: sorted(map(str, connection.execute(text(f"select * from {name}"))))
            for name in inspect(engine).get_table_names()
        }
    engine.dispose()
    return {"journal": rows, "posts": stage.repository()}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Opens one stage after the other, each with an untouched world."""
    with pytest.MonkeyPatch.context() as patch:

        def opened() -> Any:
            return open_stage(tmp_path_factory.mktemp("club"), patch, small_world())

        yield opened


@pytest.fixture(scope="module")
def reruns() -> Reruns:
    return Reruns()


@pytest.fixture(scope="module")
def undisturbed(fresh: Any) -> tuple[dict[str, Any], int]:
    """The end of a week that nobody kills, and how many requests it takes."""
    with fresh() as stage:
        stage.write_config(STUDENTS, CLUB)
        week = _week(stage, "whole")
        process = start(week)
        process.join()
        assert process.exitcode == 0
        return _end_state(stage, week), len(stage.sandbox.requests)


def _start_doomed(stage: Stage, week: Week, moment: Any, nth: int) -> BaseProcess:
    """Start a week that dies when its nth request reaches GitHub, or has been carried out there."""
    pids: list[int] = []
    stage.sandbox.faults.add(moment(lambda: os.kill(pids[0], signal.SIGKILL)), skip=nth)
    process = start(week)
    assert process.pid is not None
    pids.append(process.pid)
    return process


def _again(stage: Stage, week: Week) -> dict[str, Any]:
    process = start(week)
    process.join()
    assert process.exitcode == 0
    return _end_state(stage, week)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_killed_at_any_write_of_the_journal_a_rerun_ends_in_the_same_state(
    fresh: Any, undisturbed: Any, reruns: Reruns, after: bool
) -> None:
    expected, _ = undisturbed
    assert len(expected["posts"]) == len(STUDENTS)
    for nth in count():
        with fresh() as stage:
            stage.write_config(STUDENTS, CLUB)
            week = _week(stage, "killed")
            process = start(week, nth, after=after)
            process.join()
            if process.exitcode == 0:
                break
            assert process.exitcode == -signal.SIGKILL
            ended = reruns.end(stage, lambda stage=stage, week=week: _again(stage, week))
            assert ended == expected, f"killed at write {nth}"
    assert nth == 1 + 3 * len(STUDENTS)
    assert reruns.n_played >= nth


@pytest.mark.parametrize("moment", [call_before, call_after])
def test_killed_at_any_request_a_rerun_ends_in_the_same_state(
    fresh: Any, undisturbed: Any, reruns: Reruns, moment: Any
) -> None:
    expected, n_requests = undisturbed
    for nth in range(n_requests):
        with fresh() as stage:
            stage.write_config(STUDENTS, CLUB)
            week = _week(stage, "killed")
            process = _start_doomed(stage, week, moment, nth)
            process.join()
            assert process.exitcode == -signal.SIGKILL
            ended = reruns.end(stage, lambda stage=stage, week=week: _again(stage, week))
            assert ended == expected, f"killed at request {nth}"
