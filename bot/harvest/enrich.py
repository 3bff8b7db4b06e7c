"""Enriching what was found: facts of repositories, and details of a shortlist.

Comes in: issues, a source, what may be spent. Goes out: the same issues knowing more, and what is
missing, in words. What was read lately is not asked again. A question that fails costs only what it
asked for; a limit or a refusal ends the asking.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Generic, TypeVar

from bot.errors import GitHubError, LimitReached, Refused
from bot.harvest.issue import Details, Issue, Repository
from bot.harvest.source import IssueSource, Step, points_spent
from bot.harvest.store import BELIEVED_FOR, News
from bot.terms import IssueRef

T = TypeVar("T")

#: How many ids one question may hold (docs.github.com/en/graphql: 100); details are asked by half
#: of that, because many connections each are heavy (time-outs).
N_IDS, N_DETAILED = 100, 50
SPENT = "The points for this step are spent."


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be spent, in points over the whole run, and the time by which things are old."""

    points: int
    now: datetime

    def covers(self, source: IssueSource) -> bool:
        """Is anything left of it?"""
        return points_spent(source) < self.points

    def is_old(self, read_at: datetime | None, holds: timedelta) -> bool:
        """Must this be read again?"""
        return read_at is None or self.now - read_at > holds


@dataclass(frozen=True, slots=True)
class Enriched:
    """Issues by reference, what of it is new, and what is missing."""

    issues: Mapping[IssueRef, Issue]
    news: News = field(default_factory=News)
    missing: tuple[str, ...] = ()
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class _Answers(Generic[T]):
    """What was told, by id; which ids were asked at all; and why the others were not."""

    by_id: Mapping[str, T]
    asked: frozenset[str]
    why: str
    is_refused: bool


def add_facts(
    issues: Sequence[Issue], source: IssueSource, allowance: Allowance, holds: timedelta
) -> Enriched:
    """The issues with their repositories' facts, those of one sharing one object.

    Facts that were read within `holds` are kept. The repositories of the newest issues go first.
    """
    newest = sorted(issues, key=lambda issue: (-issue.created_at.timestamp(), issue.ref))
    known = {one.repository.id: one.repository for one in newest}
    ids = [name for name, one in known.items() if allowance.is_old(_read_at(one), holds)]
    answers = _ask(ids, source.read_repositories, N_IDS, partial(allowance.covers, source))
    told = {one: replace(known[one], facts=facts) for one, facts in answers.by_id.items()}
    enriched = {
        one.ref: replace(one, repository=told[one.repository.id])
        if one.repository.id in told
        else one
        for one in issues
    }
    n_missing = sum(one not in answers.asked and _read_at(known[one]) is None for one in ids)
    missing = (f"Facts of {n_missing} projects are missing. {answers.why}",) if n_missing else ()
    news = News(repositories=tuple(told.values()))
    return Enriched(enriched, news, missing, answers.is_refused)


def read_details(issues: Iterable[Issue], source: IssueSource, allowance: Allowance) -> Enriched:
    """The issues with their details, as of the last days at least.

    An issue that GitHub no longer shows, or shows elsewhere, is left out; one that could not be
    asked for keeps what is known of it. What turns out to be closed need not be kept.
    """
    wanted = {issue.id: issue for issue in issues}
    ids = [
        name
        for name, one in wanted.items()
        if allowance.is_old(one.details.read_at if one.details else None, BELIEVED_FOR)
    ]
    ask = partial(source.read_details, step=Step.DETAILS)
    answers = _ask(ids, ask, N_DETAILED, partial(allowance.covers, source))
    told = {
        one: _with_details(wanted[one], details)
        for one, details in answers.by_id.items()
        if details.are_of(wanted[one].ref)
    }
    gone = answers.asked - told.keys()
    n_missing = sum(one not in answers.asked and wanted[one].details is None for one in ids)
    return Enriched(
        {one.ref: told.get(name, one) for name, one in wanted.items() if name not in gone},
        News(
            issues=tuple(one for one in told.values() if one.details and one.details.is_open),
            forgotten=frozenset(
                name for name, one in told.items() if one.details and not one.details.is_open
            ),
        ),
        (f"Details of {n_missing} issues are missing. {answers.why}",) if n_missing else (),
        answers.is_refused,
    )


def _with_details(issue: Issue, details: Details) -> Issue:
    """The issue with what its details tell, and with its labels as they are now."""
    labels = issue.labels if details.labels is None else details.labels
    return replace(
        issue,
        labels=labels,
        n_comments=details.n_comments,
        n_assigned=len(details.assigned),
        details=details,
    )


def _read_at(repository: Repository) -> datetime | None:
    return repository.facts.read_at if repository.facts else None


def batched_ids(ids: Iterable[str], n: int) -> Iterator[tuple[str, ...]]:
    """The ids in groups that one question may hold."""
    everything = tuple(ids)
    return (everything[start : start + n] for start in range(0, len(everything), n))


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
