"""Digests in the club's repository: which posts are found again, and whose are believed."""

import pytest

from bot.adapters.github_post_listing import LABEL
from bot.delivery import Found
from bot.errors import DeliveryInDoubt
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Issue
from bot.sandbox.world import World
from bot.subscriptions.club import Post
from tests.adapters.github_posts.steps import (
    NOW,
    WEEK,
    Connect,
    KeptPosters,
    comments,
    count,
    digests,
    issues,
    message,
    paste,
    places,
    thread_for,
    threads,
)


def place(found: Found | None) -> str | None:
    return found.place if found else None


def test_what_was_never_posted_is_not_found(connect: Connect, post: Post) -> None:
    connect(post=post).deliver(message())
    assert connect(post=post).find(WEEK, "ben-example", was_tried=True) is None
    assert connect(post=post).find("2026-W46", "ada-example", was_tried=True) is None


def test_one_reading_serves_all_students_of_a_run(
    sandbox: Sandbox, connect: Connect, post: Post
) -> None:
    channel = connect(post=post)
    for number in range(40):
        assert channel.find(WEEK, f"student-{number}", was_tried=False) is None
        channel.deliver(message(f"student-{number}"))
    assert count(sandbox, "GET") == 3
    assert channel.find(WEEK, "student-7", was_tried=False) is not None


def test_the_listings_are_read_over_all_pages_of_the_time(
    world: World, connect: Connect, post: Post
) -> None:
    out = connect(post=post).deliver(message())
    talk = paste(world, "grace-example", "other talk")
    for number in range(130):
        paste(world, "grace-example", f"other talk {number}")
        world.comment(talk, "grace-example", f"more talk {number}")
    assert place(connect(post=post).find(WEEK, "ada-example", was_tried=False)) == out


def test_older_weeks_are_not_listed(world: World, sandbox: Sandbox, connect: Connect) -> None:
    talk = paste(world, "grace-example", "other talk")
    for number in range(150):
        paste(world, "grace-example", f"other talk {number}")
        world.comment(talk, "grace-example", f"more talk {number}")
    world.advance(days=30)
    world.comment(paste(world, "grace-example", "new talk"), "grace-example", "and more")
    assert connect().find("2026-W51", "ada-example", was_tried=False) is None
    posts_and_comments = 2
    assert count(sandbox, "GET") == posts_and_comments


