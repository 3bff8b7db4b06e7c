"""What graphql-core answers when it does all of the work itself.

Comes in: what `execute` takes. Goes out: the data, and the errors as they are shown. Errors before
the execution are none of its business.
"""

from typing import Any

from graphql import ExecutionContext, OperationType, execute_sync, parse

from bot.sandbox.graphql.context import Context
from bot.sandbox.graphql.cost import Points, find_operation
from bot.sandbox.graphql.execution import kind_of, show_error
from bot.sandbox.graphql.schema import SCHEMA
from bot.sandbox.world import World


def is_query(document: str) -> bool:
    return find_operation(parse(document)).operation is OperationType.QUERY


def answer_by_the_book(
    world: World, document: str, variables: dict[str, Any], viewer: str | None, points: Points
) -> dict[str, Any]:
    result = execute_sync(
        SCHEMA,
        parse(document),
        context_value=Context(world, viewer, points),
        variable_values=variables,
        type_resolver=kind_of,
        execution_context_class=ExecutionContext,
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [show_error(error) for error in result.errors]
    return answer
