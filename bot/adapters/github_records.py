"""What GitHub tells of how a repository has worked so far.

Comes in: a node of an answer. Goes out: a `TrackRecord`. A count that is not told is unknown; a
repository without all of its newest merged pull requests has no record, for what is left of them
would say that nobody new was let in.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from bot.adapters.github_details import GHOST
from bot.adapters.payloads import Actor, Payload
from bot.harvest.issue import INSIDERS, TrackRecord


class _Total(Payload):
    total_count: int = Field(ge=0)


class _Head(Payload):
    #: None where the branch leads to no commit.
    history: _Total | None = None


class _Branch(Payload):
    target: _Head | None = None


class _Merged(Payload):
    author_association: str
    author: Actor | None

    def person(self) -> str | None:
        """Who opened it; None of bots and ghosts."""
        login = self.author.name() if self.author else GHOST
        return None if login == GHOST or login.endswith("[bot]") else login


class _MergedLately(Payload):
    nodes: tuple[_Merged, ...]


class RecordPayload(Payload):
    """A repository's track record; without its list of merged pull requests it counts as unseen."""

    closed: _Total | None = None
    merged: _MergedLately
    default_branch_ref: _Branch | None = None

    def value(self, read_at: datetime) -> TrackRecord:
        branch = self.default_branch_ref
        history = branch.target.history if branch and branch.target else None
        n_merged, n_from_newcomers = _count_merged(self.merged.nodes)
        return TrackRecord(
            n_commits=history.total_count if history else None,
            n_closed_pull_requests=self.closed.total_count if self.closed else None,
            n_merged_lately=n_merged,
            n_from_newcomers=n_from_newcomers,
            read_at=read_at,
        )


def _count_merged(merged: Sequence[_Merged]) -> tuple[int, int]:
    """How many are by people, and how many of those by outsiders with no other among them."""
    by_people = [(person, one) for one in merged if (person := one.person()) is not None]
    n_of = Counter(person for person, _ in by_people)
    newcomers = [
        person
        for person, one in by_people
        if n_of[person] == 1 and one.author_association not in INSIDERS
    ]
    return len(by_people), len(newcomers)
