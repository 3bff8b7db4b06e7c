"""Answers a GraphQL document as GitHub does.

Comes in: a world, a document with its variables, who asks, and the caller's points. Goes out: the
answer's JSON; the points learn the query's cost, charging them is the server's part.

Where it differs from GitHub: the schema is a cut (`schema.graphql`); a query that asks for too
much is refused whole, without data; errors of validation carry no `extensions`; there is no
time limit, and no resource limit (faults stand in for both); a wrong search is an UNPROCESSABLE
error. What a thing's world does not know shows as null, or as "", 0, false or 2008 where the schema
allows no null; `forkCount`, an issue's `body`, a repository's `pullRequests` and a commit's
`history` are nullable here and not there, for a 0 or an empty text would be evidence.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLAbstractType,
    GraphQLError,
    GraphQLResolveInfo,
    execute_sync,
    parse,
    validate,
)

from bot.sandbox.discussions import Discussion, DiscussionComment
from bot.sandbox.graphql import (
    blame,
    discussions,
    events,
    files,
    issues,
    past,
    repositories,
    reviews,
    roots,
    users,
)
from bot.sandbox.graphql.context import Context
from bot.sandbox.graphql.cost import Points, cost, find_operation
from bot.sandbox.graphql.plain import PlainFirst
from bot.sandbox.graphql.schema import SCHEMA
from bot.sandbox.things import Comment, Issue, PullRequest, Repository, Review, User
from bot.sandbox.world import World

#: The modules whose resolvers the schema must have before it answers.
RESOLVERS = (
    *(blame, discussions, events, files, issues, past),
    *(repositories, reviews, roots, users),
)
KINDS = {
    Comment: "IssueComment",
    Discussion: "Discussion",
    DiscussionComment: "DiscussionComment",
    Issue: "Issue",
    PullRequest: "PullRequest",
    Repository: "Repository",
    Review: "PullRequestReview",
}


def execute(
    world: World,
    document: str,
    variables: Mapping[str, Any],
    viewer: str | None,
    points: Points,
) -> dict[str, Any]:
    """Answer a document; `points.cost` and `points.nodes` hold what it costs afterwards."""
    points.cost, points.nodes = 1, 0
    tree, errors = _read(document)
    if tree is None:
        return {"errors": [show_error(error) for error in errors]}
    try:
        points.cost, points.nodes = cost(tree, variables)
    except GraphQLError as error:
        return {"data": None, "errors": [show_error(error)]}
    result = execute_sync(
        SCHEMA,
        tree,
        context_value=Context(world, viewer, points),
        variable_values=dict(variables),
        type_resolver=kind_of,
        execution_context_class=PlainFirst,
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [show_error(error) for error in result.errors]
    return answer


@lru_cache(maxsize=256)
def _read(document: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    """Parse and validate a document; without a tree there are errors."""
    try:
        tree = parse(document)
        find_operation(tree)
    except GraphQLError as error:
        return None, (error,)
    errors = tuple(validate(SCHEMA, tree))
    return (None if errors else tree), errors


def kind_of(
    thing: object, _info: GraphQLResolveInfo, _abstract_type: GraphQLAbstractType
) -> str | None:
    """Name the type of a thing where the schema leaves it open."""
    if isinstance(thing, User):
        return "Bot" if thing.bot else "Organization" if thing.organization else "User"
    if isinstance(thing, SimpleNamespace):
        return str(thing.kind)
    return KINDS.get(type(thing))


def show_error(error: GraphQLError) -> dict[str, Any]:
    """Write an error as GitHub does: `type` beside the message, not in `extensions`."""
    shown: dict[str, Any] = {"message": error.message}
    if "type" in (error.extensions or {}):
        shown = {"type": error.extensions["type"], **shown}  # type: ignore[index]
    if error.path:
        shown["path"] = error.path
    if error.locations:
        shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    return shown
