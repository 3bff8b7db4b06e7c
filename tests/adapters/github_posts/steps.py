"""Small steps around a club's repository in the sandbox."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.adapters.github_posts import GitHubPosts
from bot.rendering.marker import make_marker, parse_marker, parse_thread_marker
from bot.rendering.message import Message
from bot.rendering.thread import Opening, Thread, render_thread
from bot.sandbox.faults import Match
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Comment, Issue
from bot.sandbox.world import World
from bot.subscriptions.club import Post

NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
WEEK, NEXT_WEEK = "2026-W47", "2026-W48"
CLUB = "campus-club/digests"
#: A new issue: a thread, or a weekly digest.
POSTS = Match(method="POST", path=f"*/{CLUB}/issues")
COMMENTS = Match(method="POST", path=f"*/{CLUB}/issues/*/comments")
EDITS = Match(method="PATCH")
FOLDS = Match(operation="FoldComment")
LISTS = Match(method="GET", path=f"*/{CLUB}/issues")
#: The write that brings a digest out, in either way to post.
SENDS = {Post.WEEKLY: POSTS, Post.ROLLING: COMMENTS}
Connect = Callable[..., GitHubPosts]


@dataclass
class KeptPosters:
    """The part of the register that the channel needs, kept from run to run."""

    logins: list[str] = field(default_factory=list)

    def posters(self) -> frozenset[str]:
        return frozenset(login.casefold() for login in self.logins)

    def record_poster(self, login: str) -> None:
        self.logins.append(login)


def message(login: str = "ada-example", week: str = WEEK, text: str = "Hello.") -> Message:
    markdown = f"{make_marker(week, login, text)}\n\n{text}\n"
    return Message(week, login, f"Your week {week}", markdown, "<p>Hello.</p>", text, "{}")


def thread_for(login: str) -> Thread:
    return render_thread(Opening(login, login.title(), "Campus Club", CLUB))


def issues(world: World) -> list[Issue]:
    return list(world.issues.get(CLUB, {}).values())


def comments(world: World) -> list[Comment]:
    return [comment for issue in issues(world) for comment in issue.comments or ()]


def threads(world: World) -> list[Issue]:
    return [issue for issue in issues(world) if parse_thread_marker(issue.body or "")]


def digests(world: World) -> list[Issue | Comment]:
    """What bears a digest's marker, issues first."""
    every: list[Issue | Comment] = [*issues(world), *comments(world)]
    return [one for one in every if parse_marker(one.body or "")]


def place_of(post: Issue | Comment) -> str:
    if isinstance(post, Issue):
        return post.url
    assert post.parent is not None
    return f"{post.parent.url}#issuecomment-{post.id}"


def places(world: World) -> list[str]:
    return [place_of(post) for post in digests(world)]


def count(sandbox: Sandbox, method: str) -> int:
    return sum(asked.method == method for asked in sandbox.requests)


def writes(sandbox: Sandbox) -> list[str]:
    """What was sent to be changed, in order: each write's path, or its GraphQL operation."""
    sent = [one for one in sandbox.requests if one.method != "GET" and "ReadFolded" not in one.kind]
    return [one.path if one.kind == "rest" else one.kind for one in sent]


def paste(world: World, author: str | None, body: str) -> Issue:
    return world.open_issue(world.repository(CLUB), author, "A post", body)
