"""Bad input and trouble: a clear message or a clean drop, and the rest of the club is served."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox import faults
from bot.sandbox.fault_nulls import null_field, null_nodes
from bot.sandbox.faults import Match
from bot.sandbox.world import World
from tests.played import Played
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, TOKEN, WEEK, Stage, open_stage

PYTHON = {"ada-example": "languages: [Python]\n"}
SEARCH, DETAILS = Match(operation="SearchIssues"), Match(operation="ReadDetails")
POST = Match(method="POST", path=f"/repos/{CLUB_REPOSITORY}/issues")


def _run(stage: Stage, *arguments: str, command: str = "run", now=NOW) -> int:
    return stage.call(command, "--live", "--out", str(stage.folder / "out"), *arguments, now=now)


def _digest(stage: Stage, login: str) -> dict:
    return json.loads((stage.folder / "out" / WEEK / f"{login}.json").read_text("utf-8"))


@pytest.mark.parametrize("token", ["", "wrong", "expired", "revoked"])
def test_a_bad_token_is_told_with_its_way_out(stage: Stage, monkeypatch, capsys, token) -> None:
    stage.write_config({"ada-example": "languages: [Python]\nchannel: file\n"})
    stage.sandbox.tokens.add("expired", "x-example", expires_at=NOW - timedelta(days=1))
    stage.sandbox.tokens.add("revoked", "x-example")
    stage.sandbox.tokens.revoke("revoked")
    monkeypatch.setenv("GITHUB_TOKEN", token)
    assert _run(stage) == 3
    told = capsys.readouterr().err
    assert "token" in told
    assert "try:" in told
    assert "Traceback" not in told


def test_a_token_revoked_in_mid_run_leaves_what_was_found_and_says_so(stage, capsys) -> None:
    stage.write_config(PYTHON)
    stage.sandbox.faults.add(faults.bad_credentials(), DETAILS, times=None)
    assert _run(stage) == 3
    assert stage.posts() == []
    stage.sandbox.faults.clear()
    assert _run(stage) == 0
    assert len(stage.posts()) == 1


@pytest.mark.parametrize("operation", ["SearchIssues", "ReadRepositories", "ReadDetails"])
@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_gateway,
        faults.gateway_timeout,
        faults.rate_limited,
        faults.primary_limit,
        faults.truncated_body,
        faults.not_json_body,
        faults.dropped_connection,
        lambda: faults.secondary_limit(403),
        lambda: faults.secondary_limit(429),
        lambda: faults.server_error(500),
    ],
)
def test_a_fault_of_github_ends_in_a_digest_or_a_clear_error(stage, capsys, operation, fault):
    stage.write_config(PYTHON)
    stage.sandbox.faults.add(fault(), Match(operation=operation), skip=1, times=None)
    code = _run(stage)
    told = capsys.readouterr()
    assert code in (0, 3)
    assert "Traceback" not in told.err
    if code == 0:
        assert len(stage.posts()) == 1
        assert _digest(stage, "ada-example")["complete"] is (operation == "ReadRepositories")
    else:
        assert "try:" in told.err
        assert stage.posts() == []


def test_a_page_that_is_too_heavy_is_halved_and_never_asked_again_unchanged(stage) -> None:
    stage.write_config(PYTHON)
    sizes: list[int] = []
    heavy = Match(
        operation="SearchIssues", where=lambda r: sizes.append(_first(r)) or _first(r) > 30
    )
    stage.sandbox.faults.add(faults.gateway_timeout(), heavy, times=None)
    assert _run(stage) == 0
    assert sizes[:3] == [100, 50, 25]
    assert _digest(stage, "ada-example")["considered"] > 50


def _first(request) -> int:
    return json.loads(request.body)["variables"]["first"]


@pytest.mark.parametrize(
    "hole", ["nodes", "labels", "author", "primaryLanguage", "repository", "title"]
)
def test_a_hole_in_an_answer_drops_at_most_what_it_hides(stage: Stage, hole: str) -> None:
    stage.write_config(PYTHON)
    fault = null_nodes(("search", "nodes", 0)) if hole == "nodes" else null_field(hole)
    stage.sandbox.faults.add(fault, SEARCH, times=1)
    assert _run(stage) == 0
    assert len(stage.posts()) == 1


def test_verification_that_fails_holds_the_digest_and_the_next_run_sends_it(
    after_prepare: Stage, capsys
) -> None:
    stage = after_prepare
    stage.sandbox.faults.add(faults.bad_gateway(), DETAILS, times=None)
    assert _run(stage, command="deliver") == 3
    assert stage.posts() == []
    assert "held" in capsys.readouterr().out
    stage.sandbox.faults.clear()
    assert _run(stage, command="deliver") == 0
    assert len(stage.posts()) == 4


@pytest.mark.parametrize(
    "fault",
    [
        lambda: faults.bad_gateway(after_write=True),
        lambda: faults.dropped_connection(after_write=True),
        lambda: faults.secondary_limit(403),
        faults.unprocessable,
        faults.dropped_connection,
    ],
)
def test_a_post_that_fails_once_is_there_once_after_the_next_run(stage: Stage, fault) -> None:
    stage.sandbox.faults.add(fault(), POST, skip=1)
    _run(stage)
    assert _run(stage) == 0
    bodies = [body for _, _, body in stage.posts()]
    assert len(bodies) == 4
    assert len({body.partition("sha=")[0] for body in bodies}) == 4


def test_one_students_failed_post_leaves_the_others_served(stage: Stage, capsys) -> None:
    stage.sandbox.faults.add(faults.unprocessable(), POST)
    assert _run(stage) == 5
    assert len(stage.posts()) == 3
    assert "try:" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["no issues", "no projects"])
def test_an_empty_github_gives_quiet_weeks(tmp_path: Path, monkeypatch, kind: str) -> None:
    world = World(NOW)
    other = world.add_repository("lanternworks/other", language="Go")
    world.open_issue(other, "marisol-example", "Draw the mast", "Steps.", ())
    if kind == "no issues":
        world.add_repository("lanternworks/empty", language="Python", topics=("astronomy",))
    with open_stage(tmp_path, monkeypatch, world) as stage:
        stage.write_config({"ada-example": "languages: [Python]\ninterests: [astronomy]\n"})
        assert _run(stage) == 0
        digest = _digest(stage, "ada-example")
        assert digest["considered"] == 0
        assert not digest["picks"]
        assert digest["notes"]
        assert len(stage.posts()) == 1


HOSTILE = (
    "line one\r\n::error::gotcha",
    "\u202egnp.exe\u2066 reversed",
    "{{ 7*7 }} {% raw %} ${{ secrets.X }}",
    "<b>bold</b><script>alert(1)</script>",
    "@torvalds-example ping, fixes #1, see other/repo#12 and GH-3",
    "x" * 256,
    "](https://evil.example) ![pixel](https://evil.example/p.png)",
    "説明を追加する",
    "\U0001f476\U0001f3fd first steps",
)


def test_hostile_titles_reach_nobody_alive(tmp_path: Path, monkeypatch, capsys) -> None:
    world = World(NOW)
    for number, title in enumerate(HOSTILE):
        repository = world.add_repository(
            f"lanternworks/project-{number}",
            language="Python",
            stars=100 + number,
            description=title,
            pushed_at=NOW,
        )
        issue = world.open_issue(
            repository, "marisol-example", title, "Steps.\n" * 60, ("good first issue",)
        )
        issue.labels += (title[:50],)
    with open_stage(tmp_path, monkeypatch, world) as stage:
        stage.write_config({"ada-example": "languages: [Python]\npicks: 9\n"})
        assert _run(stage) == 0
        body = stage.post_of("ada-example")
        told = capsys.readouterr().out
        writes = json.dumps(stage.world.writes)
    assert body.count("\n## ") == len(HOSTILE)
    assert "::error::" not in "\n".join(line[:9] for line in told.splitlines())
    assert "\u202e" not in body
    # The marker's checksum may hold any digits.
    assert "49" not in body.partition("-->")[2].partition("---")[0].split("{{")[0]
    assert "<script>" not in body
    assert "CrossReferenced" not in writes
    assert "@torvalds" not in body


@pytest.mark.parametrize("damage", ["garbage", "folder", "newer"])
def test_a_state_that_cannot_be_used_stops_the_run_before_anything_is_sent(
    stage: Stage, capsys, damage: str
) -> None:
    state = stage.folder / "state.db"
    if damage == "garbage":
        state.write_bytes(b"this is no database" * 100)
    elif damage == "folder":
        state.mkdir()
    else:
        import sqlite3

        _run(stage, "--student", "diego-example")
        with sqlite3.connect(state) as connection:
            connection.execute("update schema_version set version = 99")
    n_posts = len(stage.posts())
    assert _run(stage) == 6
    assert len(stage.posts()) == n_posts
    told = capsys.readouterr().err
    assert "try:" in told
    assert "Traceback" not in told


def test_the_example_club_posts_nowhere_but_on_this_machine(stage, monkeypatch, capsys) -> None:
    monkeypatch.setenv("GITHUB_API_URL", "https://api.github.com")
    assert _run(stage) == 2
    assert "example: true" in capsys.readouterr().err


def test_an_unknown_student_is_a_usage_error_that_names_the_known(stage, capsys) -> None:
    assert _run(stage, "--student", "nobody-example") == 2
    assert "ada-example" in capsys.readouterr().err


def test_all_problems_of_all_files_are_told_before_the_first_request(stage, capsys) -> None:
    stage.write_config(
        {"ada-example": "languages: [Pyton]\n", "ben-example": "interest: [x]\n"},
        CLUB + "picks: many\n",
    )
    assert _run(stage) == 2
    told = capsys.readouterr().err
    for place in ("club.yaml:4:", "ada-example.yaml:1:", "ben-example.yaml:1:"):
        assert place in told
    assert stage.sandbox.requests == []


def test_ctrl_c_leaves_with_130_and_the_next_run_does_the_work(stage: Stage) -> None:
    stage.write_config(PYTHON)
    stage.sandbox.faults.add(faults.slow_answer(30), DETAILS)
    command = [sys.executable, "-m", "bot.cli.main"]
    code = "import sys; from bot.cli.main import main; sys.argv[0]='foothold'; main()"
    command = [sys.executable, "-c", code, "run", "--live", "--config", str(stage.config)]
    process = subprocess.Popen(
        [*command, "--now", NOW.isoformat()], stderr=subprocess.PIPE, env=os.environ.copy()
    )
    deadline = time.monotonic() + 20
    while not stage.sandbox.requests and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert b"interrupted" in told
    stage.sandbox.faults.clear()
    assert _run(stage) == 0
    assert len(stage.posts()) == 1


def test_no_token_shows_in_anything_that_is_written(sent: Played, after_run: Stage) -> None:
    stage = after_run
    written = [*sent.said, *(body for _, _, body in stage.posts())]
    written += [path.read_text("utf-8") for path in (stage.folder / "out").rglob("*.*")]
    assert TOKEN not in "".join(written)
    assert TOKEN.encode() not in (stage.folder / "state.db").read_bytes()


def test_nothing_we_write_leaves_a_trace_upstream(after_run: Stage) -> None:
    touched = {row["repository"] for row in after_run.world.writes if row.get("repository")}
    assert touched == {CLUB_REPOSITORY}


def test_a_run_that_finds_nothing_for_an_outage_still_reports(stage: Stage, capsys) -> None:
    stage.sandbox.faults.add(faults.not_json_body(), times=None)
    assert stage.call("run", "--json") == 3
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert {one["status"] for one in report["students"]} == {"held"}
    assert report["complete"] is False
    assert "try:" in told.err
