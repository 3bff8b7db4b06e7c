"""A store of harvested issues in memory, held to the real one by the contract suite."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from bot.errors import BotError
from bot.harvest.issue import Issue, Repository, merge_repository
from bot.harvest.reading import Headway
from bot.harvest.store import FACTS_HOLD, IssueStore, Kept, News
from bot.terms import IssueRef


@dataclass
class MemoryIssueStore(IssueStore):
    """Forgets when the test ends; `keep` is written down in `news`, and either may fail."""

    #: Every piece of news that was kept, in order.
    news: list[News] = field(default_factory=list)
    _issues: dict[str, Issue] = field(default_factory=dict)
    _repositories: dict[str, Repository] = field(default_factory=dict)
    _progress: dict[str, Headway] = field(default_factory=dict)
    _points: Counter[str] = field(default_factory=Counter)
    _failures: list[BotError] = field(default_factory=list)

    def fail(self, error: BotError) -> "MemoryIssueStore":
        """Lets the next call raise `error`."""
        self._failures.append(error)
        return self

    def recall(self) -> Kept:
        self._maybe_fail()
        issues = (self._with_repository(self._issues[id_]) for id_ in sorted(self._issues))
        return Kept(tuple(issues), dict(self._progress), dict(self._points))

    def keep(self, news: News) -> None:
        self._maybe_fail()
        _refuse_naive(news)
        for one in chain((issue.repository for issue in news.issues), news.repositories):
            self._repositories[one.id] = merge_repository(self._repositories.get(one.id), one)
        self._issues |= {one.id: one for one in news.issues}
        for id_ in news.forgotten:
            self._issues.pop(id_, None)
        self._progress |= news.progress
        self._points.update(news.points)
        self._prune()
        self.news.append(news)

    def _with_repository(self, issue: Issue) -> Issue:
        repository = self._repositories[issue.repository.id]
        return replace(
            issue, repository=repository, ref=IssueRef(repository.name, issue.ref.number)
        )

    def _prune(self) -> None:
        used = {one.repository.id for one in self._issues.values()}
        newest = max(_read_moments(self._repositories.values()), default=None)
        self._repositories = {
            one.id: one
            for one in self._repositories.values()
            if one.id in used
            or any(newest - at <= FACTS_HOLD for at in _read_moments([one]) if newest)
        }

    def _maybe_fail(self) -> None:
        if self._failures:
            raise self._failures.pop(0)


def _read_moments(repositories: Iterable[Repository]) -> Iterable[datetime]:
    return (one.facts.read_at for one in repositories if one.facts and one.facts.read_at)


def _refuse_naive(news: News) -> None:
    moments = chain(
        *((one.created_at, one.updated_at, one.seen_at) for one in news.issues),
        *((one.read_at, one.looked_at) for one in news.progress.values()),
    )
    for moment in moments:
        if moment is not None and moment.tzinfo is None:
            raise ValueError(f"{moment} has no time zone")
