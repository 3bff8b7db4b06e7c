"""Two runs at once on one state: one works, the other waits, and nobody gets a second digest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.faults import Match, slow_answer
from tests.stage import CLUB, NOW, TOKEN, Stage, open_stage
from tests.week.killing import Week, start
from tests.week.small import STUDENTS, small_world


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with open_stage(tmp_path, monkeypatch, small_world()) as opened:
        opened.write_config(STUDENTS, CLUB)
        yield opened


def test_two_runs_at_once_send_each_digest_once(stage: Stage) -> None:
    state = f"sqlite:///{stage.folder / 'state.db'}"
    week = Week(stage.sandbox.url, TOKEN, state, stage.config, NOW)
    stage.sandbox.faults.add(slow_answer(0.3), Match(method="POST"), times=None)
    runs = [start(week) for _ in range(2)]
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0]
    assert len(stage.posts()) == len(STUDENTS)
    assert len(stage.repository()) == len(STUDENTS)
