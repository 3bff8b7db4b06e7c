"""A portfolio: a page that a student can show, of what they did in the open.

Comes in: `Deeds`, which a ledger and, with a token, GitHub know. Goes out: a `Portfolio`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.cohort.funnel import is_merged, merged_at
from bot.outcomes.progress import Outcome, Progress
from bot.subscriptions.student import Subscription

#: The version of what `render_portfolio_json` writes.
SCHEMA = 1
_OPEN = frozenset({Outcome.PULL_REQUEST, Outcome.REVIEWED})


class WorkKind(StrEnum):
    """What a student did, in the order in which it is shown; `[codes.works]` has the words."""

    MERGED = "merged"
    OPEN = "open"
    REVIEW = "review"
    #: A comment that helped along, or an answer in a discussion.
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Work:
    """Something that a student did, with its address."""

    kind: WorkKind
    repository: str
    title: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A page that a student can show: only what is public anyway, and theirs."""

    schema: int
    login: str
    called: str
    club: str
    timezone: str
    made_at: datetime
    #: The first digest that is remembered.
    since: datetime | None
    #: By kind, the newest first.
    works: tuple[Work, ...]
    #: False where GitHub was not asked for reviews and answers beyond the picks.
    is_complete: bool = True


class WorkSource(Protocol):
    """Where works beyond the picks come from; may raise GitHubError."""

    def read_works(self, login: str, since: datetime | None) -> tuple[Work, ...]:
        """What a login did in public repositories of others since then, in any order."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """All that a portfolio is made of."""

    student: Subscription
    club: str
    timezone: str
    now: datetime
    since: datetime | None
    #: The student's picks.
    progress: tuple[Progress, ...] = ()
    #: What GitHub tells besides; None where it was not asked.
    more: tuple[Work, ...] | None = None


def make_portfolio(deeds: Deeds) -> Portfolio:
    """The student's page; what both know is told once, in GitHub's words."""
    login = deeds.student.login.casefold()
    ours = [one for one in deeds.progress if one.login.casefold() == login]
    told = (*(deeds.more or ()), *(work for one in ours for work in _works_of(one)))
    return Portfolio(
        schema=SCHEMA,
        login=deeds.student.login,
        called=deeds.student.called,
        club=deeds.club,
        timezone=deeds.timezone,
        made_at=deeds.now,
        since=deeds.since,
        works=_in_order(told),
        is_complete=deeds.more is not None,
    )


def _works_of(one: Progress) -> Iterator[Work]:
    """What a pick came to: its pull request, else what the student wrote there.

    What cannot be seen any more is no longer public, so it is left out.
    """
    if one.outcome is Outcome.GONE or one.missed_at is not None:
        return
    repository, title = one.ref.repository, one.title
    if one.pull_url and is_merged(one):
        yield Work(WorkKind.MERGED, repository, title, one.pull_url, merged_at(one))
    elif one.pull_url and one.outcome in _OPEN:
        yield Work(WorkKind.OPEN, repository, title, one.pull_url, one.pulled_at or one.offered_at)
    elif one.comment_url and one.commented_at:
        yield Work(WorkKind.ANSWER, repository, title, one.comment_url, one.commented_at)


def _in_order(works: Iterable[Work]) -> tuple[Work, ...]:
    """Each address once, as it was told first; by kind, the newest first."""
    by_url: dict[str, Work] = {}
    for work in works:
        by_url.setdefault(work.url.casefold(), work)
    in_order = sorted(by_url.values(), key=lambda work: work.url)
    in_order.sort(key=lambda work: work.at, reverse=True)
    kinds = tuple(WorkKind)
    return tuple(sorted(in_order, key=lambda work: kinds.index(work.kind)))
