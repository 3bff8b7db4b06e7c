"""What a GraphQL query costs, by GitHub's published formula, and whether it asks for too much.

Comes in: a valid document with its variables. Goes out: points (the requests that each unique
connection needs, over 100, at least 1) and the nodes that could come back. Source: docs.github.com
"Rate limits and query limits for the GraphQL API". Where it differs from GitHub: a page size that
is missing or too big refuses the whole query, not one field.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    get_named_type,
    value_from_ast_untyped,
)

from bot.sandbox.graphql.schema import SCHEMA

MAX_PAGE = 100
MAX_IDS = 100
MAX_NODES = 500_000


@dataclass(slots=True)
class Points:
    """A token's hour: what `rateLimit` shows. `execute` writes the query's cost in."""

    limit: int
    remaining: int
    used: int
    reset_at: datetime
    cost: int = 0
    nodes: int = 0


class TooMuchError(GraphQLError):
    """A query that GitHub refuses before it runs; `kind` is the error's type."""

    def __init__(self, kind: str, message: str, path: Iterable[str] = ()) -> None:
        super().__init__(message, path=list(path) or None, extensions={"type": kind})


def find_operation(document: DocumentNode) -> OperationDefinitionNode:
    """Give a document's one operation: PyGithub sends no `operationName`."""
    found = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    if len(found) != 1:
        raise GraphQLError("An operation name is required")
    return found[0]


def cost(document: DocumentNode, variables: Mapping[str, Any]) -> tuple[int, int]:
    """Count points and nodes; raises `TooMuchError` for a page size or a sum that is refused."""
    operation = find_operation(document)
    defaults = {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions
        if definition.default_value is not None
    }
    counter = _Counter(document, {**defaults, **variables})
    root = SCHEMA.get_root_type(operation.operation)
    counter.visit(root, [operation.selection_set], 1, ())
    if counter.nodes > MAX_NODES:
        raise TooMuchError(
            "MAX_NODE_LIMIT_EXCEEDED",
            f"This query requests up to {counter.nodes:,} possible nodes which exceeds the "
            f"maximum limit of {MAX_NODES:,}.",
        )
    return max(1, (counter.requests + 50) // 100), counter.nodes


class _Counter:
    """Walks a query once, with the number of times that each part would be fetched."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, Any]) -> None:
        self.variables = variables
        self.fragments = {
            d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)
        }
        self.requests = 0
        self.nodes = 0

    def visit(
        self, parent: object, sets: list[SelectionSetNode], times: int, path: tuple[str, ...]
    ) -> None:
        """Count what hangs below one place of the query, fetched `times` times."""
        grouped: dict[str, list[tuple[GraphQLField, FieldNode]]] = defaultdict(list)
        for selections in sets:
            for definition, field in self._fields(parent, selections):
                key = field.alias.value if field.alias else field.name.value
                grouped[key].append((definition, field))
        for key, found in grouped.items():
            definition, field = found[0]
            below = [f.selection_set for _, f in found if f.selection_set is not None]
            if below:
                here = (*path, key)
                inner = self._times(definition, field, times, here)
                self.visit(get_named_type(definition.type), below, inner, here)

    def _times(
        self, definition: GraphQLField, field: FieldNode, times: int, path: tuple[str, ...]
    ) -> int:
        """Count a connection, or a list of ids, and say how often its nodes are fetched."""
        given = {a.name.value: self._value(a.value) for a in field.arguments}
        if "first" in definition.args:
            size = self._page_size(field, given, path)
            self.requests += times
            self.nodes += times * size
            return times * size
        if "ids" in definition.args:
            ids = given.get("ids")
            n_ids = len(ids) if isinstance(ids, list) else 1
            if n_ids > MAX_IDS:
                told = f"You may not provide more than {MAX_IDS} node ids; you provided {n_ids}."
                raise TooMuchError("ARGUMENT_LIMIT", told, path)
            return times * n_ids
        return times

    def _page_size(
        self, field: FieldNode, given: Mapping[str, object], path: tuple[str, ...]
    ) -> int:
        """Give `first` or `last`; a connection that is only counted needs neither."""
        name = field.name.value
        which = "first" if given.get("first") is not None else "last"
        size = given.get(which)
        if size is None:
            if not self._lists(field):
                return 0
            told = f"You must provide a `first` or `last` value to properly paginate the `{name}`"
            raise TooMuchError("MISSING_PAGINATION_BOUNDARIES", f"{told} connection.", path)
        if not isinstance(size, int) or not 1 <= size <= MAX_PAGE:
            told = f"Requesting {size} records on the `{name}` connection exceeds the `{which}`"
            raise TooMuchError("EXCESSIVE_PAGINATION", f"{told} limit of {MAX_PAGE} records.", path)
        return size

    def _lists(self, field: FieldNode) -> bool:
        """Whether a connection's nodes are asked for, and not its count alone."""
        selections = field.selection_set.selections if field.selection_set else ()
        names = {s.name.value for s in selections if isinstance(s, FieldNode)}
        return bool(names & {"nodes", "edges"}) or any(
            not isinstance(s, FieldNode) for s in selections
        )

    def _value(self, node: ValueNode) -> object:
        return value_from_ast_untyped(node, dict(self.variables))

    def _fields(
        self, parent: object, selections: SelectionSetNode
    ) -> Iterator[tuple[GraphQLField, FieldNode]]:
        """Give the fields of a selection, fragments opened, without what is switched off."""
        for selection in selections.selections:
            if not self._is_included(selection):
                continue
            if isinstance(selection, FieldNode):
                definition = getattr(parent, "fields", {}).get(selection.name.value)
                if definition is not None:
                    yield definition, selection
            elif isinstance(selection, InlineFragmentNode | FragmentSpreadNode):
                yield from self._open(parent, selection)

    def _open(
        self, parent: object, spread: InlineFragmentNode | FragmentSpreadNode
    ) -> Iterator[tuple[GraphQLField, FieldNode]]:
        part: InlineFragmentNode | FragmentDefinitionNode
        if isinstance(spread, FragmentSpreadNode):
            part = self.fragments[spread.name.value]
        else:
            part = spread
        condition = part.type_condition
        inner = SCHEMA.get_type(condition.name.value) if condition else parent
        yield from self._fields(inner, part.selection_set)

    def _is_included(self, selection: SelectionNode) -> bool:
        for directive in selection.directives:
            wanted = {a.name.value: self._value(a.value) for a in directive.arguments}.get("if")
            name = directive.name.value
            if name in {"skip", "include"} and bool(wanted) is (name == "skip"):
                return False
        return True
