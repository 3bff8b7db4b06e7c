"""A reception: how a project treated our students.

Comes in: picks. Goes out: a `Reception` for each project that a student spoke up in.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from bot.cohort.funnel import Funnel, count_funnel
from bot.outcomes.progress import Progress

_HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Reception:
    """How a project treated our students."""

    repository: str
    funnel: Funnel
    #: Picks in which somebody of the project answered.
    n_answered: int
    #: The median of the hours from a student's first comment to the project's first answer.
    median_answer_hours: float | None


def make_receptions(picks: Iterable[Progress]) -> tuple[Reception, ...]:
    """The most merged first, then by pull requests, answers, comments, name.

    Where no student stepped forward, nobody had anybody to welcome: such a project is left out.
    """
    of_project: dict[str, list[Progress]] = defaultdict(list)
    for one in picks:
        of_project[one.ref.folded.repository].append(one)
    made = [_make(ours) for ours in of_project.values()]
    return tuple(sorted((one for one in made if one.funnel.n_commented), key=_order))


def _make(picks: list[Progress]) -> Reception:
    newest = max(picks, key=lambda one: (one.offered_at, one.ref))
    hours = [hours for one in picks if (hours := _hours_to_answer(one)) is not None]
    return Reception(
        repository=newest.ref.repository,
        funnel=count_funnel(picks),
        n_answered=sum(one.answered_at is not None for one in picks),
        median_answer_hours=median(hours) if hours else None,
    )


def _hours_to_answer(one: Progress) -> float | None:
    if one.commented_at is None or one.answered_at is None or one.answered_at < one.commented_at:
        return None
    return (one.answered_at - one.commented_at).total_seconds() / _HOUR_S


def _order(one: Reception) -> tuple[int, int, int, int, str]:
    funnel = one.funnel
    counts = (funnel.n_merged, funnel.n_pulls, one.n_answered, funnel.n_commented)
    merged, pulls, answered, commented = (-n for n in counts)
    return (merged, pulls, answered, commented, one.repository.casefold())
