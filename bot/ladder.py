"""The ladder: a student's level moves with merged work.

Comes in: what the file says, and what was merged. Goes out: the level that counts. The file wins:
who writes another level is taken at their word, and only what is merged after that counts on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.outcomes.progress import Progress
from bot.terms import Level

#: Merged pull requests up to the next level; our judgement: the first is the threshold that
#: newcomers' studies look at, and two more show that it was no accident.
N_TO_BEGINNER, N_TO_INTERMEDIATE = 1, 3
#: After so many in one repository its further work is open to the student (kubernetes'
#: help-wanted.md: after one or two good first issues one should move on to help wanted).
N_TO_BE_HOME = 2


@dataclass(frozen=True, slots=True)
class StatedLevel:
    """The level that a student's file was first seen to state, and when."""

    login: str
    level: Level
    since: datetime


def level_of(stated: StatedLevel, merged_at: Iterable[datetime]) -> Level:
    """The level that counts after all merges since the file stated its own."""
    n_merged = sum(at > stated.since for at in merged_at)
    if stated.level is Level.FIRST_TIMER and n_merged >= N_TO_BEGINNER:
        climbed = n_merged >= N_TO_INTERMEDIATE
        return Level.INTERMEDIATE if climbed else Level.BEGINNER
    if stated.level is Level.BEGINNER and n_merged >= N_TO_INTERMEDIATE:
        return Level.INTERMEDIATE
    return stated.level


def homes_of(merged: Iterable[Progress]) -> frozenset[str]:
    """The repositories, folded, in which the student had two merged or more."""
    counts: Mapping[str, int] = Counter(one.ref.folded.repository for one in merged)
    return frozenset(name for name, n in counts.items() if n >= N_TO_BE_HOME)
