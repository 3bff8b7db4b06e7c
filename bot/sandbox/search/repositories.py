"""What the qualifiers of a search for repositories mean.

Comes in: who searches, and the fields to look for words in (`in:`). Goes out: the dialect, and the
ways to sort. Source: docs.github.com "Searching for repositories".
"""

from collections.abc import Callable, Mapping

from bot.sandbox.files import README, files_of, find_file
from bot.sandbox.search.grammar import SearchError
from bot.sandbox.search.ranges import parse_numbers, parse_times
from bot.sandbox.search.terms import Dialect, Test, choose, flag
from bot.sandbox.things import Repository

Make = Callable[[str], Test[Repository]]
FIELDS = frozenset({"name", "description", "topics"})
READABLE = FIELDS | {"readme"}

SORTS: Mapping[str, Callable[[Repository], float]] = {
    "stars": lambda repository: repository.stars,
    "forks": lambda repository: repository.forks or 0,
    "updated": lambda repository: repository.pushed_at.timestamp() if repository.pushed_at else 0,
}


def repository_dialect(viewer: str | None, fields: frozenset[str]) -> Dialect[Repository]:
    """Give the dialect as one account speaks it (`@me`)."""
    if fields - READABLE:
        raise SearchError(f"in: knows {', '.join(sorted(READABLE))}")
    qualifiers: dict[str, Make] = {
        "is": choose("is", {"public": lambda r: not r.private, "private": lambda r: r.private}),
        "archived": flag("archived", lambda repository: repository.archived),
        "fork": choose("fork", {"true": lambda _: True, "only": lambda r: r.fork}),
        "topic": lambda value: lambda repository: value.lower() in repository.topics,
        "language": _same(lambda repository: repository.language),
        "license": _same(lambda repository: repository.licence),
        "repo": _same(lambda repository: repository.name_with_owner),
        "org": _same(lambda repository: repository.owner),
        "user": lambda value: _same(lambda repository: repository.owner)(
            viewer or "" if value == "@me" else value
        ),
        "stars": _numbers(lambda repository: repository.stars),
        "forks": _numbers(lambda repository: repository.forks or 0),
        "pushed": _times("pushed_at"),
        "created": _times("created_at"),
    }
    return Dialect(qualifiers, lambda repository: _text(repository, fields or FIELDS))


def _same(of: Callable[[Repository], str | None]) -> Make:
    def make(value: str) -> Test[Repository]:
        wanted = value.casefold()
        return lambda repository: (of(repository) or "").casefold() == wanted

    return make


def _numbers(of: Callable[[Repository], int]) -> Make:
    def make(value: str) -> Test[Repository]:
        span = parse_numbers(value)
        return lambda repository: span.holds(of(repository))

    return make


def _times(name: str) -> Make:
    def make(value: str) -> Test[Repository]:
        span = parse_times(value)
        return lambda repository: span.holds_time(getattr(repository, name))

    return make


def _text(repository: Repository, fields: frozenset[str]) -> str:
    parts = [repository.name] if "name" in fields else []
    if "description" in fields:
        parts.append(repository.description or "")
    if "topics" in fields:
        parts += repository.topics
    readme = find_file(repository, README) if "readme" in fields else None
    if readme is not None:
        parts.append(files_of(repository)[readme])
    return "\n\ufffc\n".join(parts)
