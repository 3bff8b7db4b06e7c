"""Small steps around review posts in the sandbox."""

from collections.abc import Callable

from bot.adapters.github_reviews import GitHubReviews
from bot.remarks import Remark
from bot.rendering.marker import make_reply_marker, make_review_marker, parse_review_marker
from bot.review.desk import ReviewMessage
from bot.review.ticks import tick_note
from bot.sandbox.faults import Match
from bot.sandbox.things import Comment, Issue
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import WEEK
from tests.review.steps import ref

HOME = "campus-club/mentors"
POSTS = Match(method="POST", path=f"*/{HOME}/issues")
COMMENTS = Match(method="POST", path=f"*/{HOME}/issues/*/comments")
EDITS = Match(method="PATCH")
READS = Match(method="GET", path=f"*/{HOME}/issues/1")
LISTS = Match(method="GET", path=f"*/{HOME}/issues")
Connect = Callable[..., GitHubReviews]

BOX = f"- [x] {tick_note('ada-example', 1, ref(101))} 1. A pick"


def part(n: int, text: str = "Hello.", mentor: str = "grace-example", week: str = WEEK) -> str:
    content = f"{text}\n\n{BOX}\n"
    return make_review_marker(week, mentor, n, content) + "\n" + content


def message(*texts: str, mentor: str = "grace-example", week: str = WEEK) -> ReviewMessage:
    bodies = [part(n, text, mentor, week) for n, text in enumerate(texts or ("Hello.",), 1)]
    return ReviewMessage(week, mentor, f"Review: {week}, for {mentor}", tuple(bodies))


def answer(*remarks: Remark) -> str:
    return make_reply_marker(remarks) + "\n- understood\n"


def issues(world: World) -> list[Issue]:
    return list(world.issues.get(HOME, {}).values())


def comments(world: World) -> list[Comment]:
    return [comment for issue in issues(world) for comment in issue.comments or ()]


def reviews(world: World) -> list[Issue | Comment]:
    """Whatever bears a review's marker, issues first."""
    every: list[Issue | Comment] = [*issues(world), *comments(world)]
    return [one for one in every if parse_review_marker(one.body or "")]


def unticked(body: str | None) -> str:
    return (body or "").replace("[x]", "[ ]")
