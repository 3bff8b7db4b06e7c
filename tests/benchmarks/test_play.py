"""That the benchmark sees what the bot does: one small run, in processes of their own."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from tests.benchmarks.play import Play, playing
from tests.benchmarks.stage import Run
from tests.benchmarks.truth import Ref
from tests.benchmarks.wishes import EXAMPLE
from tests.benchmarks.worlds import NOW

SIZE = 60


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    """One world for all tests of this file, which change nothing of it."""
    with playing(tmp_path_factory.mktemp("play") / "small", SIZE, EXAMPLE) as play:
        yield play


@pytest.fixture(scope="module")
def run(played: Play) -> Run:
    return played.stage.run(NOW)


@pytest.fixture
def play(played: Play, run: Run, tmp_path: Path) -> Play:
    """The world and the state after the run, as a copy of the test's own."""
    shutil.copy(played.stage.folder / "state.db", tmp_path)
    stage = replace(played.stage, folder=tmp_path)
    return replace(played, world=deepcopy(played.world), stage=stage)


def forget(play: Play, number: int | None = None) -> None:
    """Take the issues of a number out of the state, or all."""
    which = "" if number is None else f" WHERE number = {number}"
    with closing(sqlite3.connect(play.stage.folder / "state.db")) as database, database:
        database.execute(f"DELETE FROM harvested_issues{which}")


def refs(run: Run) -> list[Ref]:
    return [(pick["repository"], pick["number"]) for pick in run.picks]


def test_a_run_tells_what_it_cost(run: Run):
    asked = [one for one in run.asked if one["kind"].startswith("graphql")]

    assert (run.exit_code, run.report["complete"]) == (0, True)
    assert run.total == {"points": sum(one["points"] for one in asked), "requests": len(asked)}
    assert run.seconds > 0
    assert 20 < run.peak_mb < 1_000
    assert run.n_ids("I_") >= len(run.picks) > 0


def test_a_complete_run_over_a_small_world_loses_nothing(play: Play, run: Run):
    assert len(play.truth()) == SIZE
    assert play.lost(run) == set()
    assert play.examples(set()) == []


def test_what_the_state_does_not_hold_is_lost(play: Play, run: Run):
    number = refs(run)[0][1]
    forgotten = {ref for ref in play.truth() if ref[1] == number}

    forget(play, number)

    assert refs(run)[0] in forgotten
    assert play.lost(run) == forgotten
    assert play.examples(forgotten)[0].startswith("{}#{},".format(*min(forgotten)))


def test_where_nothing_is_held_everything_is_lost_and_some_of_it_is_told(play: Play, run: Run):
    forget(play)

    assert play.lost(run) == set(play.truth())
    assert play.n_gone() == 0
    assert len(play.examples(set(play.truth()))) == 3


def test_where_there_is_no_state_the_report_says_how_many_were_lost(play: Play, run: Run):
    (play.stage.folder / "state.db").unlink()
    few = replace(run, report={"harvest": {"issues": SIZE - 7}})

    assert play.lost(few) == 7
    assert play.n_gone() is None


def test_a_pick_that_somebody_took_since_is_a_bad_one(play: Play, run: Run):
    assert play.bad_picks(run) == {}
    n_gone = play.n_gone()
    first, second, *_ = refs(run)

    play.world.issues[first]["assignees"] = ["heron-1-example"]
    play.world.repositories[second[0]]["archived"] = True

    assert play.bad_picks(run)["not free"] == 1
    assert play.bad_picks(run)["not to be seen"] >= 1
    assert play.n_gone() >= n_gone + 2
