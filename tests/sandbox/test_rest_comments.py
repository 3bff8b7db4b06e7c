from datetime import timedelta

import pytest
import requests
from github import GithubException, UnknownObjectException

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, NOW, PROJECT, Connect


def test_a_comment_is_made_changed_and_deleted(connect: Connect, world: World):
    issue = connect().get_repo(DIGESTS).create_issue("Digest")

    comment = issue.create_comment("/more 2")
    comment.edit("/less 2")
    assert issue.get_comment(comment.id).body == "/less 2"
    comment.delete()

    assert list(issue.get_comments()) == []
    with pytest.raises(UnknownObjectException):
        issue.get_comment(comment.id).body  # noqa: B018


def test_the_tokens_login_is_the_editor_of_a_comment(connect: Connect, world: World):
    world.repository(PROJECT).collaborators = ("grace-example",)
    comment = world.comment(world.issue(PROJECT, 1), "ada-example", "Mine")

    connect().get_repo(PROJECT).get_issue(1).get_comment(comment.id).edit("Hers")

    assert (comment.author, comment.editor) == ("ada-example", "grace-example")


def test_comments_come_oldest_first_and_since_a_time(connect: Connect, world: World):
    issue = world.issue(PROJECT, 1)
    for body in ("one", "two"):
        world.comment(issue, "ada-example", body)
        world.advance(hours=1)
    found = connect().get_repo(PROJECT).get_issue(1)

    assert [c.body for c in found.get_comments()] == ["one", "two"]
    assert [c.body for c in found.get_comments(since=NOW + timedelta(minutes=30))] == ["two"]
    assert found.comments == 2


def test_a_repositorys_comments_come_from_all_issues_and_pull_requests(
    connect: Connect, world: World
):
    repository = world.repository(PROJECT)
    pull = world.open_pull_request(repository, "ada-example", "Draw it", closes=(1,))
    world.comment(pull, "ada-example", "one")
    world.advance(hours=1)
    first = world.comment(world.issue(PROJECT, 1), "ada-example", "two")
    world.comment(world.open_issue(world.repository(DIGESTS), "ada-example", "A", ""), None, "no")
    world.advance(hours=1)
    world.comment(pull, "ada-example", "three")
    world.advance(hours=1)
    world.edit_comment(first, "two again")
    found = connect().get_repo(PROJECT)

    def bodies(**asked: object) -> list[str]:
        return [comment.body for comment in found.get_issues_comments(**asked)]

    assert bodies() == ["one", "two again", "three"]
    assert bodies(direction="desc") == bodies(), "a direction without a sort is ignored"
    assert bodies(sort="created", direction="desc") == ["three", "two again", "one"]
    assert bodies(sort="updated", direction="desc") == ["two again", "three", "one"]
    assert bodies(sort="created", since=NOW + timedelta(minutes=90)) == ["two again", "three"]


def test_a_repositorys_comments_come_in_pages_that_a_caller_may_see(connect: Connect, world: World):
    issue = world.open_issue(world.repository(DIGESTS), "grace-example", "A", "")
    for number in range(70):
        world.comment(issue, "grace-example", str(number))

    listed = connect().get_repo(DIGESTS).get_issues_comments(sort="created", direction="desc")

    assert [comment.body for comment in listed] == [str(n) for n in reversed(range(70))]
    with pytest.raises(UnknownObjectException):
        list(connect("ada").get_repo(DIGESTS).get_issues_comments())


def test_an_unknown_order_of_comments_is_unprocessable(connect: Connect):
    with pytest.raises(GithubException) as refusal:
        list(connect().get_repo(PROJECT).get_issues_comments(sort="length"))

    assert refusal.value.status == 422


def test_a_comment_tells_its_author_and_how_they_belong(connect: Connect):
    connect().get_repo(DIGESTS).create_issue("Digest").create_comment("Welcome")

    (comment,) = connect().get_repo(DIGESTS).get_issue(1).get_comments()

    assert comment.user.login == "grace-example"
    assert comment.raw_data["author_association"] == "MEMBER"
    assert comment.issue_url.endswith(f"/repos/{DIGESTS}/issues/1")
    assert comment.node_id == f"IC_{comment.id}"


def test_a_strangers_comment_is_theirs_alone(connect: Connect, world: World):
    comment = world.comment(world.issue(PROJECT, 1), "marisol-example", "Mine")

    with pytest.raises(GithubException) as refusal:
        connect("ada").get_repo(PROJECT).get_issue(1).get_comment(comment.id).edit("Yours")

    assert refusal.value.status == 403


def test_a_comment_is_found_under_its_own_repository_only(connect: Connect, world: World):
    comment = world.comment(world.issue(PROJECT, 1), "ada-example", "Here")

    with pytest.raises(UnknownObjectException):
        connect().get_repo(DIGESTS).get_issue(1).get_comment(comment.id).body  # noqa: B018


@pytest.mark.parametrize("body", ["", "x" * 65_537])
def test_blank_and_overlong_comments_are_unprocessable(connect: Connect, body):
    with pytest.raises(GithubException) as refusal:
        connect().get_repo(PROJECT).get_issue(1).create_comment(body)

    assert refusal.value.status == 422


def test_a_pull_request_takes_comments_as_an_issue_does(connect: Connect, world: World):
    world.open_pull_request(world.repository(PROJECT), "ada-example", "Draw it", closes=(1,))

    connect().get_repo(PROJECT).get_issue(2).create_comment("Nice")

    assert [c.body for c in world.pull_request(PROJECT, 2).comments] == ["Nice"]


def test_a_page_of_a_repositorys_late_comments_names_the_next(
    sandbox: Sandbox, connect: Connect, world: World
):
    issue = world.issue(PROJECT, 1)
    for number in range(3):
        world.comment(issue, "ada-example", str(number))
        world.advance(hours=1)
    world.edit_comment(issue.comments[0], "0 again")
    url = f"{sandbox.url}/repos/{PROJECT}/issues/comments"
    asked = {"since": "2026-11-22T06:00:00Z", "sort": "updated", "per_page": "2"}

    first = requests.get(url, asked, timeout=10)
    second = requests.get(first.links["next"]["url"], timeout=10)

    assert [comment["body"] for comment in first.json()] == ["1", "2"]
    assert [comment["body"] for comment in second.json()] == ["0 again"]
    assert "next" not in second.links


def test_an_issues_comments_are_paged_since_a_moment(sandbox: Sandbox, world: World):
    issue = world.issue(PROJECT, 1)
    for number in range(4):
        world.comment(issue, "ada-example", str(number))
        world.advance(hours=1)
    url = f"{sandbox.url}/repos/{PROJECT}/issues/1/comments"
    asked = {"since": "2026-11-22T06:00:00Z", "per_page": "2", "page": "2"}

    answer = requests.get(url, asked, timeout=10)

    assert [comment["body"] for comment in answer.json()] == ["3"]
    assert set(answer.links) == {"first", "prev"}
