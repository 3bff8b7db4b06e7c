"""Digests in the club's repository: each refusal has words, and stops what it must."""

from dataclasses import replace

import pytest

from bot.adapters.github_post_listing import LABEL
from bot.errors import (
    ChannelStopped,
    DeliveryError,
    GitHubError,
    LimitReached,
    Outage,
    Refused,
    TooHeavy,
)
from bot.sandbox import faults
from bot.sandbox.faults import Fault, Match
from bot.sandbox.messages import error_answer
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.subscriptions.club import Post
from tests.adapters.github_posts.steps import (
    CLUB,
    LISTS,
    SENDS,
    WEEK,
    Connect,
    digests,
    message,
    paste,
)

CLUBMATES = [f"student-{number}" for number in range(12)]

#: What goes wrong, what is said of it, and whether the rest of the run need not try.
REFUSALS = {
    "401": (faults.bad_credentials(), "token", True),
    "403": (faults.forbidden(), "Resource not accessible by integration", True),
    "403 archived": (faults.forbidden("Repository was archived"), "archived", True),
    "403 locked": (faults.forbidden("The issue is locked"), "locked", None),
    "404": (faults.missing(), "cannot see", True),
    "422": (faults.unprocessable(), "422", False),
    "403 limit": (faults.secondary_limit(403), "rate limit", True),
    "429": (faults.secondary_limit(429), "rate limit", True),
    "primary limit": (faults.primary_limit(), "rate limit", True),
}


@pytest.mark.parametrize("refusal", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_certain_gives_advice_and_may_stop_the_channel(
    world: World,
    sandbox: Sandbox,
    connect: Connect,
    post: Post,
    refusal: tuple[Fault, str, bool | None],
) -> None:
    fault, words, is_for_all = refusal
    if is_for_all is None:
        # Who may not open an issue may open none; who may not comment may in another thread.
        is_for_all = post is Post.WEEKLY
    kind = ChannelStopped if is_for_all else DeliveryError
    armed = sandbox.faults.add(fault, SENDS[post])
    channel = connect(post=post)
    with pytest.raises(DeliveryError, match=words) as error:
        channel.deliver(message())
    assert type(error.value) is kind
    assert error.value.advice
    assert digests(world) == []
    n_asked = len(sandbox.requests)
    if kind is DeliveryError:
        channel.deliver(message("ben-example"))
        return
    for login in CLUBMATES:
        with pytest.raises(ChannelStopped, match=words):
            channel.deliver(message(login))
    assert len(sandbox.requests) == n_asked
    assert armed.hits == 1


def test_a_token_that_only_reads_is_told_of_the_right_and_the_label(
    connect: Connect, post: Post
) -> None:
    with pytest.raises(ChannelStopped, match="may not do this") as error:
        connect("read-token", post).deliver(message())
    assert "Issues" in error.value.advice
    assert LABEL in error.value.advice


def test_after_a_primary_limit_of_the_listing_nothing_more_is_asked(
    sandbox: Sandbox, connect: Connect
) -> None:
    sandbox.faults.add(faults.primary_limit(), LISTS, times=None)
    channel = connect()
    for login in CLUBMATES:
        with pytest.raises(LimitReached):
            channel.find(WEEK, login, was_tried=False)
        with pytest.raises(LimitReached):
            channel.deliver(message(login))
    assert len(sandbox.requests) == 1


@pytest.mark.parametrize(
    "lists", [LISTS, Match(method="GET", path="*/issues/comments")], ids=["issues", "comments"]
)
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.server_error(500), Outage),
        (faults.bad_gateway(), TooHeavy),
        (faults.not_json_body(), Outage),
        (faults.bad_credentials(), Refused),
        (faults.missing(), Refused),
        (faults.secondary_limit(403), LimitReached),
    ],
    ids=["500", "502", "no JSON", "401", "404", "secondary limit"],
)
def test_a_listing_that_failed_fails_alike_for_all_without_a_request(
    sandbox: Sandbox, connect: Connect, fault: Fault, kind: type[GitHubError], lists: Match
) -> None:
    sandbox.faults.add(fault, lists, times=None)
    channel = connect()
    with pytest.raises(kind) as first:
        channel.find(WEEK, CLUBMATES[0], was_tried=False)
    n_asked = len(sandbox.requests)
    for login in CLUBMATES:
        with pytest.raises(kind) as other:
            channel.find(WEEK, login, was_tried=False)
        assert other.value.message == first.value.message
    assert len(sandbox.requests) == n_asked


def test_a_listing_that_failed_on_a_later_page_is_not_taken_for_whole(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    connect().deliver(message())
    for number in range(150):
        paste(world, "grace-example", f"other talk {number}")
    sandbox.faults.add(faults.bad_credentials(), LISTS, skip=1)
    channel = connect()
    for _ in range(2):
        with pytest.raises(Refused):
            channel.find(WEEK, "ada-example", was_tried=False)


def test_switched_off_issues_are_said_so(
    world: World, sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    channel = connect(post=post)
    channel.find(WEEK, "ada-example", was_tried=False)
    world.repository(CLUB).has_issues = False
    with pytest.raises(Refused, match="switched off"):
        connect(post=post).find(WEEK, "ada-example", was_tried=False)
    with pytest.raises((ChannelStopped, Refused), match="switched off") as error:
        channel.deliver(message())
    assert "settings" in error.value.advice


def test_nobody_at_the_address_means_surely_not_posted(sandbox: Sandbox, connect: Connect) -> None:
    channel = connect(post=Post.WEEKLY)
    channel.find(WEEK, "ada-example", was_tried=False)
    sandbox.stop()
    with pytest.raises(DeliveryError, match="connection") as error:
        channel.deliver(message())
    assert type(error.value) is DeliveryError


def test_a_renamed_repository_stops_the_channel(
    sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    moved = Fault("moved", before=lambda _: error_answer(307, "Moved Permanently"))
    sandbox.faults.add(moved, SENDS[post])
    with pytest.raises(ChannelStopped, match="Moved Permanently") as error:
        connect(post=post).deliver(message())
    assert "renamed" in error.value.advice


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"markdown": "Hello without a marker"}, "marker"),
        ({"markdown": message("ben-example").markdown}, "marker"),
        ({"markdown": message().markdown + "x" * 65_536}, "65,536"),
        ({"title": "x" * 257}, "title"),
    ],
)
def test_what_github_would_refuse_or_we_not_find_again_is_not_sent(
    sandbox: Sandbox, connect: Connect, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(DeliveryError, match=words):
        connect().deliver(replace(message(), **changes))
    assert sandbox.requests == []


@pytest.mark.parametrize("private", [True, False])
def test_the_repository_is_asked_whether_it_is_private(
    world: World, connect: Connect, private: bool
) -> None:
    world.repository(CLUB).private = private
    assert connect().is_private() is private


def test_a_repository_that_cannot_be_seen_is_a_refusal(connect: Connect) -> None:
    channel = connect("grace-token", repository="campus-club/nowhere")
    with pytest.raises(Refused, match="cannot see"):
        channel.is_private()
    with pytest.raises(Refused, match="cannot see"):
        channel.find(WEEK, "ada-example", was_tried=False)
