"""What is older is folded up or closed, once, and never at a delivery's expense."""

import pytest

from bot.adapters.github_post_listing import LABEL
from bot.errors import ChannelStopped
from bot.sandbox import faults
from bot.sandbox.faults import Fault, Match
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.subscriptions.club import Post
from tests.adapters.github_posts.steps import (
    EDITS,
    FOLDS,
    LISTS,
    NEXT_WEEK,
    WEEK,
    Connect,
    comments,
    count,
    issues,
    message,
    paste,
    writes,
)

ASKS = Match(operation="ReadFolded")
#: How a digest of the last week is retired.
RETIRES = {Post.WEEKLY: EDITS, Post.ROLLING: FOLDS}


def folded(world: World) -> list[str | None]:
    return [comment.minimized for comment in comments(world)]


def retired(world: World) -> list[bool]:
    """Of each digest, oldest first, whether it is out of the way."""
    closed = [issue.state == "CLOSED" for issue in issues(world) if not issue.comments]
    return closed + [one is not None for one in folded(world)]


def test_a_newer_digest_folds_the_students_older_ones_up_as_outdated(
    world: World, connect: Connect
) -> None:
    connect().deliver(message("ben-example"))
    for week in (WEEK, NEXT_WEEK, "2026-W49"):
        connect().deliver(message(week=week))
        world.advance(days=7)
    assert folded(world) == [None, "OUTDATED", "OUTDATED", None]


