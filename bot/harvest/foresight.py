"""Foresight: how much there is of each search, and the small ones read together.

Comes in: queries that are about to be asked. Goes out: those first pages that fit into one question
with others: GitHub rounds every question up to a point, and a week's news of a search are few.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.errors import GitHubError, LimitReached, Refused
from bot.harvest.source import (
    MAX_PAGE,
    N_TOGETHER,
    IssuePage,
    IssueSource,
    Listing,
    RepositoryPage,
)

T = TypeVar("T")

#: So many results are asked together at most: twice a page.
MAX_TOGETHER = 2 * MAX_PAGE

MayGoOn = Callable[[], bool]


def foresee_issues(
    queries: Iterable[str], source: IssueSource, may_go_on: MayGoOn
) -> dict[str, IssuePage]:
    """The only page of each issue search that has less than one; the others are missing.

    What fails here is missing too: it is to be asked singly. A limit or a refusal is raised.
    """
    counts = _count(tuple(queries), lambda some: source.count_results(some, ()), may_go_on)
    pages = {query: IssuePage((), None, 0) for query, n in counts.items() if not n}
    for sizes in _groups(counts):
        if may_go_on():
            pages |= _tried(source.search_issues_together, sizes)
    return pages


def foresee_repositories(
    queries: Iterable[str], listing: Listing, source: IssueSource, may_go_on: MayGoOn
) -> dict[str, RepositoryPage]:
    """The same for repository searches."""
    counts = _count(tuple(queries), lambda some: source.count_results((), some), may_go_on)
    pages = {query: RepositoryPage((), None, 0) for query, n in counts.items() if not n}
    for sizes in _groups(counts):
        if may_go_on():
            pages |= _tried(source.search_repositories_together, sizes, listing)
    return pages


def _count(
    queries: tuple[str, ...], ask: Callable[[Sequence[str]], Mapping[str, int]], may_go_on: MayGoOn
) -> dict[str, int]:
    """How many results there are; a single query is as well asked itself."""
    counts: dict[str, int] = {}
    for start in range(0, len(queries) if len(queries) > 1 else 0, N_TOGETHER):
        if may_go_on():
            counts |= _tried(ask, queries[start : start + N_TOGETHER])
    return counts


def _groups(counts: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Small searches that together bring as much as one question may; the smallest first."""
    group: dict[str, int] = {}
    for query, n in sorted(counts.items(), key=lambda pair: (pair[1], pair[0])):
        if not 0 < n < MAX_PAGE:
            continue
        if group and (len(group) == N_TOGETHER or sum(group.values()) + n > MAX_TOGETHER):
            yield group
            group = {}
        group[query] = n
    if group:
        yield group


def _tried(ask: Callable[..., Mapping[str, T]], *arguments: object) -> dict[str, T]:
    try:
        return dict(ask(*arguments))
    except (LimitReached, Refused):
        raise
    except GitHubError:
        return {}
