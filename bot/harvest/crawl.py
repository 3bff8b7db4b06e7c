"""A crawl: what all searches of a harvest share while they are read.

Comes in: a source, what is kept. Goes out: a `Crawl`, filled by the walks.
"""

from dataclasses import dataclass, field, replace

from bot.harvest.basket import Basket
from bot.harvest.plan import IssueSearch, Search, TopicSearch
from bot.harvest.reading import Headway, Reading
from bot.harvest.source import IssueSource


@dataclass(slots=True)
class Crawl:
    """The source, what was found, and how far every search is, by its key."""

    source: IssueSource
    basket: Basket
    #: The issue searches of the plan: what one of them has read whole, topics need not list.
    issue_searches: tuple[IssueSearch, ...]
    topic_searches: tuple[TopicSearch, ...]
    progress: dict[str, Headway]
    #: Topics with more projects than a page: their changes are sought where somebody pushed.
    narrow: set[str] = field(default_factory=set)

    def read_languages(self, reading: Reading) -> frozenset[str]:
        """The languages whose searches know all that a topic's reading could find there."""
        return frozenset(
            one.language
            for one in self.issue_searches
            if one.language and self.progress[one.key].knows_all_at(reading.begun_at)
        )

    def is_due(self, search: Search) -> bool:
        """Is a reading of the search begun and not at its end?"""
        return bool(self.progress[search.key].unfinished)

    def end(self, search: Search, reading: Reading) -> None:
        """Write down that the reading came to its end."""
        self.progress[search.key] = self.progress[search.key].ended(reading)

    def count(self, search: Search, n_found: int) -> None:
        """Write down that the search brought so many more issues."""
        known = self.progress[search.key]
        self.progress[search.key] = replace(known, n_found=known.n_found + n_found)
