"""The answer desk: where students' remarks and reactions are read, and answered.

Comes in: a moment. Goes out: remarks and reactions, each with who gave it, as GitHub says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.remarks import Remark


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction to a digest of ours, by GitHub's REST name (`+1`, `rocket`)."""

    id: int
    #: The week and the student of the digest, by its marker.
    week: str
    login: str
    author: str
    content: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What was read of the club's repository."""

    #: All that people wrote since, oldest first; our own posts are not among them.
    remarks: tuple[Remark, ...]
    reactions: tuple[Reaction, ...]
    #: Which remarks have their answer, as `rendering.marker.is_answered` compares.
    answered: frozenset[str]


class AnswerDesk(Protocol):
    """Where digests stand; each method may raise GitHubError."""

    @property
    def repository(self) -> str:
        """`owner/name`, folded."""

    def hear(self, since: datetime, reacted_since: datetime | None = None) -> Heard:
        """What was written since then, and how digests posted since then were reacted to.

        With `reacted_since` that holds for reactions, which cost a question a digest.
        """

    def acknowledge(self, remarks: Sequence[Remark]) -> None:
        """Show each writer that it was read, with a reaction of ours; often is once."""

    def reply(self, number: int, markdown: str) -> None:
        """Write a comment under an issue."""
