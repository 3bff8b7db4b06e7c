"""The door through which issues come: what a harvest may ask of a source, and what that costs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.harvest.issue import Details, Issue, Repository, RepositoryFacts, TrackRecord

#: GitHub shows no more results of one search (docs.github.com/en/rest/search/search).
SEARCH_CAP = 1_000
#: Nor more of anything on a page (docs.github.com/en/graphql, "Node limit").
MAX_PAGE = 100


#: How many ids one question may hold (docs.github.com/en/graphql: 100); details are asked by half
#: of that, because many connections each are heavy (time-outs).
N_IDS, N_DETAILED = 100, 50
#: Track records are asked for a point's worth of projects (99 connections): counts are slow. Two of
#: each of 30 projects took GitHub 3 of its ten seconds, of 100 projects up to all ten
#: (github.com/wiiiimm/gh-manager-cli/pull/106).
N_RECORDED = 33
#: So many searches are asked together: each takes GitHub some tenths of a second of its ten.
N_TOGETHER = 10


class Step(StrEnum):
    """What points are spent on."""

    PAGE = "page"
    REPOSITORIES = "repositories"
    DETAILS = "details"
    VERIFICATION = "verification"
    OUTCOMES = "outcomes"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Cost:
    """What was asked and paid: requests, GraphQL points, seconds of waiting for answers."""

    requests: int = 0
    points: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class IssuePage:
    """A page of issues; `cursor` is None on the last one, `n_total` counts the whole search."""

    issues: tuple[Issue, ...]
    cursor: str | None
    n_total: int
    #: Results that GitHub did not let us see.
    n_hidden: int = 0


@dataclass(frozen=True, slots=True)
class FoundRepository:
    """A repository in a search, with how many of its issues a listing would show."""

    repository: Repository
    n_issues: int


@dataclass(frozen=True, slots=True)
class RepositoryPage:
    """A page of a repository search; `n_total` counts the whole search."""

    repositories: tuple[FoundRepository, ...]
    cursor: str | None
    n_total: int
    #: Results that GitHub did not let us see, or whose issues it did not count.
    n_hidden: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """Which open issues of a repository are listed: any of the labels, and nobody assigned."""

    labels: tuple[str, ...]
    #: Only those that changed since then.
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """Issues of several repositories; `cursors` says, by id, which of them have more."""

    issues: tuple[Issue, ...]
    cursors: Mapping[str, str]
    n_hidden: int = 0


class IssueSource(Protocol):
    """Where issues come from. Each method may raise GitHubError; none retries for ever."""

    def search_issues(self, query: str, after: str | None) -> IssuePage:
        """A page of an issue search, at most 100."""

    def search_repositories(
        self, query: str, listing: Listing, after: str | None
    ) -> RepositoryPage:
        """A page of a repository search, at most 100."""

    def count_results(
        self, issue_queries: Sequence[str], repository_queries: Sequence[str]
    ) -> Mapping[str, int]:
        """How many results each query has, all in one question; what was not counted is missing."""

    def search_issues_together(self, sizes: Mapping[str, int]) -> Mapping[str, IssuePage]:
        """The first page of each query, of the size that it names, all in one question."""

    def search_repositories_together(
        self, sizes: Mapping[str, int], listing: Listing
    ) -> Mapping[str, RepositoryPage]:
        """The first page of each query, of the size that it names, all in one question."""

    def list_issues(
        self, ids: Sequence[str], listing: Listing, first: int, after: str | None = None
    ) -> Listed:
        """The newest `first` issues of each repository; `after` goes on where one had more."""

    def list_labelled(self, repository: str, labels: Sequence[str], after: str | None) -> IssuePage:
        """A page of a repository's open issues with any of the labels, assigned ones too."""

    def read_repositories(self, ids: Sequence[str]) -> Mapping[str, RepositoryFacts]:
        """All facts by repository id; what GitHub does not show is missing."""

    def read_records(self, ids: Sequence[str]) -> Mapping[str, TrackRecord]:
        """Track records by repository id; what GitHub does not show is missing."""

    def read_details(self, ids: Sequence[str], step: Step) -> Mapping[str, Details]:
        """Details by issue id, asked afresh; what is gone or hidden is missing."""

    def spent(self) -> Mapping[Step, Cost]:
        """What has been asked and paid so far."""


class Paged(Protocol):
    """A page of anything; `cursor` is None on the last one."""

    @property
    def cursor(self) -> str | None: ...


Page = TypeVar("Page", bound=Paged)


def pages(ask: Callable[[str | None], Page]) -> Iterator[Page]:
    """All pages, each asked for only when it is wanted."""
    page = ask(None)
    yield page
    while page.cursor is not None:
        page = ask(page.cursor)
        yield page


def batched_ids(ids: Iterable[str], n: int) -> Iterator[tuple[str, ...]]:
    """The ids in groups that one question may hold."""
    everything = tuple(ids)
    return (everything[start : start + n] for start in range(0, len(everything), n))


def points_spent(source: IssueSource) -> int:
    """All points that the source has paid so far."""
    return sum(cost.points for cost in source.spent().values())
