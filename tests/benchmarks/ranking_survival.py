"""How well the survival card tells what is still free after three days, next to simple orders.

Comes in: `survival.jsonl.gz`. Goes out: a table. Repositories are left out of what is learned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np

from bot.ranking import lasting
from tests.benchmarks import honest
from tests.benchmarks.listings import read_listings
from tests.benchmarks.survival import outcomes, read_fresh
from tests.benchmarks.tables import print_table
from tests.benchmarks.train_survival import learn

Model: TypeAlias = Callable[["Fresh", np.ndarray, np.ndarray], np.ndarray]
N_FOLDS, SEEDS = 5, (1, 2)


@dataclass(frozen=True)
class Fresh:
    """The rows as models see them."""

    values: dict[str, np.ndarray]
    stars: np.ndarray
    free: np.ndarray
    repositories: np.ndarray


def main(path: Path) -> None:
    """Print AUC and calibration of our card and its rivals."""
    rows = [row for _, row in read_listings(path)]
    catalogue, free = read_fresh(rows), outcomes(rows)
    repositories = np.array([row["repo"].casefold() for row in rows])
    stars = np.array([float(row["stars"]) for row in rows])
    fresh = Fresh(lasting.columns(catalogue), stars, free, repositories)
    orders = {
        "newest first": catalogue.column(lambda one: one.created_at.timestamp()),
        "most stars": stars,
        "fewest comments": -np.array([float(row["comments"]) for row in rows]),
    }
    lines: list[Sequence[object]] = [
        (name, honest.auc(free, scores), "-", "-") for name, scores in orders.items()
    ]
    for name, model in MODELS.items():
        found = [_crossed(model, fresh, seed) for seed in SEEDS]
        auc = float(np.mean([honest.auc(free, one) for one in found]))
        _, low, high = honest.auc_interval(free, found[0], groups=repositories)
        ece = honest.calibration_error(free, found[0])
        lines.append((name, auc, f"{low:.3f} to {high:.3f}", ece))
    print_table(
        f"Free 72 hours later: {len(rows):,} fresh issues, {free.mean():.1%} free, "
        f"repositories left out ({N_FOLDS} folds, {len(SEEDS)} times)",
        ("order", "AUC", "95 %, by repository", "ECE"),
        lines,
    )


def _crossed(model: Model, fresh: Fresh, seed: int) -> np.ndarray:
    """Each row's chance by a model that has not seen its repository."""
    fold_of = honest.group_folds(fresh.repositories, N_FOLDS, seed)
    told = np.empty(len(fresh.free))
    for k in range(N_FOLDS):
        told[fold_of == k] = model(fresh, fold_of != k, fold_of == k)
    return told


def _card(fresh: Fresh, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    card = learn(_of(fresh.values, learned), fresh.free[learned])
    return 1 / (1 + np.exp(-card.log_odds(_of(fresh.values, asked))))


def _of(values: dict[str, np.ndarray], rows: np.ndarray) -> dict[str, np.ndarray]:
    return {name: column[rows] for name, column in values.items()}


def _boosted(fresh: Fresh, learned: np.ndarray, asked: np.ndarray) -> np.ndarray:
    from sklearn.ensemble import HistGradientBoostingClassifier

    table = np.column_stack([*fresh.values.values(), fresh.stars])
    model = HistGradientBoostingClassifier(
        max_iter=250,
        learning_rate=0.04,
        max_leaf_nodes=15,
        min_samples_leaf=60,
        l2_regularization=10,
        random_state=0,
    )
    model.fit(table[learned], fresh.free[learned])
    return np.asarray(model.predict_proba(table[asked])[:, 1], float)


MODELS: dict[str, Model] = {
    "gradient boosting, the card's values and stars": _boosted,
    "our card": _card,
}
