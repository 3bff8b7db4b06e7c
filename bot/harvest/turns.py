"""Turns: whose search takes the next step of a harvest.

Comes in: a crawl, what students ask for, an allowance. Goes out: walks further on, and what broke
off.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.errors import GitHubError, WorkEnded
from bot.harvest.budget import MAX_OUTAGES, Allowance
from bot.harvest.crawl import Crawl
from bot.harvest.plan import Search
from bot.harvest.walk import Walk


@dataclass(slots=True)
class Turns:
    """The walks that are on their way; a limit or a refusal ends all, an outage its own."""

    crawl: Crawl
    #: What students ask for, as keys of searches; each taste once.
    tastes: frozenset[frozenset[str]]
    walks: dict[str, Walk] = field(default_factory=dict)
    #: Why a walk broke off, by its search's key.
    broken: dict[str, str] = field(default_factory=dict)
    error: GitHubError | None = None
    n_outages: int = 0

    @property
    def has_ended(self) -> bool:
        """Does GitHub answer no more?"""
        return isinstance(self.error, WorkEnded) or self.n_outages == MAX_OUTAGES

    def may_go_on(self, allowance: Allowance) -> bool:
        """Does GitHub answer, and is anything left to spend?"""
        return not self.has_ended and allowance.covers(self.crawl.source)

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Let what ends the work between the walks end all that is left."""
        try:
            yield
        except WorkEnded as error:
            self.error = error

    def take(self, searches: Sequence[Search], allowance: Allowance) -> None:
        """Steps of these searches' walks, of the neediest first, while there is an allowance."""
        mine = [one for one in searches if self.crawl.is_due(one) and one.key not in self.broken]
        walks = [self.walks.setdefault(one.key, Walk(one, self.crawl)) for one in mine]
        while walks and self.may_go_on(allowance):
            needs = self._needs()
            walk = min(walks, key=lambda one: (needs[one.search.key], one.n_steps))
            if not self._step(walk):
                walks.remove(walk)

    def _step(self, walk: Walk) -> bool:
        """One step; False when the walk has come to its end, or broke off."""
        try:
            next(walk)
        except StopIteration:
            self.n_outages = 0
            return False
        except GitHubError as error:
            self.error = error
            self.broken[walk.search.key] = error.message
            self.n_outages += not isinstance(error, WorkEnded)
            return False
        self.n_outages = 0
        return True

    def _needs(self) -> dict[str, int]:
        """By search, how many issues those have who have least of all that it serves."""
        needs: dict[str, int] = {}
        for taste in self.tastes:
            n_found = sum(self.crawl.progress[key].n_found for key in taste)
            for key in taste:
                needs[key] = min(n_found, needs.get(key, n_found))
        return needs
