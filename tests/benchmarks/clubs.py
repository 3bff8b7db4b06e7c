"""Fictional clubs for measuring allocation: seeded students, issues, scores and texts.

Comes in: how many, how alike. Goes out: what `allocate` takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.harvest.issue import Issue
from bot.terms import IssueRef
from tests.builders_core import build_issue, build_repository

N_CANDIDATES = 1_000
N_TOPICS = 40
#: Topics a student cares for, and what that adds to an issue's log-odds.
N_CARED_FOR, CARED_FOR = 3, 1.2
#: What students of one taste differ in, and of different tastes.
NOISE_ALIKE, NOISE_VARIED = 0.2, 0.4


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue with its score."""

    issue: Issue
    log_odds: float


@dataclass(frozen=True, slots=True)
class FictionalClub:
    """Scores of every student, wishes, and texts as unit vectors."""

    name: str
    ranked: dict[str, tuple[Entry, ...]]
    n_wanted: dict[str, int]
    rows: dict[IssueRef, int]
    vectors: np.ndarray

    def likeness(self, refs: Sequence[IssueRef]) -> np.ndarray:
        chosen = self.vectors[[self.rows[ref] for ref in refs]]
        return np.clip(chosen @ chosen.T, 0, 1)


def build_club(n_students: int, n_issues: int, is_alike: bool, seed: int = 1) -> FictionalClub:
    """Three issues a repository on average, some with many; a topic each; picks as most ask."""
    dice = np.random.default_rng(seed)
    issues = _build_issues(n_issues, dice)
    topics = dice.integers(N_TOPICS, size=n_issues)
    quality = dice.normal(0.3, 0.8, n_issues)
    axes = dice.normal(size=(N_TOPICS, 64))
    vectors = axes[topics] + dice.normal(size=(n_issues, 64)) * 1.2
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ranked, n_wanted = {}, {}
    for n in range(n_students):
        login = f"student-{n}"
        cares = np.zeros(N_TOPICS)
        cares[range(N_CARED_FOR) if is_alike else dice.choice(N_TOPICS, N_CARED_FOR, False)] = 1
        noise = NOISE_ALIKE if is_alike else NOISE_VARIED
        scores = quality + CARED_FOR * cares[topics] + dice.normal(0, noise, n_issues)
        best = np.argsort(-scores, kind="stable")[:N_CANDIDATES]
        ranked[login] = tuple(Entry(issues[k], float(scores[k])) for k in best)
        n_wanted[login] = int(dice.choice([3, 5, 5, 5, 8]))
    rows = {issue.ref: n for n, issue in enumerate(issues)}
    name = "alike" if is_alike else "varied"
    return FictionalClub(name, ranked, n_wanted, rows, vectors)


def _build_issues(n_issues: int, dice: np.random.Generator) -> list[Issue]:
    of = np.minimum((dice.pareto(1.5, n_issues) * n_issues / 12).astype(int), n_issues // 3)
    of = np.where(dice.random(n_issues) < 0.7, dice.integers(0, n_issues // 3, n_issues), of % 50)
    words = [a + b + c for a in "bdfklmnrst" for b in "aeiou" for c in "bdfklmnr"]
    titles = [" ".join(dice.choice(words, 6)) for _ in range(n_issues)]
    plain = {name: build_repository(f"lumen-lab/r{name}") for name in sorted(set(of.tolist()))}
    return [
        build_issue(n + 1, repository=plain[int(of[n])], title=titles[n]) for n in range(n_issues)
    ]
