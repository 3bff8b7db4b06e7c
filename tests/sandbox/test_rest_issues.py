from datetime import timedelta

import pytest
from github import GithubException, UnknownObjectException

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, NOW, PROJECT, Connect


def test_an_opened_issue_bears_what_was_given_and_who_gave_it(connect: Connect):
    issue = connect().get_repo(DIGESTS).create_issue("Digest", "Hello", labels=["digest"])

    assert (issue.number, issue.title, issue.body) == (1, "Digest", "Hello")
    assert [label.name for label in issue.labels] == ["digest"]
    assert issue.user.login == "grace-example"
    assert issue.created_at == NOW
    assert issue.html_url == f"https://github.com/{DIGESTS}/issues/1"
    assert issue.node_id.startswith("I_")


def test_without_push_access_labels_and_assignees_are_dropped(connect: Connect):
    repository = connect("ada").get_repo(PROJECT)

    issue = repository.create_issue("A bug", labels=["bug"], assignees=["ada-example"])

    assert issue.labels == []
    assert issue.assignees == []


def test_with_push_access_only_assignable_logins_are_assigned(connect: Connect):
    repository = connect().get_repo(DIGESTS)

    issue = repository.create_issue("x", assignees=["grace-example", "stranger-example"])

    assert [user.login for user in issue.assignees] == ["grace-example"]


@pytest.fixture
def three(world: World) -> None:
    """Issues 1 to 3, an hour apart, 3 closed; 4 is a pull request."""
    digests = world.repository(DIGESTS)
    for labels in (("digest", "week"), ("Digest",), ("other",)):
        issue = world.open_issue(digests, "grace-example", "Post", None, labels)
        world.advance(hours=1)
    world.close(issue, "grace-example")
    world.open_pull_request(digests, "ada-example", "A change")


def listed(connect: Connect, **wanted: object) -> list[int]:
    return [issue.number for issue in connect().get_repo(DIGESTS).get_issues(**wanted)]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [4, 2, 1]),
        ({"state": "all"}, [4, 3, 2, 1]),
        ({"state": "closed"}, [3]),
        ({"labels": ["digest"]}, [2, 1]),
        ({"labels": ["digest", "WEEK"]}, [1]),
        ({"creator": "grace-example"}, [2, 1]),
        ({"assignee": "none", "direction": "asc"}, [1, 2, 4]),
        ({"assignee": "*"}, []),
        ({"since": NOW + timedelta(hours=1)}, [4, 2]),
        ({"sort": "updated", "state": "all"}, [4, 3, 2, 1]),
    ],
)
def test_a_listing_holds_what_its_parameters_ask_for(connect: Connect, wanted, numbers):
    assert listed(connect, **wanted) == numbers


@pytest.mark.usefixtures("three")
def test_a_listing_shows_pull_requests_as_such(connect: Connect):
    issues = {issue.number: issue for issue in connect().get_repo(DIGESTS).get_issues()}

    assert issues[4].pull_request is not None
    assert issues[2].pull_request is None


def test_pages_follow_one_another_to_the_last(connect: Connect, world: World, sandbox: Sandbox):
    for number in range(65):
        world.open_issue(world.repository(DIGESTS), "grace-example", f"Post {number}", None)

    assert listed(connect) == list(range(65, 0, -1))
    assert len(sandbox.requests) == 3


def test_a_parameter_that_is_not_served_is_refused_loudly(connect: Connect):
    with pytest.raises(GithubException) as refusal:
        listed(connect, milestone="none")

    assert refusal.value.status == 501


def test_an_edit_changes_the_issue(connect: Connect, world: World):
    issue = connect().get_repo(DIGESTS).create_issue("Digest")

    issue.edit(title="Week 47", body="New", state="closed", state_reason="not_planned")

    held = world.issue(DIGESTS, 1)
    assert (held.title, held.body, held.state, held.state_reason) == (
        "Week 47",
        "New",
        "CLOSED",
        "NOT_PLANNED",
    )
    assert (issue.state, issue.state_reason) == ("closed", "not_planned")