def test_what_is_folded_up_already_is_not_folded_up_again(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    for week in (WEEK, NEXT_WEEK):
        connect().deliver(message(week=week))
        world.advance(days=1)
    sandbox.requests.clear()
    connect().deliver(message(week="2026-W49"))
    assert writes(sandbox).count("graphql FoldComment") == 1


def test_one_question_tells_of_a_whole_club_what_is_folded_up(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    for week in (WEEK, NEXT_WEEK):
        sandbox.requests.clear()
        channel = connect()
        for number in range(60):
            channel.deliver(message(f"student-{number}", week))
        world.advance(days=7)
    asked = [one.kind for one in sandbox.requests]
    assert asked.count("graphql ReadFolded") == 1
    assert folded(world).count("OUTDATED") == 60


def test_talk_and_what_others_pasted_is_left_alone(world: World, connect: Connect) -> None:
    connect().deliver(message())
    thread = issues(world)[0]
    world.comment(thread, "ada-example", "/more 2")
    world.comment(thread, "ada-example", message(text="Mine.").markdown)
    world.comment(thread, "github-actions[bot]", "Noted.")
    world.advance(days=7)
    connect().deliver(message(week=NEXT_WEEK))
    assert folded(world) == ["OUTDATED", None, None, None, None]


@pytest.mark.parametrize("n_weeks", [4, 5])
def test_a_digest_of_a_rarer_rhythm_is_found_and_retired(
    world: World, connect: Connect, post: Post, n_weeks: int
) -> None:
    connect(post=post).deliver(message())
    talk = paste(world, "grace-example", "old talk")
    world.comment(talk, "grace-example", "more talk")
    world.unlabel(issues(world)[0], LABEL)
    world.advance(days=7 * n_weeks)
    connect(post=post).deliver(message("ben-example", f"2026-W{47 + n_weeks}"))
    connect(post=post).deliver(message(week=f"2026-W{47 + n_weeks}"))
    if post is Post.WEEKLY:
        assert issues(world)[0].state == "CLOSED"
    else:
        assert comments(world)[0].minimized == "OUTDATED"


def test_a_listing_that_failed_on_the_way_back_is_not_taken_for_whole(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    place = connect(post=Post.WEEKLY).deliver(message("ben-example"))
    world.unlabel(issues(world)[0], LABEL)
    for number in range(150):
        paste(world, "grace-example", f"other talk {number}")
    world.advance(days=28)
    paste(world, "grace-example", "new talk")
    newest, labelled, tries = 1, 1, 3
    sandbox.faults.add(faults.bad_gateway(), LISTS, times=tries, skip=newest + labelled)
    channel = connect(post=Post.WEEKLY)
    channel.deliver(message(week="2026-W51"))
    assert len(channel.notes) == 1
    assert channel.deliver(message("ben-example")) == place


def test_after_a_change_of_ways_the_other_ways_digest_is_retired(
    world: World, connect: Connect, post: Post
) -> None:
    (other,) = set(Post) - {post}
    connect(post=post).deliver(message())
    world.advance(days=7)
    connect(post=other).deliver(message(week=NEXT_WEEK))
    assert sorted(retired(world)) == [False, True]


def test_a_run_that_was_killed_before_it_retired_is_made_good_by_the_next(
    world: World, sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    connect(post=post).deliver(message())
    world.advance(days=7)
    # The retirement's request gets lost, as in a run that dies before it.
    sandbox.faults.add(faults.dropped_connection(), RETIRES[post])
    connect(post=post).deliver(message(week=NEXT_WEEK))
    assert retired(world) == [False, False]
    assert connect(post=post).find(NEXT_WEEK, "ada-example", was_tried=True) is not None
    assert retired(world) == [True, False]
    n_written = len(writes(sandbox))
    assert connect(post=post).find(NEXT_WEEK, "ada-example", was_tried=True) is not None
    assert len(writes(sandbox)) == n_written


@pytest.mark.parametrize(
    "fault",
    [
        faults.server_error(500),
        faults.bad_gateway(),
        faults.dropped_connection(),
        faults.forbidden("ada-example may not"),
        faults.bad_credentials(),
        faults.missing(),
        faults.not_json_body(),
    ],
    ids=["500", "502", "dropped", "403", "401", "404", "no JSON"],
)
def test_a_failure_to_retire_is_a_note_without_names_and_the_next_week_makes_it_good(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault, post: Post
) -> None:
    connect(post=post).deliver(message())
    world.advance(days=7)
    sandbox.faults.add(fault, RETIRES[post], times=None)
    channel = connect(post=post)
    channel.deliver(message(week=NEXT_WEEK))
    channel.deliver(message("ben-example", NEXT_WEEK))
    (note,) = channel.notes
    assert "could not be folded up or closed" in note
    assert "example" not in note
    sandbox.faults.clear()
    world.advance(days=7)
    healthy = connect(post=post)
    healthy.deliver(message(week="2026-W49"))
    assert healthy.notes == ()
    assert sorted(retired(world)) == [False, False, True, True]


def test_older_posts_that_cannot_be_listed_are_a_note_and_no_delivery_fails(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    students = [f"student-{number}" for number in range(4)]
    for login in students:
        connect(post=Post.WEEKLY).deliver(message(login))
    world.advance(days=7)
    labelled = Match(method="GET", where=lambda request: "labels" in request.query)
    fault = sandbox.faults.add(faults.bad_gateway(), labelled, times=None)
    channel = connect(post=Post.WEEKLY)
    for login in students:
        assert channel.find(NEXT_WEEK, login, was_tried=False) is None
        channel.deliver(message(login, NEXT_WEEK))
    one_try_and_two_more = 3
    assert fault.hits == one_try_and_two_more
    assert len(channel.notes) == 1
    assert len(issues(world)) == 8


def test_comments_that_nobody_can_ask_about_are_a_note_and_no_delivery_fails(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    students = [f"student-{number}" for number in range(5)]
    for login in students:
        connect().deliver(message(login))
    world.advance(days=7)
    fault = sandbox.faults.add(faults.bad_gateway(), ASKS, times=None)
    channel = connect()
    for login in students:
        channel.deliver(message(login, NEXT_WEEK))
    assert fault.hits == 3
    assert len(channel.notes) == 1
    assert len(comments(world)) == 10


def test_after_a_few_failures_no_more_is_tried(
    world: World, sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    students = [f"student-{number}" for number in range(8)]
    for login in students:
        connect(post=post).deliver(message(login))
    world.advance(days=7)
    fault = sandbox.faults.add(faults.forbidden(), RETIRES[post], times=None)
    channel = connect(post=post)
    for login in students:
        channel.deliver(message(login, NEXT_WEEK))
    assert fault.hits == 3
    assert len(channel.notes) == 1


def test_a_limit_while_retiring_stops_the_channel_but_not_that_delivery(
    world: World, sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    connect(post=post).deliver(message())
    world.advance(days=7)
    sandbox.faults.add(faults.secondary_limit(403), RETIRES[post], times=None)
    channel = connect(post=post)
    place = channel.deliver(message(week=NEXT_WEEK))
    n_asked = len(sandbox.requests)
    with pytest.raises(ChannelStopped, match="rate limit"):
        channel.deliver(message("ben-example", NEXT_WEEK))
    found = channel.find(NEXT_WEEK, "ada-example", was_tried=True)
    assert found is not None
    assert found.place == place
    assert len(sandbox.requests) == n_asked
    assert "rate limit" in channel.notes[0]


def test_a_comment_that_is_gone_meanwhile_is_no_failure(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    connect().deliver(message())
    world.advance(days=7)
    old = comments(world)[0]
    sandbox.faults.add(faults.call_before(lambda: world.delete_comment(old)), ASKS)
    channel = connect()
    channel.deliver(message(week=NEXT_WEEK))
    assert channel.notes == ()
    assert count(sandbox, "PATCH") == 0
