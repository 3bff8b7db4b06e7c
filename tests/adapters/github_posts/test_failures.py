"""Digests as issues: no failure posts one twice, and each has words."""

import pytest

from bot.adapters.github_posts import LABEL
from bot.errors import (
    DeliveryError,
    DeliveryInDoubt,
    GitHubError,
    LimitReached,
    Outage,
    Refused,
    TooHeavy,
)
from bot.sandbox import faults
from bot.sandbox.faults import Fault
from bot.sandbox.messages import error_answer
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import (
    CLUB,
    LISTS,
    POSTS,
    WEEK,
    Connect,
    count,
    issues,
    message,
    paste,
)


@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_gateway(after_write=True),
        faults.gateway_timeout(after_write=True),
        faults.server_error(500, after_write=True),
        faults.dropped_connection(after_write=True),
        faults.truncated_body(),
    ],
    ids=["502", "504", "500", "dropped", "truncated"],
)
def test_a_post_that_went_out_after_all_is_found_and_not_posted_again(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault
) -> None:
    channel = connect()
    assert channel.find(WEEK, "ada-example") is None
    sandbox.faults.add(fault, POSTS)
    place = channel.deliver(message())
    assert [issue.url for issue in issues(world)] == [place]
    assert count(sandbox, "POST") == 1
    assert channel.find(WEEK, "ada-example") == place


@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_gateway(),
        faults.server_error(503),
        faults.dropped_connection(),
        faults.not_json_body(),
    ],
    ids=["502", "503", "dropped", "no JSON"],
)
def test_a_post_that_nobody_can_see_is_in_doubt_and_not_posted_again(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault
) -> None:
    sandbox.faults.add(fault, POSTS)
    with pytest.raises(DeliveryInDoubt, match="ada-example") as error:
        connect().deliver(message())
    assert error.value.advice
    assert issues(world) == []
    assert count(sandbox, "POST") == 1


def test_a_post_is_in_doubt_when_even_looking_fails(sandbox: Sandbox, connect: Connect) -> None:
    sandbox.faults.add(faults.dropped_connection(after_write=True), POSTS)
    sandbox.faults.add(faults.server_error(500), LISTS, times=None)
    with pytest.raises(DeliveryInDoubt):
        connect().deliver(message())


def test_a_next_run_settles_a_doubt(world: World, sandbox: Sandbox, connect: Connect) -> None:
    sandbox.faults.add(faults.dropped_connection(after_write=True), POSTS)
    sandbox.faults.add(faults.bad_gateway(), LISTS, times=3)
    with pytest.raises(DeliveryInDoubt):
        connect().deliver(message())
    assert connect().find(WEEK, "ada-example") == issues(world)[0].url


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.bad_credentials(), "token"),
        (faults.forbidden(), "Resource not accessible by integration"),
        (faults.missing(), "cannot see"),
        (faults.unprocessable(), "422"),
        (faults.secondary_limit(403), "rate limit"),
        (faults.secondary_limit(429), "rate limit"),
    ],
    ids=["401", "403", "404", "422", "403 limit", "429"],
)
def test_a_refusal_is_certain_and_gives_advice(
    world: World, sandbox: Sandbox, connect: Connect, fault: Fault, words: str
) -> None:
    sandbox.faults.add(fault, POSTS)
    with pytest.raises(DeliveryError, match=words) as error:
        connect().deliver(message())
    assert type(error.value) is DeliveryError
    assert error.value.advice
    assert count(sandbox, "GET") == 0, "nothing to look up"
    assert issues(world) == []


def test_a_token_that_only_reads_is_told_of_the_right_and_the_label(connect: Connect) -> None:
    with pytest.raises(DeliveryError, match="may not do this") as error:
        connect("read-token").deliver(message())
    assert "Issues" in error.value.advice
    assert LABEL in error.value.advice


def test_after_a_limit_no_further_post_is_tried(sandbox: Sandbox, connect: Connect) -> None:
    sandbox.faults.add(faults.secondary_limit(403), POSTS)
    channel = connect()
    for login in ("ada-example", "ben-example", "chiyo-example"):
        with pytest.raises(DeliveryError, match="rate limit"):
            channel.deliver(message(login))
    assert count(sandbox, "POST") == 1


CLUBMATES = [f"student-{number}" for number in range(12)]


def test_after_a_primary_limit_of_the_listing_nothing_more_is_asked(
    sandbox: Sandbox, connect: Connect
) -> None:
    sandbox.faults.add(faults.primary_limit(), LISTS, times=None)
    channel = connect()
    for login in CLUBMATES:
        with pytest.raises(LimitReached):
            channel.find(WEEK, login)
    assert len(sandbox.requests) == 1


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
    sandbox: Sandbox, connect: Connect, fault: Fault, kind: type[GitHubError]
) -> None:
    sandbox.faults.add(fault, LISTS, times=None)
    channel = connect()
    with pytest.raises(kind) as first:
        channel.find(WEEK, CLUBMATES[0])
    n_asked = len(sandbox.requests)
    for login in CLUBMATES:
        with pytest.raises(kind) as other:
            channel.find(WEEK, login)
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
            channel.find(WEEK, "ada-example")


def test_what_this_run_posted_is_known_even_when_the_listing_fails(
    sandbox: Sandbox, connect: Connect
) -> None:
    channel = connect()
    place = channel.deliver(message())
    sandbox.faults.add(faults.primary_limit(), LISTS, times=None)
    with pytest.raises(LimitReached):
        channel.find(WEEK, "ben-example")
    assert channel.find(WEEK, "ada-example") == place


def test_a_post_in_doubt_is_looked_up_afresh_after_the_listing_was_read(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    channel = connect()
    assert channel.find(WEEK, "ben-example") is None
    sandbox.faults.add(faults.bad_gateway(), POSTS)
    with pytest.raises(DeliveryInDoubt):
        channel.deliver(message())
    assert count(sandbox, "GET") == 2
    assert channel.find(WEEK, "ada-example") is None
    assert count(sandbox, "GET") == 2


def test_switched_off_issues_are_said_so(world: World, connect: Connect) -> None:
    world.repository(CLUB).has_issues = False
    with pytest.raises(Refused, match="switched off"):
        connect().find(WEEK, "ada-example")
    with pytest.raises(DeliveryError, match="switched off") as error:
        connect().deliver(message())
    assert "settings" in error.value.advice


def test_nobody_at_the_address_means_surely_not_posted(sandbox: Sandbox, connect: Connect) -> None:
    channel = connect()
    sandbox.stop()
    with pytest.raises(DeliveryError, match="connection") as error:
        channel.deliver(message())
    assert type(error.value) is DeliveryError


def test_a_renamed_repository_is_a_certain_failure(sandbox: Sandbox, connect: Connect) -> None:
    moved = Fault("moved", before=lambda _: error_answer(307, "Moved Permanently"))
    sandbox.faults.add(moved, POSTS)
    with pytest.raises(DeliveryError, match="Moved Permanently") as error:
        connect().deliver(message())
    assert type(error.value) is DeliveryError
    assert "renamed" in error.value.advice
