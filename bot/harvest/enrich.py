"""Enriching what was found: facts of repositories, and details of a shortlist.

Comes in: issues, a source, a budget. Goes out: the same issues knowing more, and what is missing,
in words. A question that fails costs only what it asked for; a limit or a refusal ends the asking.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from bot.errors import GitHubError, LimitReached, Refused
from bot.harvest.issue import Issue
from bot.harvest.source import IssueSource, Step, points_spent
from bot.terms import IssueRef

T = TypeVar("T")

#: How many ids one question may hold (docs.github.com/en/graphql: 100); details are asked by half
#: of that, because four connections each are heavy (time-outs).
N_IDS, N_DETAILED = 100, 50
SPENT = "The points for this step are spent."


@dataclass(frozen=True, slots=True)
class _Answers(Generic[T]):
    """What was told, by id; which ids were asked at all; and why the others were not."""

    by_id: Mapping[str, T]
    asked: frozenset[str]
    why: str
    is_refused: bool


def add_facts(
    issues: Sequence[Issue], source: IssueSource, budget: int
) -> tuple[tuple[Issue, ...], tuple[str, ...], bool]:
    """The issues in their order with their repositories' facts, those of one sharing one object.

    Facts that are known are kept. Then what is missing, and whether GitHub refused to go on.
    """
    ids = dict.fromkeys(one.repository.id for one in issues if one.repository.facts is None)
    answers = _ask(ids, source.read_repositories, N_IDS, _within(source, budget))
    n_missing = len(ids) - len(answers.asked)
    known = {
        one.repository.id: replace(one.repository, facts=answers.by_id[one.repository.id])
        for one in issues
        if one.repository.id in answers.by_id
    }
    enriched = tuple(
        replace(one, repository=known.get(one.repository.id, one.repository)) for one in issues
    )
    missing = (f"Facts of {n_missing} projects are missing. {answers.why}",) if n_missing else ()
    return enriched, missing, answers.is_refused


def read_details(
    issues: Iterable[Issue], source: IssueSource, budget: int
) -> tuple[dict[IssueRef, Issue], tuple[str, ...]]:
    """The issues with their details, by reference, and what is missing, in words.

    An issue that GitHub no longer shows is left out; one that was not asked for keeps its unknown
    details.
    """
    wanted = {issue.id: issue for issue in issues}
    ask = partial(source.read_details, step=Step.DETAILS)
    answers = _ask(wanted, ask, N_DETAILED, _within(source, budget))
    detailed = {
        one.ref: replace(one, details=answers.by_id.get(one.id))
        for one in wanted.values()
        if one.id in answers.by_id or one.id not in answers.asked
    }
    n_missing = len(wanted) - len(answers.asked)
    missing = (f"Details of {n_missing} issues are missing. {answers.why}",) if n_missing else ()
    return detailed, missing


def batched_ids(ids: Iterable[str], n: int) -> Iterator[tuple[str, ...]]:
    """The ids in groups that one question may hold."""
    everything = tuple(ids)
    return (everything[start : start + n] for start in range(0, len(everything), n))


def _within(source: IssueSource, budget: int) -> Callable[[], bool]:
    return lambda: points_spent(source) < budget


def _ask(
    ids: Iterable[str],
    ask: Callable[[Sequence[str]], Mapping[str, T]],
    size: int,
    may_go_on: Callable[[], bool],
) -> _Answers[T]:
    found: dict[str, T] = {}
    asked: set[str] = set()
    why, is_refused = SPENT, False
    for some in batched_ids(ids, size):
        if is_refused or not may_go_on():
            break
        try:
            found.update(ask(some))
            asked.update(some)
        except GitHubError as error:
            why, is_refused = error.message, isinstance(error, LimitReached | Refused)
    return _Answers(found, frozenset(asked), why, is_refused)
