"""What a student's answers say: weights of topics and projects, learned elsewhere (`feedback`).

Comes in: `Answers` as an argument of ranking. Goes out: a column, bounded, and the clause for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from bot.corpus.catalogue import Catalogue, Floats
from bot.harvest.issue import Repository
from bot.ranking import weights as w
from bot.sayings import Saying


class Manner(StrEnum):
    """How a student said it."""

    #: By its name: `/more astronomy`.
    NAMED = "named"
    #: Of a pick by its number: `/more 2`.
    PICK = "pick"
    #: Of a digest by a reaction.
    REACTION = "reaction"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a weight comes from; names of one thing (aliases of a topic) have one `name`."""

    name: str
    manner: Manner
    #: So many weeks it counts still, less each week.
    n_weeks: int


@dataclass(frozen=True, slots=True)
class Answers:
    """How much more (> 0) or less (< 0) a student wants, in log-odds, by a topic's name and by a
    project's, in lower case."""

    topics: Mapping[str, float] = field(default_factory=dict)
    repositories: Mapping[str, float] = field(default_factory=dict)
    #: By the same names; what has none was named.
    origins: Mapping[str, Origin] = field(default_factory=dict)


NO_ANSWERS = Answers()


def answers_column(answers: Answers, catalogue: Catalogue) -> Floats:
    """What the answers add to each issue: their sum, within `ANSWERS_MOST` of 0."""
    if not answers.topics and not answers.repositories:
        return np.zeros(len(catalogue))
    return catalogue.project_column(
        lambda one: float(
            np.clip(
                sum(share for share, _, _ in _said(answers, one)), -w.ANSWERS_MOST, w.ANSWERS_MOST
            )
        )
    )


def tell_answers(answers: Answers, repository: Repository) -> Saying | None:
    """The strongest answer that bears on the project, of those that the sum is due to; or None."""
    said = tuple(_said(answers, repository))
    total = sum(share for share, _, _ in said)
    ordered = sorted(said, key=lambda one: (one[0] * total < 0, -abs(one[0]), one[1]))
    return _clause(*ordered[0]) if ordered else None


def _said(answers: Answers, repository: Repository) -> Iterator[tuple[float, str, Origin | None]]:
    """Each answer that bears on a project once, under whatever names it has the topic."""
    name = repository.name.casefold()
    if name in answers.repositories:
        yield answers.repositories[name], repository.name, answers.origins.get(name)
    told: set[str] = set()
    for topic in (repository.facts and repository.facts.topics) or ():
        if topic in answers.topics:
            origin = answers.origins.get(topic)
            called = origin.name if origin else topic
            if called not in told:
                told.add(called)
                yield answers.topics[topic], called, origin


def _clause(share: float, called: str, origin: Origin | None) -> Saying:
    name, is_more = {"name": called}, share > 0
    match origin.manner if origin else Manner.NAMED:
        case Manner.NAMED:
            what = Saying("asked_more", name) if is_more else Saying("asked_less", name)
        case Manner.PICK:
            what = Saying("asked_more_like", name) if is_more else Saying("asked_less_like", name)
        case Manner.REACTION:
            what = Saying("liked", name) if is_more else Saying("disliked", name)
    return Saying("fades", {"what": what, "n": origin.n_weeks}) if origin else what
