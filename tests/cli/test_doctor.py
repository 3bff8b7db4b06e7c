"""`foothold doctor` over a club that is well and one that is ill."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import faults
from bot.sandbox.faults import Match
from tests.cli.doctors import CLUB, OWN, SCREENS, SEARCHER, golden_path, ill, path_of, well
from tests.stage import CLUB_REPOSITORY, NOW, TOKEN, Stage

LATER = NOW + timedelta(days=45)


@pytest.fixture
def healthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.chdir(tmp_path)
    with well(tmp_path, monkeypatch) as stage:
        yield stage


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.chdir(tmp_path)
    with ill(tmp_path, monkeypatch) as stage:
        yield stage


def findings(stage: Stage, capsys, now=NOW) -> dict[str, list[str]]:
    """What is told, by severity."""
    stage.call("doctor", "--json", now=now)
    told: dict[str, list[str]] = {}
    for one in json.loads(capsys.readouterr().out)["findings"]:
        told.setdefault(one["severity"], []).append(one["what"])
    return told


@pytest.mark.parametrize(("name", "code"), [("well", 0), ("ill", 2)])
def test_the_screen_is_the_golden_one_and_fits_eighty_columns(
    name, code, tmp_path, monkeypatch, capsys
):
    club, now = SCREENS[name]
    monkeypatch.chdir(tmp_path)
    with club(tmp_path, monkeypatch) as stage:
        assert stage.call("doctor", now=now) == code
    told = capsys.readouterr().out
    assert told == golden_path(name).read_text("utf-8")
    assert max(map(len, told.splitlines())) < 80


def test_a_club_that_is_well_says_so_in_few_lines(healthy, capsys):
    assert healthy.call("doctor") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Test Club: all is well."
    assert len(lines) < 20


def test_looking_changes_nothing(healthy):
    before = list(healthy.world.writes)
    assert healthy.call("doctor") == 0
    assert healthy.world.writes == before
    assert {one.method for one in healthy.sandbox.requests if one.path != "/graphql"} == {"GET"}


def test_in_a_workflow_nobody_is_named_and_the_summary_tells_it_too(
    broken, capsys, monkeypatch, tmp_path
):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))

    assert broken.call("doctor", "--json", now=LATER) == 2

    told = capsys.readouterr()
    summary = (tmp_path / "summary.md").read_text("utf-8")
    for text in (told.out, told.err, summary):
        assert "-example" not in text
        assert "SOMEBODY" in text
    assert "**To mend:** GitHub switched prepare.yml off" in summary


def test_with_a_workflows_own_token_what_it_may_not_see_is_not_called_right(
    healthy, capsys, monkeypatch
):
    healthy.sandbox.tokens.add_actions(OWN, CLUB_REPOSITORY)
    monkeypatch.setenv("GITHUB_TOKEN", OWN)

    told = findings(healthy, capsys)

    assert "fault" not in told
    assert told["unseen"] == [
        "Could not look what Actions may do: the token lacks Administration: read.",
        "Could not look whether they may open pull requests: the token lacks Administration: read.",
    ]


def test_what_one_token_may_not_see_is_asked_with_the_other(healthy, capsys, monkeypatch):
    healthy.sandbox.tokens.add("narrow", "zoe-example")
    monkeypatch.setenv("GITHUB_TOKEN", "narrow")
    monkeypatch.setenv("FOOTHOLD_GIT_TOKEN", TOKEN)
    assert "unseen" not in findings(healthy, capsys)


def test_a_token_that_github_does_not_know_must_be_mended(healthy, capsys):
    healthy.sandbox.tokens.revoke(TOKEN)
    told = findings(healthy, capsys)
    assert "GitHub does not know GITHUB_TOKEN: it is wrong, expired or revoked." in told["fault"]


def test_without_a_token_it_tells_what_it_can(healthy, capsys, monkeypatch):
    monkeypatch.delenv("GITHUB_TOKEN")
    told = findings(healthy, capsys)
    assert "GITHUB_TOKEN is not set." in told["fault"]
    assert any("no token to ask with" in line for line in told["unseen"])


def test_a_github_that_is_out_of_order_is_exit_code_three(healthy, capsys):
    healthy.sandbox.stop()
    assert healthy.call("doctor") == 3
    assert "The connection to GitHub failed." in capsys.readouterr().err


def test_one_answer_that_does_not_come_leaves_the_others(healthy, capsys):
    fault = faults.not_json_body()
    healthy.sandbox.faults.add(fault, Match(path=f"/repos/{CLUB_REPOSITORY}/actions/workflows"))
    told = findings(healthy, capsys)
    assert told["unseen"] == ["Could not look at the workflows: GitHub did not answer."]
    assert len(told["ok"]) > 6


def test_files_that_cannot_be_used_are_one_finding(healthy, capsys):
    healthy.write_config({"ada-example": "langages: [Go]\n"}, CLUB)
    assert healthy.call("doctor") == 2
    told = capsys.readouterr().out
    assert "The club's files have" in told
    assert "langages" not in told


def test_two_repositories_are_both_looked_at(healthy, capsys):
    healthy.world.add_repository("campus-club/public-digests", collaborators=("foothold-example",))
    healthy.write_config(
        {"ada-example": "languages: [Go]\npublic: true\n"},
        CLUB.replace(f"repository: {CLUB_REPOSITORY}", "repository: campus-club/public-digests")
        + f"private_repository: {CLUB_REPOSITORY}\n",
    )
    told = findings(healthy, capsys)
    assert "campus-club/public-digests is public, and takes issues." in told["ok"]
    assert f"Every mentor can see {CLUB_REPOSITORY}." in told["ok"]
    assert any(line.startswith("learn, prepare, deliver: on") for line in told["ok"])


def test_a_cron_line_that_a_newcomer_changed_is_theirs(healthy, capsys):
    place = {"repository": CLUB_REPOSITORY, "path": path_of("learn")}
    text = "on:\n  schedule:\n    - cron: 41 5 * * 1 # a comment\n"
    healthy.sandbox.perform("write_file", login="zoe-example", text=text, **place)
    told = findings(healthy, capsys)
    assert told["fault"] == [
        "zoe-example set the schedules' times, and may not push here any more."
    ]


def test_another_line_of_the_same_file_is_not(healthy, capsys):
    place = {"repository": CLUB_REPOSITORY, "path": path_of("learn")}
    text = "on:\n  schedule:\n    - cron: 23 5 * * 1\njobs:\n"
    healthy.sandbox.perform("write_file", login="zoe-example", text=text, **place)
    assert "fault" not in findings(healthy, capsys)


def test_no_token_stands_in_what_is_told(broken, capsys):
    broken.call("doctor", "--json", now=LATER)
    told = capsys.readouterr()
    assert TOKEN not in told.out + told.err
    assert SEARCHER not in told.out + told.err
