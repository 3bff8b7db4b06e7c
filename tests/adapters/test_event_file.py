"""Events are read as GitHub documents them, and nothing else is taken for one."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.event_file import IssuesEvent, PullRequestEvent, read_event
from bot.errors import ConfigurationError
from tests.fakes_checkout import account, pull_request_event

EVENT = {
    "action": "opened",
    "issue": {
        "number": 7,
        "title": "Foothold: subscribe",
        "body": "### Interests\r\n\r\nmaps",
        "user": account("ada-example"),
        "created_at": "2026-11-22T05:00:00Z",
        "updated_at": "2026-11-22T06:00:00Z",
        "author_association": "NONE",
    },
    "repository": {"full_name": "campus-club/digests", "private": True, "id": 1},
    "sender": account("ada-example"),
    "organization": {"login": "campus-club"},
}
BASE, HEAD = "a" * 40, "b" * 40


def read(folder: Path, event: object, kind=IssuesEvent):
    path = folder / "event.json"
    path.write_text(event if isinstance(event, str) else json.dumps(event), "utf-8")
    return read_event(path, kind)


def with_user(user):
    return EVENT | {"issue": EVENT["issue"] | {"user": user}}


def test_a_form_is_read_with_who_and_when(tmp_path):
    handed = read(tmp_path, EVENT).handed_in()
    assert (handed.number, handed.author, handed.sender) == (7, "ada-example", "ada-example")
    assert handed.at == handed.opened_at
    edited = read(tmp_path, EVENT | {"action": "edited"}).handed_in()
    assert edited.at > edited.opened_at


@pytest.mark.parametrize(
    "user",
    [
        None,
        account("ghost"),
        account("helper[bot]"),
        {"login": "campus-club", "type": "Organization"},
        {"login": "ada@mail.example", "type": "User"},
        {"login": "../../etc", "type": "User"},
    ],
)
def test_who_is_no_person_is_nobody(user, tmp_path):
    assert read(tmp_path, with_user(user)).handed_in().author is None


def test_an_issue_without_a_text_is_read_as_an_empty_one(tmp_path):
    event = EVENT | {"issue": EVENT["issue"] | {"body": None}}
    assert read(tmp_path, event).handed_in().body == ""


@pytest.mark.parametrize("event", ["", "[]", "{}", "nonsense", '{"action": "opened"}', "[" * 9999])
def test_what_is_no_event_is_told_in_a_sentence(event, tmp_path):
    with pytest.raises(ConfigurationError, match="no such event"):
        read(tmp_path, event)


def test_without_a_file_there_is_no_event(tmp_path):
    with pytest.raises(ConfigurationError, match="no event to read"):
        read_event(None, IssuesEvent)
    with pytest.raises(ConfigurationError, match="no such event"):
        read_event(tmp_path / "gone.json", IssuesEvent)


@pytest.mark.parametrize("commit", ["--output=x", "main", "A" * 40, "a" * 41, "", "a" * 39 + "\n"])
def test_only_a_commit_s_full_name_reaches_git(commit, tmp_path):
    assert read(tmp_path, pull_request_event(BASE, HEAD, "ada-example"), PullRequestEvent)
    with pytest.raises(ConfigurationError):
        read(tmp_path, pull_request_event(BASE, commit, "ada-example"), PullRequestEvent)


@given(title=st.text(), body=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_arrives_as_it_was_written(title, body, tmp_path):
    event = EVENT | {"issue": EVENT["issue"] | {"title": title, "body": body}}
    handed = read(tmp_path, event).handed_in()
    assert (handed.title, handed.body) == (title, body)
