"""Small steps around a club's repository in the sandbox."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.adapters.github_posts import GitHubPosts
from bot.rendering.marker import make_marker
from bot.rendering.message import Message
from bot.sandbox.faults import Match
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Issue
from bot.sandbox.world import World

NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
WEEK = "2026-W47"
CLUB = "campus-club/digests"
POSTS = Match(method="POST", path=f"*/{CLUB}/issues")
LISTS = Match(method="GET", path=f"*/{CLUB}/issues")
Connect = Callable[..., GitHubPosts]


def message(login: str = "ada-example", week: str = WEEK, text: str = "Hello.") -> Message:
    markdown = f"{make_marker(week, login, text)}\n\n{text}\n"
    return Message(week, login, f"Your week {week}", markdown, "<p>Hello.</p>", text, "{}")


def issues(world: World) -> list[Issue]:
    return list(world.issues.get(CLUB, {}).values())


def count(sandbox: Sandbox, method: str) -> int:
    return sum(asked.method == method for asked in sandbox.requests)


def paste(world: World, author: str, body: str) -> Issue:
    return world.open_issue(world.repository(CLUB), author, "A post", body)
