"""Honest evaluation: folds that keep time and repositories apart, measures, and their intervals.

Comes in: outcomes, scores, and what each row belongs to. Goes out: numbers; nothing here trains.
"""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
from scipy.stats import rankdata

Fold: TypeAlias = tuple[np.ndarray, np.ndarray]
Interval: TypeAlias = tuple[float, float, float]

N_BINS = 10
N_DRAWS = 1_000


def later_folds(when: np.ndarray, cuts: tuple[tuple[float, float], ...]) -> Iterator[Fold]:
    """Learn from what came before a moment, predict what came after it, up to the next."""
    order = np.argsort(when, kind="stable")
    for begin, end in cuts:
        first, last = int(begin * len(order)), int(end * len(order))
        yield order[:first], order[first:last]


def group_folds(groups: np.ndarray, n_folds: int, seed: int) -> np.ndarray:
    """The fold of each row: all rows of a group in one, folds of about equal size."""
    names, members = np.unique(groups, return_inverse=True)
    sizes = np.bincount(members)
    dice = np.random.default_rng(seed)
    load, fold_of = np.zeros(n_folds), np.zeros(len(names), int)
    for group in np.argsort(-sizes * dice.uniform(0.7, 1.0, len(names)), kind="stable"):
        fold_of[group] = np.argmin(load + dice.uniform(0, 1, n_folds))
        load[fold_of[group]] += sizes[group]
    return fold_of[members]


def auc(outcomes: np.ndarray, scores: np.ndarray) -> float:
    """The chance that a positive is scored above a negative; ties count half."""
    ranks, n_pos = rankdata(scores), int(outcomes.sum())
    n_neg = len(outcomes) - n_pos
    if not n_pos or not n_neg:
        return float("nan")
    return float((ranks[outcomes == 1].sum() - n_pos * (n_pos + 1) / 2) / (n_pos * n_neg))


def average_precision(outcomes: np.ndarray, scores: np.ndarray) -> float:
    """Precision at each positive, averaged; those of one score count together."""
    order = np.argsort(-scores, kind="stable")
    hits, sorted_scores = np.cumsum(outcomes[order]), scores[order]
    last = np.append(np.flatnonzero(np.diff(sorted_scores)), len(scores) - 1)
    precision = hits[last] / (last + 1)
    gained = np.diff(np.append(0, hits[last]))
    return float((precision * gained).sum() / outcomes.sum())


def brier(outcomes: np.ndarray, chances: np.ndarray) -> float:
    """The mean squared error of probabilities."""
    return float(((chances - outcomes) ** 2).mean())


def calibration_error(outcomes: np.ndarray, chances: np.ndarray) -> float:
    """ECE: ten bins of equal width, the gap of each weighted by its rows."""
    bins = np.minimum((chances * N_BINS).astype(int), N_BINS - 1)
    gaps = np.bincount(bins, weights=chances - outcomes, minlength=N_BINS)
    return float(np.abs(gaps).sum() / len(outcomes))


def auc_interval(
    outcomes: np.ndarray,
    scores: np.ndarray,
    others: np.ndarray | None = None,
    groups: np.ndarray | None = None,
) -> Interval:
    """AUC, or its lead over that of `others`, with 95 % by bootstrap: of rows or whole groups."""

    def measured(rows: np.ndarray) -> float:
        lead = auc(outcomes[rows], scores[rows])
        return lead if others is None else lead - auc(outcomes[rows], others[rows])

    dice = np.random.default_rng(1)
    everything = np.arange(len(outcomes))
    if groups is None:
        draws = (dice.integers(0, len(outcomes), len(outcomes)) for _ in range(N_DRAWS))
    else:
        members = [np.flatnonzero(groups == name) for name in np.unique(groups)]
        draws = (
            np.concatenate([members[one] for one in dice.integers(0, len(members), len(members))])
            for _ in range(N_DRAWS)
        )
    drawn = [value for value in map(measured, draws) if not np.isnan(value)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return measured(everything), float(low), float(high)
