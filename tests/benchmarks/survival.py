"""Fresh issues and what became of them, as a catalogue that a card is asked of.

Comes in: rows of `survival.jsonl.gz`. Goes out: issues as a harvest would have found them, and
whether each was still free three days later.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np

from bot.corpus.catalogue import Catalogue, build_catalogue
from bot.harvest.issue import Details, Issue, Repository, RepositoryFacts
from bot.sandbox.listings import guess_main_language
from bot.terms import IssueRef

FREE = "free"


def read_fresh(rows: Iterable[dict[str, Any]]) -> Catalogue:
    """The rows as issues, in the file's order; what a row does not tell is unknown."""
    repositories: dict[tuple[Any, ...], Repository] = {}
    return build_catalogue(_issue(number, row, repositories) for number, row in enumerate(rows))


def outcomes(rows: Iterable[dict[str, Any]]) -> np.ndarray:
    """1 where the issue was still free 72 to 86 hours after it was opened."""
    return np.array([int(row["outcome"] == FREE) for row in rows])


def _issue(number: int, row: dict[str, Any], known: dict[tuple[Any, ...], Repository]) -> Issue:
    key = (row["repo"], row["stars"], row["description"], *row["languages"])
    repository = known.get(key) or known.setdefault(key, _repository(row))
    seen_at = _moment(row["seen_at"])
    return Issue(
        id=str(number),
        ref=IssueRef(row["repo"], row["number"]),
        repository=repository,
        title=row["title"],
        created_at=_moment(row["created_at"]),
        updated_at=seen_at,
        labels=tuple(row["labels"]),
        is_locked=False,
        is_pinned=False,
        author=None,
        seen_at=seen_at,
        details=_details(row["comments"], seen_at),
    )


def _repository(row: dict[str, Any]) -> Repository:
    facts = RepositoryFacts(
        description=row["description"],
        topics=None,
        languages=tuple(row["languages"]),
        stars=row["stars"],
        forks=None,
        licence=None,
        created_at=None,
        pushed_at=None,
        is_archived=False,
        is_fork=False,
        is_mirror=False,
        is_template=False,
        guide=None,
        has_discussions=False,
    )
    return Repository(row["repo"], row["repo"], guess_main_language(row["languages"]), facts)


def _details(n_comments: int, read_at: datetime) -> Details:
    return Details(True, False, (), None, None, None, 0, read_at, n_comments=n_comments)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
