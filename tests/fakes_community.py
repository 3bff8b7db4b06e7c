"""Communities in memory: a source that says what it was asked, and a store."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.community.facts import Community
from bot.community.places import Contact
from bot.community.replies import Answerer
from bot.community.source import CommunitySource, Discussion, Profile, Pull, Reply
from bot.community.store import QUESTIONS_HOLD, TOLD_FOR, CommunityStore, Waiting
from bot.errors import GitHubError
from bot.harvest.source import Cost
from bot.terms import Claiming
from tests.builders_cohort import NOW, days_ago


def build_profile(**changes: Any) -> Profile:
    """A project with a guide, and nobody who came lately."""
    profile = Profile(
        name="lumen-lab/starcharts",
        homepage=None,
        has_discussions=False,
        guide="https://github.com/lumen-lab/starcharts/blob/main/CONTRIBUTING.md",
        conduct=None,
        guide_text="",
        readme="",
        policy="",
        pulls=(),
    )
    return replace(profile, **changes)


def build_pull(id: str = "PR_1", days: float = 20, **changes: Any) -> Pull:  # noqa: A002
    """A first pull request, open, so many days ago."""
    pull = Pull(id, f"new-{id.lower()}", "FIRST_TIME_CONTRIBUTOR", days_ago(days), True, False)
    return replace(pull, **changes)


def build_reply(days: float, author: str | None = "mira-example", word: str = "MEMBER") -> Reply:
    """Mira's word, so many days ago."""
    return Reply(author, word, days_ago(days))


def build_question(repository: str = "lumen-lab/starcharts", n: int = 1, **more: Any) -> Discussion:
    """A question of two days ago that nobody answered."""
    url = f"https://github.com/{repository}/discussions/{n}"
    discussion = Discussion(repository, f"How is {n} read?", url, "asks-example", days_ago(2))
    return replace(discussion, **more)


def build_community_of(id: str = "R_1", **changes: Any) -> Community:  # noqa: A002
    """A project that takes newcomers well, looked at today."""
    community = Community(
        id=id,
        read_at=NOW,
        answerers=(Answerer("mira-example", 4),),
        n_newcomers=6,
        has_replies=True,
        median_reply_hours=5.0,
        newcomers_merged=0.5,
        places=(Contact("discussions", "https://github.com/lumen-lab/starcharts/discussions"),),
        has_discussions=True,
        claiming=Claiming.ASK_FIRST,
        command="",
        ai_policy=None,
        guide=None,
        conduct=None,
    )
    return replace(community, **changes)


@dataclass
class MemoryCommunities(CommunitySource):
    """Answers from what it was given: one point a question, and each question written down."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    replies: dict[str, tuple[Reply, ...]] = field(default_factory=dict)
    discussions: dict[str, tuple[Discussion, ...]] = field(default_factory=dict)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    failures: list[GitHubError] = field(default_factory=list)
    price: int = 1

    def read_profiles(self, ids: Sequence[str]) -> Mapping[str, Profile]:
        self._ask(ids)
        return {one: self.profiles[one] for one in ids if one in self.profiles}

    def read_replies(self, ids: Sequence[str]) -> Mapping[str, tuple[Reply, ...]]:
        self._ask(ids)
        return {one: self.replies[one] for one in ids if one in self.replies}

    def search_questions(
        self, repositories: Sequence[str], since: datetime
    ) -> Mapping[str, tuple[Discussion, ...]]:
        self._ask(repositories)
        found = {name: self.discussions.get(name, ()) for name in repositories}
        return {
            name: tuple(one for one in some if one.updated_at >= since)
            for name, some in found.items()
        }

    def spent(self) -> Cost:
        return Cost(len(self.asked), self.price * len(self.asked))

    def _ask(self, what: Sequence[str]) -> None:
        self.asked.append(tuple(what))
        if self.failures:
            raise self.failures.pop(0)


@dataclass
class MemoryCommunityStore(CommunityStore):
    """Forgets when the test ends."""

    kept: dict[str, Community] = field(default_factory=dict)
    costs: Counter[str] = field(default_factory=Counter)
    waiting: dict[str, tuple[datetime, Waiting]] = field(default_factory=dict)

    def questions(self, names: Collection[str], since: datetime) -> Mapping[str, Waiting]:
        kept = {name: self.waiting[name] for name in names if name in self.waiting}
        return {name: found for name, (at, found) in kept.items() if at >= since}

    def keep_questions(self, news: Mapping[str, Waiting], now: datetime) -> None:
        young = {
            name: kept for name, kept in self.waiting.items() if kept[0] > now - QUESTIONS_HOLD
        }
        self.waiting = young | {name: (now, found) for name, found in news.items()}

    def points_before(self, week: str) -> int:
        return sum(points for other, points in self.costs.items() if other < week)

    def communities(self, ids: Collection[str]) -> Mapping[str, Community]:
        return {one: self.kept[one] for one in ids if one in self.kept}

    def keep_communities(self, communities: Sequence[Community]) -> None:
        if not communities:
            return
        newest = max(one.read_at for one in communities)
        self.kept |= {one.id: one for one in communities}
        self.kept = {
            name: one for name, one in self.kept.items() if one.read_at > newest - TOLD_FOR
        }

    def forget(self, login: str) -> int:
        named = {
            name
            for name, one in self.kept.items()
            if login.casefold() in {who.login.casefold() for who in one.answerers}
        }
        self.kept = {name: one for name, one in self.kept.items() if name not in named}
        return len(named)

    def points(self, week: str) -> int:
        return self.costs[week]

    def record_points(self, week: str, points: int) -> None:
        self.costs[week] += points
