"""All issues and pull requests, newest first, with short cuts to those of a language or label.

Comes in: a world. Goes out: places (0 is the newest), by which results are kept and cut.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from bot.sandbox.search.grammar import Qualifier, Tree
from bot.sandbox.search.issues import Item
from bot.sandbox.search.ranges import Span
from bot.sandbox.store import Store


class IssueIndex:
    """What a world held at one revision."""

    def __init__(self, world: Store) -> None:
        self.items: list[Item] = [i for home in world.issues.values() for i in home.values()]
        self.items += [pull for home in world.pull_requests.values() for pull in home.values()]
        self.items.sort(key=lambda item: (item.created_at, item.id), reverse=True)
        self._ages = [-item.created_at.timestamp() for item in self.items]
        self._places: dict[tuple[str, str], set[int]] = defaultdict(set)
        for place, item in enumerate(self.items):
            self._places["repo", item.repository.name_with_owner.lower()].add(place)
            self._places["language", (item.repository.language or "").casefold()].add(place)
            for name in item.labels:
                self._places["label", name.casefold()].add(place)

    def knows(self, term: Tree) -> bool:
        """Whether a short cut answers a term fully."""
        return isinstance(term, Qualifier) and term.name in {"repo", "language", "label"}

    def find(self, terms: Iterable[Tree]) -> list[int]:
        """Give the places where all of these terms, which the index knows, hold; newest first."""
        found: set[int] | None = None
        for term in terms:
            if isinstance(term, Qualifier):
                sets = [self._places.get((term.name, v.casefold()), set()) for v in term.values]
                union = sets[0] if len(sets) == 1 else set[int]().union(*sets)
                found = union if found is None else found & union
        return list(range(len(self.items))) if found is None else sorted(found)

    def cut(self, places: list[int], created: Span) -> list[int]:
        """Keep those of the places, newest first, that were created within a span."""
        first = bisect_right(places, -created.high, key=self._after)
        last = bisect_right(places, -created.low, key=self._after)
        return places[first:last]

    def _after(self, place: int) -> float:
        return self._ages[place]
