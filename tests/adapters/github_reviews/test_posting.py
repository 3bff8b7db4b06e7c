"""Review posts: put there once, kept up to date in their place, closed."""

import pytest

from bot.adapters.github_reviews import LABEL
from bot.errors import GitHubError
from bot.sandbox import faults
from bot.sandbox.faults import Match
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_reviews.steps import (
    HOME,
    WEEK,
    Connect,
    comments,
    issues,
    message,
    reviews,
    unticked,
)


def writes(sandbox: Sandbox) -> list[str]:
    asked = [one for one in sandbox.requests if one.method != "GET" and one.kind == "rest"]
    return [one.method for one in asked]


def test_a_post_is_an_issue_for_the_mentor_and_further_parts_are_comments(
    world: World, connect: Connect
) -> None:
    desk = connect()
    said = message("One.", "Two.", "Three.")
    posted = desk.post(said)
    (issue,) = issues(world)
    assert (issue.title, issue.assignees) == (said.title, ("grace-example",))
    assert LABEL in issue.labels
    assert [issue.body, *(one.body for one in comments(world))] == list(said.parts)
    assert (posted.number, posted.place, posted.is_open) == (issue.number, issue.url, True)
    assert posted.parts == said.parts
    assert (posted.editors, posted.edited_at) == ((), None)
    assert posted.posted_at == world.now
    assert "@" not in (issue.body or "")


def test_it_is_found_again_by_another_run(world: World, connect: Connect) -> None:
    assert connect().find(WEEK, "grace-example") is None
    posted = connect().post(message("One.", "Two."))
    assert connect().find(WEEK, "Grace-Example") == posted
    assert connect().find(WEEK, "linus-example") is None
    assert connect().find("2026-W48", "grace-example") is None


