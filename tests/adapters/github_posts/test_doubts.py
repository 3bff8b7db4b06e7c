"""Writes of an unknown fate: what went out is found, the rest is in doubt, none is sent twice."""

import pytest

from bot.adapters import github_client
from bot.adapters.github_post_listing import LABEL
from bot.errors import (
    DeliveryInDoubt,
    LimitReached,
    TooHeavy,
)
from bot.sandbox import faults
from bot.sandbox.faults import Fault, Match
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.subscriptions.club import Post
from tests.adapters.github_posts.steps import (
    COMMENTS,
    LISTS,
    POSTS,
    SENDS,
    WEEK,
    Connect,
    count,
    digests,
    issues,
    message,
    paste,
    places,
    threads,
)

LOST_ANSWERS = {
    "502": faults.bad_gateway(after_write=True),
    "504": faults.gateway_timeout(after_write=True),
    "500": faults.server_error(500, after_write=True),
    "dropped": faults.dropped_connection(after_write=True),
    "truncated": faults.truncated_body(),
}
LOST_REQUESTS = {
    "502": faults.bad_gateway(),
    "503": faults.server_error(503),
    "dropped": faults.dropped_connection(),
    "no JSON": faults.not_json_body(),
}


@pytest.mark.parametrize("fault", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
def test_a_post_that_went_out_after_all_is_found_and_not_posted_again(
    world: World, sandbox: Sandbox, connect: Connect, post: Post, fault: Fault
) -> None:
    channel = connect(post=post)
    assert channel.find(WEEK, "ada-example", was_tried=False) is None
    armed = sandbox.faults.add(fault, SENDS[post])
    place = channel.deliver(message())
    assert armed.hits == 1
    assert places(world) == [place]
    assert channel.find(WEEK, "ada-example", was_tried=True) is not None
    assert connect(post=post).deliver(message()) == place
    assert len(digests(world)) == 1


@pytest.mark.parametrize("fault", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
def test_a_thread_that_was_opened_after_all_is_found_and_not_opened_again(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault
) -> None:
    armed = sandbox.faults.add(fault, POSTS)
    place = connect().deliver(message())
    assert armed.hits == 1
    assert len(threads(world)) == 1
    assert places(world) == [place]


@pytest.mark.parametrize("match", [POSTS, COMMENTS], ids=["thread", "comment"])
def test_a_post_that_was_not_answered_in_time_is_found_and_not_posted_again(
    world: World,
    sandbox: Sandbox,
    connect: Connect,
    match: Match,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(github_client, "TIMEOUT_S", 1)
    armed = sandbox.faults.add(faults.slow_answer(1.3), match)
    place = connect().deliver(message())
    assert armed.hits == 1
    assert len(threads(world)) == 1
    assert places(world) == [place]


@pytest.mark.parametrize("fault", LOST_REQUESTS.values(), ids=LOST_REQUESTS)
def test_a_post_that_nobody_can_see_is_in_doubt_and_not_posted_again(
    world: World, sandbox: Sandbox, connect: Connect, post: Post, fault: Fault
) -> None:
    armed = sandbox.faults.add(fault, SENDS[post])
    with pytest.raises(DeliveryInDoubt, match="ada-example") as error:
        connect(post=post).deliver(message())
    assert error.value.advice
    assert digests(world) == []
    assert armed.hits == 1
    assert count(sandbox, "POST") == (1 if post is Post.WEEKLY else 2)


@pytest.mark.parametrize("fault", LOST_REQUESTS.values(), ids=LOST_REQUESTS)
def test_a_thread_that_nobody_can_see_is_in_doubt_and_opened_by_the_next_run(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault
) -> None:
    sandbox.faults.add(fault, POSTS)
    with pytest.raises(DeliveryInDoubt, match="ada-example") as error:
        connect().deliver(message())
    assert error.value.advice
    assert issues(world) == []
    channel = connect()
    assert channel.find(WEEK, "ada-example", was_tried=True) is None
    channel.deliver(message())
    assert len(threads(world)) == len(digests(world)) == 1


def test_an_apps_first_post_without_an_answer_is_in_doubt_by_its_name(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    sandbox.faults.add(faults.bad_gateway(after_write=True), POSTS)
    with pytest.raises(DeliveryInDoubt, match=r"digest-app\[bot\]") as error:
        connect("app-token").deliver(message())
    assert "posters" in error.value.advice
    with pytest.raises(DeliveryInDoubt, match=r"digest-app\[bot\]"):
        connect("app-token").find(WEEK, "ada-example", was_tried=True)
    connect("app-token", posters=("digest-app[bot]",)).deliver(message())
    assert len(threads(world)) == len(digests(world)) == 1


def test_an_app_is_known_by_its_thread_when_its_comment_has_no_answer(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    sandbox.faults.add(faults.bad_gateway(after_write=True), COMMENTS)
    place = connect("app-token").deliver(message())
    assert places(world) == [place]


def test_a_post_is_in_doubt_when_even_looking_fails(
    world: World, sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    channel = connect(post=post)
    channel.find(WEEK, "ada-example", was_tried=False)
    sandbox.faults.add(faults.dropped_connection(after_write=True), POSTS)
    sandbox.faults.add(
        faults.bad_gateway(), LISTS, times=None, skip=1 if post is Post.ROLLING else 0
    )
    with pytest.raises(DeliveryInDoubt):
        channel.deliver(message())
    sandbox.faults.clear()
    connect(post=post).deliver(message())
    assert len(digests(world)) == 1
    assert len(issues(world)) == 1


def test_what_this_run_posted_is_known_even_when_the_listing_fails(
    sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    channel = connect(post=post)
    place = channel.deliver(message())
    sandbox.faults.add(faults.bad_gateway(), SENDS[post])
    sandbox.faults.add(faults.primary_limit(), LISTS, times=None)
    with pytest.raises(DeliveryInDoubt):
        channel.deliver(message("ben-example"))
    with pytest.raises(LimitReached):
        channel.find(WEEK, "ben-example", was_tried=True)
    found = channel.find(WEEK, "ada-example", was_tried=False)
    assert found is not None
    assert found.place == place


def test_a_post_in_doubt_is_looked_up_afresh_after_the_listing_was_read(
    sandbox: Sandbox, connect: Connect
) -> None:
    channel = connect(post=Post.WEEKLY)
    assert channel.find(WEEK, "ben-example", was_tried=False) is None
    sandbox.faults.add(faults.bad_gateway(), POSTS)
    with pytest.raises(DeliveryInDoubt):
        channel.deliver(message())
    posts_and_comments = 2
    assert count(sandbox, "GET") == 2 * posts_and_comments
    assert channel.find(WEEK, "ada-example", was_tried=True) is None
    assert count(sandbox, "GET") == 2 * posts_and_comments


def test_no_thread_is_opened_while_not_all_can_be_read(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    connect().deliver(message(week="2026-W20"))
    world.unlabel(threads(world)[0], LABEL)
    for number in range(150):
        paste(world, "grace-example", f"other talk {number}")
    world.advance(days=200)
    paste(world, "grace-example", "new talk")
    sandbox.faults.add(faults.bad_gateway(), LISTS, times=None, skip=2)
    channel = connect()
    assert channel.find("2027-W23", "ada-example", was_tried=False) is None
    with pytest.raises(TooHeavy):
        channel.deliver(message(week="2027-W23"))
    assert len(threads(world)) == 1
