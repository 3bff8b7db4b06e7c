"""The resolved issues of RecGFI's data (ICSE 2022) as a card sees them.

Comes in: `gfi_train.csv`, or a file of the same columns without the label. Goes out: the values
that our harvest knows of an open issue, by the card's names.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bot.ranking.beginner import pull_requests_a_commit

#: The card's names of the columns that our harvest has. Labels are counted there, told here: how
#: many labels say the same is chance.
COLUMNS = {
    "n_commits": "repo_commits",
    "is_for_newcomers": "lab_gfi",
    "is_docs": "lab_doc",
    "is_bug": "lab_bug",
    "is_medium": "lab_medium",
    "is_major": "lab_major",
    "n_comments": "n_comments",
    "is_reporter_new": "rep_is_new",
}
#: Of these two the first is told by the second.
PULL_REQUESTS, COMMITS = "repo_closed_prs", "repo_commits"
#: Learned apart from the others, because not every issue's is known.
HISTORY = {"newcomer_rate": "hist_newcomer_rate_400d"}

#: Never features: what identifies a row, what is only known at the end, and our own histories.
NO_FEATURES = {
    *("row_id", "repo", "number", "created_est", "measured_after_cut", "label"),
    *("hist_newcomer_rate_400d", "hist_newcomer_rate_all"),
}


@dataclass(frozen=True)
class Resolved:
    """n resolved issues; every array has n entries, in the file's order."""

    row_ids: tuple[str, ...]
    repositories: np.ndarray
    created_on: np.ndarray
    is_late: np.ndarray
    #: 1 where a newcomer resolved it; None where the file does not tell.
    labels: np.ndarray | None
    values: dict[str, np.ndarray]
    #: All columns that RecGFI's classifier had, n x columns.
    everything: np.ndarray

    @property
    def is_known_reporter(self) -> np.ndarray:
        return self.values["is_reporter_new"] == 0


def read_resolved(path: Path) -> Resolved:
    """All rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {**COLUMNS, **HISTORY}
    values = {name: _column(rows, column) for name, column in named.items()}
    values["pull_requests_a_commit"] = pull_requests_a_commit(
        _column(rows, PULL_REQUESTS), _column(rows, COMMITS)
    )
    for name, column in values.items():
        if name.startswith("is_"):
            values[name] = np.minimum(column, 1.0)
    columns = [name for name in rows[0] if name not in NO_FEATURES]
    return Resolved(
        row_ids=tuple(row["row_id"] for row in rows),
        repositories=np.array([row["repo"] for row in rows]),
        created_on=np.array([date.fromisoformat(row["created_est"]).toordinal() for row in rows]),
        is_late=_column(rows, "measured_after_cut") == 1,
        labels=_column(rows, "label").astype(int) if "label" in rows[0] else None,
        values=values,
        everything=np.column_stack([np.nan_to_num(_column(rows, name)) for name in columns]),
    )


def _column(rows: Sequence[dict[str, str]], name: str) -> np.ndarray:
    """A column's numbers; NaN where a cell is empty or the column is missing."""
    return np.array([float(row.get(name) or "nan") for row in rows])
