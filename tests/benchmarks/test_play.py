"""That the benchmark sees what the bot does: one small run, in processes of their own."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.benchmarks.play import Play, playing
from tests.benchmarks.stage import Run
from tests.benchmarks.wishes import EXAMPLE
from tests.benchmarks.worlds import NOW


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Play]:
    with playing(tmp_path_factory.mktemp("play") / "small", 60, EXAMPLE) as play:
        yield play


@pytest.fixture(scope="module")
def run(play: Play) -> Run:
    return play.stage.run(NOW)


def test_a_run_tells_what_it_cost(run: Run):
    asked = [one for one in run.asked if one["kind"].startswith("graphql")]

    assert (run.exit_code, run.report["complete"]) == (0, True)
    assert run.total == {"points": sum(one["points"] for one in asked), "requests": len(asked)}
    assert run.seconds > 0
    assert 20 < run.peak_mb < 1_000
    assert run.n_ids("I_") >= len(run.picks) > 0


def test_what_the_state_does_not_hold_is_lost(play: Play, run: Run):
    held, truth = play.stage.held(), play.truth()
    assert held is not None
    assert play.lost(run) == truth.keys() - held

    with closing(sqlite3.connect(play.stage.folder / "state.db")) as database, database:
        database.execute("DELETE FROM harvested_issues")

    assert play.lost(run) == set(truth)
    assert play.n_gone() == 0
    assert len(play.examples(set(truth))) == 3


def test_a_pick_that_somebody_took_since_is_a_bad_one(play: Play, run: Run):
    assert play.bad_picks(run) == {}
    first, second, *_ = run.picks

    play.world.issues[first["repository"], first["number"]]["assignees"] = ["heron-1-example"]
    play.world.repositories[second["repository"]]["archived"] = True

    assert play.bad_picks(run)["not free"] == 1
    assert play.bad_picks(run)["not to be seen"] >= 1
