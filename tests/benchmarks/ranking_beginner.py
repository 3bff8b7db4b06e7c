"""How well the beginner card tells who resolves an issue, next to what was published.

Comes in: `gfi_train.csv`. Goes out: tables. Every score is of a row that its model has not seen,
nor anything of its repository or of its time, as the column says; strengths are chosen inside the
rows that a model may see.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np

from tests.benchmarks import honest
from tests.benchmarks.additive import Strength
from tests.benchmarks.gfi import Resolved, read_resolved
from tests.benchmarks.honest import Fold, Interval
from tests.benchmarks.tables import print_table
from tests.benchmarks.train_beginner import STRENGTHS, learn, learn_history, pick

Predict: TypeAlias = Callable[[np.ndarray, np.ndarray], np.ndarray]

LATER = "later issues (the last 40 %, learned from the first 60)"
NEW = "repositories never seen (6 folds)"
BOTH = "later issues of repositories never seen (the last half, 5 folds)"
SEED = 1
HEADS = (
    *("model", "AUC", "reporter not new", "average precision", "Brier", "ECE"),
    *("lead of our card, by issue", "by repository"),
)


def main(path: Path) -> None:
    """Print how our card and its rivals fare, three ways."""
    rows = read_resolved(path)
    assert rows.labels is not None
    models: dict[str, Predict] = {
        "our card": partial(_card, rows),
        "our card with the repository's history": partial(_card_with_history, rows),
        "XGBoost as RecGFI, all its columns": partial(_boosted, rows),
        "logistic regression, all its columns": partial(_regression, rows),
        "has a good-first-issue label": partial(_label, rows),
    }
    for title, folds in ((LATER, _later(rows)), (NEW, _new(rows)), (BOTH, _both(rows))):
        splits = list(folds)
        seen = np.unique(np.concatenate([test for _, test in splits]))
        told = {name: _predict(model, splits, len(rows.labels)) for name, model in models.items()}
        print_table(
            f"{title}: {len(seen):,} rows, {int(rows.labels[seen].sum())} positive",
            HEADS,
            (_row(name, told[name], told["our card"], rows, seen) for name in models),
        )


def _row(
    name: str, chances: np.ndarray, ours: np.ndarray, rows: Resolved, seen: np.ndarray
) -> tuple[object, ...]:
    assert rows.labels is not None
    labels, told, card = rows.labels[seen], chances[seen], ours[seen]
    known = rows.is_known_reporter[seen]
    is_ours = name == "our card"
    lead = partial(honest.auc_interval, labels, card, None if is_ours else told)
    return (
        name,
        honest.auc(labels, told),
        honest.auc(labels[known], told[known]),
        honest.average_precision(labels, told),
        honest.brier(labels, told),
        honest.calibration_error(labels, told),
        _shown(lead(), is_lead=not is_ours),
        _shown(lead(rows.repositories[seen]), is_lead=not is_ours),
    )


def _shown(interval: Interval, *, is_lead: bool) -> str:
    value, low, high = interval
    if is_lead:
        return f"{value:+.3f} ({low:+.3f} to {high:+.3f})"
    return f"its AUC: {low:.3f} to {high:.3f}"


def _later(rows: Resolved) -> Iterator[Fold]:
    return honest.later_folds(rows.created_on, ((0.6, 1.0),))


def _new(rows: Resolved) -> Iterator[Fold]:
    fold_of = honest.group_folds(rows.repositories, 6, SEED)
    return ((np.flatnonzero(fold_of != k), np.flatnonzero(fold_of == k)) for k in range(6))


def _both(rows: Resolved) -> Iterator[Fold]:
    fold_of = honest.group_folds(rows.repositories, 5, SEED)
    ((early, late),) = honest.later_folds(rows.created_on, ((0.5, 1.0),))
    return ((early[fold_of[early] != k], late[fold_of[late] == k]) for k in range(5))


def _predict(model: Predict, splits: list[Fold], n_rows: int) -> np.ndarray:
    told = np.full(n_rows, np.nan)
    for learned, asked in splits:
        told[asked] = model(learned, asked)
    return told


def _card(rows: Resolved, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    chosen = _mask(rows, learned)
    card = learn(rows, chosen, _choose_strength(rows, learned))
    return _logistic(card.log_odds(pick(rows.values, asked)))


def _card_with_history(rows: Resolved, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    chosen = _mask(rows, learned)
    card = learn_history(rows, chosen, learn(rows, chosen, _choose_strength(rows, learned)))
    return _logistic(card.log_odds(pick(rows.values, asked)))


def _choose_strength(rows: Resolved, learned: np.ndarray) -> Strength:
    """The strength that does best on repositories left out of what may be seen."""
    assert rows.labels is not None
    fold_of = honest.group_folds(rows.repositories[learned], 4, SEED)
    best: list[tuple[float, Strength]] = []
    for strength in STRENGTHS:
        told = np.empty(len(learned))
        for k in range(4):
            card = learn(rows, _mask(rows, learned[fold_of != k]), strength)
            told[fold_of == k] = card.log_odds(pick(rows.values, learned[fold_of == k]))
        best.append((honest.auc(rows.labels[learned], told), strength))
    return max(best, key=lambda one: one[0])[1]


def _mask(rows: Resolved, chosen: np.ndarray) -> np.ndarray:
    """The chosen rows but for those whose features were taken late."""
    mask = np.zeros(len(rows.is_late), bool)
    mask[chosen] = True
    return mask & ~rows.is_late


def _boosted(rows: Resolved, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """XGBoost with its defaults: RecGFI's `models/RecGFI.py` sets nothing else."""
    from xgboost import XGBClassifier

    chosen = _mask(rows, learned)
    model = XGBClassifier(n_jobs=1).fit(rows.everything[chosen], rows.labels[chosen])
    return np.asarray(model.predict_proba(rows.everything[asked])[:, 1], float)


def _regression(rows: Resolved, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    chosen = _mask(rows, learned)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=10_000))
    model.fit(rows.everything[chosen], rows.labels[chosen])
    return np.asarray(model.predict_proba(rows.everything[asked])[:, 1], float)


def _label(rows: Resolved, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The share of newcomers among issues with, and without, the label."""
    chosen, flag = _mask(rows, learned), rows.values["is_for_newcomers"]
    rates = [rows.labels[chosen & (flag == value)].mean() for value in (0.0, 1.0)]
    return np.where(flag[asked] == 1.0, rates[1], rates[0])


def _logistic(log_odds: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-log_odds))
