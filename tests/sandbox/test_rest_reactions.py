"""Reactions to issues and comments, as REST gives, lists and takes them."""

from datetime import timedelta

import pytest
import requests
from github import GithubException

from bot.sandbox.faults import Match, bad_gateway
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, NOW, PROJECT, Connect

ROLLUP = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


@pytest.fixture
def subjects(world: World) -> tuple[str, str]:
    """The paths of an issue, and of a comment on it."""
    comment = world.comment(world.issue(PROJECT, 1), "ada-example", "Hi")
    issues = f"/repos/{PROJECT}/issues"
    return f"{issues}/1", f"{issues}/comments/{comment.id}"


def post(sandbox: Sandbox, path: str, content: str, token: str | None = "ada"):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = f"{sandbox.url}{path}/reactions"
    return requests.post(url, json={"content": content}, headers=headers, timeout=10)


def get(sandbox: Sandbox, path: str, **query: str):
    return requests.get(f"{sandbox.url}{path}", query, timeout=10)


def test_a_reaction_is_given_once_listed_and_taken_back(connect: Connect, world: World):
    issue = connect().get_repo(PROJECT).get_issue(1)

    given = issue.create_reaction("+1")
    again = issue.create_reaction("+1")

    assert given.id == again.id
    assert [(r.content, r.user.login) for r in issue.get_reactions()] == [("+1", "grace-example")]
    assert world.issue(PROJECT, 1).reactions == {"THUMBS_UP": {"grace-example": NOW}}
    assert issue.delete_reaction(given.id)
    assert list(issue.get_reactions()) == []


def test_a_comment_takes_reactions_too(connect: Connect, world: World):
    held = world.comment(world.issue(PROJECT, 1), "ada-example", "Hi")
    comment = connect().get_repo(PROJECT).get_issue(1).get_comment(held.id)

    comment.create_reaction("rocket")

    assert [r.content for r in comment.get_reactions()] == ["rocket"]
    assert comment.raw_data["reactions"]["rocket"] == 1


def test_the_first_is_created_and_the_second_found(sandbox: Sandbox, subjects):
    for path in subjects:
        assert [post(sandbox, path, "+1").status_code for _ in range(2)] == [201, 200]


def test_a_reaction_tells_who_gave_it_and_when(sandbox: Sandbox, world: World, subjects):
    for path in subjects:
        post(sandbox, path, "eyes", "grace")
    world.advance(hours=1)
    for path in subjects:
        made = post(sandbox, path, "+1").json()

        listed = get(sandbox, f"{path}/reactions").json()

        assert listed[1] == made
        assert [(r["content"], r["user"]["login"], r["created_at"]) for r in listed] == [
            ("eyes", "grace-example", "2026-11-22T05:23:00Z"),
            ("+1", "ada-example", "2026-11-22T06:23:00Z"),
        ]
        assert listed[0]["id"] != listed[1]["id"]
        assert [r["content"] for r in get(sandbox, f"{path}/reactions", content="+1").json()] == [
            "+1"
        ]


def test_an_issue_and_a_comment_sum_their_reactions_up(sandbox: Sandbox, subjects):
    for path in subjects:
        for token in ("ada", "grace"):
            post(sandbox, path, "heart", token)
        post(sandbox, path, "-1")

        rollup = get(sandbox, path).json()["reactions"]

        assert rollup == {
            **dict.fromkeys(ROLLUP, 0),
            "heart": 2,
            "-1": 1,
            "total_count": 3,
            "url": f"{sandbox.url}{path}/reactions",
        }


def test_reactions_come_in_pages(sandbox: Sandbox, world: World, subjects):
    issue = world.issue(PROJECT, 1)
    for thing, path in zip((issue, issue.comments[0]), subjects, strict=True):
        for number in range(3):
            world.react(thing, f"fan-{number}-example", "hooray")

        first = get(sandbox, f"{path}/reactions", per_page="2")
        second = requests.get(first.links["next"]["url"], timeout=10)

        logins = [r["user"]["login"] for r in (*first.json(), *second.json())]
        assert logins == ["fan-0-example", "fan-1-example", "fan-2-example"]


@pytest.mark.parametrize(("token", "status"), [(None, 401), ("reader", 403), ("workflow", 403)])
def test_who_may_not_write_may_not_react(sandbox: Sandbox, world: World, subjects, token, status):
    for path in subjects:
        assert post(sandbox, path, "+1", token).status_code == status
    assert world.issue(PROJECT, 1).reactions == {}


def test_reactions_of_a_private_issue_are_not_there_for_strangers(sandbox: Sandbox, world: World):
    world.open_issue(world.repository(DIGESTS), "grace-example", "A", "")
    path = f"/repos/{DIGESTS}/issues/1"

    assert get(sandbox, f"{path}/reactions").status_code == 404
    assert post(sandbox, path, "+1").status_code == 404
    assert post(sandbox, path, "+1", "grace").status_code == 201


def test_a_fault_leaves_it_open_whether_a_reaction_was_given(
    sandbox: Sandbox, world: World, subjects
):
    sandbox.faults.add(bad_gateway(after_write=True), Match(method="POST", path="*/reactions"))

    assert post(sandbox, subjects[1], "+1").status_code == 502

    assert world.issue(PROJECT, 1).comments[0].reactions == {"THUMBS_UP": {"ada-example": NOW}}
    assert post(sandbox, subjects[1], "+1").status_code == 200
    assert [seen.status for seen in sandbox.requests] == [502, 200]


def test_nobody_takes_anothers_reaction_back(connect: Connect, world: World):
    given = connect().get_repo(PROJECT).get_issue(1).create_reaction("eyes")

    assert not connect("ada").get_repo(PROJECT).get_issue(1).delete_reaction(given.id)


def test_an_unknown_reaction_is_unprocessable(connect: Connect):
    with pytest.raises(GithubException) as refusal:
        connect().get_repo(PROJECT).get_issue(1).create_reaction("shrug")

    assert refusal.value.status == 422


def test_a_reaction_leaves_the_times_of_what_it_is_given_to(sandbox: Sandbox, world, subjects):
    world.advance(hours=1)
    for path in subjects:
        post(sandbox, path, "laugh")
    since = (NOW + timedelta(minutes=1)).isoformat()

    assert get(sandbox, f"/repos/{PROJECT}/issues/comments", since=since).json() == []
    assert get(sandbox, f"/repos/{PROJECT}/issues", since=since).json() == []
