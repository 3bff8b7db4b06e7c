"""A topic's walk: its repositories page by page, then the labelled issues of those worth it.

Comes in: a topic search with a reading of it. Goes out: pages into the basket, and before each
request what is left, as a qualifier. Stars order the repositories; where over 1,000 have as many,
halves of their creation times are asked for until each can be shown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.harvest.basket import Basket
from bot.harvest.issue import Repository
from bot.harvest.plan import TopicSearch, created_until, created_within, listing_of
from bot.harvest.reading import Reading
from bot.harvest.source import (
    MAX_PAGE,
    N_IDS,
    SEARCH_CAP,
    FoundRepository,
    IssueSource,
    Listing,
    batched_ids,
    pages,
)

#: One question lists so many issues at most: 4 points, as a page with pull requests costs.
MAX_LISTED = 400
#: No repository is older.
GITHUB_BEGAN = datetime(2008, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
#: What is left of the projects of as many stars, as a qualifier.
_LEVEL = re.compile(r"stars:\d+ created:<=\S+")


@dataclass(frozen=True, slots=True)
class TopicReading:
    """One reading of a topic: which repositories are looked for, and what is left out."""

    search: TopicSearch
    reading: Reading
    #: Languages that were read whole by a search of their own: nothing is left to find there.
    read: frozenset[str]
    #: Only projects that somebody pushed to since the reading's `since`.
    is_narrow: bool = False

    def query(self, below: str | None) -> str:
        return self.search.text(replace(self.reading, below=below), is_narrow=self.is_narrow)

    def narrowed(self) -> "TopicReading":
        """The same where somebody pushed since."""
        return replace(self, is_narrow=True)

    def is_worth(self, found: FoundRepository) -> bool:
        """Has it anything to list that no language's search has read?"""
        return bool(found.n_issues) and found.repository.language not in self.read

    def has_wanted_language(self, repository: Repository) -> bool:
        """Is one of the wanted languages in it, be it not the main one?"""
        wanted, facts = self.search.languages, repository.facts
        if wanted is None or repository.language in wanted:
            return True
        return not wanted.isdisjoint((facts and facts.languages) or ())


def list_topic(topic: TopicReading, source: IssueSource, basket: Basket) -> Iterator[str | None]:
    """Walk down the stars; the position moves on when a page's issues are listed."""
    listing, below = listing_of(topic.reading), _with_margin(topic.reading.below)
    for _ in list_found(known_projects(topic, basket), listing, source, basket):
        yield below
    while True:
        if below is not None and _LEVEL.fullmatch(below):
            yield from _list_level(topic, below, source, basket)
            below = _next_level(below)
            if below is None:
                return
        top, lowest, n_total = below, None, 0
        yield below
        ask = partial(source.search_repositories, topic.query(top), listing)
        for page in pages(ask):
            basket.n_counted += page.n_total
            basket.n_hidden += page.n_hidden
            found = [(one, topic) for one in page.repositories]
            for _ in list_found(found, listing, source, basket):
                yield below
            if page.n_total < n_total:
                # Projects left meanwhile, and others moved up over the page's border.
                break
            lowest = min((_stars(one) for one in page.repositories), default=lowest)
            below, n_total = below if lowest is None else f"stars:<={lowest}", page.n_total
            if page.cursor is not None:
                yield below
        else:
            if n_total <= SEARCH_CAP or lowest is None:
                return
            if below == top:
                below = f"stars:{lowest} {created_until(_tomorrow(topic))}"


def known_projects(
    topic: TopicReading, basket: Basket
) -> Iterator[tuple[FoundRepository, TopicReading]]:
    """Projects that are kept, which a narrow reading would pass by; each has an issue or more."""
    if topic.is_narrow:
        for repository in basket.of_topic(topic.search.topic):
            yield FoundRepository(repository, 1), topic


def _with_margin(below: str | None) -> str | None:
    """Where to go on another day: stars are given meanwhile, and few should rise past the cut.

    A tenth of them; none below ten, where there are too many projects to read them twice.
    """
    stars = (below or "").partition("stars:<=")[2]
    return f"stars:<={int(stars) + int(stars) // 10}" if stars else below


def _next_level(level: str) -> str | None:
    """What is left below all projects of so many stars; None below those without any."""
    stars = int(level.removeprefix("stars:").partition(" ")[0])
    return f"stars:<={stars - 1}" if stars else None


def _tomorrow(topic: TopicReading) -> datetime:
    return topic.reading.begun_at + timedelta(days=1)


def _list_level(
    topic: TopicReading, level: str, source: IssueSource, basket: Basket
) -> Iterator[str]:
    """All repositories of as many stars, the newest first; before each request, what is left.

    Where more came than can be shown, halves of the time in which they were created are asked for.
    """
    listing = listing_of(topic.reading)
    stars, _, until = level.partition(" created:<=")
    spans = [(GITHUB_BEGAN, datetime.fromisoformat(until))]
    while spans:
        low, high = spans.pop()
        left, n_total = f"{stars} {created_until(high)}", 0
        query = topic.query(f"{stars} {created_within(low, high)}")
        yield left
        for page in pages(partial(source.search_repositories, query, listing)):
            basket.n_hidden += page.n_hidden
            found = [(one, topic) for one in page.repositories]
            for _ in list_found(found, listing, source, basket):
                yield left
            if page.n_total < n_total:
                spans.append((low, high))
                break
            n_total = page.n_total
            if n_total > SEARCH_CAP and high - low >= SECOND:
                middle = low + (high - low) // 2 // SECOND * SECOND
                spans += [(low, middle), (middle + SECOND, high)]
                break
            if page.cursor is not None:
                yield left
            elif n_total > SEARCH_CAP:
                basket.gaps.append(
                    f"Projects of {topic.search} are missing: over 1,000 came at {low}."
                )


def list_found(
    found: Iterable[tuple[FoundRepository, TopicReading]],
    listing: Listing,
    source: IssueSource,
    basket: Basket,
) -> Iterator[None]:
    """List the labelled issues of what is worth it, as many in one question as it can hold.

    Each stands with what it was found for, of one topic or of several.
    """
    worth = [
        (one, topic)
        for one, topic in found
        if topic.is_worth(one) and not basket.is_listed(one.repository.id, listing.since)
    ]
    yield from _add_languages(worth, source, basket)
    wanted = {
        one.repository.id: one
        for one, topic in worth
        if topic.has_wanted_language(basket.known(one.repository))
    }
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
        basket.note_listed(ids, listing.since)


def _add_languages(
    worth: list[tuple[FoundRepository, TopicReading]], source: IssueSource, basket: Basket
) -> Iterator[None]:
    """Read which languages these repositories hold, where their main one is not wanted."""
    unknown = {
        one.repository.id: one.repository
        for one, topic in worth
        if not topic.has_wanted_language(one.repository) and not basket.has_facts(one.repository.id)
    }
    for ids in batched_ids(unknown, N_IDS):
        yield
        basket.add_facts(source.read_repositories(ids), (unknown[one] for one in ids))


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