def test_what_stands_already_is_left_alone(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    first = connect().post(message("One.", "Two."))
    n_writes = len(writes(sandbox))
    assert connect().post(message("One.", "Two.")) == first
    assert len(writes(sandbox)) == n_writes


def test_a_box_that_was_unticked_makes_no_other_text(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    connect().post(message())
    (issue,) = issues(world)
    world.edit_issue(issue, "grace-example", body=unticked(issue.body))
    n_writes = len(writes(sandbox))
    posted = connect().post(message())
    assert len(writes(sandbox)) == n_writes
    assert posted.parts == (unticked(message().parts[0]),)
    assert posted.editors == ("grace-example",)


def test_another_text_takes_the_old_ones_place_and_notifies_nobody(
    world: World, connect: Connect
) -> None:
    connect().post(message("One.", "Two."))
    posted = connect().post(message("New.", "Two."))
    assert posted.parts == message("New.", "Two.").parts
    assert len(issues(world)) == len(comments(world)) == 1
    assert posted.editors == ()
    assert posted.edited_at is not None


def test_parts_come_and_go(world: World, connect: Connect) -> None:
    connect().post(message("One."))
    connect().post(message("One.", "Two.", "Three."))
    assert len(comments(world)) == 2
    posted = connect().post(message("One.", "Two."))
    assert posted.parts == message("One.", "Two.").parts
    assert [one.body for one in comments(world)] == [message("One.", "Two.").parts[1]]


def test_a_part_that_stands_twice_stands_once_again(world: World, connect: Connect) -> None:
    said = message("One.", "Two.")
    connect().post(said)
    world.comment(issues(world)[0], "github-actions[bot]", said.parts[1])
    posted = connect().post(said)
    assert posted.parts == said.parts
    assert len(comments(world)) == 1


def test_a_part_that_was_deleted_is_written_again(world: World, connect: Connect) -> None:
    said = message("One.", "Two.")
    connect().post(said)
    world.delete_comment(comments(world)[0], "grace-example")
    assert connect().post(said).parts == said.parts


def test_a_post_whose_marker_was_edited_away_is_known_by_its_title(
    world: World, connect: Connect
) -> None:
    connect().post(message())
    world.edit_issue(issues(world)[0], "grace-example", body="Hm.")
    posted = connect().post(message())
    assert len(issues(world)) == 1
    assert posted.parts == message().parts


@pytest.mark.parametrize("author", ["mallory-example", None])
def test_a_marker_that_a_stranger_pasted_is_not_ours(
    world: World, connect: Connect, author: str | None
) -> None:
    said = message("One.", "Two.")
    world.open_issue(world.repository(HOME), author, said.title, said.parts[0])
    assert connect().find(WEEK, "grace-example") is None
    posted = connect().post(said)
    world.comment(issues(world)[1], author, said.parts[1])
    assert posted.number == 2
    assert len(reviews(world)) == 4
    found = connect().find(WEEK, "grace-example")
    assert found is not None
    assert found.parts == said.parts


def test_a_mentor_who_cannot_be_assigned_is_mentioned_once(world: World, connect: Connect) -> None:
    said = message("One.", mentor="outside-example")
    posted = connect().post(said)
    (issue,) = issues(world)
    assert issue.assignees == ()
    assert (issue.body or "").count("@outside-example") == 1
    assert (issue.body or "").splitlines()[0] == said.parts[0].splitlines()[0]
    assert connect().post(said) == posted
    assert connect().post(message("Two.", mentor="outside-example")).parts == (
        message("Two.", mentor="outside-example").parts
    )
    assert "@outside-example" not in (issue.body or "")


def test_a_mentor_whom_a_run_that_died_did_not_call_is_called_by_the_next(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    world.add_user("helper-example")
    world.repository(HOME).private = False
    sandbox.tokens.add("helper-token", "helper-example")
    sandbox.faults.add(faults.bad_gateway(), Match(method="PATCH"), times=None)
    with pytest.raises(GitHubError):
        connect("helper-token").post(message("One."))
    (issue,) = issues(world)
    assert "@grace-example" not in (issue.body or "")
    sandbox.faults.clear()
    for text in ("Two.", "Two.", "Three."):
        connect("helper-token").post(message(text))
        assert ("@grace-example" in (issue.body or "")) == (text == "Two.")


def test_without_push_the_mentor_is_mentioned_and_the_post_found_without_its_label(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    world.add_user("helper-example")
    world.repository(HOME).private = False
    sandbox.tokens.add("helper-token", "helper-example")
    posted = connect("helper-token").post(message())
    (issue,) = issues(world)
    assert (issue.labels, issue.assignees) == ((), ())
    assert "@grace-example" in (issue.body or "")
    found = connect("helper-token").find(WEEK, "grace-example")
    assert found is not None
    assert found.number == posted.number
    assert len(issues(world)) == 1


def test_a_post_of_long_ago_is_found_by_its_own_week_only(world: World, connect: Connect) -> None:
    connect().post(message())
    world.advance(days=60)
    connect().post(message(week="2027-W03"))
    old = connect().find(WEEK, "grace-example")
    assert old is not None
    assert old.number == 1


def test_after_a_hand_over_the_old_posters_posts_are_ours(world: World, connect: Connect) -> None:
    posted = connect("grace-token").post(message())
    assert connect().find(WEEK, "grace-example") == posted


def test_a_post_is_closed_as_done_and_often_is_once(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    number = connect().post(message()).number
    connect().close(number)
    assert (issues(world)[0].state, issues(world)[0].state_reason) == ("CLOSED", "COMPLETED")
    n_writes = len(writes(sandbox))
    connect().close(number)
    assert len(writes(sandbox)) == n_writes
    found = connect().find(WEEK, "grace-example")
    assert found is not None
    assert not found.is_open


def test_closing_what_is_gone_is_no_error(sandbox: Sandbox, connect: Connect) -> None:
    connect().close(99)
    (asked,) = [one for one in sandbox.requests if one.path.endswith("/issues/99")]
    assert (asked.method, asked.status) == ("GET", 404)
    assert writes(sandbox) == []


@pytest.mark.parametrize("private", [True, False])
def test_the_repository_is_asked_whether_it_is_private(
    world: World, connect: Connect, private: bool
) -> None:
    world.repository(HOME).private = private
    assert connect().is_private() is private
    assert connect().repository == HOME
