"""What is urgent stands in the report of the week's own runs."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.sandbox import faults
from bot.sandbox.faults import Match
from tests.stage import CLUB_REPOSITORY, NOW, POSTER, TOKEN, Stage, open_stage
from tests.week.small import STUDENTS, small_world


@pytest.fixture
def stage(tmp_path, monkeypatch) -> Iterator[Stage]:
    monkeypatch.chdir(tmp_path)
    with open_stage(tmp_path, monkeypatch, small_world()) as stage:
        stage.write_config(STUDENTS)
        yield stage


def notes(stage: Stage, capsys, *arguments: str, now=NOW) -> list[str]:
    capsys.readouterr()
    assert stage.call(*arguments, "--json", now=now) == 0
    found = json.loads(capsys.readouterr().out)["notes"]
    return [one for one in found if "ends in" in one or "ago" in one]


def ends_in(stage: Stage, days: int) -> None:
    stage.sandbox.tokens.add(TOKEN, POSTER, expires_at=NOW + timedelta(days=days))


def test_a_token_that_ends_soon_is_told_by_the_weeks_runs(stage, capsys):
    ends_in(stage, 12)
    [note] = notes(stage, capsys, "learn", "--live")
    assert note.startswith("GITHUB_TOKEN ends in 12 days, on 2026-12-04.")
    assert "FOOTHOLD_TOKEN" in note
    assert len(notes(stage, capsys, "run", "--live")) == 1


def test_a_token_that_lasts_is_not(stage, capsys):
    ends_in(stage, 60)
    assert notes(stage, capsys, "run", "--live") == []


def test_runs_that_only_deliver_keep_still(stage, capsys):
    ends_in(stage, 12)
    assert notes(stage, capsys, "deliver", "--live") == []


def test_a_dry_run_asks_no_token_for_its_end(stage, capsys):
    assert notes(stage, capsys, "run") == []
    assert "/rate_limit" not in {one.path for one in stage.sandbox.requests}


def test_a_week_that_nobody_sent_is_told_by_the_next_run(stage, capsys):
    assert notes(stage, capsys, "run", "--live") == []
    assert notes(stage, capsys, "run", "--live", now=NOW + timedelta(days=7)) == []
    [note] = notes(stage, capsys, "run", "--live", now=NOW + timedelta(days=21))
    assert note.startswith("The last digest went out 14 days ago, on 2026-11-29.")


def test_a_public_repositorys_workflow_tells_of_the_sixty_day_stop(stage, capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_REPOSITORY", CLUB_REPOSITORY)
    home = stage.world.repository(CLUB_REPOSITORY)
    home.pushed_at = NOW - timedelta(days=40)
    assert notes(stage, capsys, "learn", "--live") == []

    home.private = False
    stage.write_config({"ada-example": "languages: [Go]\npublic: true\n"})

    [note] = notes(stage, capsys, "learn", "--live")
    assert "GitHub stops the schedules in 20 days." in note
    assert "foothold history --live" in note


def test_what_cannot_be_looked_at_fails_no_run(stage, capsys):
    ends_in(stage, 12)
    stage.sandbox.faults.add(faults.bad_gateway(), Match(path="/rate_limit"))
    assert notes(stage, capsys, "learn", "--live") == []
