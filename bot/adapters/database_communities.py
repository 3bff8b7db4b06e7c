"""`CommunityStore` in SQL, in the journal's database and apart from the journal's tables.

Comes in: communities, costs. Goes out: the same. A row that cannot be read is as if it was not
there: it costs points, nothing else.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine, delete, func, insert, or_, select

from bot.adapters.database_costs import add_points, read_points
from bot.adapters.database_engine import transaction
from bot.adapters.database_tables import (
    communities,
    community_costs,
    community_questions,
    stored,
)
from bot.adapters.harvest_rows import to_json, writable
from bot.community.facts import Community
from bot.community.store import QUESTIONS_HOLD, TOLD_FOR, CommunityStore, Waiting
from bot.harvest.source import batched_ids

T = TypeVar("T")

_FACTS = TypeAdapter(Community)
_WAITING: TypeAdapter[Waiting] = TypeAdapter(Waiting)
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
                    known = _read(_FACTS, row["facts"])
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

    def questions(self, names: Collection[str], since: datetime) -> Mapping[str, Waiting]:
        found: dict[str, Waiting] = {}
        with transaction(self._engine, writes=False) as connection:
            for some in batched_ids(names, _N_IDS):
                query = select(community_questions).where(
                    community_questions.c.repository.in_(map(writable, some)),
                    community_questions.c.read_at >= stored(since),
                )
                for row in connection.execute(query).mappings():
                    waiting = _read(_WAITING, row["waiting"])
                    if waiting is not None:
                        found[row["repository"]] = waiting
        return found

    def keep_questions(self, news: Mapping[str, Waiting], now: datetime) -> None:
        table = community_questions
        rows = {
            writable(name): {
                "repository": writable(name),
                "read_at": stored(now),
                "waiting": writable(to_json(_WAITING, found)),
            }
            for name, found in news.items()
        }
        with transaction(self._engine, writes=True) as connection:
            old = table.c.read_at <= stored(now - QUESTIONS_HOLD)
            connection.execute(delete(table).where(or_(old, table.c.repository.in_(rows))))
            if rows:
                connection.execute(insert(table), list(rows.values()))

    def points_before(self, week: str) -> int:
        query = select(func.sum(community_costs.c.points)).where(community_costs.c.week < week)
        with transaction(self._engine, writes=False) as connection:
            return connection.scalar(query) or 0

    def forget(self, login: str) -> int:
        folded, query = login.casefold(), select(communities)
        with transaction(self._engine, writes=True) as connection:
            rows = connection.execute(query).mappings().all()
            named = [row["id"] for row in rows if _names(_read(_FACTS, row["facts"]), folded)]
            for some in batched_ids(named, _N_IDS):
                connection.execute(delete(communities).where(communities.c.id.in_(some)))
        return len(named)

    def points(self, week: str) -> int:
        with transaction(self._engine, writes=False) as connection:
            return read_points(connection, community_costs, week)

    def record_points(self, week: str, points: int) -> None:
        with transaction(self._engine, writes=True) as connection:
            add_points(connection, community_costs, week, points)


def _row(community: Community) -> dict[str, object]:
    return {
        "id": writable(community.id),
        "read_at": stored(community.read_at),
        "facts": writable(to_json(_FACTS, community)),
    }


def _names(community: Community | None, folded: str) -> bool:
    answerers = community.answerers if community is not None else ()
    return any(one.login.casefold() == folded for one in answerers)


def _read(kind: TypeAdapter[T], text: str) -> T | None:
    try:
        return kind.validate_json(text)
    except ValidationError:
        return None
