"""How well the survival card tells what is still free after three days, next to simple orders.

Comes in: `survival.jsonl.gz`. Goes out: a table. Repositories are left out of what is learned.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from bot.corpus.catalogue import Catalogue
from bot.ranking import lasting
from tests.benchmarks import honest
from tests.benchmarks.listings import read_listings
from tests.benchmarks.survival import outcomes, read_fresh
from tests.benchmarks.tables import print_table
from tests.benchmarks.train_survival import learn

Score: TypeAlias = Callable[[np.ndarray], np.ndarray]
N_FOLDS, SEEDS = 5, (1, 2)


def main(path: Path) -> None:
    """Print AUC and calibration of our card and its rivals."""
    rows = [row for _, row in read_listings(path)]
    catalogue, free = read_fresh(rows), outcomes(rows)
    values = lasting.columns(catalogue)
    repositories = np.array([row["repo"].casefold() for row in rows])
    told = {
        "newest first": catalogue.column(lambda one: one.created_at.timestamp()),
        "most stars": np.array([float(row["stars"]) for row in rows]),
        "fewest comments": -np.array([float(row["comments"]) for row in rows]),
    }
    lines: list[Sequence[object]] = [
        (name, honest.auc(free, scores), None, None) for name, scores in told.items()
    ]
    for name, model in (
        ("gradient boosting, the card's values and stars", _boosted),
        ("our card", _card),
    ):
        found = [_crossed(model, values, catalogue, free, repositories, seed) for seed in SEEDS]
        aucs = [honest.auc(free, one) for one in found]
        _, low, high = honest.auc_interval(free, found[0], groups=repositories)
        lines.append(
            (
                name,
                float(np.mean(aucs)),
                f"{low:.3f} to {high:.3f}",
                honest.calibration_error(free, found[0]),
            )
        )
    print_table(
        f"Free 72 hours later: {len(rows):,} fresh issues, {free.mean():.1%} free, "
        "repositories left out (5 folds, twice)",
        ("order", "AUC", "95 %, by repository", "ECE"),
        lines,
    )


def _crossed(
    model: Callable[..., np.ndarray],
    values: dict[str, np.ndarray],
    catalogue: Catalogue,
    free: np.ndarray,
    repositories: np.ndarray,
    seed: int,
) -> np.ndarray:
    fold_of = honest.group_folds(repositories, N_FOLDS, seed)
    stars = catalogue.project_column(lambda one: float(one.facts.stars if one.facts else 0))
    told = np.empty(len(free))
    for k in range(N_FOLDS):
        told[fold_of == k] = model({**values, "stars": stars}, free, fold_of != k, fold_of == k)
    return told


def _card(values: Any, free: np.ndarray, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    card = learn({name: one[learned] for name, one in values.items()}, free[learned])
    return 1 / (1 + np.exp(-card.log_odds({name: one[asked] for name, one in values.items()})))


def _boosted(values: Any, free: np.ndarray, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    from sklearn.ensemble import HistGradientBoostingClassifier

    table = np.column_stack(list(values.values()))
    model = HistGradientBoostingClassifier(
        max_iter=250,
        learning_rate=0.04,
        max_leaf_nodes=15,
        min_samples_leaf=60,
        l2_regularization=10,
        random_state=0,
    )
    model.fit(table[learned], free[learned])
    return np.asarray(model.predict_proba(table[asked])[:, 1], float)
