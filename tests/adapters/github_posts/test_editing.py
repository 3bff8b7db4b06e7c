"""Another text of the same digest is put where the older one stands."""

from dataclasses import replace

import pytest

from bot.delivery import Found
from bot.errors import DeliveryError, DeliveryInDoubt
from bot.sandbox import faults
from bot.sandbox.faults import Fault
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.subscriptions.club import Post
from tests.adapters.github_posts.steps import (
    EDITS,
    NOW,
    WEEK,
    Connect,
    digests,
    issues,
    message,
    paste,
    place_of,
    writes,
)

NEWER = message(text="Hello again.")


def test_a_newer_text_is_put_in_the_older_ones_place(
    world: World, sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    place = connect(post=post).deliver(message())
    sandbox.requests.clear()
    channel = connect(post=post)
    assert channel.find(WEEK, "ada-example", was_tried=False) == Found(place, message().sha, NOW)
    assert channel.deliver(NEWER) == place
    assert channel.find(WEEK, "ada-example", was_tried=False) == Found(place, NEWER.sha, NOW)
    (digest,) = digests(world)
    assert digest.body == NEWER.markdown
    assert len(writes(sandbox)) == 1
    again = connect(post=post)
    assert again.deliver(NEWER) == place
    assert len(writes(sandbox)) == 1, "the same text is no write"


def test_an_issues_title_follows_its_text(world: World, connect: Connect) -> None:
    connect(post=Post.WEEKLY).deliver(message())
    connect(post=Post.WEEKLY).deliver(replace(NEWER, title="Another title"))
    assert issues(world)[0].title == "Another title"


def test_an_issue_is_edited_by_a_club_that_posts_in_threads_now(
    world: World, connect: Connect, post: Post
) -> None:
    (other,) = set(Post) - {post}
    place = connect(post=post).deliver(message())
    assert connect(post=other).deliver(NEWER) == place
    assert [one.body for one in digests(world)] == [NEWER.markdown]


def test_a_predecessors_post_is_edited_by_whoever_took_over(
    world: World, connect: Connect, post: Post
) -> None:
    place = connect("grace-token", post).deliver(message())
    assert connect("workflow-token", post).deliver(NEWER) == place
    (digest,) = digests(world)
    assert digest.body == NEWER.markdown


def test_a_strangers_text_is_never_edited(world: World, connect: Connect, post: Post) -> None:
    pasted = paste(world, "mallory-example", message().markdown)
    place = connect(post=post).deliver(NEWER)
    assert pasted.body == message().markdown
    assert place_of(digests(world)[-1]) == place


@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_gateway(after_write=True),
        faults.dropped_connection(after_write=True),
        faults.truncated_body(),
    ],
    ids=["502", "dropped", "truncated"],
)
def test_an_edit_that_was_made_after_all_is_read_back(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault, post: Post
) -> None:
    place = connect(post=post).deliver(message())
    armed = sandbox.faults.add(fault, EDITS)
    assert connect(post=post).deliver(NEWER) == place
    assert armed.hits == 1
    assert [one.body for one in digests(world)] == [NEWER.markdown]


def test_an_edit_that_nobody_can_see_is_in_doubt_and_made_by_the_next_run(
    world: World, sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    place = connect(post=post).deliver(message())
    sandbox.faults.add(faults.bad_gateway(), EDITS)
    with pytest.raises(DeliveryInDoubt, match="ada-example"):
        connect(post=post).deliver(NEWER)
    channel = connect(post=post)
    assert channel.find(WEEK, "ada-example", was_tried=True) == Found(place, message().sha, NOW)
    assert channel.deliver(NEWER) == place
    assert [one.body for one in digests(world)] == [NEWER.markdown]


def test_an_edit_that_github_refuses_is_a_certain_failure_of_this_one(
    sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    connect(post=post).deliver(message())
    sandbox.faults.add(faults.forbidden("Must have admin rights to Repository."), EDITS)
    channel = connect(post=post)
    with pytest.raises(DeliveryError, match="admin rights") as error:
        channel.deliver(NEWER)
    assert type(error.value) is DeliveryError
    channel.deliver(message("ben-example"))
