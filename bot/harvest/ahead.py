"""What is small is read together, before the walks take the rest page by page.

Comes in: searches with readings that are due. Goes out: those of the readings that were read to
their end, marked so; what could not be read this way is left to the walks.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from bot.errors import GitHubError, LimitReached, Refused
from bot.harvest.foresight import MayGoOn, foresee_issues, foresee_repositories
from bot.harvest.plan import IssueSearch, Search, TopicSearch, listing_of
from bot.harvest.reading import Reading
from bot.harvest.source import FoundRepository, Listing, RepositoryPage
from bot.harvest.topic import Places, list_found
from bot.harvest.walk import Means

S = TypeVar("S", IssueSearch, TopicSearch)


def read_issues_ahead(searches: Sequence[IssueSearch], means: Means, may_go_on: MayGoOn) -> None:
    """Read the issue searches that have less than a page; a limit or a refusal is raised."""
    due = _due(searches, means)
    queries = {search.text(reading): (search, reading) for search, reading in due}
    for query, page in foresee_issues(queries, means.source, may_go_on).items():
        if page.cursor is None:
            means.basket.put(page.issues, page.n_hidden)
            means.basket.n_counted += page.n_total
            _end(*queries[query], means, len(page.issues))


def read_topics_ahead(topics: Sequence[TopicSearch], means: Means, may_go_on: MayGoOn) -> None:
    """Read the topics that have less than a page of projects; a limit or a refusal is raised."""
    due = _due(topics, means)
    read = means.read_languages()
    for listing in dict.fromkeys(listing_of(reading) for _, reading in due):
        places = {
            search.text(reading): Places(search, reading, read)
            for search, reading in due
            if listing_of(reading) == listing
        }
        pages = foresee_repositories(places, listing, means.source, may_go_on)
        whole = {places[query]: page for query, page in pages.items() if page.cursor is None}
        if _list_all(whole, listing, means, may_go_on):
            for one, page in whole.items():
                means.basket.n_counted += page.n_total
                _end(one.search, one.reading, means, 0)


def _list_all(
    pages: dict[Places, RepositoryPage], listing: Listing, means: Means, may_go_on: MayGoOn
) -> bool:
    """List the issues of all these projects; False where the points end before."""
    found: list[tuple[FoundRepository, Places]] = [
        (one, places) for places, page in pages.items() for one in page.repositories
    ]
    listed = set(means.basket.listed)
    try:
        for _ in list_found(found, listing, means.source, means.basket):
            if not may_go_on():
                break
        else:
            return True
    except (LimitReached, Refused):
        raise
    except GitHubError:
        pass
    # The walks list them again, for nobody knows which were not.
    means.basket.listed.intersection_update(listed)
    return False


def _due(searches: Sequence[S], means: Means) -> list[tuple[S, Reading]]:
    """The next reading of each search that has one."""
    progress = ((one, means.progress[one.key]) for one in searches)
    return [(one, known.unfinished[0]) for one, known in progress if known.unfinished]


def _end(search: Search, reading: Reading, means: Means, n_found: int) -> None:
    ended = means.progress[search.key].ended(reading)
    means.progress[search.key] = replace(ended, n_found=ended.n_found + n_found)
