"""Pages of lists, as GraphQL connections with cursors.

Comes in: a list in order, and `first`/`after`/`last`/`before`. Goes out: the page. A cursor is
opaque base64: of a place in the list, as GitHub's search makes them, or, where things can be told
by a key, of the last thing's key: such a cursor holds its place while the list moves.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError

Key = tuple[float, int]


def _pack(text: str) -> str:
    return b64encode(f"cursor:{text}".encode()).decode()


def _unpack(cursor: str) -> str:
    try:
        name, _, text = b64decode(cursor, validate=True).decode().partition(":")
    except ValueError:
        name, text = "", ""
    if name != "cursor":
        told = f"`{cursor}` does not appear to be a valid cursor."
        raise GraphQLError(told, extensions={"type": "INVALID_CURSOR_ARGUMENTS"})
    return text


@dataclass(frozen=True, slots=True)
class Edge:
    """A node with the cursor behind it."""

    cursor: str
    node: Any


@dataclass(frozen=True, slots=True)
class Order:
    """By which key a list is in order, and whether the highest comes first."""

    key: Callable[[Any], Key]
    descending: bool = False

    def apply(self, things: list[Any]) -> list[Any]:
        """Put things in order."""
        return sorted(things, key=self.key, reverse=self.descending)


class Connection:
    """One page of a list; `total` overrules its length where some of it is unknown."""

    def __init__(
        self,
        items: Sequence[Any],
        arguments: Mapping[str, Any],
        order: Order | None = None,
        total: int | None = None,
    ) -> None:
        self.items = items
        self.order = order
        self.total_count = len(items) if total is None else total
        after, before = arguments.get("after"), arguments.get("before")
        low = self._place(after) if after else 0
        high = min(len(items), self._place(before) - 1 if before else len(items))
        first, last = arguments.get("first"), arguments.get("last")
        if first is not None:
            high = min(high, low + first)
        elif last is not None:
            low = max(low, high - last)
        self.low, self.high = low, max(low, high)

    def _place(self, cursor: str) -> int:
        """Count the things up to and with the one that a cursor stands behind."""
        text = _unpack(cursor)
        if text.isdigit():
            return int(text)
        if self.order is None or not text.startswith("v2:"):
            _unpack("")
        value, number = json.loads(text.removeprefix("v2:"))
        mark, order = (value, number), self.order
        assert order is not None
        if order.descending:
            return sum(order.key(item) >= mark for item in self.items)
        return sum(order.key(item) <= mark for item in self.items)

    def _cursor(self, place: int) -> str:
        if self.order is None:
            return _pack(str(place + 1))
        return _pack(f"v2:{json.dumps(self.order.key(self.items[place]))}")

    @property
    def nodes(self) -> Sequence[Any]:
        return self.items[self.low : self.high]

    @property
    def edges(self) -> Iterator[Edge]:
        return iter([Edge(self._cursor(at), self.items[at]) for at in self._places()])

    def _places(self) -> range:
        return range(self.low, min(self.high, len(self.items)))

    @property
    def page_info(self) -> "Connection":
        return self

    @property
    def has_next_page(self) -> bool:
        return self.high < len(self.items)

    @property
    def has_previous_page(self) -> bool:
        return self.low > 0

    @property
    def start_cursor(self) -> str | None:
        return self._cursor(self.low) if self._places() else None

    @property
    def end_cursor(self) -> str | None:
        return self._cursor(self.high - 1) if self._places() else None


class SearchPage(Connection):
    """One page of a search: the count that tells is that of its type."""

    def __init__(
        self, items: Sequence[Any], arguments: Mapping[str, Any], counts: Mapping[str, int]
    ) -> None:
        super().__init__(items, arguments)
        self.issue_count = counts.get("issue", 0)
        self.repository_count = counts.get("repository", 0)
        self.discussion_count = counts.get("discussion", 0)
        self.user_count = 0


class SizedConnection(Connection):
    """Languages, whose sizes are added up."""

    @property
    def total_size(self) -> int:
        return sum(item.size for item in self.items)
