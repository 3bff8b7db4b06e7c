"""A source of issues in memory, for tests of the stages that ask one."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from bot.errors import GitHubError
from bot.harvest.issue import Details, Issue, Repository, RepositoryFacts, TrackRecord
from bot.harvest.source import (
    Cost,
    FoundRepository,
    IssuePage,
    IssueSource,
    Listed,
    Listing,
    RepositoryPage,
    Step,
)
from tests.builders_core import NOW

T = TypeVar("T")

#: As GitHub does: no search shows more.
CAP = 1_000

_LANGUAGE = re.compile(r'language:"([^"]+)"')
_WORDS = re.compile(r'^"([^"]+)"')
_UNTIL = re.compile(r"created:<=(\S+)Z")
_SINCE = re.compile(r"updated:>=(\S+)Z")
_TOPIC = re.compile(r"topic:(\S+)")
_FEWER_STARS = re.compile(r"stars:<=(\d+)")
_STARS = re.compile(r"stars:(\d+)")
_WITHIN = re.compile(r"created:(\S+)Z\.\.(\S+)Z")


@dataclass
class MemoryIssues(IssueSource):
    """Holds issues and shows them as GitHub does: newest first, in pages, 1,000 to a search.

    Every question is written down in `asked`; the nth (from 1) may fail.
    """

    issues: Sequence[Issue] = ()
    #: When pages are seen.
    now: datetime = NOW
    page_size: int = 100
    #: Points for a question of each step.
    price: Mapping[Step, int] = field(default_factory=lambda: dict.fromkeys(Step, 1))
    #: Repositories by topic, beside what their facts say.
    of_topic: Mapping[str, Sequence[Repository]] = field(default_factory=dict)
    #: Results a search counts but does not show, on its first page.
    n_hidden: int = 0
    #: Ids of repositories or issues that are gone.
    gone: frozenset[str] = frozenset()
    #: What was asked: the method, its subject, and the cursor where it has one.
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    #: The ids of every question for details or facts.
    ids_asked: list[tuple[str, ...]] = field(default_factory=list)
    _failures: dict[int, GitHubError] = field(default_factory=dict)
    _spent: dict[Step, Cost] = field(default_factory=dict)

    def fail_at(self, nth: int, error: GitHubError) -> "MemoryIssues":
        """Lets the nth question raise this error."""
        self._failures[nth] = error
        return self

    def search_issues(self, query: str, after: str | None) -> IssuePage:
        self._pay(Step.PAGE, "search_issues", query, after)
        return self._page(self._found(query), after)

    def search_repositories(
        self, query: str, listing: Listing, after: str | None
    ) -> RepositoryPage:
        self._pay(Step.PAGE, "search_repositories", query, after)
        return self._repository_page(query, listing, after, self.page_size)

    def count_results(
        self, issue_queries: Sequence[str], repository_queries: Sequence[str]
    ) -> Mapping[str, int]:
        if n := len(issue_queries) + len(repository_queries):
            self._pay(Step.PAGE, "count_results", f"{n} queries")
        counts = {query: len(self._found(query)) for query in issue_queries}
        return counts | {query: len(self._starred(query)) for query in repository_queries}

    def search_issues_together(self, sizes: Mapping[str, int]) -> Mapping[str, IssuePage]:
        if sizes:
            self._pay(Step.PAGE, "search_issues_together", f"{len(sizes)} queries")
        return {query: self._page(self._found(query), None, size) for query, size in sizes.items()}

    def search_repositories_together(
        self, sizes: Mapping[str, int], listing: Listing
    ) -> Mapping[str, RepositoryPage]:
        if sizes:
            self._pay(Step.PAGE, "search_repositories_together", f"{len(sizes)} queries")
        return {
            query: self._repository_page(query, listing, None, size)
            for query, size in sizes.items()
        }

    def list_issues(
        self, ids: Sequence[str], listing: Listing, first: int, after: str | None = None
    ) -> Listed:
        self._pay(Step.PAGE, "list_issues", " ".join(ids), after)
        shown, cursors, start = [], {}, int(after or 0)
        for one in ids:
            found = self._listed(one, listing)
            shown += found[start : start + first]
            if start + first < len(found):
                cursors[one] = str(start + first)
        return Listed(tuple(self.on_a_page(one) for one in shown), cursors)

    def list_labelled(self, repository: str, labels: Sequence[str], after: str | None) -> IssuePage:
        self._pay(Step.PAGE, "list_labelled", repository, after)
        return self._page([one for one in self.issues if one.ref.repository == repository], after)

    def read_repositories(self, ids: Sequence[str]) -> Mapping[str, RepositoryFacts]:
        self._pay(Step.REPOSITORIES, "read_repositories", f"{len(ids)} ids")
        self.ids_asked.append(tuple(ids))
        told = self._facts_of(ids)
        return {one: replace(facts, read_at=self.now, record=None) for one, facts in told.items()}

    def read_records(self, ids: Sequence[str]) -> Mapping[str, TrackRecord]:
        self._pay(Step.REPOSITORIES, "read_records", f"{len(ids)} ids")
        self.ids_asked.append(tuple(ids))
        told = self._facts_of(ids)
        return {
            one: replace(facts.record, read_at=self.now)
            for one, facts in told.items()
            if facts.record
        }

    def read_details(self, ids: Sequence[str], step: Step) -> Mapping[str, Details]:
        self._pay(step, "read_details", f"{len(ids)} ids")
        self.ids_asked.append(tuple(ids))
        known = {one.id: one.details for one in self.issues}
        shown = (one for one in ids if known.get(one) and one not in self.gone)
        return {one: replace(known[one], read_at=self.now) for one in shown}

    def spent(self) -> Mapping[Step, Cost]:
        return dict(self._spent)

    def questions(self, method: str) -> list[str]:
        """The subjects of all questions of one method, first pages only."""
        return [subject for name, subject, after in self.asked if name == method and after is None]

    def on_a_page(self, issue: Issue) -> Issue:
        """As a page shows it: without details, and without what is asked of each project once."""
        stub = _stub_of(issue.repository)
        return replace(issue, repository=stub, details=None, seen_at=self.now)

    def _facts_of(self, ids: Sequence[str]) -> dict[str, RepositoryFacts]:
        known = {one.repository.id: one.repository.facts for one in self.issues}
        known |= {one.id: one.facts for some in self.of_topic.values() for one in some}
        return {one: known[one] for one in ids if known.get(one) and one not in self.gone}

    def _pay(self, step: Step, method: str, subject: str, after: str | None = None) -> None:
        self.asked.append((method, subject, after))
        before = self._spent.get(step, Cost())
        self._spent[step] = Cost(before.requests + 1, before.points + self.price[step], 0.0)
        if error := self._failures.get(len(self.asked)):
            raise error

    def _found(self, query: str) -> list[Issue]:
        return [one for one in self.issues if _answers(one, query)]

    def _starred(self, query: str) -> list[Repository]:
        """The repositories of a search, those with most stars first."""
        topic = _TOPIC.search(query)[1]
        found = {one.repository.name: one.repository for one in self.issues}
        named = [one for one in found.values() if one.facts and topic in one.facts.topics]
        wanted = [one for one in (*self.of_topic.get(topic, ()), *named) if _is_shown(one, query)]
        return sorted(wanted, key=lambda one: (-one.facts.stars, one.id))

    def _page(self, found: list[Issue], after: str | None, size: int | None = None) -> IssuePage:
        newest = sorted(found, key=lambda one: (one.created_at, one.ref), reverse=True)
        shown, cursor = _cut_out(newest, after, size or self.page_size)
        n_hidden = self.n_hidden if after is None else 0
        pages = tuple(self.on_a_page(one) for one in shown)
        return IssuePage(pages, cursor, len(newest), n_hidden)

    def _repository_page(
        self, query: str, listing: Listing, after: str | None, size: int
    ) -> RepositoryPage:
        starred = self._starred(query)
        shown, cursor = _cut_out(starred, after, size)
        pairs = (
            FoundRepository(_stub_of(one), len(self._listed(one.id, listing))) for one in shown
        )
        return RepositoryPage(tuple(pairs), cursor, len(starred))

    def _listed(self, repository_id: str, listing: Listing) -> list[Issue]:
        """The repository's issues that a listing shows, newest first."""
        found = [
            one
            for one in self.issues
            if one.repository.id == repository_id
            and not set(listing.labels).isdisjoint(one.labels)
            and (listing.since is None or one.updated_at >= listing.since)
        ]
        return sorted(found, key=lambda one: (one.created_at, one.ref), reverse=True)


