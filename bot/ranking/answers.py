"""What a student's answers say: weights of topics, projects and kinds of work, learned elsewhere.

Comes in: `Answers` as an argument of ranking. Goes out: a column, bounded, and the clause for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from bot.corpus.catalogue import Catalogue, Floats
from bot.harvest.issue import Repository
from bot.ranking import weights as w


@dataclass(frozen=True, slots=True)
class Answers:
    """How much more (> 0) or less (< 0) a student wants, in log-odds, by a topic's name and by a
    project's, in lower case."""

    topics: Mapping[str, float] = field(default_factory=dict)
    repositories: Mapping[str, float] = field(default_factory=dict)


NO_ANSWERS = Answers()


def answers_column(answers: Answers, catalogue: Catalogue) -> Floats:
    """What the answers add to each issue: their sum, within `ANSWERS_MOST` of 0."""
    if not answers.topics and not answers.repositories:
        return np.zeros(len(catalogue))
    return catalogue.project_column(
        lambda one: float(
            np.clip(sum(share for share, _ in _said(answers, one)), -w.ANSWERS_MOST, w.ANSWERS_MOST)
        )
    )


def tell_answers(answers: Answers, repository: Repository) -> str | None:
    """The strongest answer that bears on the project, or None."""
    said = sorted(_said(answers, repository), key=lambda one: (-abs(one[0]), one[1]))
    if not said:
        return None
    share, name = said[0]
    return f"you asked for {'more' if share > 0 else 'less'} of {name}"


def _said(answers: Answers, repository: Repository) -> Iterator[tuple[float, str]]:
    name = repository.name.casefold()
    if name in answers.repositories:
        yield answers.repositories[name], repository.name
    for topic in (repository.facts and repository.facts.topics) or ():
        if topic in answers.topics:
            yield answers.topics[topic], topic
