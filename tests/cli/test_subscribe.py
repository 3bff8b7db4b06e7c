"""From the form to the pull request, through the command line, a sandbox and a bare git remote."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from bot.enrolment.questions import PEERS, WANTED, Question
from bot.sandbox.faults import Match, call_before
from bot.sandbox.world import World
from tests.enrolment.forms import TITLE, fill_in
from tests.fakes_checkout import Checkout, issues_event, open_checkout, write_event
from tests.stage import CLUB, CLUB_REPOSITORY, NOW, open_stage

BRANCH = "foothold/subscribe-chiyo-example"
FILE = "config/students/chiyo-example.yaml"
STUDENTS = {"ada-example": "languages: [Python]\n"}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Checkout]:
    folder = tmp_path / "club"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with open_stage(folder, monkeypatch, World(NOW)) as stage:
        stage.write_config(STUDENTS, CLUB)
        yield open_checkout(stage)


def hand_in(checkout, monkeypatch, body, author="chiyo-example", title=TITLE, **more):
    """Open the issue, and run the workflow's command on its event."""
    world = checkout.stage.world
    world.set_now(more.get("now", NOW))
    issue = world.open_issue(world.repository(CLUB_REPOSITORY), author, title, body)
    code = run(checkout, monkeypatch, issue, **more)
    return issue, code


def run(checkout, monkeypatch, issue, *options, now=NOW, **more):
    write_event(checkout.folder, monkeypatch, issues_event(issue, **more))
    return checkout.stage.call("subscribe", *(options or ("--live",)), now=now)


def pulls(checkout):
    return list(checkout.stage.world.pull_requests[CLUB_REPOSITORY].values())


def test_a_form_becomes_a_pull_request_with_the_student_s_file(checkout, monkeypatch, capsys):
    body = fill_in(LANGUAGES="Python, C++", INTERESTS="astronomy\nno", AGREEMENTS=[WANTED, PEERS])
    issue, code = hand_in(checkout, monkeypatch, body)
    assert code == 0
    assert checkout.branches() == [BRANCH, "main"]
    text = checkout.file(BRANCH, FILE)
    written = yaml.safe_load(text)
    assert written["languages"] == ["Python", "C++"]
    assert written["interests"] == ["astronomy", "no"]
    assert (written["peers"], written["public"]) == (True, False)
    (pull,) = pulls(checkout)
    assert (pull.head, pull.base, pull.state) == (BRANCH, "main", "OPEN")
    assert f"#{issue.number}" in pull.body
    (answer,) = issue.comments
    assert f"#{pull.number}" in answer.body
    assert (issue.state, issue.state_reason) == ("CLOSED", "COMPLETED")
    assert "chiyo" not in capsys.readouterr().out


def test_the_same_event_again_changes_nothing(checkout, monkeypatch):
    issue, _ = hand_in(checkout, monkeypatch, fill_in())
    before = len(checkout.stage.world.writes)
    tip = checkout.git("ls-remote", "origin", BRANCH)
    assert run(checkout, monkeypatch, issue) == 0
    assert len(checkout.stage.world.writes) == before
    assert checkout.git("ls-remote", "origin", BRANCH) == tip


def test_without_live_nothing_is_written_and_everything_shown(checkout, monkeypatch, capsys):
    world = checkout.stage.world
    issue = world.open_issue(world.repository(CLUB_REPOSITORY), "chiyo-example", TITLE, fill_in())
    before = len(world.writes)
    assert run(checkout, monkeypatch, issue, "--config", "config") == 0
    assert (len(world.writes), checkout.branches()) == (before, ["main"])
    shown = capsys.readouterr().out
    assert FILE in shown
    assert "languages: [Python]" in shown


def test_a_wrong_form_is_answered_and_no_failure(checkout, monkeypatch):
    issue, code = hand_in(checkout, monkeypatch, fill_in(LANGUAGES="_No response_", PICKS="99"))
    assert code == 0
    assert (checkout.branches(), pulls(checkout), issue.state) == (["main"], [], "OPEN")
    (answer,) = issue.comments
    assert f"**{Question.PICKS}**" in answer.body
    assert f"**{Question.INTERESTS}**" in answer.body


def test_a_second_form_changes_the_open_request_and_then_the_file(checkout, monkeypatch):
    hand_in(checkout, monkeypatch, fill_in(INTERESTS="games"))
    hand_in(checkout, monkeypatch, fill_in(INTERESTS="maps"))
    assert len(pulls(checkout)) == 1
    assert "maps" in checkout.file(BRANCH, FILE)
    checkout.merge(BRANCH)
    (pull,) = pulls(checkout)
    checkout.stage.world.merge(pull, "grace-example")
    hand_in(checkout, monkeypatch, fill_in(INTERESTS="music"))
    assert [one.state for one in pulls(checkout)] == ["MERGED", "OPEN"]
    checkout.git("fetch", "--quiet", "origin")
    assert checkout.git("diff", "--name-only", f"origin/main...origin/{BRANCH}") == FILE


