"""A source of aftermaths in memory, and the aftermaths, pull requests and comments it may hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.errors import GitHubError
from bot.harvest.issue import Comment
from bot.harvest.source import Cost
from bot.outcomes.aftermath import (
    N_FOLLOWED,
    N_STAMPED,
    Aftermath,
    OutcomeSource,
    Pull,
    PullReview,
    Remarked,
)
from bot.terms import IssueRef
from tests.builders_cohort import days_ago

HOME = "lumen-lab/starcharts"


def build_aftermath(number: int = 12, **changes: Any) -> Aftermath:
    """A free issue that nobody touched since its pick went out, five days ago."""
    aftermath = Aftermath(
        ref=IssueRef(HOME, number),
        is_open=True,
        updated_at=days_ago(9),
        closed_at=None,
        assigned=(),
        assignments=(),
        comments=(),
        pulls=(),
    )
    return replace(aftermath, **changes)


def build_own_pull(**changes: Any) -> Pull:
    """Ada's open pull request of two days ago, which would close the issue."""
    pull = Pull(
        id="PR_400",
        ref=IssueRef(HOME, 400),
        url="https://github.com/lumen-lab/starcharts/pull/400",
        title="Explain the scale",
        author="ada-example",
        state="OPEN",
        closes=True,
        opened_at=days_ago(2),
        merged_at=None,
        closed_at=None,
    )
    return replace(pull, **changes)


def build_merged_pull(**changes: Any) -> Pull:
    """Ada's pull request, merged yesterday."""
    ended = {"state": "MERGED", "merged_at": days_ago(1), "closed_at": days_ago(1)}
    return build_own_pull(**{**ended, **changes})


def build_refused_pull(**changes: Any) -> Pull:
    """Ada's pull request, closed yesterday without merging."""
    return build_own_pull(**{"state": "CLOSED", "closed_at": days_ago(1), **changes})


def build_remark(
    body: str = "May I try this?", days: float = 3, author: str | None = "ada-example", **more: Any
) -> Remarked:
    """A comment so many days ago; `association` may be given."""
    comment = Comment(author, "NONE", body, days_ago(days), is_hidden=False)
    return Remarked(replace(comment, **more), f"https://github.com/{HOME}/issues/12#c{days}")


def build_pull_review(days: float = 1, author: str | None = "mira-example") -> PullReview:
    """Mira's review, so many days ago."""
    return PullReview(author, "COMMENTED", days_ago(days))


@dataclass
class MemoryAftermaths(OutcomeSource):
    """Holds aftermaths by id and tells them; each question is one point, and is written down.

    The nth question (from 1) may fail.
    """

    aftermaths: dict[str, Aftermath] = field(default_factory=dict)
    #: By the id of the pull request.
    reviews: dict[str, tuple[PullReview, ...]] = field(default_factory=dict)
    #: Ids of issues that never come whole.
    untold: frozenset[str] = frozenset()
    #: What was asked: the method, and the ids.
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    failures: dict[int, GitHubError] = field(default_factory=dict)

    def read_stamps(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        assert 0 < len(ids) <= N_STAMPED
        self._note("stamps", ids)
        return {one: self.aftermaths[one].updated_at for one in ids if one in self.aftermaths}

    def read_aftermaths(self, ids: Sequence[str]) -> Mapping[str, Aftermath | None]:
        assert 0 < len(ids) <= N_FOLLOWED
        self._note("aftermaths", ids)
        return {one: self.aftermaths.get(one) for one in ids if one not in self.untold}

    def read_reviews(self, ids: Sequence[str]) -> Mapping[str, tuple[PullReview, ...]]:
        assert 0 < len(ids) <= N_FOLLOWED
        self._note("reviews", ids)
        return {one: self.reviews.get(one, ()) for one in ids}

    def spent(self) -> Cost:
        return Cost(len(self.asked), len(self.asked))

    def ids_of(self, method: str) -> list[str]:
        """All ids that were asked by this method, in their order."""
        return [one for name, ids in self.asked if name == method for one in ids]

    def _note(self, method: str, ids: Sequence[str]) -> None:
        self.asked.append((method, tuple(ids)))
        if error := self.failures.get(len(self.asked)):
            raise error
