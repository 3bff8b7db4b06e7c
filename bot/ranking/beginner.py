"""Would a newcomer resolve it? The beginner scorecard over what the harvest knows.

Comes in: an issue. Goes out: the card's values, NaN where unknown, and what is told of each reason.
The card tells P(newcomer | resolved), for every issue that it was learned from was resolved. Many
of its positives were resolved by their own, new reporter: that the reporter is new is learned, so
that nothing else stands for it, and left out of the ranking (`CONFOUNDERS`).
"""

import math
from enum import StrEnum

import numpy as np

from bot.corpus.catalogue import Catalogue, Floats
from bot.harvest.issue import Issue, TrackRecord
from bot.ranking.card import read_card
from bot.sayings import Saying
from bot.vocabulary import is_newcomer_label, label_words

CARD = "beginner"
#: Reasons that the card knows and the ranking leaves out.
CONFOUNDERS = frozenset({"reporter"})
#: GitHub's words for somebody whose work the project has not merged yet.
_NEWCOMERS = frozenset({"NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR"})
#: A rate of few is drawn to the usual one: as if of eight more, one in ten had been a newcomer's
#: (the card's history was learned so).
PRIOR_WEIGHT, PRIOR_RATE = 8, 0.1
#: What labels say, by their words; RecGFI's categories (ICSE 2022, table 2) in our words.
_DOCS = frozenset({"doc", "docs", "document", "documentation", "docstring", "docstrings"})
_BUG = frozenset({"bug", "bugs", "bugfix"})
_MEDIUM = frozenset({"medium", "intermediate", "moderate"})
_MAJOR = frozenset({"important", "major", "breaking", "difficult", "hard", "core", "serious"})
_PRIORITY, _URGENT = frozenset({"priority", "prio"}), frozenset({"high", "critical", "p0", "p1"})
NAN = math.nan


class LabelSign(StrEnum):
    """What labels can say of a task, as it is told: the card's values without their `is_`."""

    DOCS = "docs"
    BUG = "bug"
    MEDIUM = "medium"
    MAJOR = "major"


def columns(catalogue: Catalogue) -> dict[str, Floats]:
    """The card's values of every issue, n floats each."""
    told = list(map(values, catalogue.issues))
    names = (curve.of for curve in read_card(CARD).curves)
    return {name: np.array([one[name] for one in told], np.float64) for name in names}


def values(issue: Issue) -> dict[str, float]:
    """What the card asks of an issue, by the card's names."""
    words = frozenset().union(*map(label_words, issue.labels))
    facts, details = issue.repository.facts, issue.details
    record = facts.record if facts else None
    is_major = bool(words & _MAJOR) or bool(words & _PRIORITY and words & _URGENT)
    n_comments = details.n_comments if details else None
    return {
        "n_commits": _number(record.n_commits if record else None),
        "pull_requests_a_commit": _ratio(record),
        "is_for_newcomers": float(any(map(is_newcomer_label, issue.labels))),
        "is_docs": float(bool(words & _DOCS)),
        "is_bug": float(bool(words & _BUG)),
        "is_medium": float(bool(words & _MEDIUM)),
        "is_major": float(is_major),
        "n_comments": _number(n_comments),
        "is_reporter_new": float(issue.association in _NEWCOMERS),
        "newcomer_rate": _newcomer_rate(record),
    }


def pull_requests_a_commit(n_pull_requests: float, n_commits: float) -> float:
    """How much of a project's work comes as pull requests."""
    return (n_pull_requests + 1) / (n_commits + 1)


def tell(reason: str, issue: Issue, _share: float) -> Saying | None:
    """What is told of the reason, or None where nothing is known that it could tell."""
    facts, details = issue.repository.facts, issue.details
    record = facts.record if facts else None
    if reason == "workflow":
        return _told_workflow(record)
    if reason == "newcomers" and record is not None and record.n_merged_lately:
        n_new, n_all = record.n_from_newcomers, record.n_merged_lately
        return Saying("newcomers_merged", {"n": n_new, "of": n_all})
    if reason == "invitation":
        label = next(filter(is_newcomer_label, issue.labels), None)
        return Saying("labelled", {"label": label}) if label else Saying("not_labelled")
    if reason == "labels":
        return _told_labels(values(issue))
    if reason == "discussion" and details is not None and details.n_comments is not None:
        return Saying("comments_so_far", {"n": details.n_comments})
    return None


def _number(value: int | None) -> float:
    return NAN if value is None else float(value)


def _ratio(record: TrackRecord | None) -> float:
    if record is None or record.n_commits is None or record.n_closed_pull_requests is None:
        return NAN
    return pull_requests_a_commit(record.n_closed_pull_requests, record.n_commits)


def _newcomer_rate(record: TrackRecord | None) -> float:
    if record is None or not record.n_merged_lately:
        return NAN
    n_all = record.n_merged_lately + PRIOR_WEIGHT
    return (record.n_from_newcomers + PRIOR_WEIGHT * PRIOR_RATE) / n_all


def _told_workflow(record: TrackRecord | None) -> Saying | None:
    if record is None or record.n_commits is None:
        return None
    commits = Saying("commits", {"n": record.n_commits})
    if record.n_closed_pull_requests is None:
        return commits
    return Saying("settled", {"n": record.n_closed_pull_requests, "commits": commits})


def _told_labels(of: dict[str, float]) -> Saying:
    told = tuple(sign for sign in LabelSign if of[f"is_{sign}"])
    return Saying("labelled_as", {"signs": told}) if told else Saying("labelled_as_nothing")
