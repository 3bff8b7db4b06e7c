"""The GraphQL half of the door: a request's document, the caller's rights, the points.

Comes in: a request and its caller. Goes out: the JSON that `graphql` made, and what it cost.
Rights differ from GitHub's in that a token's `repositories` narrow mutations only.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.sandbox.graphql.cost import Points
from bot.sandbox.graphql.execution import execute
from bot.sandbox.limits import Window
from bot.sandbox.messages import Answer, Json, Refused, Request, refused
from bot.sandbox.store import home_of
from bot.sandbox.things import Repository
from bot.sandbox.tokens import Caller


def answer_graphql(request: Request, caller: Caller, window: Window) -> tuple[Answer, int]:
    """The document's answer and its points; raises `Refused` for want of a token or document."""
    if caller.token is None:
        raise refused(401, "This endpoint requires you to be authenticated.")
    document, variables = request.fields.get("query"), request.fields.get("variables") or {}
    if not isinstance(document, str):
        raise refused(400, "A query attribute must be specified and must be a string.")
    if request.operation.kind == "mutation":
        _check_mutation(caller, variables)
    points = Points(window.limit, window.remaining, window.used, window.reset_at)
    with _installed(caller):
        data = execute(caller.world, document, variables, caller.login, points)
    return Answer(200, data), points.cost


def _check_mutation(caller: Caller, variables: Json) -> None:
    """Raises `Refused` (200 with FORBIDDEN) if the token may not write where a node id points."""
    for repository in _repositories(caller, variables):
        try:
            caller.require_write(repository)
        except Refused as refusal:
            error = {"type": "FORBIDDEN", "message": refusal.answer.data["message"]}
            raise Refused(Answer(200, {"data": None, "errors": [error]})) from None


def _repositories(caller: Caller, value: object) -> Iterator[Repository]:
    """The repositories of all node ids within the variables."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _repositories(caller, part)
    elif isinstance(value, str):
        node = caller.world.node(value)
        home = None if node is None else home_of(node)
        if home is not None:
            yield home


@contextmanager
def _installed(caller: Caller) -> Iterator[None]:
    """While its own query runs, a workflow counts as a collaborator of its repository."""
    names = caller.token.repositories if caller.token and caller.is_actions else ()
    homes = [home for name in names or () if (home := caller.world.repository(name))]
    before = [home.collaborators for home in homes]
    for home in homes:
        home.collaborators = (*home.collaborators, caller.author)
    try:
        yield
    finally:
        for home, collaborators in zip(homes, before, strict=True):
            home.collaborators = collaborators
