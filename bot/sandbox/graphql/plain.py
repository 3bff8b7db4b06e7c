"""Answers plain queries: without what graphql-core does anew for each field of each thing.

Comes in: an execution as graphql-core has prepared it, its document valid and its variables
coerced. Goes out: the data. A selection is read once for each type that it meets, not once for each
thing of it. Whatever is not plain is graphql-core's: mutations, questions about the schema, a
resolver's error, a null where there may be none. It then begins anew, so that the words, the places
and the order of errors are its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLUnionType,
    OperationDefinitionNode,
    OperationType,
    Undefined,
    get_argument_values,
)

from bot.sandbox.graphql.schema import Attribute

#: What a resolver gave, or the JSON that was made of it.
Value = Any
Turn = Callable[[Value], Value]
#: One field of a selection: its key, how a thing gives the value, how that becomes JSON.
Step = tuple[str, Turn, Turn]
Nodes = list[FieldNode]
#: Stands for the JSON of null where the schema allows none.
NEVER = object()
#: What is JSON as it is, by the scalar's name; anything else is serialized.
AS_IT_IS = {"Boolean": bool, "ID": str, "String": str, "URI": str}


class NotPlainError(Exception):
    """This is for graphql-core to answer."""


@dataclass(frozen=True, slots=True)
class PlainInfo:
    """All that the sandbox's resolvers ask of a `GraphQLResolveInfo`."""

    context: object


class PlainFirst(ExecutionContext):
    """An execution that answers plainly if it can, else as graphql-core does."""

    def execute_operation(self, operation: OperationDefinitionNode, root_value: object) -> Value:
        plain = self.answer_plainly(operation, root_value)
        return super().execute_operation(operation, root_value) if plain is None else plain

    def answer_plainly(
        self, operation: OperationDefinitionNode, root_value: object
    ) -> dict[str, Value] | None:
        """Give the data, None where something is not plain; resolvers may have been asked."""
        root = self.schema.query_type
        if operation.operation is not OperationType.QUERY or root is None:
            return None
        whole = FieldNode(selection_set=operation.selection_set)
        try:
            steps = Reading(self).steps(root, [whole])
            return {key: finish(value_of(root_value)) for key, value_of, finish in steps}
        except (GraphQLError, NotPlainError, RecursionError):
            return None


class Reading:
    """Reads the selections of one execution. `null` is what becomes of None, if it may be."""

    def __init__(self, execution: ExecutionContext) -> None:
        self.execution = execution
        self.info = PlainInfo(execution.context_value)

    def steps(self, kind: GraphQLObjectType, nodes: Nodes) -> list[Step]:
        """Give the fields that are selected of a type."""
        found = self.execution.collect_subfields(kind, nodes)
        return [self._step(kind, key, fields) for key, fields in found.items()]

    def _step(self, kind: GraphQLObjectType, key: str, nodes: Nodes) -> Step:
        name = nodes[0].name.value
        if name == "__typename":
            return key, lambda _thing: kind.name, str
        field = kind.fields.get(name)
        if field is None:
            raise NotPlainError
        resolve = field.resolve
        if isinstance(resolve, Attribute):
            return key, attrgetter(resolve.name), self._finish(field.type, nodes, resolve.quiet)
        return key, self._ask(field, nodes[0]), self._finish(field.type, nodes)

    def _ask(self, field: GraphQLField, node: FieldNode) -> Turn:
        resolve, info = field.resolve or self.execution.field_resolver, self.info
        arguments = get_argument_values(field, node, self.execution.variable_values)
        return lambda thing: resolve(thing, info, **arguments)

    def _finish(self, kind: GraphQLOutputType, nodes: Nodes, quiet: Value = None) -> Turn:
        """Make what turns a value of a type into JSON; `quiet` stands in for an unknown one."""
        null, inner = None, kind
        if isinstance(kind, GraphQLNonNull):
            null, inner = NEVER, kind.of_type
        if isinstance(inner, GraphQLScalarType | GraphQLEnumType):
            return _finish_leaf(inner, null if quiet is None else inner.serialize(quiet))
        if isinstance(inner, GraphQLList):
            return _finish_list(self._finish(inner.of_type, nodes), null)
        if isinstance(inner, GraphQLObjectType):
            return self._finish_object(inner, nodes, null)
        assert isinstance(inner, GraphQLInterfaceType | GraphQLUnionType)
        return self._finish_abstract(inner, nodes, null)

    def _finish_object(self, kind: GraphQLObjectType, nodes: Nodes, null: Value) -> Turn:
        steps: list[Step] = []

        def finish(thing: Value) -> Value:
            if thing is None:
                return _allowed(null)
            if isinstance(thing, Exception):
                raise NotPlainError
            if not steps:
                steps.extend(self.steps(kind, nodes))
            return {key: done(value_of(thing)) for key, value_of, done in steps}

        return finish

    def _finish_abstract(
        self, kind: GraphQLInterfaceType | GraphQLUnionType, nodes: Nodes, null: Value
    ) -> Turn:
        schema, tell = self.execution.schema, self.execution.type_resolver
        known: dict[Value, Turn] = {}

        def finish(thing: Value) -> Value:
            if thing is None:
                return _allowed(null)
            name: Value = tell(thing, self.info, kind)  # type: ignore[arg-type]
            if name not in known:
                found = schema.get_type(name) if isinstance(name, str) else None
                if not isinstance(found, GraphQLObjectType) or not schema.is_sub_type(kind, found):
                    raise NotPlainError
                known[name] = self._finish_object(found, nodes, null)
            return known[name](thing)

        return finish


def _allowed(null: Value) -> Value:
    if null is NEVER:
        raise NotPlainError
    return null


def _finish_list(finish: Turn, null: Value) -> Turn:
    def each(values: Value) -> Value:
        if values is None:
            return _allowed(null)
        if isinstance(values, str | bytes | dict):
            raise NotPlainError
        return [finish(value) for value in values]

    return each


def _finish_leaf(kind: GraphQLScalarType | GraphQLEnumType, null: Value) -> Turn:
    serialize, as_it_is = kind.serialize, AS_IT_IS.get(kind.name)

    def show(value: Value) -> Value:
        if type(value) is as_it_is:
            return value
        if value is None:
            return _allowed(null)
        shown = serialize(value)
        if shown is None or shown is Undefined:
            raise NotPlainError
        return shown

    return show
