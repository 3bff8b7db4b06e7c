"""Searches that are cut short: who is served, who is held, and what is said of it."""

import json
from datetime import timedelta
from pathlib import Path

from bot.sandbox import faults
from bot.sandbox.faults import Match
from bot.sandbox.world import World
from tests.stage import NOW, WEEK, Stage, open_stage


def _run(stage: Stage, *arguments: str, command: str = "run", now=NOW) -> int:
    return stage.call(command, "--live", "--out", str(stage.folder / "out"), *arguments, now=now)


def _digest(stage: Stage, login: str) -> dict:
    return json.loads((stage.folder / "out" / WEEK / f"{login}.json").read_text("utf-8"))


def test_a_digest_from_a_half_read_search_is_prepared_anew_before_it_is_sent(stage, capsys) -> None:
    stage.write_config({"ada-example": "languages: [Python, Rust, Go, TypeScript]\n"})
    stage.sandbox.faults.add(faults.rate_limited(), skip=2, times=None)
    assert _run(stage) == 3
    assert stage.posts() == []
    stage.sandbox.faults.clear()
    capsys.readouterr()
    assert _run(stage, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["complete"] is True
    assert report["harvest"]["points"] > 0
    assert _digest(stage, "ada-example")["complete"] is True
    assert len(stage.posts()) == 1


def test_nobody_is_told_of_a_quiet_week_because_github_did_not_answer(stage, capsys) -> None:
    stage.write_config({"ada-example": "languages: [Python]\n"})
    assert _run(stage) == 0
    later = NOW + timedelta(weeks=30)
    reads = Match(where=lambda request: request.is_graphql)
    stage.sandbox.faults.add(faults.rate_limited(), reads, times=None)
    capsys.readouterr()
    assert stage.call("run", "--live", "--json", now=later) == 3
    report = json.loads(capsys.readouterr().out)
    assert [one["status"] for one in report["students"]] == ["held"]
    assert len(stage.posts()) == 1


def test_a_token_that_finds_nothing_at_all_is_told(tmp_path: Path, monkeypatch, capsys) -> None:
    with open_stage(tmp_path, monkeypatch, World(NOW)) as stage:
        stage.write_config({"ada-example": "languages: [Python]\n"})
        assert _run(stage) == 3
        assert stage.posts() == []
    told = capsys.readouterr().err
    assert "finds nothing at all" in told
    assert "try: Set HARVEST_TOKEN" in told


def test_a_newcomer_whose_search_fails_keeps_nobody_elses_digest(stage: Stage, capsys) -> None:
    stage.write_config({"ada-example": "languages: [Python]\n"})
    assert _run(stage, command="prepare") == 0
    stage.write_config({"ada-example": "languages: [Python]\n", "new-example": "languages: [Go]\n"})
    search = Match(operation="SearchIssues")
    stage.sandbox.faults.add(faults.not_json_body(), search, times=None)
    capsys.readouterr()
    assert _run(stage, "--json") == 3
    report = json.loads(capsys.readouterr().out)
    statuses = {one["login"]: one["status"] for one in report["students"]}
    assert statuses == {"ada-example": "sent", "new-example": "held"}
    assert not report["complete"]
    assert len(stage.posts()) == 1


def test_one_search_that_always_breaks_off_leaves_the_others(stage: Stage, capsys) -> None:
    broken = Match(where=lambda request: b'language:\\"Go\\"' in request.body)
    stage.sandbox.faults.add(faults.not_json_body(), broken, times=None)
    assert _run(stage, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert report["complete"] is False
    assert any("Not read: issues of Go" in note for note in report["notes"])
    assert {one["login"]: one["status"] for one in report["students"]}["ada-example"] == "sent"