def test_an_older_week_is_read_on_from_where_the_listing_stopped(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    old = connect(post=Post.WEEKLY).deliver(message(week="2026-W40"))
    for number in range(150):
        paste(world, "grace-example", f"other talk {number}")
    world.advance(days=70)
    paste(world, "grace-example", "new talk")
    channel = connect()
    assert channel.find("2027-W05", "ada-example", was_tried=False) is None
    n_asked = count(sandbox, "GET")
    assert place(channel.find("2026-W40", "ada-example", was_tried=False)) == old
    assert channel.find("2026-W40", "ben-example", was_tried=False) is None
    assert channel.find("2027-W05", "ben-example", was_tried=False) is None
    second_page = 1
    assert count(sandbox, "GET") == n_asked + second_page


def test_a_post_made_ahead_of_its_week_is_found(connect: Connect, post: Post) -> None:
    out = connect(post=post).deliver(message(week="2027-W10"))
    assert place(connect(post=post).find("2027-W10", "ada-example", was_tried=False)) == out


def test_a_closed_and_unlabelled_post_is_found(world: World, connect: Connect, post: Post) -> None:
    out = connect(post=post).deliver(message())
    world.unlabel(issues(world)[0], LABEL, "grace-example")
    world.close(issues(world)[0], "ada-example", "COMPLETED")
    assert place(connect(post=post).find(WEEK, "ada-example", was_tried=False)) == out


def test_a_post_is_found_whichever_way_the_club_posts_now(
    world: World, connect: Connect, post: Post
) -> None:
    (other,) = set(Post) - {post}
    out = connect(post=post).deliver(message())
    channel = connect(post=other)
    assert channel.find(WEEK, "ada-example", was_tried=False) == Found(out, message().sha, NOW)
    assert channel.deliver(message()) == out
    assert len(digests(world)) == 1


def test_logins_are_compared_without_case(world: World, connect: Connect, post: Post) -> None:
    out = connect(post=post).deliver(message("Ada-Example"))
    assert place(connect(post=post).find(WEEK, "ada-example", was_tried=False)) == out
    connect(post=post).deliver(message("ADA-example"))
    assert places(world) == [out]
    connect().deliver(message("ada-EXAMPLE", "2026-W48"))
    assert len(threads(world)) == 1


@pytest.mark.parametrize("author", ["mallory-example", "grace-example", None])
def test_a_marker_pasted_by_somebody_else_is_not_believed(
    world: World, connect: Connect, author: str | None, post: Post
) -> None:
    talk = paste(world, author, message().markdown)
    world.comment(talk, author, message().markdown)
    assert connect(post=post).find(WEEK, "ada-example", was_tried=False) is None
    connect(post=post).deliver(message())
    assert [one.author for one in digests(world)].count("github-actions[bot]") == 1


def test_a_marker_that_is_not_the_first_line_is_not_believed(
    world: World, connect: Connect
) -> None:
    talk = paste(world, "github-actions[bot]", f"> {message().markdown}")
    world.comment(talk, "github-actions[bot]", f"\n{message().markdown}")
    assert connect().find(WEEK, "ada-example", was_tried=True) is None


def test_a_strangers_marker_beside_ours_does_not_hide_ours(
    world: World, connect: Connect, post: Post
) -> None:
    out = connect(post=post).deliver(message())
    world.advance(minutes=5)
    world.comment(paste(world, "mallory-example", message().markdown), None, message().markdown)
    assert place(connect(post=post).find(WEEK, "ada-example", was_tried=True)) == out


def test_after_a_hand_over_nothing_is_posted_again(
    world: World, connect: Connect, register: KeptPosters, post: Post
) -> None:
    out = connect("grace-token", post).deliver(message())
    assert register.logins == ["grace-example"]
    assert place(connect("workflow-token", post).find(WEEK, "ada-example", was_tried=False)) == out
    assert connect("app-token", post).deliver(message()) == out
    connect("app-token", post).deliver(message(week="2026-W48"))
    assert register.logins == ["grace-example", "digest-app[bot]"]
    assert connect("workflow-token", post).deliver(message(week="2026-W48")) == places(world)[-1]
    assert len(digests(world)) == 2
    assert len(threads(world)) == (1 if post is Post.ROLLING else 0)


def test_a_poster_is_written_down_once_a_run_and_not_again(
    connect: Connect, register: KeptPosters
) -> None:
    for _ in range(2):
        channel = connect()
        for login in ("ada-example", "ben-example"):
            channel.deliver(message(login))
    assert register.logins == ["github-actions[bot]"]


def test_a_token_of_a_person_believes_that_person_without_the_register(connect: Connect) -> None:
    out = connect("grace-token").deliver(message())
    person = connect("grace-token", kept=KeptPosters())
    assert place(person.find(WEEK, "ada-example", was_tried=False)) == out
    workflow = connect("workflow-token", kept=KeptPosters())
    assert workflow.find(WEEK, "ada-example", was_tried=False) is None


def test_a_token_is_asked_for_its_login_only_where_nothing_else_tells(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    connect("grace-token").deliver(message())
    connect("grace-token").find(WEEK, "ada-example", was_tried=False)
    assert "/user" not in [asked.path for asked in sandbox.requests]
    paste(world, "mallory-example", message().markdown)
    paste(world, "mallory-example", message("ben-example").markdown)
    channel = connect("workflow-token")
    for login in ("ada-example", "ben-example"):
        channel.find(WEEK, login, was_tried=False)
    assert [asked.path for asked in sandbox.requests].count("/user") == 1


def test_posters_of_the_configuration_are_believed(connect: Connect) -> None:
    out = connect("grace-token").deliver(message())
    channel = connect(posters=("Grace-Example",), kept=KeptPosters())
    assert place(channel.find(WEEK, "ada-example", was_tried=False)) == out


@pytest.mark.parametrize("as_comment", [False, True])
def test_what_was_tried_and_stands_there_by_somebody_unknown_is_in_doubt(
    world: World, sandbox: Sandbox, connect: Connect, post: Post, as_comment: bool
) -> None:
    body = message().markdown
    stands: Issue = paste(world, "old-bot", "talk" if as_comment else body)
    if as_comment:
        world.comment(stands, "old-bot", body)
    with pytest.raises(DeliveryInDoubt, match="old-bot") as error:
        connect(post=post).find(WEEK, "ada-example", was_tried=True)
    assert stands.url in error.value.message
    assert "posters" in error.value.advice
    assert "remove" in error.value.advice
    assert count(sandbox, "POST") == 0
    channel = connect(post=post, posters=("old-bot",))
    assert channel.find(WEEK, "ada-example", was_tried=True) is not None
    assert comments(world) == (digests(world) if as_comment else [])


def test_a_thread_that_was_tried_and_stands_there_by_somebody_unknown_is_in_doubt(
    world: World, connect: Connect
) -> None:
    paste(world, "old-bot", thread_for("ada-example").markdown)
    with pytest.raises(DeliveryInDoubt, match="old-bot"):
        connect().find(WEEK, "ada-example", was_tried=True)
    assert connect(posters=("old-bot",)).find(WEEK, "ada-example", was_tried=True) is None
    assert connect(post=Post.WEEKLY).find(WEEK, "ada-example", was_tried=True) is None
    connect(posters=("old-bot",)).deliver(message())
    assert len(threads(world)) == len(comments(world)) == 1
