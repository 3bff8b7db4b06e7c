"""Searches a world as GitHub's search does: for issues, repositories or discussions.

Comes in: a query and who asks. Goes out: how many things match, and the first 1,000 of them in
order. Results are kept until the world changes; a narrower `created:` is cut out of what is kept,
so that paging by date does not search again.

Where it differs from GitHub: a qualifier that is unknown, empty, or has an unknown value is an
error (GitHub looks for some as words and ignores others), and so is a comma outside `label:` and
`in:`. The best match is the newest issue or discussion, or the repository with most stars.
Adjacent `repo:`, `org:` and `user:` mean AND, hence nothing. The index does not lag, and nothing is
cut for time. Repositories without issues, and archived ones, are searched like all; of a
repository's past (`merged_by`) nothing is found. What a review says counts for `reviewed-by:`
alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.sandbox.discussions import Discussion
from bot.sandbox.search.discussions import SORTS as DISCUSSION_SORTS
from bot.sandbox.search.discussions import discussion_dialect
from bot.sandbox.search.grammar import All, Qualifier, SearchError, Tree, parse_query
from bot.sandbox.search.index import IssueIndex
from bot.sandbox.search.issues import SORTS as ISSUE_SORTS
from bot.sandbox.search.issues import Item, issue_dialect
from bot.sandbox.search.ranges import parse_times
from bot.sandbox.search.repositories import SORTS as REPOSITORY_SORTS
from bot.sandbox.search.repositories import repository_dialect
from bot.sandbox.search.terms import Dialect, compile_tree
from bot.sandbox.store import Store
from bot.sandbox.things import Repository

#: GitHub shows no more results of one search than this.
MAX_RESULTS = 1000
#: Kept searches, before they are all forgotten: enough for a harvest's queries.
MAX_KEPT = 200

Found_ = TypeVar("Found_")


@dataclass(frozen=True, slots=True)
class Found(Generic[Found_]):
    """What a search found: the count of all, and those that can be paged."""

    total: int
    items: list[Found_]


class Engine:
    """Searches one world, and remembers."""

    def __init__(self, world: Store) -> None:
        self.world = world
        self._revision = -1
        self._index: IssueIndex | None = None
        self._places: dict[object, list[int]] = {}
        self._repositories: dict[object, Found[Repository]] = {}
        self._discussions: dict[object, Found[Discussion]] = {}

    def issues(self, query: str, viewer: str | None = None) -> Found[Item]:
        """Find issues and pull requests; SearchError if the query is wrong."""
        parsed = parse_query(query)
        field, descending = _sort(parsed.sort, ISSUE_SORTS, "created")
        index = self._fresh_index()
        dialect = issue_dialect(viewer, parsed.fields)
        compile_tree(All(parsed.terms), dialect)  # what is wrong shows, though short cuts answer
        dated = [term for term in parsed.terms if _is_dated(term)]
        rest = tuple(term for term in parsed.terms if term not in dated)
        key = (frozenset(rest), parsed.fields, viewer)
        if key not in self._places:
            self._places[key] = self._find(index, rest, dialect, viewer)
        places = self._places[key]
        for term in dated:
            assert isinstance(term, Qualifier)
            places = index.cut(places, parse_times(term.values[0]))
        if field != "created":
            rank = ISSUE_SORTS[field]
            places = sorted(places, key=lambda p: rank(index.items[p]), reverse=descending)
        elif not descending:
            places = places[::-1]
        return Found(len(places), [index.items[place] for place in places[:MAX_RESULTS]])

    def repositories(self, query: str, viewer: str | None = None) -> Found[Repository]:
        """Find repositories, forks only if `fork:` asks for them."""
        self._fresh_index()
        if (query, viewer) not in self._repositories:
            self._repositories[query, viewer] = self._find_repositories(query, viewer)
        return self._repositories[query, viewer]

    def _find_repositories(self, query: str, viewer: str | None) -> Found[Repository]:
        parsed = parse_query(query)
        field, descending = _sort(parsed.sort, REPOSITORY_SORTS, "stars")
        test = compile_tree(All(parsed.terms), repository_dialect(viewer, parsed.fields))
        forks = any(isinstance(t, Qualifier) and t.name == "fork" for t in parsed.terms)
        found = [
            repository
            for repository in self.world.repositories.values()
            if (forks or not repository.fork)
            and self.world.can_see(viewer, repository)
            and test(repository)
        ]
        rank = REPOSITORY_SORTS[field]
        found.sort(key=lambda r: (rank(r), r.id), reverse=descending)
        return Found(len(found), found[:MAX_RESULTS])

    def discussions(self, query: str, viewer: str | None = None) -> Found[Discussion]:
        """Find discussions, where they are switched on."""
        self._fresh_index()
        if (query, viewer) not in self._discussions:
            self._discussions[query, viewer] = self._find_discussions(query, viewer)
        return self._discussions[query, viewer]

    def _find_discussions(self, query: str, viewer: str | None) -> Found[Discussion]:
        parsed = parse_query(query)
        field, descending = _sort(parsed.sort, DISCUSSION_SORTS, "created")
        test = compile_tree(All(parsed.terms), discussion_dialect(viewer, parsed.fields))
        found = [
            one
            for shelf in self.world.discussions.values()
            for one in shelf.values()
            if one.repository.has_discussions
            and self.world.can_see(viewer, one.repository)
            and test(one)
        ]
        rank = DISCUSSION_SORTS[field]
        found.sort(key=lambda one: (rank(one), one.id), reverse=descending)
        return Found(len(found), found[:MAX_RESULTS])

    def _fresh_index(self) -> IssueIndex:
        """Forget all that was kept if the world changed, or if it became too much."""
        if self._index is None or self._revision != self.world.revision:
            self._index, self._revision = IssueIndex(self.world), self.world.revision
            self._forget()
        if len(self._places) + len(self._repositories) + len(self._discussions) > MAX_KEPT:
            self._forget()
        return self._index

    def _forget(self) -> None:
        self._places.clear()
        self._repositories.clear()
        self._discussions.clear()

    def _find(
        self, index: IssueIndex, terms: tuple[Tree, ...], dialect: Dialect[Item], viewer: str | None
    ) -> list[int]:
        """Give the places, newest first, where all terms hold and the viewer may look."""
        test = compile_tree(All(tuple(t for t in terms if not index.knows(t))), dialect)
        world, items = self.world, index.items
        hidden = any(repository.private for repository in world.repositories.values())
        return [
            place
            for place in index.find(term for term in terms if index.knows(term))
            if test(items[place]) and (not hidden or world.can_see(viewer, items[place].repository))
        ]


def engine_of(world: Store) -> Engine:
    """Give the engine that searches a world."""
    engine = world.caches.setdefault("search", Engine(world))
    assert isinstance(engine, Engine)
    return engine


def _is_dated(term: Tree) -> bool:
    return isinstance(term, Qualifier) and term.name == "created"


def _sort(
    text: str | None, sorts: Mapping[str, Callable[..., float]], default: str
) -> tuple[str, bool]:
    """Read `created-desc` as a field, and whether the highest comes first."""
    field, _, way = (text or default).partition("-")
    if field not in sorts or way not in {"", "asc", "desc"}:
        raise SearchError(f"sort: knows {', '.join(sorts)} with -asc or -desc, not {text}")
    return field, way != "asc"
