"""Ranking: a student's issues in the order in which they are worth showing, with all reasons.

Comes in: screened issues, a student, the time. Goes out: `RankedIssue`s, best first. A feature is a
function in `fit` or `standing` and a row in `FEATURES`.
"""

import heapq
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeAlias

from bot.harvest.issue import Issue
from bot.ranking import fit, standing
from bot.ranking.score import RankedIssue, Reason
from bot.subscriptions.student import Subscription

Feature: TypeAlias = Callable[[Issue, Subscription, datetime], Reason | None]

FEATURES: tuple[Feature, ...] = (
    fit.base,
    fit.language,
    fit.interest,
    fit.invitation,
    fit.kind,
    fit.size,
    standing.freshness,
    standing.stars,
    standing.activity,
    standing.guide,
    standing.attention,
    standing.clarity,
)


def score_issue(issue: Issue, student: Subscription, now: datetime) -> RankedIssue:
    """The issue with what each feature says of it."""
    said = (feature(issue, student, now) for feature in FEATURES)
    return RankedIssue(issue, tuple(reason for reason in said if reason is not None))


def rank(
    issues: Iterable[Issue], student: Subscription, now: datetime, n_best: int
) -> tuple[RankedIssue, ...]:
    """The `n_best` issues by score, best first; ties by reference, whatever the input's order."""
    scored = (score_issue(issue, student, now) for issue in issues)
    return tuple(heapq.nsmallest(n_best, scored, key=lambda one: (-one.log_odds, one.issue.ref)))
