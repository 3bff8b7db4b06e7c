"""Where queries and mutations begin.

Comes in: the arguments of root fields. Goes out: things of the world, found or changed. Mutations
ask for push access to the repository, or to be a comment's author, as GitHub's do.
"""

from types import SimpleNamespace as View

from graphql import GraphQLError, GraphQLResolveInfo

from bot.sandbox.graphql.connections import SearchPage
from bot.sandbox.graphql.context import context_of, forbidden, not_found
from bot.sandbox.graphql.schema import resolver
from bot.sandbox.search.engine import engine_of
from bot.sandbox.search.grammar import SearchError
from bot.sandbox.store import Node, home_of
from bot.sandbox.things import Comment, Issue, Repository, User

Info = GraphQLResolveInfo
MAX_PINNED = 3


def _find(info: Info, node_id: str) -> Node:
    """Give what a node id names, if the viewer may know of it."""
    context = context_of(info)
    node = context.world.node(node_id)
    if node is None or not context.can_see(node):
        raise not_found(f"Could not resolve to a node with the global id of '{node_id}'")
    return node


@resolver("Query.node")
def node(_root: None, info: Info, **arguments: str) -> Node:
    return _find(info, arguments["id"])


@resolver("Query.nodes")
def nodes(_root: None, info: Info, ids: list[str]) -> list[Node | GraphQLError]:
    """Give one answer an id, in the order of the ids; an error stands where nothing is."""
    found: list[Node | GraphQLError] = []
    for node_id in ids:
        try:
            found.append(_find(info, node_id))
        except GraphQLError as error:
            found.append(error)
    return found


@resolver("Query.rateLimit")
def rate_limit(_root: None, info: Info, **_arguments: object) -> View:
    """Show the hour as it stands after this query."""
    points = context_of(info).points
    return View(
        limit=points.limit,
        cost=points.cost,
        remaining=max(0, points.remaining - points.cost),
        used=points.used + points.cost,
        reset_at=points.reset_at,
        node_count=points.nodes,
    )


@resolver("Query.repository")
def repository(_root: None, info: Info, **names: str) -> Repository:
    """Give a repository by its name."""
    context = context_of(info)
    full_name = f"{names['owner']}/{names['name']}"
    found = context.world.repository(full_name)
    if found is None or not context.world.can_see(context.viewer, found):
        raise not_found(f"Could not resolve to a Repository with the name '{full_name}'.")
    return found


@resolver("Query.viewer")
def viewer(_root: None, info: Info) -> User:
    """Give the account that asks."""
    login = context_of(info).viewer
    if login is None:
        raise forbidden("This endpoint requires you to be authenticated.")
    return context_of(info).world.user(login)


@resolver("Bot.login")
def bot_login(thing: User, _info: Info) -> str:
    """Name a bot: GraphQL leaves out the `[bot]` that REST writes."""
    return thing.login.removesuffix("[bot]")


@resolver("Query.user")
def user(_root: None, info: Info, login: str) -> User:
    """Give an account that somebody has mentioned."""
    found = context_of(info).world.users.get(login.lower())
    if found is None:
        raise not_found(f"Could not resolve to a User with the login of '{login}'.")
    return found


@resolver("Query.search")
def search(_root: None, info: Info, **arguments: str) -> SearchPage:
    """Search; users are never found, semantic search is lexical here."""
    context = context_of(info)
    engine = engine_of(context.world)
    query, kind = arguments["query"], arguments["type"]
    try:
        if kind.startswith("ISSUE"):
            issues = engine.issues(query, context.viewer)
            return SearchPage(issues.items, arguments, {"issue": issues.total})
        if kind == "REPOSITORY":
            found = engine.repositories(query, context.viewer)
            return SearchPage(found.items, arguments, {"repository": found.total})
        if kind == "DISCUSSION":
            talks = engine.discussions(query, context.viewer)
            return SearchPage(talks.items, arguments, {"discussion": talks.total})
    except SearchError as error:
        raise GraphQLError(str(error), extensions={"type": "UNPROCESSABLE"}) from error
    return SearchPage((), arguments, {})


@resolver("Mutation.minimizeComment")
def minimize_comment(_root: None, info: Info, **arguments: dict[str, str]) -> View:
    """Fold a comment up."""
    context, wanted = context_of(info), arguments["input"]
    comment = _find(info, wanted["subjectId"])
    if not isinstance(comment, Comment):
        raise not_found(f"{wanted['subjectId']} is no comment")
    if comment.author != context.viewer:
        _require_push(info, comment)
    context.world.minimize(comment, wanted["classifier"], context.viewer)
    return View(client_mutation_id=wanted.get("clientMutationId"), minimized_comment=comment)


@resolver("Mutation.pinIssue")
def pin_issue(_root: None, info: Info, **arguments: dict[str, str]) -> View:
    """Pin an issue, if fewer than three are pinned."""
    context, wanted = context_of(info), arguments["input"]
    issue = _find(info, wanted["issueId"])
    if not isinstance(issue, Issue):
        raise not_found(f"{wanted['issueId']} is no issue")
    _require_push(info, issue)
    others = context.world.issues[issue.repository.name_with_owner.lower()].values()
    if sum(other.pinned for other in others) >= MAX_PINNED:
        told = f"Maximum {MAX_PINNED} pinned issues per repository"
        raise GraphQLError(told, extensions={"type": "UNPROCESSABLE"})
    context.world.pin(issue, context.viewer)
    return View(client_mutation_id=wanted.get("clientMutationId"), issue=issue)


def _require_push(info: Info, thing: Node) -> None:
    context, home = context_of(info), home_of(thing)
    if home is None or not context.world.can_push(context.viewer, home):
        raise forbidden(f"{context.viewer} does not have the correct permissions to do this")
