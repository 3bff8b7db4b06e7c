"""Pull requests by REST, as docs.github.com describes them."""

import pytest
from github import Github, GithubException, UnknownObjectException

from bot.sandbox.world import World

from .conftest import DIGESTS, PROJECT, Connect

MAIN, ADDED, LATER = "a" * 40, "b" * 40, "c" * 40


@pytest.fixture
def home(world: World):
    repository = world.repository(DIGESTS)
    world.move_branch(repository, "main", MAIN)
    world.move_branch(repository, "foothold/new", ADDED)
    return repository


def open_pull(client: Github, head: str = "foothold/new", base: str = "main", **more: str):
    return client.get_repo(DIGESTS).create_pull(base, head, title="Title", body="Body", **more)


def refusal(call) -> dict[str, object]:
    with pytest.raises(GithubException) as raised:
        call()
    return {"status": raised.value.status} | dict((raised.value.data.get("errors") or [{}])[0])


def test_a_pull_request_knows_its_branches(connect: Connect, home):
    made = open_pull(connect())
    assert (made.state, made.title, made.body) == ("open", "Title", "Body")
    assert (made.head.ref, made.head.sha, made.head.label) == (
        "foothold/new",
        ADDED,
        "campus-club:foothold/new",
    )
    assert (made.base.ref, made.base.sha) == ("main", MAIN)
    assert made.user.login == "grace-example"
    assert connect().get_repo(DIGESTS).get_pull(made.number).head.sha == ADDED


def test_it_is_found_by_its_branch(connect: Connect, home, world: World):
    made = open_pull(connect())
    world.move_branch(home, "other", LATER)
    open_pull(connect(), head="other")
    listed = connect().get_repo(DIGESTS).get_pulls(head="campus-club:foothold/new")
    assert [one.number for one in listed] == [made.number]


def test_a_head_without_its_owner_filters_nothing(connect: Connect, home):
    made = open_pull(connect())
    listed = connect().get_repo(DIGESTS).get_pulls(head="elsewhere")
    assert [one.number for one in listed] == [made.number]


def test_two_of_the_same_branches_are_one_too_many(connect: Connect, home):
    open_pull(connect())
    told = refusal(lambda: open_pull(connect()))
    assert told["status"] == 422
    assert told["message"] == "A pull request already exists for campus-club:foothold/new."


def test_a_branch_without_anything_new_has_none(connect: Connect, home, world: World):
    world.move_branch(home, "foothold/new", MAIN)
    told = refusal(lambda: open_pull(connect()))
    assert told["message"] == "No commits between main and foothold/new"


@pytest.mark.parametrize("field", ["head", "base"])
def test_a_branch_that_is_not_there_is_invalid(field, connect: Connect, home):
    told = refusal(lambda: open_pull(connect(), **{field: "none"}))
    assert (told["status"], told["field"], told["code"]) == (422, field, "invalid")


def test_where_nobody_tells_of_branches_any_is_there(connect: Connect):
    assert open_pull(connect(), head="whatever").head.ref == "whatever"


def test_a_workflow_opens_some_where_it_may(connect: Connect, home):
    home.premises.can_approve_pull_request_reviews = True
    made = open_pull(connect("workflow"))
    assert made.user.login == "github-actions[bot]"
    home.premises.can_approve_pull_request_reviews = False
    with pytest.raises(GithubException) as raised:
        open_pull(connect("workflow"), head="main", base="foothold/new")
    assert raised.value.status == 403
    assert "not permitted to create or approve pull requests" in raised.value.data["message"]


def test_a_stranger_may_not_open_one_from_here(connect: Connect, world: World):
    with pytest.raises(GithubException) as raised:
        connect("ada").get_repo(PROJECT).create_pull("main", "x", title="T", body="")
    assert raised.value.status == 403


def test_it_is_changed_closed_and_opened_again(connect: Connect, home, world: World):
    made = open_pull(connect())
    made.edit(title="Another", body="Text")
    assert (made.title, made.body) == ("Another", "Text")
    made.edit(state="closed")
    assert [*connect().get_repo(DIGESTS).get_pulls()] == []
    made.edit(state="open")
    assert made.state == "open"
    pull = world.pull_request(DIGESTS, made.number)
    world.merge(pull, "grace-example")
    assert refusal(lambda: made.edit(state="open"))["field"] == "state"


def test_an_issue_is_no_pull_request(connect: Connect, home, world: World):
    issue = world.open_issue(home, "ada-example", "Title", None)
    with pytest.raises(UnknownObjectException):
        connect().get_repo(DIGESTS).get_pull(issue.number).title  # noqa: B018


def test_a_push_moves_its_head_and_deleting_the_branch_closes_it(
    connect: Connect, home, world: World
):
    made = open_pull(connect())
    pull = world.pull_request(DIGESTS, made.number)
    world.move_branch(home, "foothold/new", LATER)
    assert pull.head_commit == LATER
    world.move_branch(home, "foothold/new", None)
    assert (pull.state, world.has_branch(home, "foothold/new")) == ("CLOSED", False)


def test_a_review_is_of_the_commit_that_was_there(connect: Connect, home, world: World):
    made = open_pull(connect())
    pull = world.pull_request(DIGESTS, made.number)
    world.review(pull, "ada-example", "APPROVED")
    world.move_branch(home, "foothold/new", LATER)
    world.review(pull, "ada-example", "COMMENTED", "Fine")
    told = [(one.user.login, one.state, one.commit_id) for one in made.get_reviews()]
    assert told == [
        ("ada-example", "APPROVED", ADDED),
        ("ada-example", "COMMENTED", LATER),
    ]
