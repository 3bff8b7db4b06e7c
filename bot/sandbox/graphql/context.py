"""What every resolver may ask: the world, who asks, and what the query costs.

Comes in: one execution's circumstances. Goes out: people by login, errors in GitHub's words.
"""

from dataclasses import dataclass

from graphql import GraphQLError, GraphQLResolveInfo

from bot.sandbox.graphql.cost import Points
from bot.sandbox.store import Node, home_of
from bot.sandbox.things import User
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Context:
    """One execution: `points` already holds what it costs."""

    world: World
    viewer: str | None
    points: Points

    def can_see(self, thing: Node) -> bool:
        """Whether the viewer may know of a thing."""
        home = home_of(thing)
        return home is None or self.world.can_see(self.viewer, home)


def context_of(info: GraphQLResolveInfo) -> Context:
    """Give the execution's context."""
    context: Context = info.context
    return context


def person(info: GraphQLResolveInfo, login: str | None) -> User | None:
    """Give an account by login; None is a ghost, whose account is gone."""
    return None if login is None else context_of(info).world.user(login)


def not_found(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"type": "NOT_FOUND"})


def forbidden(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"type": "FORBIDDEN"})
