"""Who may start which job: an example nothing, a stranger nothing, a mentor a delivery."""

import json
from pathlib import Path

import pytest

from bot.cli.main import call
from bot.errors import ConfigurationError
from bot.gate import Event, Job, judge, read_event
from bot.subscriptions.club import Club

CLUB = Club.model_validate({"name": "Club", "mentors": [{"github": "Grace-Example"}]})
EXAMPLE = CLUB.model_copy(update={"example": True})


def comment_by(login: str | None, **changes: object) -> Event:
    """A comment as GitHub tells of it."""
    user = {"login": login, "type": "User"} if login else None
    payload = {"action": "created", "issue": {"number": 3}, "comment": {"user": user}}
    return Event.model_validate({"name": "issue_comment", **payload, **changes})


@pytest.mark.parametrize("job", Job)
@pytest.mark.parametrize("event", ["schedule", "issue_comment", "issues"])
def test_an_example_club_does_nothing_by_itself(job, event):
    assert not judge(job, EXAMPLE, Event(name=event)).is_open


@pytest.mark.parametrize("job", Job)
def test_an_example_club_may_be_tried_by_hand(job):
    assert judge(job, EXAMPLE, Event(name="workflow_dispatch")).is_open


@pytest.mark.parametrize("job", Job)
def test_a_real_club_runs_by_its_schedule(job):
    assert judge(job, CLUB, Event(name="schedule")).is_open


@pytest.mark.parametrize(("login", "is_open"), [("grace-example", True), ("GRACE-example", True)])
def test_a_mentors_comment_starts_a_delivery(login, is_open):
    assert judge(Job.DELIVER, CLUB, comment_by(login)).is_open == is_open


@pytest.mark.parametrize("login", ["mallory-example", "grace-example2", "", None])
def test_nobody_elses_comment_does(login):
    assert not judge(Job.DELIVER, CLUB, comment_by(login)).is_open


@pytest.mark.parametrize(
    "changes",
    [
        {"action": "edited"},
        {"action": "deleted"},
        {"issue": {"pull_request": {"url": "x"}}},
        {"issue": None},
        {"comment": None},
    ],
)
def test_only_a_new_comment_on_an_issue_does(changes):
    assert not judge(Job.DELIVER, CLUB, comment_by("grace-example", **changes)).is_open


@pytest.mark.parametrize("job", [job for job in Job if job is not Job.DELIVER])
def test_a_mentors_comment_starts_nothing_else(job):
    assert not judge(job, CLUB, comment_by("grace-example")).is_open


@pytest.mark.parametrize("job", Job)
def test_a_form_starts_subscribing_alone(job):
    assert judge(job, CLUB, Event(name="issues")).is_open == (job is Job.SUBSCRIBE)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"comment": {"user": {"login": 7}}}'])
def test_an_events_file_that_is_none_is_an_error_that_says_so(text, tmp_path):
    (tmp_path / "event.json").write_text(text)
    with pytest.raises(ConfigurationError, match="event's file"):
        read_event("issue_comment", tmp_path / "event.json")


def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, login: str) -> str:
    """What the command writes to the step's outputs when this login commented."""
    (tmp_path / "config").mkdir()
    club = "name: Club\nmentors: [{github: grace-example}]\n"
    (tmp_path / "config/club.yaml").write_text(club, "utf-8")
    body = "/approve $(touch pwned)\ngo=true\n"
    user = {"login": login}
    payload = {"action": "created", "issue": {}, "comment": {"body": body, "user": user}}
    (tmp_path / "event.json").write_text(json.dumps(payload), "utf-8")
    monkeypatch.setenv("GITHUB_EVENT_NAME", "issue_comment")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(tmp_path / "event.json"))
    monkeypatch.setenv("GITHUB_OUTPUT", str(tmp_path / "output"))
    monkeypatch.chdir(tmp_path)
    assert call(["gate", "deliver"]) == 0
    return (tmp_path / "output").read_text("utf-8")


def test_the_command_writes_what_the_next_job_goes_by(tmp_path, monkeypatch, capsys):
    assert ask(tmp_path, monkeypatch, "grace-example") == (
        "go=true\nwhy=A mentor of this club commented.\n"
    )
    assert capsys.readouterr().out == "go: true. A mentor of this club commented.\n"


def test_what_a_stranger_wrote_reaches_neither_outputs_nor_log(tmp_path, monkeypatch, capsys):
    written = ask(tmp_path, monkeypatch, "mallory-example")
    assert written == "go=false\nwhy=Who commented is no mentor of this club.\n"
    assert "mallory" not in written + capsys.readouterr().out
