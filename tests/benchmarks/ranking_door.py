"""The door for acceptance: rows in, scores of the very cards that ship out.

Comes in: rows without their outcome. Goes out: `row_id,score`; a score is the card's probability,
higher is likelier. Needs nothing but the default install.
"""

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bot.ranking import beginner, lasting
from bot.ranking.card import read_card
from tests.benchmarks.gfi import HISTORY, read_resolved
from tests.benchmarks.listings import read_listings
from tests.benchmarks.survival import read_fresh


def score_beginner(source: Path, target: Path, *, with_history: bool) -> int:
    """P(a newcomer resolves it) of each row; the repository's history only if it is asked for."""
    rows = read_resolved(source)
    left_out = () if with_history else HISTORY
    values = {name: column for name, column in rows.values.items() if name not in left_out}
    return _write(target, rows.row_ids, read_card(beginner.CARD).log_odds(values))


def score_survival(source: Path, target: Path) -> int:
    """P(it is free 72 hours later) of each row."""
    rows = [row for _, row in read_listings(source)]
    log_odds = read_card(lasting.CARD).log_odds(lasting.columns(read_fresh(rows)))
    return _write(target, [str(row["row_id"]) for row in rows], log_odds)


def _write(target: Path, row_ids: Iterable[str], log_odds: np.ndarray) -> int:
    chances = 1 / (1 + np.exp(-log_odds))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("row_id", "score"))
        writer.writerows(
            (one, f"{chance:.9f}") for one, chance in zip(row_ids, chances, strict=True)
        )
    return len(chances)
