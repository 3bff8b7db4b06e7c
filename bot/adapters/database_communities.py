"""`CommunityStore` in SQL, in the journal's database and apart from the journal's tables.

Comes in: communities, costs. Goes out: the same. A row that cannot be read is as if it was not
there: it costs points, nothing else.
"""

from collections.abc import Collection, Mapping, Sequence

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine, delete, insert, select

from bot.adapters.database_engine import transaction
from bot.adapters.database_tables import communities, community_costs, stored
from bot.adapters.harvest_rows import to_json, writable
from bot.community.facts import Community
from bot.community.store import TOLD_FOR, CommunityStore
from bot.harvest.source import batched_ids

_FACTS = TypeAdapter(Community)
#: Values in one question; SQLite took 999 at most before 3.32 (sqlite.org/limits.html).
_N_IDS = 500


class SqlCommunityStore(CommunityStore):
    """What was learned of communities, in a database whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def communities(self, ids: Collection[str]) -> Mapping[str, Community]:
        found: dict[str, Community] = {}
        with transaction(self._engine, writes=False) as connection:
            for some in batched_ids(ids, _N_IDS):
                query = select(communities).where(communities.c.id.in_(map(writable, some)))
                for row in connection.execute(query).mappings():
                    known = _community(row["facts"])
                    if known is not None:
                        found[known.id] = known
        return found

    def keep_communities(self, news: Sequence[Community]) -> None:
        rows = {writable(one.id): _row(one) for one in news}
        if not rows:
            return
        newest = max(stored(one.read_at) for one in news)
        with transaction(self._engine, writes=True) as connection:
            for some in batched_ids(rows, _N_IDS):
                connection.execute(delete(communities).where(communities.c.id.in_(some)))
            connection.execute(insert(communities), list(rows.values()))
            old = communities.c.read_at <= newest - TOLD_FOR
            connection.execute(delete(communities).where(old))

    def forget(self, login: str) -> int:
        folded, query = login.casefold(), select(communities)
        with transaction(self._engine, writes=True) as connection:
            rows = connection.execute(query).mappings().all()
            named = [row["id"] for row in rows if _names(_community(row["facts"]), folded)]
            for some in batched_ids(named, _N_IDS):
                connection.execute(delete(communities).where(communities.c.id.in_(some)))
        return len(named)

    def points(self, week: str) -> int:
        this = select(community_costs.c.points).where(community_costs.c.week == week)
        with transaction(self._engine, writes=False) as connection:
            return connection.scalar(this) or 0

    def record_points(self, week: str, points: int) -> None:
        this = community_costs.c.week == week
        with transaction(self._engine, writes=True) as connection:
            before = connection.scalar(select(community_costs.c.points).where(this)) or 0
            connection.execute(delete(community_costs).where(this))
            connection.execute(
                insert(community_costs).values({"week": week, "points": before + points})
            )


def _row(community: Community) -> dict[str, object]:
    return {
        "id": writable(community.id),
        "read_at": stored(community.read_at),
        "facts": writable(to_json(_FACTS, community)),
    }


def _names(community: Community | None, folded: str) -> bool:
    answerers = community.answerers if community is not None else ()
    return any(one.login.casefold() == folded for one in answerers)


def _community(text: str) -> Community | None:
    try:
        return _FACTS.validate_json(text)
    except ValidationError:
        return None
