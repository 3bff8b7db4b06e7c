"""Learns the beginner scorecard, and writes `bot/data/beginner_card.json` again byte for byte.

`uv run python -m tests.benchmarks.train_beginner gfi_train.csv [--check]`. What was chosen by
looking at these rows: the nine columns (of 57), `STRENGTH`, and the straight curve of the history;
`tests.benchmarks.ranking` measures the whole choice again where it has not looked.
"""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bot.ranking import beginner
from bot.ranking.card import Card
from tests.benchmarks.additive import Shape, Strength, add_curve, fit_card, settle_base
from tests.benchmarks.card_file import put_card
from tests.benchmarks.gfi import Resolved, read_resolved

SHAPES = (
    Shape("n_commits", "workflow", "log1p"),
    Shape("pull_requests_a_commit", "workflow", "log"),
    Shape("is_for_newcomers", "invitation"),
    Shape("is_docs", "labels"),
    Shape("is_bug", "labels"),
    Shape("is_medium", "labels"),
    Shape("is_major", "labels"),
    Shape("n_comments", "discussion", "log1p"),
    Shape("is_reporter_new", "reporter"),
)
HISTORY = Shape("newcomer_rate", "newcomers", "log")
#: Chosen among `STRENGTHS` by folds that keep time and repositories apart.
STRENGTH = Strength(slope=0.3, bend=0.01)
STRENGTHS = tuple(
    Strength(slope, bend) for slope in (0.1, 0.3, 1.0, 3.0) for bend in (0.0, 0.01, 0.1)
)
HISTORY_SLOPE = 0.3
#: The share that newcomers resolve rose over the years; the base is that of the last so many days.
RECENT_DAYS = 365


def learn(rows: Resolved, chosen: np.ndarray, strength: Strength = STRENGTH) -> Card:
    """The card that some of the rows teach, without the history."""
    assert rows.labels is not None
    values, labels = pick(rows.values, chosen), rows.labels[chosen]
    card = fit_card(SHAPES, values, labels, strength)
    recent = rows.created_on[chosen] > rows.created_on[chosen].max() - RECENT_DAYS
    return settle_base(card, pick(values, recent), labels[recent])


def learn_history(rows: Resolved, chosen: np.ndarray, card: Card) -> Card:
    """The card with the curve of what newcomers resolved before, learned beside the others."""
    assert rows.labels is not None
    values = pick(rows.values, chosen)
    return add_curve(card, HISTORY, values, rows.labels[chosen], HISTORY_SLOPE)


def pick(values: dict[str, np.ndarray], chosen: np.ndarray) -> dict[str, np.ndarray]:
    return {name: column[chosen] for name, column in values.items()}


def facts(rows: Resolved, chosen: np.ndarray) -> dict[str, Any]:
    """What a reader of the card should know of its making."""
    assert rows.labels is not None
    days = rows.created_on[chosen]
    return {
        "outcome": "resolved by somebody without an earlier commit in the project",
        "source": "RecGFI (ICSE 2022), mcxwx123/RecGFI, without features taken late; all resolved",
        "rows": int(chosen.sum()),
        "positives": int(rows.labels[chosen].sum()),
        "repositories": len(np.unique(rows.repositories[chosen])),
        "from": date.fromordinal(int(days.min())).isoformat(),
        "to": date.fromordinal(int(days.max())).isoformat(),
        "slope": STRENGTH.slope,
        "bend": STRENGTH.bend,
        "made_by": "tests/benchmarks/train_beginner.py",
    }


def main() -> None:
    rows = read_resolved(Path(sys.argv[1]))
    chosen = ~rows.is_late
    card = learn_history(rows, chosen, learn(rows, chosen))
    card = card.model_copy(update={"learned": facts(rows, chosen)})
    put_card(beginner.CARD, card, is_check="--check" in sys.argv)


if __name__ == "__main__":
    main()
