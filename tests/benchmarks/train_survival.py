"""Learns the survival scorecard, and writes `bot/data/survival_card.json` again byte for byte.

`uv run python -m tests.benchmarks.train_survival survival.jsonl.gz [--check]`. Which words and
groups of labels there are was chosen by looking at these rows; the hour, the weekday and the year
are left out, for they tell when the listings were taken.
"""

import sys
from pathlib import Path
from typing import Any

import numpy as np

from bot.corpus.catalogue import Catalogue
from bot.ranking import lasting
from bot.ranking.card import Card
from tests.benchmarks.additive import Shape, Strength, fit_card
from tests.benchmarks.card_file import put_card
from tests.benchmarks.listings import read_listings
from tests.benchmarks.survival import outcomes, read_fresh

#: Knots: the 10, 25, 50, 75, 90 and 99 % of what is above 0.
PRODUCTS = {
    "stars": (0.0, 0.96, 1.92, 4.46, 9.5, 24.27, 37.61),
    "number": (0.0, 1.44, 2.68, 5.03, 11.14, 24.86, 40.5),
    "languages": (0.0, 0.76, 1.12, 1.66, 2.88, 5.8, 8.61),
}
SHAPES = (
    Shape("n_comments", "demand", "plain", (0.0, 1.0, 2.0, 5.0)),
    Shape("age_hours", "demand", "plain", (0.0, 1.0, 3.0, 5.0, 8.0, 12.0)),
    Shape("n_together", "company", "log1p", (0.0, 0.6931, 1.3863, 2.3026, 3.434)),
    *(Shape(f"n_together by {sort}", "company", at=at) for sort, at in PRODUCTS.items()),
    Shape("number", "pace", "log1p"),
    Shape("n_stars", "pace", "log1p"),
    *(Shape(f"language: {name}", "pace") for name in lasting.LANGUAGES),
    Shape("no language", "pace"),
    Shape("n_letters", "rush", "log1p"),
    *(Shape(f"title: {word}", "rush") for word in lasting.TITLE_WORDS),
    *(Shape(f"label: {group}", "rush") for group in lasting.LABELS),
)
#: Chosen by folds that leave repositories out; the measure is flat from 0.01 to 0.1.
STRENGTH = Strength(slope=0.03, bend=1.0)


def learn(values: dict[str, np.ndarray], free: np.ndarray, strength: Strength = STRENGTH) -> Card:
    """The card that these rows teach."""
    return fit_card(SHAPES, values, free, strength)


def facts(catalogue: Catalogue, free: np.ndarray) -> dict[str, Any]:
    """What a reader of the card should know of its making."""
    seen = [issue.seen_at.date() for issue in catalogue.issues]
    return {
        "outcome": "listed, unassigned, without a new comment 72 to 86 hours after it was opened",
        "source": "dated snapshots of iedr/goodfirstissues: fresh, unassigned good first issues",
        "rows": len(free),
        "positives": int(free.sum()),
        "repositories": len({issue.ref.repository.casefold() for issue in catalogue.issues}),
        "from": min(seen).isoformat(),
        "to": max(seen).isoformat(),
        "slope": STRENGTH.slope,
        "bend": STRENGTH.bend,
        "made_by": "tests/benchmarks/train_survival.py",
    }


def main() -> None:
    rows = [row for _, row in read_listings(Path(sys.argv[1]))]
    catalogue, free = read_fresh(rows), outcomes(rows)
    card = learn(lasting.columns(catalogue), free)
    card = card.model_copy(update={"learned": facts(catalogue, free)})
    put_card(lasting.CARD, card, is_check="--check" in sys.argv)


if __name__ == "__main__":
    main()
