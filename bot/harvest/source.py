"""The door through which issues come: what a harvest may ask of a source, and what that costs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.harvest.issue import Details, Issue, Repository, RepositoryFacts


class Step(StrEnum):
    """What points are spent on."""

    PAGE = "page"
    REPOSITORIES = "repositories"
    DETAILS = "details"
    VERIFICATION = "verification"


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
class RepositoryPage:
    """A page of a repository search: each repository with its number of labelled open issues."""

    repositories: tuple[tuple[Repository, int], ...]
    cursor: str | None


class IssueSource(Protocol):
    """Where issues come from. Each method may raise GitHubError; none retries for ever."""

    def search_issues(self, query: str, after: str | None) -> IssuePage:
        """A page of an issue search, at most 100."""

    def search_repositories(
        self, query: str, labels: Sequence[str], after: str | None
    ) -> RepositoryPage:
        """A page of a repository search, at most 100."""

    def list_issues(self, repository: str, labels: Sequence[str], after: str | None) -> IssuePage:
        """A page of a repository's open issues with any of the labels, newest first."""

    def read_repositories(self, ids: Sequence[str]) -> Mapping[str, RepositoryFacts]:
        """Facts by repository id; what GitHub does not show is missing."""

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


def points_spent(source: IssueSource) -> int:
    """All points that the source has paid so far."""
    return sum(cost.points for cost in source.spent().values())
