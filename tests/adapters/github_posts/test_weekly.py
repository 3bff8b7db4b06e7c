"""Digests as an issue a week."""

from bot.adapters.github_post_listing import LABEL
from bot.delivery import Found
from bot.sandbox.faults import Fault
from bot.sandbox.messages import Answer, Request, error_answer
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.subscriptions.club import Post
from tests.adapters.github_posts.steps import (
    CLUB,
    NEXT_WEEK,
    NOW,
    POSTS,
    WEEK,
    Connect,
    comments,
    issues,
    message,
    paste,
)


def test_a_digest_is_posted_once_and_found_again(world: World, connect: Connect) -> None:
    place = connect(post=Post.WEEKLY).deliver(message())
    (posted,) = issues(world)
    assert (posted.title, posted.body) == (message().title, message().markdown)
    assert (posted.author, posted.labels) == ("github-actions[bot]", (LABEL,))
    assert place == f"https://github.com/{CLUB}/issues/{posted.number}"
    found = connect(post=Post.WEEKLY).find(WEEK, "ada-example", was_tried=False)
    assert found == Found(place, message().sha, NOW)
    assert comments(world) == []


def test_the_student_is_assigned_where_github_allows_it(world: World, connect: Connect) -> None:
    connect(post=Post.WEEKLY).deliver(message("ada-example"))
    connect(post=Post.WEEKLY).deliver(message("ben-example"))
    assert [issue.assignees for issue in issues(world)] == [("ada-example",), ()]


def test_a_student_who_cannot_be_assigned_gets_the_digest_all_the_same(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    sandbox.faults.add(Fault("unassignable", before=refuse_assignees), POSTS, times=None)
    place = connect(post=Post.WEEKLY).deliver(message("ben-example"))
    assert [issue.url for issue in issues(world)] == [place]


def refuse_assignees(request: Request) -> Answer | None:
    if not request.fields["assignees"]:
        return None
    wrong = {"resource": "Issue", "field": "assignees", "code": "invalid"}
    return error_answer(422, "Validation Failed", [wrong])


def test_the_next_week_closes_the_last_as_completed(world: World, connect: Connect) -> None:
    connect(post=Post.WEEKLY).deliver(message())
    connect(post=Post.WEEKLY).deliver(message("ben-example"))
    world.advance(days=7)
    connect(post=Post.WEEKLY).deliver(message(week=NEXT_WEEK))
    states = [(issue.state, issue.state_reason) for issue in issues(world)]
    assert states == [("CLOSED", "COMPLETED"), ("OPEN", None), ("OPEN", None)]


def test_only_our_own_open_digests_of_the_student_are_closed(
    world: World, connect: Connect
) -> None:
    connect(post=Post.WEEKLY).deliver(message())
    paste(world, "mallory-example", message(text="Mine.").markdown)
    paste(world, "github-actions[bot]", "a talk of ours")
    world.close(issues(world)[0], "ada-example", "NOT_PLANNED")
    world.advance(days=7)
    connect(post=Post.WEEKLY).deliver(message(week=NEXT_WEEK))
    states = [(issue.state, issue.state_reason) for issue in issues(world)]
    assert states == [("CLOSED", "NOT_PLANNED"), ("OPEN", None), ("OPEN", None), ("OPEN", None)]


def test_a_digest_left_open_long_ago_is_closed_by_its_label(world: World, connect: Connect) -> None:
    connect(post=Post.WEEKLY).deliver(message(week="2026-W20"))
    for number in range(120):
        paste(world, "grace-example", f"other talk {number}")
    world.advance(days=200)
    paste(world, "grace-example", "new talk")
    connect(post=Post.WEEKLY).deliver(message(week="2027-W23"))
    assert issues(world)[0].state == "CLOSED"


def test_an_older_week_that_is_sent_late_closes_nothing_newer(
    world: World, connect: Connect
) -> None:
    connect(post=Post.WEEKLY).deliver(message(week=NEXT_WEEK))
    world.advance(days=1)
    connect(post=Post.WEEKLY).deliver(message(week=WEEK))
    assert {issue.state for issue in issues(world)} == {"OPEN"}
