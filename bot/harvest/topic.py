"""A topic's walk: its repositories page by page, then the labelled issues of those worth it.

Comes in: a topic search with a reading of it. Goes out: pages into the basket, and before each
request what is left, as a qualifier. Stars order the repositories; where over 1,000 have as many,
halves of their creation times are asked for until each can be shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.harvest.basket import Basket
from bot.harvest.enrich import N_IDS, batched_ids
from bot.harvest.issue import Repository
from bot.harvest.plan import TopicSearch, created_within, listing_of
from bot.harvest.reading import Reading
from bot.harvest.source import MAX_PAGE, SEARCH_CAP, FoundRepository, IssueSource, Listing

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
    #: Only projects that somebody pushed to since the reading's `since`.
    is_narrow: bool = False

    def query(self, below: str | None) -> str:
        return self.search.text(replace(self.reading, below=below), is_narrow=self.is_narrow)

    def are_worth(self, found: FoundRepository) -> bool:
        return bool(found.n_issues) and found.repository.language not in self.read

    def hold(self, repository: Repository) -> bool:
        """Is one of the wanted languages in it, be it not the main one?"""
        wanted, facts = self.search.languages, repository.facts
        if wanted is None or repository.language in wanted:
            return True
        return not wanted.isdisjoint((facts and facts.languages) or ())


def list_topic(places: Places, source: IssueSource, basket: Basket) -> Iterator[str | None]:
    """Walk down the stars; the position moves on when a page's issues are listed.

    Changes are sought in all living projects of a topic; where there are more than GitHub shows,
    in those that somebody pushed to since: the others wait for the next reading of everything.
    """
    listing, below = listing_of(places.reading), places.reading.below
    if places.reading.since is not None:
        yield below
        query = places.query(below)
        n_total = source.count_results((), (query,)).get(query, 0)
        places = replace(places, is_narrow=n_total > SEARCH_CAP)
    while True:
        top, cursor, n_total, lowest = below, None, 0, None
        while n_total == 0 or cursor is not None:
            yield below
            page = source.search_repositories(places.query(top), listing, cursor)
            basket.n_counted += page.n_total
            found = [(one, places) for one in page.repositories]
            for _ in list_found(found, listing, source, basket):
                yield below
            lowest = min((_stars(one) for one in page.repositories), default=lowest)
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
    listing = listing_of(places.reading)
    spans = [(GITHUB_BEGAN, places.reading.begun_at + timedelta(days=1))]
    while spans:
        low, high = spans.pop()
        query = places.query(f"{equals} {created_within(low, high)}")
        cursor, n_total = None, 0
        while n_total == 0 or cursor is not None:
            yield
            page = source.search_repositories(query, listing, cursor)
            yield from list_found(
                [(one, places) for one in page.repositories], listing, source, basket
            )
            cursor, n_total = page.cursor, max(n_total, page.n_total, 1)
            if n_total > SEARCH_CAP and high - low >= SECOND:
                middle = low + (high - low) // 2 // SECOND * SECOND
                spans += [(low, middle), (middle + SECOND, high)]
                break
        if n_total > SEARCH_CAP and high - low < SECOND:
            basket.gaps.append(
                f"Projects of {places.search} are missing: over 1,000 came at {low}."
            )


def list_found(
    found: Iterable[tuple[FoundRepository, Places]],
    listing: Listing,
    source: IssueSource,
    basket: Basket,
) -> Iterator[None]:
    """List the labelled issues of what is worth it, as many in one question as it can hold.

    Each stands with what it was found for, of one topic or of several.
    """
    worth = [
        (one, places)
        for one, places in found
        if places.are_worth(one) and one.repository.id not in basket.listed
    ]
    yield from _tell(worth, source, basket)
    wanted = {
        one.repository.id: one for one, places in worth if places.hold(basket.known(one.repository))
    }
    basket.listed.update(wanted)
    for ids, first in _groups(wanted.values()):
        yield
        listed = source.list_issues(ids, listing, first)
        basket.put(listed.issues, listed.n_hidden)
        cursors = dict(listed.cursors)
        while cursors:
            one_id, cursor = cursors.popitem()
            yield
            listed = source.list_issues((one_id,), listing, MAX_PAGE, cursor)
            basket.put(listed.issues, listed.n_hidden)
            cursors |= listed.cursors


def _tell(
    worth: list[tuple[FoundRepository, Places]], source: IssueSource, basket: Basket
) -> Iterator[None]:
    """Read which languages these repositories hold, where their main one is not wanted."""
    unknown = {
        one.repository.id: one.repository
        for one, places in worth
        if not places.hold(one.repository) and not basket.is_told(one.repository.id)
    }
    for ids in batched_ids(unknown, N_IDS):
        yield
        basket.tell(source.read_repositories(ids), (unknown[one] for one in ids))


def _groups(wanted: Iterable[FoundRepository]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Repositories with about as many issues together, and how many are asked of each."""
    rest = sorted(wanted, key=lambda one: (-one.n_issues, one.repository.id))
    while rest:
        first = min(rest[0].n_issues, MAX_PAGE)
        n_ids = min(N_IDS, MAX_LISTED // first)
        yield tuple(one.repository.id for one in rest[:n_ids]), first
        rest = rest[n_ids:]


def _stars(found: FoundRepository) -> int:
    return found.repository.facts.stars if found.repository.facts else 0
