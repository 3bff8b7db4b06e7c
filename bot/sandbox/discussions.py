"""Discussions of a repository: the question, what is said below it, and the answer.

Comes in: facts, from the acts of `forum` and from `loading`. Goes out: plain objects that `graphql`
shows. They share the repository's row of numbers with issues and pull requests.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.things import Reactions, Repository

#: Why a discussion was closed; REOPENED is the reason of one that is open again.
REASONS = ("RESOLVED", "OUTDATED", "DUPLICATE")
NOT_IN_SLUGS = re.compile(r"[^\w]+")


@dataclass(slots=True, eq=False)
class DiscussionComment:
    """A comment in a discussion, or a reply to one (`reply_to`)."""

    id: int
    discussion: "Discussion" = field(repr=False)
    author: str | None
    body: str
    created_at: datetime
    association: str = "NONE"
    reply_to: "DiscussionComment | None" = field(default=None, repr=False)
    updated_at: datetime | None = None
    minimized: str | None = None
    editor: str | None = None
    last_edited_at: datetime | None = None
    upvoters: set[str] = field(default_factory=set)
    reactions: Reactions = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        return f"DC_{self.id}"

    @property
    def url(self) -> str:
        return f"{self.discussion.url}#discussioncomment-{self.id}"

    @property
    def is_answer(self) -> bool:
        return self.discussion.answer is self

    @property
    def upvote_count(self) -> int:
        return len(self.upvoters)


@dataclass(slots=True, eq=False)
class Discussion:
    """A discussion; `comments` holds the replies too, oldest first. Its author counts as upvoter.

    `category` is a name among those of its repository.
    """

    id: int
    repository: Repository
    number: int
    title: str
    created_at: datetime
    updated_at: datetime
    body: str = ""
    author: str | None = None
    association: str = "NONE"
    category: str = "Q&A"
    state_reason: str | None = None
    closed_at: datetime | None = None
    locked: bool = False
    editor: str | None = None
    last_edited_at: datetime | None = None
    labels: tuple[str, ...] = ()
    comments: list[DiscussionComment] = field(default_factory=list)
    answer: DiscussionComment | None = field(default=None, repr=False)
    answer_chosen_at: datetime | None = None
    chooser: str | None = None
    upvoters: set[str] = field(default_factory=set)
    reactions: Reactions = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        return f"D_{self.id}"

    @property
    def url(self) -> str:
        return f"{self.repository.url}/discussions/{self.number}"

    @property
    def state(self) -> str:
        return "OPEN" if self.closed_at is None else "CLOSED"

    @property
    def closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_answerable(self) -> bool:
        return self.repository.categories.get(self.category, False)

    @property
    def is_answered(self) -> bool | None:
        """Whether an answer was chosen; None where none can be."""
        return self.answer is not None if self.is_answerable else None

    @property
    def upvote_count(self) -> int:
        return len(self.upvoters)

    @property
    def comment_count(self) -> int:
        """How many comments and replies there are."""
        return len(self.comments)


def slug_of(category: str) -> str:
    """Write a category's name as addresses do: `q-a`."""
    return NOT_IN_SLUGS.sub("-", category.lower()).strip("-")
