import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from github import GithubException

from bot.sandbox.control_acts import ACTS
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, NOW, PROJECT, Connect

ISSUE = {"login": "ada-example", "repository": PROJECT, "number": 1}


def act(sandbox: Sandbox, name: str, /, **arguments: object) -> requests.Response:
    return requests.post(f"{sandbox.url}/_sandbox/{name}", json=arguments, timeout=10)


def test_people_act_through_the_door_without_a_token(sandbox: Sandbox, world: World):
    issue = world.issue(PROJECT, 1)

    comment = act(sandbox, "comment", **ISSUE, body="I'd like to work on this").json()["id"]
    act(sandbox, "edit", **ISSUE, comment=comment, body="Never mind")
    act(sandbox, "react", **ISSUE, content="+1", comment=comment)
    act(sandbox, "react", **ISSUE, content="heart")
    act(sandbox, "edit", **ISSUE, title="Draw the whole legend")
    act(sandbox, "assign", **ISSUE)
    act(sandbox, "label", **ISSUE, name="taken")

    assert [c.body for c in issue.comments] == ["Never mind"]
    assert issue.comments[0].reactions == {"THUMBS_UP": {"ada-example": NOW}}
    assert issue.reactions == {"HEART": {"ada-example": NOW}}
    assert issue.title == "Draw the whole legend"
    assert issue.assignees == ("ada-example",)
    assert issue.labels == ("good first issue", "taken")


def test_what_was_done_can_be_undone(sandbox: Sandbox, world: World):
    issue = world.issue(PROJECT, 1)
    comment = act(sandbox, "comment", **ISSUE, body="Hi").json()["id"]

    act(sandbox, "delete_comment", **ISSUE, comment=comment)
    act(sandbox, "assign", **ISSUE)
    act(sandbox, "unassign", **ISSUE)
    act(sandbox, "unlabel", **ISSUE, name="good first issue")
    act(sandbox, "close", **ISSUE, reason="NOT_PLANNED")
    assert (issue.state, issue.state_reason) == ("CLOSED", "NOT_PLANNED")
    act(sandbox, "reopen", **ISSUE)

    assert (issue.state, issue.comments, issue.assignees, issue.labels) == ("OPEN", [], (), ())


def test_pull_requests_are_opened_merged_and_closed(sandbox: Sandbox, world: World):
    new = {"login": "ada-example", "repository": PROJECT, "title": "Draw it"}
    first = act(sandbox, "open_pull_request", **new, body="See #1").json()["number"]
    second = act(sandbox, "open_pull_request", **new, closes=[1], draft=True).json()["number"]

    act(sandbox, "close", **ISSUE | {"number": first})
    act(sandbox, "merge", **ISSUE | {"number": second})

    assert world.pull_request(PROJECT, first).state == "CLOSED"
    assert world.pull_request(PROJECT, second).state == "MERGED"
    assert world.issue(PROJECT, 1).state == "CLOSED"


def test_pull_requests_are_reviewed(sandbox: Sandbox, world: World):
    new = {"login": "ada-example", "repository": PROJECT, "title": "Draw it"}
    number = act(sandbox, "open_pull_request", **new).json()["number"]
    place = {"login": "marisol-example", "repository": PROJECT, "number": number}

    made = act(sandbox, "review", **place, state="APPROVED", body="Lovely").json()
    act(sandbox, "review", **place)

    first, second = world.pull_request(PROJECT, number).reviews
    assert made == {"id": first.id, "node_id": first.node_id}
    assert (first.author, first.state, first.body) == ("marisol-example", "APPROVED", "Lovely")
    assert (second.state, second.body) == ("COMMENTED", "")


def test_issues_and_pull_requests_are_linked_by_hand(sandbox: Sandbox, world: World):
    new = {"login": "ada-example", "repository": PROJECT, "title": "Draw it"}
    number = act(sandbox, "open_pull_request", **new).json()["number"]
    issue, pull = world.issue(PROJECT, 1), world.pull_request(PROJECT, number)

    act(sandbox, "connect", **ISSUE, pull_request=number)
    assert issue.linked == [pull]
    act(sandbox, "disconnect", **ISSUE, pull_request=number)

    assert issue.linked == []
    assert [event.actor for event in issue.timeline[-2:]] == ["ada-example", "ada-example"]


def test_issues_are_opened_and_pushes_made(sandbox: Sandbox, world: World):
    world.advance(days=2)

    made = act(
        sandbox,
        "open_issue",
        login="ben-example",
        repository=PROJECT,
        title="Another",
        body="Text",
        labels=["help wanted"],
    ).json()
    act(sandbox, "push", login="ben-example", repository=PROJECT)

    issue = world.issue(PROJECT, made["number"])
    assert (issue.author, issue.labels) == ("ben-example", ("help wanted",))
    assert world.repository(PROJECT).pushed_at == NOW + timedelta(days=2)


def test_the_clock_is_set_and_moved(sandbox: Sandbox, world: World):
    assert act(sandbox, "clock", now="2026-12-01T00:00:00Z").json() == {
        "now": "2026-12-01T00:00:00+00:00"
    }
    act(sandbox, "clock", advance_days=7)

    assert world.now == datetime(2026, 12, 8, tzinfo=UTC)