def test_the_tokens_login_is_the_editor_of_what_it_rewrites(connect: Connect, world: World):
    connect("ada").get_repo(PROJECT).create_issue("A bug", "Here")
    world.repository(PROJECT).collaborators = ("grace-example",)
    held = world.issue(PROJECT, 2)
    world.advance(hours=1)

    connect().get_repo(PROJECT).get_issue(2).edit(title="A bad bug")
    assert held.editor is None
    connect().get_repo(PROJECT).get_issue(2).edit(body="There")

    assert (held.editor, held.last_edited_at) == ("grace-example", NOW + timedelta(hours=1))


def test_an_author_edits_their_text_but_not_their_labels(connect: Connect):
    repository = connect("ada").get_repo(PROJECT)
    issue = repository.create_issue("A bug")

    issue.edit(title="A bad bug", labels=["bug"])

    assert issue.title == "A bad bug"
    assert issue.labels == []


def test_a_stranger_may_not_edit_an_issue(connect: Connect):
    with pytest.raises(GithubException, match="admin rights") as refusal:
        connect("ada").get_repo(PROJECT).get_issue(1).edit(title="Mine now")

    assert refusal.value.status == 403


def test_a_lock_keeps_strangers_from_commenting(connect: Connect, world: World):
    world.repository(PROJECT).collaborators = ("grace-example",)
    issue = connect().get_repo(PROJECT).get_issue(1)

    issue.lock("resolved")
    with pytest.raises(GithubException, match="locked"):
        connect("ada").get_repo(PROJECT).get_issue(1).create_comment("Hello?")
    issue.unlock()

    assert connect("ada").get_repo(PROJECT).get_issue(1).create_comment("Hello!").id


def test_a_lock_keeps_a_workflows_token_from_commenting_until_it_unlocks(connect: Connect):
    issue = connect("workflow").get_repo(DIGESTS).create_issue("Ours")

    issue.lock("resolved")
    with pytest.raises(GithubException, match="locked"):
        issue.create_comment("Hello?")
    issue.unlock()

    assert issue.create_comment("Hello!").id


def test_assignees_are_added_and_removed(connect: Connect):
    issue = connect().get_repo(DIGESTS).create_issue("Digest")

    issue.add_to_assignees("grace-example")
    assert [user.login for user in issue.assignees] == ["grace-example"]
    issue.remove_from_assignees("grace-example")
    assert issue.assignees == []


@pytest.mark.parametrize(
    ("title", "body", "field"),
    [(" ", "", "title"), ("x" * 257, "", "title"), ("x", "x" * 65_537, "body")],
)
def test_blank_and_overlong_texts_are_unprocessable(connect: Connect, title, body, field):
    with pytest.raises(GithubException) as refusal:
        connect().get_repo(DIGESTS).create_issue(title, body)

    assert refusal.value.status == 422
    assert refusal.value.data["message"] == "Validation Failed"
    assert refusal.value.data["errors"][0]["field"] == field


def test_texts_of_just_the_greatest_length_are_taken(connect: Connect):
    issue = connect().get_repo(DIGESTS).create_issue("x" * 256, "é" * 65_536)

    assert len(issue.body) == 65_536


def test_issues_that_are_switched_off_are_gone(connect: Connect, world: World):
    world.repository(DIGESTS).has_issues = False

    with pytest.raises(GithubException) as refusal:
        connect().get_repo(DIGESTS).create_issue("Digest")

    assert refusal.value.status == 410


def test_an_archived_repository_takes_no_posts(connect: Connect, world: World):
    world.repository(DIGESTS).archived = True

    with pytest.raises(GithubException, match="archived") as refusal:
        connect().get_repo(DIGESTS).create_issue("Digest")

    assert refusal.value.status == 403


def test_a_private_repository_does_not_exist_for_strangers(connect: Connect):
    for token in ("ada", None):
        with pytest.raises(UnknownObjectException):
            connect(token).get_repo(DIGESTS).get_issue(1).title  # noqa: B018


def test_a_refusal_has_githubs_shape(connect: Connect):
    with pytest.raises(UnknownObjectException) as refusal:
        connect().get_repo(DIGESTS).get_issue(99).title  # noqa: B018

    assert refusal.value.data == {
        "message": "Not Found",
        "documentation_url": "https://docs.github.com/rest",
        "status": "404",
    }


def test_a_deleted_author_is_null(connect: Connect, world: World):
    world.open_issue(world.repository(PROJECT), None, "Orphan", None)

    assert connect().get_repo(PROJECT).get_issue(2).user is None
