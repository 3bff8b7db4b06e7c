"""Small searches are read together, before the walks take the rest page by page.

Comes in: searches with readings that are due. Goes out, into the crawl: what was found, and which
readings came to their end. GitHub rounds every question up to a point, and a week's news of a
search are few. What fails here is left to the walks; what ends the work is raised.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from bot.errors import GitHubError, WorkEnded
from bot.harvest.crawl import Crawl
from bot.harvest.plan import IssueSearch, TopicSearch, listing_of
from bot.harvest.reading import Reading
from bot.harvest.source import (
    MAX_PAGE,
    N_TOGETHER,
    FoundRepository,
    IssuePage,
    Listing,
    RepositoryPage,
)
from bot.harvest.topic import TopicReading, known_projects, list_found

S = TypeVar("S", IssueSearch, TopicSearch)
P = TypeVar("P", IssuePage, RepositoryPage)
T = TypeVar("T")

#: So many results are asked together at most: twice a page.
MAX_TOGETHER = 2 * MAX_PAGE

MayGoOn = Callable[[], bool]


def read_issues_together(searches: Sequence[IssueSearch], crawl: Crawl, may_go_on: MayGoOn) -> None:
    """Read the issue searches that have less than a page."""
    due = _due(searches, crawl)
    if len(due) < 2:
        return
    of_query = {search.text(reading): (search, reading) for search, reading in due}
    counts = _count(of_query, lambda some: crawl.source.count_results(some, ()), may_go_on)
    crawl.basket.n_counted += sum(counts.values())
    for query, page in _read(counts, crawl.source.search_issues_together, may_go_on).items():
        search, reading = of_query[query]
        if page.cursor is None:
            crawl.basket.put(page.issues, page.n_hidden)
            crawl.count(search, len(page.issues))
            crawl.end(search, reading)
    for query in (query for query, n in counts.items() if not n):
        crawl.end(*of_query[query])


def read_topics_together(topics: Sequence[TopicSearch], crawl: Crawl, may_go_on: MayGoOn) -> None:
    """Read the topics that have less than a page of projects.

    Changes of a topic with more are sought in the projects that somebody pushed to since, and in
    those that are known to have labelled issues.
    """
    due = [
        TopicReading(search, reading, crawl.read_languages(reading))
        for search, reading in _due(topics, crawl)
    ]
    for listing in dict.fromkeys(listing_of(one.reading) for one in due):
        some = [one for one in due if listing_of(one.reading) == listing]
        if listing.since is None and len(some) < 2:
            continue
        counts = _count_topics(some, crawl, may_go_on)
        if listing.since is not None:
            counts = _narrowed(counts, crawl, may_go_on)
        pages = _read_topics(counts, listing, crawl, may_go_on)
        whole = {topic: page for topic, page in pages.items() if page.cursor is None}
        found = [(one, topic) for topic, page in whole.items() for one in page.repositories]
        found += (one for topic in counts for one in known_projects(topic, crawl.basket))
        if _list_all(found, listing, crawl, may_go_on):
            for topic, page in whole.items():
                crawl.count(topic.search, sum(one.n_issues for one in page.repositories))
                crawl.end(topic.search, topic.reading)


def _count_topics(
    topics: Iterable[TopicReading], crawl: Crawl, may_go_on: MayGoOn
) -> dict[TopicReading, int]:
    """How many projects each topic has, as far as GitHub told."""
    of_query = {topic.query(topic.reading.below): topic for topic in topics}
    counts = _count(of_query, lambda some: crawl.source.count_results((), some), may_go_on)
    crawl.basket.n_counted += sum(counts.values())
    return {of_query[query]: n for query, n in counts.items()}


def _narrowed(
    counts: Mapping[TopicReading, int], crawl: Crawl, may_go_on: MayGoOn
) -> dict[TopicReading, int]:
    """The large ones where somebody pushed since, and how many those are; noted for the walks."""
    large = [topic for topic, n in counts.items() if n >= MAX_PAGE]
    crawl.narrow.update(topic.search.key for topic in large)
    small = {topic: n for topic, n in counts.items() if n < MAX_PAGE}
    narrow = [topic.narrowed() for topic in large]
    return small | _count_topics(narrow, crawl, may_go_on)


def _read_topics(
    counts: Mapping[TopicReading, int], listing: Listing, crawl: Crawl, may_go_on: MayGoOn
) -> dict[TopicReading, RepositoryPage]:
    """The only page of each topic that has less than one."""
    of_query = {topic.query(topic.reading.below): topic for topic in counts}
    sizes = {query: counts[topic] for query, topic in of_query.items()}
    pages = _read(
        sizes,
        lambda some: crawl.source.search_repositories_together(some, listing),
        may_go_on,
    )
    crawl.basket.n_hidden += sum(page.n_hidden for page in pages.values())
    pages |= {query: RepositoryPage((), None, 0) for query, n in sizes.items() if not n}
    return {of_query[query]: page for query, page in pages.items()}


def _list_all(
    found: list[tuple[FoundRepository, TopicReading]],
    listing: Listing,
    crawl: Crawl,
    may_go_on: MayGoOn,
) -> bool:
    """List the issues of all these projects; False where that was cut short."""
    try:
        for _ in list_found(found, listing, crawl.source, crawl.basket):
            if not may_go_on():
                return False
    except WorkEnded:
        raise
    except GitHubError:
        return False
    return True


def _due(searches: Iterable[S], crawl: Crawl) -> list[tuple[S, Reading]]:
    """The next reading of each search that has one."""
    return [(one, crawl.progress[one.key].unfinished[0]) for one in searches if crawl.is_due(one)]


def _count(
    queries: Iterable[str], ask: Callable[[Sequence[str]], Mapping[str, int]], may_go_on: MayGoOn
) -> dict[str, int]:
    """How many results there are, as far as GitHub told."""
    every, counts = tuple(queries), dict[str, int]()
    for start in range(0, len(every), N_TOGETHER):
        if may_go_on():
            counts |= _tried(partial(ask, every[start : start + N_TOGETHER]))
    return counts


def _read(
    counts: Mapping[str, int],
    ask: Callable[[Mapping[str, int]], Mapping[str, P]],
    may_go_on: MayGoOn,
) -> dict[str, P]:
    """The first pages of those with less than one, by query."""
    found = dict[str, P]()
    for sizes in _groups(counts):
        if may_go_on():
            found |= _tried(partial(ask, sizes))
    return found


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


def _tried(ask: Callable[[], Mapping[str, T]]) -> dict[str, T]:
    try:
        return dict(ask())
    except WorkEnded:
        raise
    except GitHubError:
        return {}
