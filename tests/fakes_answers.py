"""A desk for answers in memory: what stands in a club's repository, and what was written there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.errors import GitHubError
from bot.feedback.desk import AnswerDesk, Heard, Reaction
from bot.remarks import Remark
from bot.rendering.marker import parse_reply_marker


@dataclass
class MemoryAnswerDesk(AnswerDesk):
    """Shows what was changed since a moment, and keeps what it was told to write."""

    repository: str = "campus-club/digests"
    remarks: list[Remark] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    #: Ids of the remarks that bear our thumb, in the order in which they got it.
    thumbs: list[int] = field(default_factory=list)
    #: Each reply: the number of its issue, and its text.
    replies: list[tuple[int, str]] = field(default_factory=list)
    #: Since when was asked, each time.
    heard_since: list[datetime] = field(default_factory=list)
    #: By method, what the next calls raise; a reply that failed may stand there all the same.
    failures: dict[str, list[GitHubError]] = field(default_factory=dict)
    posts_before_failing: bool = False

    def say(self, remark: Remark) -> "MemoryAnswerDesk":
        """A remark, or what stands there after an edit."""
        self.remarks = [one for one in self.remarks if one.id != remark.id] + [remark]
        return self

    def fail(self, method: str, *errors: GitHubError) -> "MemoryAnswerDesk":
        self.failures.setdefault(method, []).extend(errors)
        return self

    def hear(self, since: datetime, reacted_since: datetime | None = None) -> Heard:
        self.heard_since.append(since)
        self._may_fail("hear")
        answered = (parse_reply_marker(text) for _, text in self.replies)
        return Heard(
            tuple(one for one in self.remarks if one.edited_at >= since),
            tuple(self.reactions),
            frozenset().union(*answered),
        )

    def acknowledge(self, remarks: Sequence[Remark]) -> None:
        self._may_fail("acknowledge")
        self.thumbs += [one.id for one in remarks if one.id not in self.thumbs]

    def reply(self, number: int, markdown: str) -> None:
        if self.posts_before_failing:
            self.replies.append((number, markdown))
        self._may_fail("reply")
        if not self.posts_before_failing:
            self.replies.append((number, markdown))

    def _may_fail(self, method: str) -> None:
        waiting = self.failures.get(method)
        if waiting:
            raise waiting.pop(0)


def edited(remark: Remark, body: str, at: datetime) -> Remark:
    """The same remark with another text."""
    return replace(remark, body=body, edited_at=at)
