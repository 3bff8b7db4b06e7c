"""A score and its reasons: the log-odds of a score are the sum of its contributions.

Sums in log-odds keep every reason's share exact (an additive scorecard). A score is an order, not
a probability of success.
"""

import math
from dataclasses import dataclass
from typing import Protocol

from bot.harvest.issue import Issue
from bot.sayings import Saying


class Scored(Protocol):
    """An issue with its score for one student."""

    @property
    def issue(self) -> Issue: ...

    @property
    def log_odds(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's contribution in log-odds, and what a student is told of it: a clause."""

    feature: str
    contribution: float
    saying: Saying


@dataclass(frozen=True, slots=True)
class ScoredIssue:
    """An issue with its score for one student, whose reasons are not told yet."""

    issue: Issue
    log_odds: float


@dataclass(frozen=True, slots=True)
class RankedIssue:
    """An issue with all its reasons, `base` first."""

    issue: Issue
    reasons: tuple[Reason, ...]

    @property
    def log_odds(self) -> float:
        return math.fsum(reason.contribution for reason in self.reasons)

    @property
    def score(self) -> float:
        return logistic(self.log_odds)


def logistic(log_odds: float) -> float:
    """From log-odds to (0, 1), without overflow."""
    if log_odds >= 0:
        return 1 / (1 + math.exp(-log_odds))
    return math.exp(log_odds) / (1 + math.exp(log_odds))
