"""Walks: one search read page by page, from where the last run left it.

Comes in: a search with its progress. Goes out: a `Walk` whose steps put what they find into the
basket; a step ends before the next request, so that whoever takes the steps decides what is paid.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.harvest.basket import Basket
from bot.harvest.crawl import Crawl
from bot.harvest.plan import IssueSearch, Search, created_until
from bot.harvest.reading import Reading
from bot.harvest.source import SEARCH_CAP, IssueSource, pages
from bot.harvest.topic import TopicReading, list_topic


class Walk:
    """A search on its way: `next` takes a step, and what was reached is in the crawl's progress."""

    def __init__(self, search: Search, crawl: Crawl) -> None:
        self.search = search
        self.n_steps = 0
        self._crawl = crawl
        self._steps = self._read()

    def __iter__(self) -> Iterator[None]:
        return self

    def __next__(self) -> None:
        basket = self._crawl.basket
        before = basket.n_put
        self.n_steps += 1
        try:
            next(self._steps)
        finally:
            self._crawl.count(self.search, basket.n_put - before)

    def _read(self) -> Iterator[None]:
        """Take each unfinished reading to its end, and write down how far it came."""
        progress, key = self._crawl.progress, self.search.key
        for reading in progress[key].unfinished:
            for below in self._positions(reading):
                progress[key] = progress[key].taken_further(reading, below)
                yield
            self._crawl.end(self.search, reading)

    def _positions(self, reading: Reading) -> Iterator[str | None]:
        crawl = self._crawl
        if isinstance(self.search, IssueSearch):
            return walk_issues(self.search, reading, crawl.source, crawl.basket)
        is_narrow = reading.since is not None and self.search.key in crawl.narrow
        topic = TopicReading(self.search, reading, crawl.read_languages(reading), is_narrow)
        return list_topic(topic, crawl.source, crawl.basket)


def walk_issues(
    search: IssueSearch, reading: Reading, source: IssueSource, basket: Basket
) -> Iterator[str | None]:
    """Page through an issue search; before each request, what is left of it as a qualifier.

    A search shows 1,000 results: newest first, it goes on from the last creation time that it saw,
    so that no page is read twice (decision 0002).
    """
    below = reading.below
    while True:
        top, oldest, n_total = below, None, 0
        yield below
        query = search.text(replace(reading, below=top))
        for page in pages(partial(source.search_issues, query)):
            basket.put(page.issues, page.n_hidden)
            basket.n_counted += page.n_total
            if page.n_total < n_total:
                # Issues left meanwhile, and others moved up over the page's border.
                break
            oldest = min((issue.created_at for issue in page.issues), default=oldest)
            below, n_total = created_until(oldest) if oldest else below, page.n_total
            if page.cursor is not None:
                yield below
        else:
            if n_total <= SEARCH_CAP or oldest is None:
                return
            if below == top:
                basket.gaps.append(
                    f"Issues of the search for {search} are missing: over 1,000 came at {oldest}."
                )
                below = created_until(oldest - timedelta(seconds=1))
