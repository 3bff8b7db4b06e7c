"""Enriching what was found: facts of repositories; details and track records of a shortlist.

Comes in: issues, a source, what may be spent. Goes out: the same issues knowing more, and what is
missing, in words. What was read lately is not asked again. A question that fails costs only what it
asked for; a limit or a refusal ends the asking.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Generic, TypeVar

from bot.errors import GitHubError, WorkEnded
from bot.harvest.budget import MAX_OUTAGES, RECORDS_SHARE, SPENT, Allowance
from bot.harvest.issue import Details, Issue, Repository, merge_repository, with_record
from bot.harvest.source import N_DETAILED, N_IDS, N_RECORDED, IssueSource, Step, batched_ids
from bot.harvest.store import BELIEVED_FOR, FACTS_HOLD, News
from bot.terms import IssueRef

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Enriched:
    """Issues by reference, what of it is new, and what is missing."""

    issues: Mapping[IssueRef, Issue]
    news: News = field(default_factory=News)
    missing: tuple[str, ...] = ()
    #: GitHub answers no more.
    has_ended: bool = False

    def followed_by(self, later: "Enriched") -> "Enriched":
        """Both, in their order."""
        return Enriched(
            {**self.issues, **later.issues},
            self.news.followed_by(later.news),
            (*self.missing, *later.missing),
            self.has_ended or later.has_ended,
        )


@dataclass(frozen=True, slots=True)
class _Answers(Generic[T]):
    """What was told, by id; which ids were asked at all; and why the others were not."""

    by_id: Mapping[str, T]
    asked: frozenset[str]
    why: str
    has_ended: bool


def enrich(
    issues: Sequence[Issue], source: IssueSource, allowance: Allowance, now: datetime
) -> Enriched:
    """The issues with facts and with details, none older than what is believed, and with records.

    An issue that GitHub no longer shows is left out. Records come last: details say whether an
    issue is free at all.
    """
    facts = add_facts(issues, source, allowance, now - BELIEVED_FOR)
    if facts.has_ended:
        n_missing = sum(one.details is None for one in issues)
        missing = f"Details of {n_missing} issues are missing. GitHub answers no more."
        return replace(facts, missing=(*facts.missing, missing)) if n_missing else facts
    details = read_details(facts.issues.values(), source, allowance, now)
    seen = replace(facts.followed_by(details), issues=details.issues)
    if seen.has_ended:
        return seen
    lasting = allowance.share(RECORDS_SHARE)
    return seen.followed_by(add_records(seen.issues.values(), source, lasting, now - FACTS_HOLD))


def add_facts(
    issues: Sequence[Issue], source: IssueSource, allowance: Allowance, since: datetime
) -> Enriched:
    """The issues with their repositories' facts, those of one sharing one object.

    Facts that were read since then are kept. The repositories of the newest issues go first.
    """
    newest = sorted(issues, key=lambda issue: (-issue.created_at.timestamp(), issue.ref))
    known = {one.repository.id: one.repository for one in newest}
    ids = [name for name, one in known.items() if _is_old(_read_at(one), since)]
    answers = _ask(ids, source.read_repositories, N_IDS, partial(allowance.covers, source))
    told = {
        one: merge_repository(known[one], replace(known[one], facts=facts))
        for one, facts in answers.by_id.items()
    }
    n_missing = sum(one not in answers.asked and _read_at(known[one]) is None for one in ids)
    missing = (f"Facts of {n_missing} projects are missing. {answers.why}",) if n_missing else ()
    news = News(repositories=tuple(told.values()))
    return Enriched(_in_projects(issues, told), news, missing, answers.has_ended)


def add_records(
    issues: Iterable[Issue], source: IssueSource, allowance: Allowance, since: datetime
) -> Enriched:
    """The issues with their projects' track records; those that were read since then are kept.

    A project whose facts are unknown is not asked for. An issue is ranked without a record, so what
    was not read is missing only where GitHub answers no more.
    """
    everything = tuple(issues)
    known = {one.repository.id: one.repository for one in everything if one.repository.facts}
    ids = [name for name, one in known.items() if _is_old(_recorded_at(one), since)]
    answers = _ask(ids, source.read_records, N_RECORDED, partial(allowance.covers, source))
    told = {one: with_record(known[one], record) for one, record in answers.by_id.items()}
    unread = [one for one in ids if one not in answers.asked and _recorded_at(known[one]) is None]
    n_missing = len(unread) if answers.has_ended else 0
    return Enriched(
        _in_projects(everything, told),
        News(repositories=tuple(told.values())),
        (f"Records of {n_missing} projects are missing. {answers.why}",) if n_missing else (),
        answers.has_ended,
    )


def read_details(
    issues: Iterable[Issue], source: IssueSource, allowance: Allowance, now: datetime
) -> Enriched:
    """The issues with their details, as of the last days at least.

    An issue that GitHub no longer shows, or shows elsewhere, is left out; one that could not be
    asked for keeps what is known of it. What turns out to be closed need not be kept.
    """
    wanted, since = {issue.id: issue for issue in issues}, now - BELIEVED_FOR
    ids = [
        name
        for name, one in wanted.items()
        if _is_old(one.details.read_at if one.details else None, since)
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
        answers.has_ended,
    )


def _with_details(issue: Issue, details: Details) -> Issue:
    """The issue with what its details tell, and with its labels as they are now."""
    labels = issue.labels if details.labels is None else details.labels
    return replace(issue, labels=labels, details=details)


def _in_projects(issues: Iterable[Issue], told: Mapping[str, Repository]) -> dict[IssueRef, Issue]:
    """The issues, each in its project as it is known now; those of one share it."""
    return {
        one.ref: replace(one, repository=told.get(one.repository.id, one.repository))
        for one in issues
    }


def _recorded_at(repository: Repository) -> datetime | None:
    record = repository.facts.record if repository.facts else None
    return record.read_at if record else None


def _read_at(repository: Repository) -> datetime | None:
    return repository.facts.read_at if repository.facts else None


def _is_old(read_at: datetime | None, since: datetime) -> bool:
    return read_at is None or read_at < since


def _ask(
    ids: Iterable[str],
    ask: Callable[[Sequence[str]], Mapping[str, T]],
    size: int,
    may_go_on: Callable[[], bool],
) -> _Answers[T]:
    found: dict[str, T] = {}
    asked: set[str] = set()
    why, has_ended, n_outages = SPENT, False, 0
    for some in batched_ids(ids, size):
        if has_ended or not may_go_on():
            break
        try:
            found.update(ask(some))
            asked.update(some)
            n_outages = 0
        except GitHubError as error:
            why, n_outages = error.message, n_outages + 1
            has_ended = isinstance(error, WorkEnded) or n_outages == MAX_OUTAGES
    return _Answers(found, frozenset(asked), why, has_ended)
