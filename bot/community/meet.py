"""Meeting: the communities of the projects that a week's digests name, for few points.

Comes in: repositories, what is kept of them, a source. Goes out: communities, and what is new of
them. First all profiles, a hundred a point; then the replies to newcomers, project by project in
the order of what is wanted. A question that fails costs only what it asked for; a limit or a
refusal ends the asking.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.community.facts import Community, build_community
from bot.community.replies import looked_at, newcomers_of
from bot.community.source import N_PROFILED, N_REPLIED, CommunitySource, Profile, Reply
from bot.community.store import FRESH_FOR, TOLD_FOR
from bot.errors import GitHubError, WorkEnded
from bot.harvest.budget import MAX_OUTAGES
from bot.harvest.source import batched_ids

T = TypeVar("T")

#: Of the points, profiles of projects that nobody knows may have this share: the rest is for
#: replies, without which nobody is introduced. Our judgement.
PROFILES_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Met:
    """Communities by repository id, and how much is missing."""

    communities: Mapping[str, Community]
    #: What was read this time.
    news: tuple[Community, ...] = ()
    #: Projects of which nothing is known, and nothing could be asked.
    n_unknown: int = 0
    error: GitHubError | None = None


def meet(
    ids: Iterable[str],
    known: Mapping[str, Community],
    source: CommunitySource,
    now: datetime,
    points: int,
) -> Met:
    """The communities of these repositories, the most wanted first, within so many points.

    What is new comes first, then those whose replies were not read yet, then what is old.
    """
    wanted = tuple(dict.fromkeys(ids))
    told = {one: known[one] for one in wanted if one in known and _is_told(known[one], now)}
    asking = _Asking(source, now)
    asking.ask([one for one in wanted if one not in told], points)
    parts = [one for one in told if not told[one].has_replies]
    asking.ask(parts, points)
    old = [one for one in told if told[one].has_replies and _is_old(told[one], now)]
    asking.ask(sorted(old, key=lambda one: told[one].read_at), points)
    found = {**told, **_with_known_replies(asking.found, told)}
    n_unknown = sum(one not in found and one not in asking.hidden for one in wanted)
    news = tuple(found[one] for one in asking.found)
    return Met(found, news, n_unknown, asking.error)


def _is_told(community: Community, now: datetime) -> bool:
    return community.read_at > now - TOLD_FOR


def _is_old(community: Community, now: datetime) -> bool:
    return community.read_at <= now - FRESH_FOR


def _with_known_replies(
    found: Mapping[str, Community], told: Mapping[str, Community]
) -> dict[str, Community]:
    """What was read anew, without letting go of replies that the points did not reach again."""
    return {
        one: told[one] if not new.has_replies and one in told and told[one].has_replies else new
        for one, new in found.items()
    }


@dataclass(slots=True)
class _Asking:
    """Questions within some points; they end with a limit, or when GitHub is down."""

    source: CommunitySource
    now: datetime
    found: dict[str, Community] = field(default_factory=dict)
    #: Those whose replies did not come: told for now, and asked for again by the next run.
    parts: dict[str, Community] = field(default_factory=dict)
    #: Asked for, and not shown.
    hidden: set[str] = field(default_factory=set)
    error: GitHubError | None = None
    _n_outages: int = 0
    _spent_before: int = field(init=False)

    def __post_init__(self) -> None:
        self._spent_before = self.source.spent().points

    def ask(self, ids: Sequence[str], points: int) -> None:
        """Look these up, as far as all questions so far stay within so many points."""
        left = points - self._spent
        for_profiles = points - left + max(1, round(left * PROFILES_SHARE)) if left > 0 else 0
        profiles: dict[str, Profile] = {}
        for some in batched_ids(ids, N_PROFILED):
            if not self._may_go_on(for_profiles):
                break
            shown = self._try(self.source.read_profiles, some)
            if shown is not None:
                profiles |= {one: shown[one] for one in some if one in shown}
                self.hidden |= set(some) - shown.keys()
        pulls = {
            one: [pull.id for pull in looked_at(newcomers_of(profile.pulls or (), self.now))]
            for one, profile in profiles.items()
        }
        asked, replies = self._replies([id_ for some in pulls.values() for id_ in some], points)
        self.found |= {
            one: build_community(
                one, profile, self.now, replies, has_replies=asked.issuperset(pulls[one])
            )
            for one, profile in profiles.items()
        }

    def _replies(
        self, ids: Sequence[str], points: int
    ) -> tuple[frozenset[str], dict[str, tuple[Reply, ...]]]:
        """The pull requests that were asked for, as far as the points go, and their replies."""
        asked: set[str] = set()
        replies: dict[str, tuple[Reply, ...]] = {}
        for some in batched_ids(ids, N_REPLIED):
            if not self._may_go_on(points):
                break
            shown = self._try(self.source.read_replies, some)
            if shown is not None:
                replies |= shown
                asked |= set(some)
        return frozenset(asked), replies

    @property
    def _spent(self) -> int:
        return self.source.spent().points - self._spent_before

    def _may_go_on(self, points: int) -> bool:
        has_ended = isinstance(self.error, WorkEnded) or self._n_outages == MAX_OUTAGES
        return not has_ended and self._spent < points

    def _try(self, ask: Callable[[Sequence[str]], T], some: Sequence[str]) -> T | None:
        try:
            told = ask(some)
        except GitHubError as error:
            self.error, self._n_outages = error, self._n_outages + 1
            return None
        self._n_outages = 0
        return told