def test_faults_are_armed_and_cleared_by_name(sandbox: Sandbox, connect: Connect):
    act(
        sandbox,
        "add_fault",
        name="bad_gateway",
        arguments={"after_write": True},
        match={"method": "POST", "path": "/repos/*/issues"},
        times=2,
    )

    with pytest.raises(GithubException):
        connect().get_repo(DIGESTS).create_issue("Digest")
    act(sandbox, "clear_faults")

    assert connect().get_repo(DIGESTS).create_issue("Digest").number == 2


def test_writes_and_requests_can_be_looked_at(sandbox: Sandbox, connect: Connect):
    connect().get_repo(DIGESTS).create_issue("Digest")

    writes = requests.get(f"{sandbox.url}/_sandbox/writes", timeout=10).json()
    seen = requests.get(f"{sandbox.url}/_sandbox/requests", timeout=10).json()

    assert [w["act"] for w in writes] == ["open_issue", "open_issue"]
    assert writes[-1]["actor"] == "grace-example"
    assert [(r["method"], r["status"], r["at"]) for r in seen] == [
        ("POST", 201, "2026-11-22T05:23:00Z")
    ]


def test_a_look_at_requests_tells_what_a_query_was_asked_with(sandbox: Sandbox, connect: Connect):
    document = "query One($id: ID!) { node(id: $id) { id } }"
    project = sandbox.world.repository(PROJECT).node_id
    connect("ada").requester.graphql_query(document, {"id": project})
    requests.get(f"{sandbox.url}/repos/{PROJECT}", timeout=10)

    seen = requests.get(f"{sandbox.url}/_sandbox/requests", timeout=10).json()

    assert [(r["kind"], r["variables"]) for r in seen] == [
        ("graphql One", {"id": project}),
        ("rest", {}),
    ]


def test_a_query_without_good_variables_is_written_down_without_any(sandbox: Sandbox):
    for body in ("{", "[]", '{"query": "{ viewer { login } }", "variables": 7}'):
        requests.post(f"{sandbox.url}/graphql", data=body, timeout=10)

    assert [seen.variables for seen in sandbox.requests] == [{}, {}, {}]


def test_a_reset_makes_the_world_anew():
    def make() -> World:
        world = World(NOW)
        world.add_repository(PROJECT)
        return world

    with Sandbox(make(), reload=make) as sandbox:
        sandbox.perform("open_issue", login="ada-example", repository=PROJECT, title="x")
        sandbox.perform("add_fault", name="missing", times=None)
        requests.get(sandbox.url, timeout=10)

        act(sandbox, "reset")

        assert sandbox.world.issue(PROJECT, 1) is None
        assert sandbox.requests == []
        assert requests.get(f"{sandbox.url}/rate_limit", timeout=10).json()["rate"]["used"] == 0


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("dance", {}, "there is no act 'dance'"),
        ("merge", ISSUE, f"there is no pull request {PROJECT}#1"),
        ("assign", ISSUE | {"number": 9}, f"there is no issue {PROJECT}#9"),
        ("review", ISSUE, f"there is no pull request {PROJECT}#1"),
        ("push", {"login": "x", "repository": "no/where"}, "there is no repository no/where"),
        ("react", ISSUE | {"content": "+1", "comment": 5}, f"no comment 5 on {PROJECT}#1"),
        ("react", ISSUE | {"content": "shrug"}, "a reaction is +1, -1, laugh"),
        ("comment", ISSUE, "body"),
        ("open_issue", {**ISSUE, "title": "x"}, "number"),
        ("edit", ISSUE | {"colour": "red"}, "colour"),
        ("add_fault", {"name": "gremlins"}, "there is no fault 'gremlins'"),
        ("clock", {"now": "tomorrow"}, "tomorrow"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(sandbox: Sandbox, name, arguments, why):
    answer = act(sandbox, name, **arguments)

    assert answer.status_code == 422
    assert why in answer.json()["message"]


def test_every_act_can_be_called_in_python(sandbox: Sandbox):
    made = sandbox.perform("comment", **ISSUE, body="Hello")

    assert made["node_id"] == f"IC_{made['id']}"
    assert {"comment", "react", "merge", "clock", "add_fault"} <= set(ACTS)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "localhost.evil.example", ""])
def test_the_door_is_shut_to_foreign_host_names(sandbox: Sandbox, world: World, host):
    url = f"{sandbox.url}/_sandbox/assign"

    answer = requests.post(url, json=ISSUE, headers={"Host": host}, timeout=10)

    assert answer.status_code == 403
    assert world.issue(PROJECT, 1).assignees == ()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000"])
def test_the_door_is_open_to_names_of_loopback(sandbox: Sandbox, host):
    url = f"{sandbox.url}/_sandbox/assign"

    assert requests.post(url, json=ISSUE, headers={"Host": host}, timeout=10).status_code == 200


def test_the_module_serves_a_file_until_it_is_ended(tmp_path: Path):
    file = tmp_path / "world.jsonl"
    file.write_text('{"type": "repository", "name": "lanternworks/atlas", "stars": 7}\n')
    command = [sys.executable, "-m", "bot.sandbox", str(file), "--token", "t=ada-example"]
    command += ["--hourly", "9000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        url = served.stdout.readline().strip()
        headers = {"Authorization": "Bearer t"}
        answer = requests.get(f"{url}/repos/{PROJECT}", headers=headers, timeout=10)
        served.terminate()

    assert answer.json()["stargazers_count"] == 7
    assert answer.headers["x-ratelimit-limit"] == "9000"
