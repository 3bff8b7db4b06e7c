"""The funnel: how far picks came, from an offer to a merge.

Comes in: progress. Goes out: counts, in which each step holds the ones behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.outcomes.progress import Outcome, Progress

_MERGED = frozenset({Outcome.MERGED})
_PULLED = _MERGED | {Outcome.PULL_REQUEST, Outcome.REVIEWED, Outcome.NOT_MERGED}
_SPOKEN = _PULLED | {Outcome.COMMENTED, Outcome.ASSIGNED}


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many picks came how far; each count holds the ones behind it."""

    n_offered: int = 0
    #: The student commented or was assigned; what was only told to us (`/took`) is not seen there.
    n_commented: int = 0
    n_pulls: int = 0
    n_merged: int = 0

    def __add__(self, other: "Funnel") -> "Funnel":
        return Funnel(
            self.n_offered + other.n_offered,
            self.n_commented + other.n_commented,
            self.n_pulls + other.n_pulls,
            self.n_merged + other.n_merged,
        )


def count_funnel(picks: Iterable[Progress]) -> Funnel:
    """The funnel of these picks; a merged one commented and has a pull request, seen or not."""
    funnel = Funnel()
    for one in picks:
        merged, pulled, spoken = is_merged(one), is_pulled(one), is_spoken(one)
        funnel += Funnel(1, int(spoken), int(pulled), int(merged))
    return funnel


def is_merged(one: Progress) -> bool:
    return one.outcome in _MERGED or one.merged_at is not None


def merged_at(one: Progress) -> datetime:
    """When a merged pick was merged, as far as is known."""
    return one.merged_at or one.changed_at or one.offered_at


def is_pulled(one: Progress) -> bool:
    """Was there a pull request of the student's?"""
    seen = one.pulled_at or one.pull_url or one.reviewed_at or one.refused_at
    return is_merged(one) or one.outcome in _PULLED or seen is not None


def is_spoken(one: Progress) -> bool:
    """Did the student step forward upstream?"""
    seen = one.commented_at or one.assigned_at
    return is_pulled(one) or one.outcome in _SPOKEN or seen is not None
