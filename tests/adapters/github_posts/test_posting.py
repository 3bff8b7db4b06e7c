"""Digests as issues of the club's repository: what is posted."""

from dataclasses import replace

import pytest

from bot.adapters.github_client import writer
from bot.adapters.github_posts import LABEL, GitHubPosts
from bot.errors import DeliveryError, Refused
from bot.sandbox.faults import Fault
from bot.sandbox.messages import Answer, Request, error_answer
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import (
    CLUB,
    POSTS,
    WEEK,
    Connect,
    issues,
    message,
)


def test_a_digest_is_posted_once_and_found_again(world: World, connect: Connect) -> None:
    place = connect().deliver(message())
    posted = issues(world)[0]
    assert posted.body == message().markdown
    assert (posted.author, posted.labels) == ("github-actions[bot]", (LABEL,))
    assert place == f"https://github.com/{CLUB}/issues/{posted.number}"
    assert connect().find(WEEK, "ada-example") == place


def test_the_student_is_assigned_where_github_allows_it(world: World, connect: Connect) -> None:
    connect().deliver(message("ada-example"))
    connect().deliver(message("ben-example"))
    assert [issue.assignees for issue in issues(world)] == [("ada-example",), ()]


def test_a_student_who_cannot_be_assigned_gets_the_digest_all_the_same(
    world: World, sandbox: Sandbox, connect: Connect
) -> None:
    def refuse(request: Request) -> Answer | None:
        if not request.fields["assignees"]:
            return None
        wrong = {"resource": "Issue", "field": "assignees", "code": "invalid"}
        return error_answer(422, "Validation Failed", [wrong])

    sandbox.faults.add(Fault("unassignable", before=refuse), POSTS, times=None)
    place = connect().deliver(message("ben-example"))
    assert [issue.url for issue in issues(world)] == [place]


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


def test_a_repository_that_cannot_be_seen_is_a_refusal(world: World, sandbox: Sandbox) -> None:
    channel = GitHubPosts(writer("grace-token", sandbox.url), "campus-club/nowhere")
    with pytest.raises(Refused, match="cannot see"):
        channel.is_private()
    with pytest.raises(Refused, match="cannot see"):
        channel.find(WEEK, "ada-example")
