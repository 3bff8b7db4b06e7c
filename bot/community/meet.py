"""Meeting: the communities of the projects that a week's digests name, for few points.

Comes in: repositories, what is kept of them, a source. Goes out: communities, and what is new of
them. A question that fails costs only what it asked for; a limit or a refusal ends the asking.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from bot.community.facts import Community, build_community
from bot.community.replies import N_LOOKED_AT, looked_at, newcomers_of
from bot.community.source import N_PROFILED, N_REPLIED, CommunitySource, Profile, Reply
from bot.community.store import FRESH_FOR, TOLD_FOR
from bot.errors import GitHubError, WorkEnded
from bot.harvest.budget import MAX_OUTAGES
from bot.harvest.source import batched_ids

#: Of the points, what is known but old may have this share: so what was learned in one week is not
#: all looked up again in one week. Our judgement.
RENEWAL_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Met:
    """Communities by repository id, and how much is missing."""

    communities: Mapping[str, Community]
    #: What was read this time.
    news: tuple[Community, ...] = ()
    #: Projects of whose people nothing is known, because it could not be asked.
    n_unknown: int = 0
    error: GitHubError | None = None


def meet(
    ids: Iterable[str],
    known: Mapping[str, Community],
    source: CommunitySource,
    now: datetime,
    points: int,
) -> Met:
    """The communities of these repositories, the most wanted first, within so many points."""
    wanted = tuple(dict.fromkeys(ids))
    told = {one: known[one] for one in wanted if one in known and _is_told(known[one], now)}
    new = [one for one in wanted if one not in told]
    old = sorted(
        (one for one in told if told[one].read_at <= now - FRESH_FOR),
        key=lambda one: told[one].read_at,
    )
    asking = _Asking(source, now)
    asking.ask(new, points)
    for_old = max(_price(N_PROFILED), round(points * RENEWAL_SHARE))
    asking.ask(old, min(points, asking.spent + for_old))
    whole = {**told, **asking.found}
    n_unknown = sum(one not in whole and one not in asking.hidden for one in wanted)
    return Met({**asking.parts, **whole}, tuple(asking.found.values()), n_unknown, asking.error)


def _is_told(community: Community, now: datetime) -> bool:
    return community.read_at > now - TOLD_FOR


def _price(n: int) -> int:
    """What so many projects cost at most."""
    return ceil(n / N_PROFILED) + ceil(n * N_LOOKED_AT / N_REPLIED)


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

    @property
    def spent(self) -> int:
        return self.source.spent().points - self._spent_before

    def ask(self, ids: Sequence[str], points: int) -> None:
        """Look these up, a question's worth at a time, while the whole of one is paid for."""
        for group in batched_ids(ids, N_PROFILED):
            some = group[: _n_affordable(points - self.spent, len(group))]
            if self._has_ended or not some:
                return
            try:
                self._meet(some)
                self._n_outages = 0
            except GitHubError as error:
                self._note(error)

    def _meet(self, some: Sequence[str]) -> None:
        profiles = self.source.read_profiles(some)
        self.hidden |= set(some) - profiles.keys()
        try:
            replies = self._replies(profiles.values())
        except GitHubError:
            self.parts |= self._communities(profiles, {})
            raise
        self.found |= self._communities(profiles, replies)

    def _communities(
        self, profiles: Mapping[str, Profile], replies: Mapping[str, tuple[Reply, ...]]
    ) -> dict[str, Community]:
        return {
            one: build_community(one, profile, replies, self.now)
            for one, profile in profiles.items()
        }

    def _replies(self, profiles: Iterable[Profile]) -> dict[str, tuple[Reply, ...]]:
        """The replies to the newest newcomers of each."""
        ids = [
            pull.id
            for profile in profiles
            for pull in looked_at(newcomers_of(profile.pulls or (), self.now))
        ]
        replies: dict[str, tuple[Reply, ...]] = {}
        for some in batched_ids(ids, N_REPLIED):
            replies.update(self.source.read_replies(some))
        return replies

    @property
    def _has_ended(self) -> bool:
        return isinstance(self.error, WorkEnded) or self._n_outages == MAX_OUTAGES

    def _note(self, error: GitHubError) -> None:
        self.error, self._n_outages = error, self._n_outages + 1


def _n_affordable(points: int, n: int) -> int:
    """How many of `n` projects so many points surely pay for."""
    return next((some for some in range(n, 0, -1) if _price(some) <= points), 0)
