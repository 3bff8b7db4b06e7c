"""Faults that put nulls and errors into a GraphQL answer, as GitHub does in partial ones.

Comes in: paths and keys. Goes out: `Fault`s for `Faults.add`.
"""

from collections.abc import Callable, Iterator, Sequence

from bot.sandbox.faults import Fault, mutate
from bot.sandbox.messages import Json, JsonValue

Path = Sequence[str | int]
RESOURCE_LIMITS = "RESOURCE_LIMITS_EXCEEDED"
MESSAGES = {
    RESOURCE_LIMITS: "Resource limits for this query exceeded.",
    "FORBIDDEN": "Although you appear to have the correct authorization credentials, the"
    " organization has an IP allow list enabled, and your IP address is not permitted.",
    "NOT_FOUND": "Could not resolve to a node.",
}


def partial_data(*paths: Path, kind: str = RESOURCE_LIMITS) -> Fault:
    """Some nodes null, each with an error; GitHub docs, GraphQL limits: RESOURCE_LIMITS_EXCEEDED.

    FORBIDDEN is what an organisation with an IP allow list answers on a public repository
    (https://github.com/renovatebot/renovate/discussions/20253). A path goes from `data` down, for
    example ("search", "nodes", 1); one that is not in the answer gets its error alone.
    """

    def spoil(data: Json) -> None:
        for path in paths:
            _set_null(data.get("data"), path)
            error = {"type": kind, "path": list(path), "message": MESSAGES.get(kind, kind)}
            data.setdefault("errors", []).append(error)

    return Fault("partial_data", after=mutate(spoil).after)


def null_nodes(*paths: Path) -> Fault:
    """Some nodes null without an error, as for what was deleted after the index was built."""

    def spoil(data: Json) -> None:
        for path in paths:
            _set_null(data.get("data"), path)

    return Fault("null_nodes", after=mutate(spoil).after)


def denied(repository: str, kind: str = "FORBIDDEN") -> Fault:
    """One repository null wherever it stands, each time with an error: others are answered.

    It is known by its `nameWithOwner`, so that this has to be asked for.
    """

    def spoil(data: Json) -> None:
        for path in list(_paths(data.get("data"), repository.lower())):
            _set_null(data.get("data"), path)
            error = {"type": kind, "path": list(path), "message": MESSAGES.get(kind, kind)}
            data.setdefault("errors", []).append(error)

    return Fault("denied", after=mutate(spoil).after)


def null_field(*keys: str, where: Callable[[Json], bool] | None = None) -> Fault:
    """Keys null wherever they stand: `labels`, `author` (deleted account), `primaryLanguage`.

    All three are nullable in GitHub's schema. `where` picks the objects that lose them.
    """

    def spoil(data: Json) -> None:
        for found in _objects(data):
            for key in set(keys) & set(found):
                if where is None or where(found):
                    found[key] = None

    return Fault("null_field", after=mutate(spoil).after)


def _objects(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        yield value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in list(parts):
        yield from _objects(part)


def _paths(value: JsonValue, repository: str, way: tuple[str | int, ...] = ()) -> Iterator[Path]:
    """Where a repository stands in an answer."""
    if isinstance(value, dict) and str(value.get("nameWithOwner")).lower() == repository:
        yield way
        return
    parts = value.items() if isinstance(value, dict) else ()
    for step, part in enumerate(value) if isinstance(value, list) else parts:
        yield from _paths(part, repository, (*way, step))


def _set_null(data: JsonValue, path: Path) -> None:
    """Makes the end of a path null; a path that leads nowhere changes nothing."""
    *way, last = path
    try:
        for step in way:
            data = data[step]
        if data[last] is not None:
            data[last] = None
    except (KeyError, IndexError, TypeError):
        return