def test_who_stops_is_heard_although_the_file_is_still_there(checkout, monkeypatch, capsys):
    issue, code = hand_in(
        checkout,
        monkeypatch,
        "### Anything you want to tell us?\n\n_No response_",
        author="ada-example",
        title="Foothold: stop",
    )
    assert (code, issue.state) == (0, "CLOSED")
    assert (
        checkout.file("foothold/subscribe-ada-example", "config/students/ada-example.yaml") is None
    )
    assert checkout.file("main", "config/students/ada-example.yaml") is not None
    capsys.readouterr()
    assert checkout.stage.call("run", "--live", "--json") == 0
    (student,) = json.loads(capsys.readouterr().out)["students"]
    assert (student["login"], student["status"]) == ("ada-example", "skipped")
    assert "stopped" in student["why"]


def test_a_stop_stands_on_the_state_branch_before_its_form_is_closed(checkout, monkeypatch):
    monkeypatch.setenv("GITHUB_REPOSITORY", CLUB_REPOSITORY)
    assert checkout.stage.call("state pull") == 0
    stood = []
    look = call_before(lambda: stood.append(checkout.file("foothold-state", "stops.jsonl")))
    closing = Match(method="PATCH", path=f"/repos/{CLUB_REPOSITORY}/issues/*")
    checkout.stage.sandbox.faults.add(look, closing)
    stop = "### Anything you want to tell us?\n\n_No response_"
    issue, code = hand_in(checkout, monkeypatch, stop, author="ada-example", title="Foothold: stop")
    assert (code, issue.state) == (0, "CLOSED")
    [text] = stood
    assert "ada-example" in text


def test_a_newer_form_takes_the_stop_back(checkout, monkeypatch, capsys):
    stop = "### Anything you want to tell us?\n\n_No response_"
    hand_in(checkout, monkeypatch, stop, author="ada-example", title="Foothold: stop")
    hand_in(checkout, monkeypatch, fill_in(), author="ada-example", now=NOW + timedelta(hours=1))
    capsys.readouterr()
    later = NOW + timedelta(hours=2)
    checkout.stage.call("run", "--live", "--json", now=later)
    (student,) = json.loads(capsys.readouterr().out)["students"]
    assert student["status"] != "skipped"
    assert [one.state for one in pulls(checkout)] == ["OPEN"]
    assert checkout.file("foothold/subscribe-ada-example", "config/students/ada-example.yaml")


def test_a_bot_subscribes_nobody(checkout, monkeypatch):
    issue, code = hand_in(checkout, monkeypatch, fill_in(), author="helper[bot]")
    assert (code, issue.comments, checkout.branches()) == (0, [], ["main"])


def test_a_stop_that_is_opened_again_counts_again(checkout, monkeypatch, capsys):
    stop = "### Anything you want to tell us?\n\n_No response_"
    issue, _ = hand_in(checkout, monkeypatch, stop, author="ada-example", title="Foothold: stop")
    hand_in(checkout, monkeypatch, fill_in(), author="ada-example", now=NOW + timedelta(hours=1))
    later = NOW + timedelta(hours=2)
    checkout.stage.world.set_now(later)
    checkout.stage.world.reopen(issue, "ada-example")
    for _ in range(2):
        assert run(checkout, monkeypatch, issue, now=later, action="reopened") == 0
    assert (issue.state, len(issue.comments)) == ("CLOSED", 2)
    capsys.readouterr()
    checkout.stage.call("run", "--live", "--json", now=later)
    (student,) = json.loads(capsys.readouterr().out)["students"]
    assert (student["status"], "stopped" in student["why"]) == ("skipped", True)


def test_a_stop_is_on_the_state_branch_before_it_is_answered(checkout, monkeypatch):
    stop = "### Anything you want to tell us?\n\n_No response_"
    monkeypatch.setenv("GITHUB_REPOSITORY", CLUB_REPOSITORY)
    hook = checkout.bare / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n! grep -q foothold-state\n", "utf-8")
    hook.chmod(0o755)
    assert checkout.stage.call("state", "pull") == 0
    stopping = {"author": "ada-example", "title": "Foothold: stop"}
    issue, code = hand_in(checkout, monkeypatch, stop, **stopping)
    assert (code, issue.state, issue.comments) == (6, "OPEN", [])
    hook.unlink()
    assert run(checkout, monkeypatch, issue) == 0
    assert (issue.state, len(issue.comments)) == ("CLOSED", 1)
    assert "foothold-state" in checkout.branches()
