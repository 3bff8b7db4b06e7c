"""Fresh issues and what became of them, as a catalogue that a card is asked of.

Comes in: rows of `survival.jsonl.gz`. Goes out: issues as a harvest would have found them, and
whether each was still free three days later.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from bot.corpus.catalogue import Catalogue, build_catalogue
from bot.harvest.issue import Repository
from tests.benchmarks.listed import listed_issue

FREE = "free"


def read_fresh(rows: Iterable[dict[str, Any]]) -> Catalogue:
    """The rows as issues, in the file's order; what a row does not tell is unknown."""
    known: dict[tuple[Any, ...], Repository] = {}
    return build_catalogue(listed_issue(row, known) for row in rows)


def outcomes(rows: Iterable[dict[str, Any]]) -> np.ndarray:
    """1 where the issue was still free 72 to 86 hours after it was opened."""
    return np.array([int(row["outcome"] == FREE) for row in rows])