def _cut_out(found: list[T], after: str | None, size: int) -> tuple[list[T], str | None]:
    """A page of what was found, and the cursor of the next one."""
    start = int(after or 0)
    stop = start + size
    return found[:CAP][start:stop], str(stop) if stop < min(len(found), CAP) else None


def _stub_of(repository: Repository) -> Repository:
    if repository.facts is None:
        return repository
    unread = dict.fromkeys(("topics", "languages", "language_shares", "guide", "read_at", "record"))
    return replace(repository, facts=replace(repository.facts, **unread))


def _is_shown(repository: Repository, query: str) -> bool:
    facts = repository.facts
    fewer, equal, within = (one.search(query) for one in (_FEWER_STARS, _STARS, _WITHIN))
    return (
        (fewer is None or facts.stars <= int(fewer[1]))
        and (equal is None or facts.stars == int(equal[1]))
        and (within is None or _moment(within[1]) <= facts.created_at <= _moment(within[2]))
    )


def _answers(issue: Issue, query: str) -> bool:
    asks: list[tuple[re.Match[str] | None, Callable[[str], bool]]] = [
        (_LANGUAGE.search(query), lambda name: issue.repository.language == name),
        (_WORDS.search(query), lambda words: words in issue.title.lower()),
        (_UNTIL.search(query), lambda until: issue.created_at <= _moment(until)),
        (_SINCE.search(query), lambda since: issue.updated_at >= _moment(since)),
    ]
    return all(answers(found[1]) for found, answers in asks if found)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
