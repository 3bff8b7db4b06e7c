"""The store of communities: what was learned of projects' people, kept for weeks.

Comes in: communities and costs. Goes out: the same. What is lost costs points, nothing else.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.community.facts import Community
from bot.community.source import Discussion

#: So long what is known is told without looking again: who answers, and a project's rules, change
#: over months. Our judgement.
FRESH_FOR = timedelta(days=28)
#: Older knowledge is looked up again, as far as the points go; until then it is told, but not
#: beyond this.
TOLD_FOR = timedelta(days=56)

#: So long a search for questions is believed, so that the runs of a day ask once.
QUESTIONS_HOLD = timedelta(hours=20)

#: What waits for an answer in one project.
Waiting = tuple[Discussion, ...]


class CommunityStore(Protocol):
    """Keeps communities from run to run."""

    def communities(self, ids: Collection[str]) -> Mapping[str, Community]:
        """What is kept of these repositories, by id."""

    def keep_communities(self, communities: Sequence[Community]) -> None:
        """Take in what is new in the place of what was kept; what is too old is forgotten."""

    def questions(self, names: Collection[str], since: datetime) -> Mapping[str, Waiting]:
        """The questions of these projects, by name, that were searched for since then."""

    def keep_questions(self, news: Mapping[str, Waiting], now: datetime) -> None:
        """Take in what was searched for; what is older than a day is forgotten."""

    def points_before(self, week: str) -> int:
        """What the runs of earlier weeks have paid in all."""

    def forget(self, login: str) -> int:
        """Forget who answers newcomers, where this person is one of them; how many projects.

        All of it, so that the next look is a new one.
        """

    def points(self, week: str) -> int:
        """What a week's runs have paid so far to look."""

    def record_points(self, week: str, points: int) -> None:
        """Add to what a week's runs have paid."""
