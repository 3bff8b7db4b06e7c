"""Turns: whose search takes the next step of a harvest.

Comes in: walks, whom each serves, an allowance. Goes out: the walks further on, and what broke off.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.errors import GitHubError, LimitReached, Refused
from bot.harvest.enrich import Allowance
from bot.harvest.reading import Progress
from bot.harvest.source import IssueSource
from bot.harvest.walk import Walk

#: So many outages in a row are not one search's: GitHub is down.
MAX_OUTAGES = 3


@dataclass(slots=True)
class Turns:
    """The walks that are on their way, by their searches' keys.

    A limit or a refusal ends all of them, an outage the one that it struck.
    """

    source: IssueSource
    #: What students ask for, as keys of searches.
    tastes: frozenset[frozenset[str]]
    #: How far every search is, told by the walks.
    progress: Mapping[str, Progress]
    walks: dict[str, Walk]
    #: Why a walk broke off.
    broken: dict[str, str] = field(default_factory=dict)
    error: GitHubError | None = None
    n_outages: int = 0

    @property
    def is_refused(self) -> bool:
        return isinstance(self.error, LimitReached | Refused)

    @property
    def is_over(self) -> bool:
        return self.is_refused or self.n_outages == MAX_OUTAGES

    def may_go_on(self, allowance: Allowance) -> bool:
        """Does GitHub answer, and is anything left to spend?"""
        return not self.is_over and allowance.covers(self.source)

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Let a limit or a refusal that comes between the walks end all that is left."""
        try:
            yield
        except (LimitReached, Refused) as refusal:
            self.error = refusal

    def take(self, keys: Iterable[str], allowance: Allowance) -> None:
        """Steps of these walks, of the neediest first, while the allowance covers them."""
        mine = [key for key in keys if key in self.walks]
        while mine and self.may_go_on(allowance):
            needs = self._needs()
            key = min(mine, key=lambda one: (needs[one], self.walks[one].n_steps))
            if not self._step(key):
                mine.remove(key)

    def _step(self, key: str) -> bool:
        """One step; False when the walk has come to its end or broke off."""
        try:
            next(self.walks[key])
        except StopIteration:
            self.n_outages = 0
        except (LimitReached, Refused) as refusal:
            self.error = refusal
            return True
        except GitHubError as outage:
            self.error, self.n_outages = outage, self.n_outages + 1
            self.broken[key] = outage.message
        else:
            self.n_outages = 0
            return True
        del self.walks[key]
        return False

    def _needs(self) -> dict[str, int]:
        """By search, how many issues those have who have least of all that it serves."""
        needs: dict[str, int] = {}
        for taste in self.tastes:
            n_found = sum(self.progress[key].n_found for key in taste)
            for key in taste:
                needs[key] = min(n_found, needs.get(key, n_found))
        return needs
