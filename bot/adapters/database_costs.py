"""What the runs of a week have paid, in a table of weeks and points.

Comes in: a connection in a transaction, such a table. Goes out: points.
"""

from sqlalchemy import Connection, Table, delete, insert, select


def read_points(connection: Connection, table: Table, week: str) -> int:
    """What the week's runs have paid so far."""
    return connection.scalar(select(table.c.points).where(table.c.week == week)) or 0


def add_points(connection: Connection, table: Table, week: str, points: int) -> None:
    """Add to what the week's runs have paid."""
    row = {"week": week, "points": read_points(connection, table, week) + points}
    connection.execute(delete(table).where(table.c.week == week))
    connection.execute(insert(table).values(row))
