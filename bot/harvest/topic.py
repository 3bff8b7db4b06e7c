"""A topic's walk: its repositories page by page, then the labelled issues of those worth it.

Comes in: a topic search with a reading of it. Goes out: pages into the basket, and before each
request what is left, as a qualifier. Stars order the repositories; where over 1,000 have as many,
halves of their creation times are asked for until each can be shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.harvest.basket import Basket
from bot.harvest.enrich import N_IDS, batched_ids
from bot.harvest.issue import Repository
from bot.harvest.plan import TopicSearch, created_within, listing_of
from bot.harvest.reading import Reading
from bot.harvest.source import MAX_PAGE, SEARCH_CAP, FoundRepository, IssueSource

#: One question lists so many issues at most, twice a page of a search: labels hang on each.
MAX_LISTED = 200
#: No repository is older.
GITHUB_BEGAN = datetime(2008, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Places:
    """Which repositories are looked for."""

    search: TopicSearch
    reading: Reading
    #: Languages that were read whole by a search of their own: nothing is left to find there.
    read: frozenset[str]

    def query(self, below: str | None) -> str:
        return self.search.text(replace(self.reading, below=below))

    def are_worth(self, found: FoundRepository) -> bool:
        return bool(found.n_issues) and found.repository.language not in self.read

    def hold(self, repository: Repository) -> bool:
        """Is one of the wanted languages in it, be it not the main one?"""
        wanted, facts = self.search.languages, repository.facts
        if wanted is None or repository.language in wanted:
            return True
        return not wanted.isdisjoint((facts and facts.languages) or ())


def list_topic(places: Places, source: IssueSource, basket: Basket) -> Iterator[str | None]:
    """Walk down the stars; the position moves on when a page's issues are listed."""
    below = places.reading.below
    while True:
        top, cursor, n_total, lowest = below, None, 0, None
        while n_total == 0 or cursor is not None:
            yield below
            page = source.search_repositories(places.query(top), listing_of(places.reading), cursor)
            basket.n_counted += page.n_total
            for _ in _list(page.repositories, places, source, basket):
                yield below
            lowest = min((_stars(found) for found in page.repositories), default=lowest)
            below = below if lowest is None else f"stars:<={lowest}"
            cursor, n_total = page.cursor, max(n_total, page.n_total, 1)
        if n_total <= SEARCH_CAP or lowest is None:
            return
        if below == top:
            for _ in _list_equals(places, f"stars:{lowest}", source, basket):
                yield below
            below = f"stars:<={lowest - 1}"
            if not lowest:
                return


def _list_equals(
    places: Places, equals: str, source: IssueSource, basket: Basket
) -> Iterator[None]:
    """All repositories of so many stars, by halves of the time in which they were created."""
    spans = [(GITHUB_BEGAN, places.reading.begun_at + timedelta(days=1))]
    while spans:
        low, high = spans.pop()
        query = places.query(f"{equals} {created_within(low, high)}")
        cursor, n_total = None, 0
        while n_total == 0 or cursor is not None:
            yield
            page = source.search_repositories(query, listing_of(places.reading), cursor)
            yield from _list(page.repositories, places, source, basket)
            cursor, n_total = page.cursor, max(n_total, page.n_total, 1)
            if n_total > SEARCH_CAP and high - low >= SECOND:
                middle = low + (high - low) // 2 // SECOND * SECOND
                spans += [(low, middle), (middle + SECOND, high)]
                break
        if n_total > SEARCH_CAP and high - low < SECOND:
            basket.gaps.append(
                f"Projects of {places.search} are missing: over 1,000 came at {low}."
            )


def _list(
    found: tuple[FoundRepository, ...], places: Places, source: IssueSource, basket: Basket
) -> Iterator[None]:
    """List the labelled issues of these repositories, as many in one question as it can hold."""
    worth = [one for one in found if places.are_worth(one)]
    worth = [one for one in worth if one.repository.id not in basket.listed]
    if places.search.languages is not None:
        yield from _tell(worth, places, source, basket)
    wanted = [one for one in worth if places.hold(basket.known(one.repository))]
    basket.listed.update(one.repository.id for one in wanted)
    listing = listing_of(places.reading)
    for ids, first in _groups(wanted):
        yield
        listed = source.list_issues(ids, listing, first)
        basket.put(listed.issues, listed.n_hidden)
        cursors = dict(listed.cursors)
        while cursors:
            one, cursor = cursors.popitem()
            yield
            listed = source.list_issues((one,), listing, MAX_PAGE, cursor)
            basket.put(listed.issues, listed.n_hidden)
            cursors |= listed.cursors


def _tell(
    worth: list[FoundRepository], places: Places, source: IssueSource, basket: Basket
) -> Iterator[None]:
    """Read which languages these repositories hold, where their main one is not wanted."""
    unknown = {
        one.repository.id: one.repository
        for one in worth
        if not places.hold(one.repository) and not basket.is_told(one.repository.id)
    }
    for ids in batched_ids(unknown, N_IDS):
        yield
        basket.tell(source.read_repositories(ids), (unknown[one] for one in ids))


def _groups(wanted: list[FoundRepository]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Repositories with about as many issues together, and how many are asked of each."""
    rest = sorted(wanted, key=lambda one: (-one.n_issues, one.repository.id))
    while rest:
        first = min(rest[0].n_issues, MAX_PAGE)
        n_ids = min(N_IDS, MAX_LISTED // first)
        yield tuple(one.repository.id for one in rest[:n_ids]), first
        rest = rest[n_ids:]


def _stars(found: FoundRepository) -> int:
    return found.repository.facts.stars if found.repository.facts else 0
