"""Digests as issues: which posts are found again, and whose are believed."""

import pytest

from bot.adapters.github_posts import LABEL
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import (
    WEEK,
    Connect,
    count,
    issues,
    message,
    paste,
)


def test_what_was_never_posted_is_not_found(connect: Connect) -> None:
    connect().deliver(message())
    assert connect().find(WEEK, "ben-example") is None
    assert connect().find("2026-W46", "ada-example") is None


def test_one_listing_serves_all_students_of_a_run(sandbox: Sandbox, connect: Connect) -> None:
    channel = connect()
    for number in range(40):
        assert channel.find(WEEK, f"student-{number}") is None
        channel.deliver(message(f"student-{number}"))
    assert count(sandbox, "GET") == 1
    assert channel.find(WEEK, "student-7") is not None


def test_the_listing_goes_over_all_pages_of_the_time(world: World, connect: Connect) -> None:
    place = connect().deliver(message())
    for number in range(230):
        paste(world, "grace-example", f"other talk {number}")
    assert connect().find(WEEK, "ada-example") == place


def test_older_weeks_are_not_listed(world: World, sandbox: Sandbox, connect: Connect) -> None:
    for number in range(250):
        paste(world, "grace-example", f"other talk {number}")
    world.advance(days=30)
    paste(world, "grace-example", "new talk")
    assert connect().find("2026-W51", "ada-example") is None
    assert count(sandbox, "GET") == 1


def test_an_older_week_is_read_on_from_where_the_listing_stopped(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    old = connect().deliver(message(week="2026-W40"))
    for number in range(150):
        paste(world, "grace-example", f"other talk {number}")
    world.advance(days=70)
    paste(world, "grace-example", "new talk")
    channel = connect()
    assert channel.find("2027-W05", "ada-example") is None
    n_asked = count(sandbox, "GET")
    assert channel.find("2026-W40", "ada-example") == old
    assert channel.find("2026-W40", "ben-example") is None
    assert channel.find("2027-W05", "ben-example") is None
    second_page_and_own_name = 2
    assert count(sandbox, "GET") == n_asked + second_page_and_own_name


def test_a_post_made_ahead_of_its_week_is_found(world: World, connect: Connect) -> None:
    place = connect().deliver(message(week="2027-W10"))
    assert connect().find("2027-W10", "ada-example") == place


def test_a_closed_and_unlabelled_post_is_found(world: World, connect: Connect) -> None:
    place = connect().deliver(message())
    world.unlabel(issues(world)[0], LABEL, "grace-example")
    world.close(issues(world)[0], "ada-example", "COMPLETED")
    assert connect().find(WEEK, "ada-example") == place


def test_logins_are_compared_without_case(connect: Connect) -> None:
    place = connect().deliver(message("Ada-Example"))
    assert connect().find(WEEK, "ada-example") == place


@pytest.mark.parametrize("author", ["mallory-example", "grace-example", None])
def test_a_marker_pasted_by_somebody_else_is_not_believed(
    world: World, connect: Connect, author: str | None
) -> None:
    paste(world, author, message().markdown)  # type: ignore[arg-type]
    assert connect().find(WEEK, "ada-example") is None


def test_a_marker_that_is_not_the_first_line_is_not_believed(
    world: World, connect: Connect
) -> None:
    paste(world, "github-actions[bot]", f"> {message().markdown}")
    paste(world, "github-actions[bot]", f"\n{message().markdown}")
    assert connect().find(WEEK, "ada-example") is None


def test_a_token_of_a_person_believes_that_person(world: World, connect: Connect) -> None:
    place = connect("grace-token").deliver(message())
    assert issues(world)[0].author == "grace-example"
    assert connect("grace-token").find(WEEK, "ada-example") == place
    assert connect("workflow-token").find(WEEK, "ada-example") is None


def test_posters_of_the_configuration_are_believed(connect: Connect) -> None:
    place = connect("grace-token").deliver(message())
    found = connect("workflow-token", posters=("Grace-Example",)).find(WEEK, "ada-example")
    assert found == place


def test_a_stranger_s_marker_before_ours_does_not_hide_ours(world: World, connect: Connect) -> None:
    place = connect().deliver(message())
    world.advance(minutes=5)
    paste(world, "mallory-example", message().markdown)
    assert connect().find(WEEK, "ada-example") == place
