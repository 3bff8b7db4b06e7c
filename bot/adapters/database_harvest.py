"""The harvest's store in SQL, in the journal's database and apart from the journal's tables.

Comes in: what is new of a harvest. Goes out: all that is kept. Each method is one transaction.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)

from bot.adapters.database_engine import transaction
from bot.adapters.database_tables import (
    harvest_costs,
    harvest_progress,
    harvested_issues,
    harvested_repositories,
)
from bot.adapters.harvest_rows import (
    IssueRows,
    issue_row,
    points_of,
    progress_of,
    progress_row,
    repository_of,
    repository_row,
    writable,
)
from bot.harvest.issue import Repository, merge_repository
from bot.harvest.reading import Headway
from bot.harvest.store import FACTS_HOLD, IssueStore, Kept, News

T = TypeVar("T")

#: Rows that are under way at a time: enough to be quick, few enough to be small.
_N_ROWS = 2_000
#: Values in one question; SQLite took 999 at most before 3.32 (sqlite.org/limits.html).
_N_IDS = 500


class SqlIssueStore(IssueStore):
    """What was harvested, in a database whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def recall(self) -> Kept:
        """All that is kept, the issues by id; a row that cannot be read is left out."""
        with transaction(self._engine, writes=False) as connection:
            rows = IssueRows(_used_repositories(connection))
            found = (rows.issue(row) for row in _stream(connection, select(harvested_issues)))
            issues = [issue for issue in found if issue is not None]
            progress, points = _progress(connection), _points(connection)
        issues.sort(key=lambda issue: issue.id)
        return Kept(tuple(issues), progress, points)

    def keep(self, news: News) -> None:
        """Take in what is new; an issue that is new and forgotten at once is forgotten."""
        with transaction(self._engine, writes=True) as connection:
            _keep_repositories(connection, news)
            issues = {one.id: one for one in news.issues if one.id not in news.forgotten}
            _remove(connection, harvested_issues.c.id, chain(news.forgotten, issues))
            _add(connection, harvested_issues, map(issue_row, issues.values()))
            _remove(connection, harvest_progress.c.search, news.progress)
            rows = (progress_row(search, known) for search, known in news.progress.items())
            _add(connection, harvest_progress, rows)
            _keep_points(connection, news.points)
            _prune(connection)


def _used_repositories(connection: Connection) -> dict[str, Repository]:
    used = select(harvested_issues.c.repository_id)
    query = select(harvested_repositories).where(harvested_repositories.c.id.in_(used))
    found = (repository_of(row) for row in _stream(connection, query))
    return {one.id: one for one in found if one is not None}


def _progress(connection: Connection) -> dict[str, Headway]:
    found = {row[0]: progress_of(row) for row in _stream(connection, select(harvest_progress))}
    return {search: known for search, known in found.items() if known is not None}


def _points(connection: Connection) -> dict[str, int]:
    return {row[0]: points_of(row) for row in connection.execute(select(harvest_costs))}


def _keep_points(connection: Connection, points: Mapping[str, int]) -> None:
    known = _points(connection)
    _remove(connection, harvest_costs.c.week, points)
    rows = ({"week": week, "points": known.get(week, 0) + n} for week, n in points.items())
    _add(connection, harvest_costs, rows)


def _stream(connection: Connection, query: Select[Any]) -> Iterable[Any]:
    """The rows, a few at a time."""
    return connection.execute(query, execution_options={"yield_per": _N_ROWS})


def _keep_repositories(connection: Connection, news: News) -> None:
    """Write what is known now of every repository that the news speaks of."""
    told: dict[str, Repository] = {}
    for one in chain((issue.repository for issue in news.issues), news.repositories):
        if told.get(one.id) is not one:
            told[one.id] = merge_repository(told.get(one.id), one)
    for ids in _batches(told, _N_IDS):
        known = _stored_repositories(connection, ids)
        _remove(connection, harvested_repositories.c.id, ids)
        now = (merge_repository(known.get(writable(id_)), told[id_]) for id_ in ids)
        _add(connection, harvested_repositories, map(repository_row, now))


def _stored_repositories(connection: Connection, ids: Iterable[str]) -> dict[str, Repository]:
    wanted = [writable(id_) for id_ in ids]
    query = select(harvested_repositories).where(harvested_repositories.c.id.in_(wanted))
    found = (repository_of(row) for row in connection.execute(query))
    return {one.id: one for one in found if one is not None}


def _prune(connection: Connection) -> None:
    """Drop repositories without issues whose facts are too old, or no more than a page tells.

    Old by the newest facts that are kept: a store has no clock.
    """
    table = harvested_repositories
    limit = _before(connection.scalar(select(func.max(table.c.read_at))))
    is_unread = table.c.read_at.is_(None)
    is_old = or_(is_unread, table.c.read_at < limit) if limit else is_unread
    is_idle = table.c.id.not_in(select(harvested_issues.c.repository_id))
    connection.execute(delete(table).where(is_idle, is_old))


def _before(newest: str | None) -> str | None:
    try:
        moment = datetime.fromisoformat(newest or "").astimezone(UTC)
        return (moment - FACTS_HOLD).isoformat()
    except (ValueError, OverflowError):
        return None


def _remove(connection: Connection, column: Column[Any], values: Iterable[str]) -> None:
    statement = delete(column.table).where(column == bindparam("gone"))
    for some in _batches(values, _N_ROWS):
        connection.execute(statement, [{"gone": writable(one)} for one in some])


def _add(connection: Connection, table: Table, rows: Iterable[dict[str, object]]) -> None:
    for some in _batches(rows, _N_ROWS):
        connection.execute(insert(table), some)


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(values)
    while some := list(islice(left, size)):
        yield some
