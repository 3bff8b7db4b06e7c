"""Walks: one search read page by page, from where the last run left it.

Comes in: a search with its progress. Goes out: a `Walk` whose steps put what they find into the
basket; a step ends before the next request, so that whoever takes the steps decides what is paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.harvest.basket import Basket
from bot.harvest.plan import IssueSearch, Search, created_until
from bot.harvest.reading import Progress, Reading
from bot.harvest.source import SEARCH_CAP, IssueSource
from bot.harvest.topic import Places, list_topic


@dataclass(slots=True)
class Means:
    """What all walks of a harvest share."""

    source: IssueSource
    basket: Basket
    #: The issue searches of the plan: what one of them has read, topics need not list.
    searches: tuple[IssueSearch, ...]
    #: The progress of every search, as far as it is known now, by its key.
    progress: dict[str, Progress]

    def read_languages(self) -> frozenset[str]:
        """The languages whose searches have read everything: topics find nothing new there."""
        whole = (one for one in self.searches if self.progress[one.key].is_whole)
        return frozenset(one.language for one in whole if one.language is not None)


class Walk:
    """A search on its way: `next` takes a step, and what was reached is in the means' progress."""

    def __init__(self, search: Search, means: Means) -> None:
        self.search = search
        self.n_steps = 0
        self._means = means
        self._steps = self._read()

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        basket = self._means.basket
        before = basket.n_put
        self.n_steps += 1
        try:
            next(self._steps)
        finally:
            n_found = self.progress.n_found + basket.n_put - before
            self._means.progress[self.search.key] = replace(self.progress, n_found=n_found)

    @property
    def progress(self) -> Progress:
        return self._means.progress[self.search.key]

    def _read(self) -> Iterator[None]:
        """Take each unfinished reading to its end, and write down how far it came."""
        progress, key = self._means.progress, self.search.key
        for reading in self.progress.unfinished:
            for below in self._positions(reading):
                progress[key] = self.progress.taken_further(reading, below)
                yield
            progress[key] = self.progress.ended(reading)

    def _positions(self, reading: Reading) -> Iterator[str | None]:
        source, basket = self._means.source, self._means.basket
        if isinstance(self.search, IssueSearch):
            return walk_issues(self.search, reading, source, basket)
        read = self._means.read_languages()
        return list_topic(Places(self.search, reading, read), source, basket)


def walk_issues(
    search: IssueSearch, reading: Reading, source: IssueSource, basket: Basket
) -> Iterator[str | None]:
    """Page through an issue search; before each request, what is left of it as a qualifier.

    A search shows 1,000 results: newest first, it goes on from the last creation time that it saw,
    so that nothing is counted beforehand and no page is read twice (decision 0002).
    """
    below = reading.below
    while True:
        top, cursor, n_total = below, None, 0
        while n_total == 0 or cursor is not None:
            yield below
            page = source.search_issues(search.text(replace(reading, below=top)), cursor)
            basket.put(page.issues, page.n_hidden)
            basket.n_counted += page.n_total
            oldest = min((issue.created_at for issue in page.issues), default=None)
            below = created_until(oldest) if oldest else below
            cursor, n_total = page.cursor, max(n_total, page.n_total, 1)
        if n_total <= SEARCH_CAP or oldest is None:
            return
        if below == top:
            basket.gaps.append(
                f"Issues of the search for {search} are missing: over 1,000 came at {oldest}."
            )
            below = created_until(oldest - timedelta(seconds=1))
