"""What is known of a student from before, as ranking uses it: answers, and where they are at home.

Comes in: `Past` as an argument of ranking. Goes out: the column of homes, and the clause for it.
"""

from dataclasses import dataclass

import numpy as np

from bot.corpus.catalogue import Catalogue, Floats
from bot.harvest.issue import Repository
from bot.ranking import weights as w
from bot.ranking.answers import NO_ANSWERS, Answers
from bot.sayings import Saying


@dataclass(frozen=True, slots=True)
class Past:
    """One student's; all empty is who was never heard of."""

    answers: Answers = NO_ANSWERS
    #: Repositories, folded, in which the student had work merged more than once.
    homes: frozenset[str] = frozenset()


NO_PAST = Past()


def home_column(past: Past, catalogue: Catalogue) -> Floats:
    """What it adds that an issue is of a repository where the student is at home."""
    if not past.homes:
        return np.zeros(len(catalogue))
    return catalogue.project_column(lambda one: w.HOME if _is_home(past, one) else 0.0)


def tell_home(past: Past, repository: Repository) -> Saying | None:
    """That the student is at home there."""
    return Saying("at_home") if _is_home(past, repository) else None


def _is_home(past: Past, repository: Repository) -> bool:
    return repository.name.casefold() in past.homes
