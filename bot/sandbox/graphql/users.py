"""What GraphQL shows of people: the repositories that they own, work in and starred.

Comes in: accounts of the world. Goes out: pages of repositories, without what the viewer may not
see. The sandbox knows no organisation's members.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from graphql import GraphQLResolveInfo

from bot.sandbox.graphql.connections import Connection, Key, Order
from bot.sandbox.graphql.context import context_of
from bot.sandbox.graphql.schema import LONG_AGO, resolver
from bot.sandbox.things import Repository, User

Info = GraphQLResolveInfo


#: What `orderBy` may name, to what is compared.
RANKS: Mapping[str, Callable[[Repository], float]] = {
    "CREATED_AT": lambda home: (home.created_at or LONG_AGO).timestamp(),
    "UPDATED_AT": lambda home: (home.pushed_at or home.created_at or LONG_AGO).timestamp(),
    "PUSHED_AT": lambda home: (home.pushed_at or LONG_AGO).timestamp(),
    "STARGAZERS": lambda home: home.stars,
}


class RepositoryConnection(Connection):
    """Repositories, whose sizes nobody knows here."""

    total_disk_usage = 0


@resolver("User.repositories")
def repositories(thing: User, info: Info, **page: object) -> RepositoryConnection:
    """List what somebody owns or works in, as the filters say, by name unless told otherwise."""
    context = context_of(info)
    found = [
        home
        for home in context.world.repositories.values()
        if context.can_see(home) and _is_theirs(thing, home, page) and _passes(home, page)
    ]
    wanted = page.get("orderBy")
    if not isinstance(wanted, dict) or wanted["field"] == "NAME":
        falling = isinstance(wanted, dict) and wanted["direction"] == "DESC"
        by_name = sorted(found, key=lambda home: home.name.lower(), reverse=falling)
        return RepositoryConnection(by_name, page)
    rank = RANKS[wanted["field"]]

    def key(home: Repository) -> Key:
        return rank(home), home.id

    order = Order(key, descending=wanted["direction"] == "DESC")
    return RepositoryConnection(order.apply(found), page, order)


def _is_theirs(user: User, home: Repository, page: Mapping[str, object]) -> bool:
    asked = page.get("ownerAffiliations")
    affiliations = asked if isinstance(asked, list) else ["OWNER", "COLLABORATOR"]
    if home.owner.lower() == user.login.lower():
        return "OWNER" in affiliations
    helpers = map(str.lower, home.collaborators)
    return "COLLABORATOR" in affiliations and user.login.lower() in helpers


def _passes(home: Repository, page: Mapping[str, object]) -> bool:
    """Whether a repository passes every filter that is set."""
    visibility = "PRIVATE" if home.private else "PUBLIC"
    told = {
        "isFork": home.fork,
        "isArchived": home.archived,
        "hasIssuesEnabled": home.has_issues,
        "isLocked": False,
        "privacy": visibility,
        "visibility": visibility,
    }
    return all(page.get(name) in (None, value) for name, value in told.items())


@dataclass(frozen=True, slots=True)
class StarEdge:
    """A starred repository, and when that was."""

    cursor: str
    node: Repository
    starred_at: datetime


class StarConnection(Connection):
    """What somebody starred; `moments` are by the repository's name."""

    is_over_limit = False
    moments: Mapping[str, datetime]

    @property
    def star_edges(self) -> list[StarEdge]:
        return [
            StarEdge(edge.cursor, edge.node, self.moments[edge.node.name_with_owner])
            for edge in self.edges
        ]


@resolver("StarredRepositoryConnection.edges")
def star_edges(connection: StarConnection, _info: Info) -> list[StarEdge]:
    return connection.star_edges


@resolver("User.starredRepositories")
def starred_repositories(thing: User, info: Info, **page: object) -> StarConnection:
    """List the stars, oldest first unless `orderBy` says otherwise."""
    context = context_of(info)
    homes = [context.world.repository(name) for name in thing.starred]
    found = [home for home in homes if home is not None and context.can_see(home)]
    if page.get("ownedByViewer"):
        viewer = (context.viewer or "").lower()
        found = [home for home in found if home.owner.lower() == viewer]

    def key(home: Repository) -> Key:
        return thing.starred[home.name_with_owner].timestamp(), home.id

    wanted = page.get("orderBy")
    falling = isinstance(wanted, dict) and wanted["direction"] == "DESC"
    order = Order(key, descending=falling)
    shown = StarConnection(order.apply(found), page, order)
    shown.moments = thing.starred
    return shown
