"""Desks in memory: what stands there, what was written, and what people say."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import GitHubError
from bot.remarks import Remark
from bot.rendering.marker import parse_reply_marker
from bot.review.desk import PostedReview, ReviewDesk, ReviewMessage, ReviewTalk
from tests.builders_learned import POSTED_AT

REPOSITORY = "campus-club/mentors"


@dataclass
class MemoryReviewDesk(ReviewDesk):
    """A private repository of review posts; `error` is raised by everything that asks."""

    posts: dict[int, ReviewMessage] = field(default_factory=dict)
    remarks: dict[int, list[Remark]] = field(default_factory=dict)
    replies: dict[int, list[str]] = field(default_factory=dict)
    closed: list[int] = field(default_factory=list)
    editors: tuple[str, ...] = ()
    now: datetime = POSTED_AT
    error: GitHubError | None = None
    #: Raised by replies only.
    reply_error: GitHubError | None = None

    @property
    def repository(self) -> str:
        return REPOSITORY

    def is_private(self) -> bool:
        return True

    def find(self, week: str, mentor: str) -> PostedReview | None:
        self._may_fail()
        numbers = [n for n, one in self.posts.items() if (one.week, one.mentor) == (week, mentor)]
        return self._posted(numbers[0]) if numbers else None

    def post(self, message: ReviewMessage) -> PostedReview:
        known = self.find(message.week, message.mentor)
        number = known.number if known else len(self.posts) + 1
        self.posts[number] = message
        return self._posted(number)

    def listen(self, number: int) -> ReviewTalk | None:
        self._may_fail()
        if number not in self.posts:
            return None
        answered = (parse_reply_marker(one) for one in self.replies.get(number, ()))
        remarks = tuple(self.remarks.get(number, ()))
        return ReviewTalk(self._posted(number), remarks, frozenset().union(*answered))

    def reply(self, number: int, markdown: str) -> None:
        self._may_fail()
        if self.reply_error is not None:
            raise self.reply_error
        self.replies.setdefault(number, []).append(markdown)

    def close(self, number: int) -> None:
        self.closed.append(number)

    def say(self, number: int, author: str, body: str, at: datetime) -> None:
        """Somebody comments."""
        said = self.remarks.setdefault(number, [])
        said.append(Remark(len(said) + 1, number, author, at, at, body))

    def untick(self, number: int, n: int, editor: str) -> None:
        """Somebody takes the tick off the nth box."""
        post = self.posts[number]
        body = post.parts[0]
        at = -1
        for _ in range(n):
            at = body.index("[x]", at + 1)
        self.posts[number] = replace(post, parts=(body[:at] + "[ ]" + body[at + 3 :],))
        self.editors = (editor,)

    def _posted(self, number: int) -> PostedReview:
        place = f"https://github.com/{REPOSITORY}/issues/{number}"
        parts, editors = self.posts[number].parts, self.editors
        is_open = number not in self.closed
        return PostedReview(number, place, self.now, is_open, parts, editors, self.now)

    def _may_fail(self) -> None:
        if self.error is not None:
            raise self.error
