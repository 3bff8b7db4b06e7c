"""The progress of students in SQL, in the journal's database.

Comes in: how far somebody came with a pick. Goes out: the same. Each method is one transaction.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, RowMapping, and_, delete, insert, or_, select

from bot.adapters.database_costs import add_points, read_points
from bot.adapters.database_engine import transaction
from bot.adapters.database_learned_tables import (
    PROGRESS_MOMENTS,
    issue_columns,
    progress,
    progress_costs,
    readable,
)
from bot.adapters.database_tables import aware, stored
from bot.adapters.harvest_rows import writable
from bot.outcomes.progress import Outcome, Progress, ProgressBook
from bot.terms import IssueRef


class SqlProgressBook(ProgressBook):
    """How far students came, in a database whose tables are there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def progress(self) -> tuple[Progress, ...]:
        """All that is kept, by week, login and issue."""
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(select(progress)).mappings().all()
        with readable("What became of a pick"):
            found = [_progress_of(row) for row in rows]
        return tuple(sorted(found, key=lambda one: (one.week, one.login, one.ref.folded)))

    def record_progress(self, news: Iterable[Progress]) -> None:
        """Write progress down, in the place of what was known of the student and the issue."""
        rows = [_row_of(one) for one in news]
        with transaction(self._engine, writes=True) as connection:
            for row in rows:
                _put(connection, row)

    def forget(self, login: str) -> int:
        """Forget a student's; how many that were."""
        this = delete(progress).where(progress.c.login == login.casefold())
        with transaction(self._engine, writes=True) as connection:
            return connection.execute(this).rowcount

    def points(self, week: str) -> int:
        """What a week's runs have paid so far to look."""
        with transaction(self._engine, writes=False) as connection:
            return read_points(connection, progress_costs, week)

    def record_points(self, week: str, points: int) -> None:
        """Add to what a week's runs have paid."""
        with transaction(self._engine, writes=True) as connection:
            add_points(connection, progress_costs, week, points)

    def forget_before(self, week: str) -> None:
        """Forget what was offered, and paid, in earlier weeks."""
        with transaction(self._engine, writes=True) as connection:
            for table in (progress, progress_costs):
                connection.execute(delete(table).where(table.c.week < week))


def _put(connection: Connection, row: dict[str, object]) -> None:
    """Write one in the place of what is kept under any name of its issue."""
    columns = progress.c
    named = and_(
        columns.repository_folded == row["repository_folded"], columns.number == row["number"]
    )
    # NULL equals none, so an id that is unknown finds nothing.
    same = named if row["node_id"] is None else or_(named, columns.node_id == row["node_id"])
    connection.execute(delete(progress).where(columns.login == row["login"], same))
    connection.execute(insert(progress).values(row))


def _row_of(one: Progress) -> dict[str, object]:
    moments = {name: getattr(one, name) for name in PROGRESS_MOMENTS}
    return {
        "login": one.login.casefold(),
        **issue_columns(one.ref),
        "repository_folded": writable(one.ref.folded.repository),
        "node_id": writable(one.node_id) or None,
        "week": one.week,
        "title": writable(one.title),
        "offered_at": stored(one.offered_at),
        "outcome": one.outcome.value,
        "comment_url": one.comment_url,
        "pull_url": one.pull_url,
        **{name: at and stored(at) for name, at in moments.items()},
    }


def _progress_of(row: RowMapping) -> Progress:
    return Progress(
        row["week"],
        row["login"],
        IssueRef(row["repository"], row["number"]),
        row["node_id"] or "",
        row["title"],
        aware(row["offered_at"]),
        Outcome(row["outcome"]),
        comment_url=row["comment_url"],
        pull_url=row["pull_url"],
        **{name: row[name] and aware(row[name]) for name in PROGRESS_MOMENTS},
    )
