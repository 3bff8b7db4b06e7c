"""Digests as a comment a week in the student's one thread."""

import pytest

from bot.adapters.github_post_listing import LABEL
from bot.delivery import Found
from bot.errors import ChannelStopped, DeliveryError
from bot.sandbox import faults
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import (
    CLUB,
    COMMENTS,
    NEXT_WEEK,
    NOW,
    POSTS,
    WEEK,
    Connect,
    comments,
    count,
    digests,
    issues,
    message,
    paste,
    thread_for,
    threads,
    writes,
)
from tests.adapters.github_posts.test_weekly import refuse_assignees


def test_the_first_digest_opens_a_thread_and_is_a_comment_in_it(
    world: World, connect: Connect
) -> None:
    place = connect().deliver(message())
    (thread,), (comment,) = issues(world), comments(world)
    wanted = thread_for("ada-example")
    assert (thread.title, thread.body) == (wanted.title, wanted.markdown)
    assert (thread.labels, thread.assignees) == ((LABEL,), ("ada-example",))
    assert (comment.body, comment.parent) == (message().markdown, thread)
    assert place == f"https://github.com/{CLUB}/issues/{thread.number}#issuecomment-{comment.id}"
    found = connect().find(WEEK, "ada-example", was_tried=False)
    assert found == Found(place, message().sha, NOW)


def test_each_week_is_a_comment_in_the_same_thread(world: World, connect: Connect) -> None:
    for number in range(47, 52):
        channel = connect()
        for login in ("ada-example", "ben-example"):
            channel.deliver(message(login, f"2026-W{number}"))
        world.advance(days=7)
    assert [len(thread.comments or ()) for thread in threads(world)] == [5, 5]
    assert len(issues(world)) == 2


def test_only_the_thread_mentions_the_student(world: World, connect: Connect) -> None:
    connect().deliver(message("ben-example"))
    assert (issues(world)[0].body or "").count("@ben-example") == 1
    assert issues(world)[0].assignees == (), "who cannot be assigned is called all the same"
    assert "@" not in comments(world)[0].body


def test_a_thread_of_a_student_whom_github_refuses_is_opened_unassigned(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    sandbox.faults.add(Fault("unassignable", before=refuse_assignees), POSTS, times=None)
    connect().deliver(message("ben-example"))
    assert len(threads(world)) == len(digests(world)) == 1


def test_a_thread_is_found_however_old_closed_or_unlabelled_it_is(
    world: World, connect: Connect
) -> None:
    connect().deliver(message(week="2026-W10"))
    (thread,) = threads(world)
    for number in range(150):
        paste(world, "grace-example", f"other talk {number}")
    world.advance(days=300)
    world.unlabel(thread, LABEL, "grace-example")
    world.close(thread, "ada-example", "COMPLETED")
    paste(world, "grace-example", "new talk")
    connect().deliver(message(week="2027-W37"))
    assert threads(world) == [thread]
    assert len(thread.comments or ()) == 2


def test_a_labelled_thread_is_found_without_reading_all_that_was_ever_said(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    connect().deliver(message(week="2026-W10"))
    for number in range(350):
        paste(world, "grace-example", f"other talk {number}")
    world.advance(days=300)
    paste(world, "grace-example", "new talk")
    n_before = count(sandbox, "GET")
    connect().deliver(message(week="2027-W37"))
    posts, their_comments, labelled = 1, 1, 1
    assert count(sandbox, "GET") == n_before + posts + their_comments + labelled
    assert len(threads(world)) == 1


def test_a_thread_whose_marker_was_edited_away_is_known_by_its_last_digest(
    world: World, connect: Connect
) -> None:
    connect().deliver(message())
    (thread,) = issues(world)
    world.edit_issue(thread, "grace-example", body="Rewritten by a mentor.")
    world.comment(paste(world, "mallory-example", "talk"), "mallory-example", message().markdown)
    world.advance(days=7)
    connect().deliver(message(week=NEXT_WEEK))
    assert [len(issue.comments or ()) for issue in issues(world)] == [2, 1]


def test_a_strangers_thread_is_not_posted_in(world: World, connect: Connect) -> None:
    pasted = paste(world, "mallory-example", thread_for("ada-example").markdown)
    connect().deliver(message())
    assert pasted.comments == []
    assert len(digests(world)) == 1


def test_a_digest_that_was_refused_after_its_thread_was_opened_goes_into_that_thread(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    sandbox.faults.add(faults.unprocessable(), COMMENTS, times=2)
    channel = connect()
    for _ in range(2):
        with pytest.raises(Exception, match="422"):
            channel.deliver(message())
    connect().deliver(message())
    assert len(threads(world)) == len(comments(world)) == 1


def test_a_locked_thread_takes_an_officers_comments_and_tells_a_workflow_how(
    world: World, connect: Connect
) -> None:
    connect("grace-token").deliver(message())
    world.edit_issue(issues(world)[0], "grace-example", locked=True)
    connect("grace-token").deliver(message(week=NEXT_WEEK))
    assert len(comments(world)) == 2
    with pytest.raises(DeliveryError, match="locked") as caught:
        connect(posters=("grace-example",)).deliver(message(week="2026-W49"))
    assert "Unlock the issue" in caught.value.advice
    assert not isinstance(caught.value, ChannelStopped)


STUDENTS = [f"student-{number}" for number in range(3)]


def test_a_week_costs_two_writes_a_student_and_a_few_requests_a_club(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    def deliver(week: str) -> list[str]:
        sandbox.requests.clear()
        channel = connect()
        for login in STUDENTS:
            assert channel.find(week, login, was_tried=False) is None
            channel.deliver(message(login, week))
        world.advance(days=7)
        return [path.rpartition("/")[2] for path in writes(sandbox)]

    posts, their_comments, labelled, are_folded = 1, 1, 1, 1
    assert deliver(WEEK) == ["issues", "comments"] * 3
    assert len(sandbox.requests) == 6 + posts + their_comments + labelled
    assert deliver(NEXT_WEEK) == ["comments", "graphql FoldComment"] * 3
    assert len(sandbox.requests) == 6 + posts + their_comments + are_folded


def test_a_rerun_writes_nothing(world: World, sandbox: Sandbox, connect: Connect) -> None:
    for week in (WEEK, NEXT_WEEK):
        connect().deliver(message(week=week))
        world.advance(days=7)
    sandbox.requests.clear()
    channel = connect()
    assert channel.find(NEXT_WEEK, "ada-example", was_tried=False) is not None
    channel.deliver(message(week=NEXT_WEEK))
    assert writes(sandbox) == []
