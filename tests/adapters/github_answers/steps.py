"""A club's repository with Ada's thread in the sandbox, and desks onto it."""

from dataclasses import dataclass, field
from datetime import timedelta

from github import Github

from bot.adapters.github_answers import GitHubAnswers
from bot.adapters.github_client import writer
from bot.adapters.github_post_listing import LABEL
from bot.remarks import Remark, Reply
from bot.rendering.marker import make_marker, make_thread_marker
from bot.rendering.replies import render_reply
from bot.sandbox.faults import Match
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Comment, Issue
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import CLUB, NOW, WEEK, KeptPosters

BOT, ADA = "github-actions[bot]", "ada-example"
SINCE = NOW - timedelta(days=15)
COMMENTS = Match(method="GET", path=f"*/{CLUB}/issues/comments")
REPLIES = Match(method="POST", path=f"*/{CLUB}/issues/*/comments")
THUMBS = Match(method="POST", path="*/reactions")
#: All that is listed.
LISTS = {
    "comments": COMMENTS,
    "issues": Match(method="GET", path=f"*/{CLUB}/issues"),
    "reactions": Match(method="GET", path=f"*/{CLUB}/issues/*/reactions"),
}


@dataclass
class Repository:
    """The club's repository."""

    sandbox: Sandbox
    world: World
    register: KeptPosters = field(default_factory=KeptPosters)
    clients: list[Github] = field(default_factory=list)
    thread: Issue = field(init=False)

    def __post_init__(self) -> None:
        body = f"{make_thread_marker(ADA)}\nHello"
        self.thread = self.open_issue(BOT, body, LABEL)

    def open_issue(self, author: str, body: str, *labels: str) -> Issue:
        club = self.world.repository(CLUB)
        return self.world.open_issue(club, author, "An issue", body, labels)

    def say(self, author: str | None, body: str) -> Comment:
        """A comment in Ada's thread."""
        return self.world.comment(self.thread, author, body)

    def desk(self, token: str = "workflow-token", *further: str) -> GitHubAnswers:
        """A desk, made anew as each run does."""
        self.clients.append(writer(token, self.sandbox.url))
        return GitHubAnswers(self.clients[-1], CLUB, self.register, further)

    def later(self, **passed: float) -> None:
        self.world.advance(**passed)


def digest(login: str = ADA, week: str = WEEK) -> str:
    return f"{make_marker(week, login, 'text')}\n\nHello.\n"


def remark(comment: Comment) -> Remark:
    """A comment as the desk tells it."""
    assert comment.parent is not None
    at = comment.created_at
    return Remark(comment.id, comment.parent.number, ADA, at, at, comment.body or "")


def reply_to(comment: Comment) -> str:
    """A reply of ours that answers it."""
    return render_reply(Reply(0, (remark(comment),), ()))
