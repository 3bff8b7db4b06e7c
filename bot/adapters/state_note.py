"""The note in a journal of the branch that it came from, or was last pushed to.

Comes in: a connection in a transaction. Goes out: the note; None in a journal that was never
pulled. It stands in the database itself, so that no copy of one is taken for another; it is no part
of the layout, nor of what is exported.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
)

_branch = Table(
    "pulled_branch",
    MetaData(),
    Column("one", Integer, primary_key=True, autoincrement=False),
    #: JSON.
    Column("note", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Note:
    """The branch as this journal knows it."""

    #: Its newest commit; None where there was no branch.
    commit: str | None = None
    #: When its first commit was made.
    root_at: datetime | None = None
    #: Its files, by path, each with the fingerprint of what stands in it.
    files: Mapping[str, str] = field(default_factory=dict)
    #: The marks of its rows.
    marks: Mapping[str, str] = field(default_factory=dict)
    #: The public key that its files are closed with; None where they are open.
    sealed_to: str | None = None
    #: There was no branch, though posts tell that there once was one.
    is_lost: bool = False
    #: Somebody was forgotten: the next push leaves nothing of what was.
    begins_anew: bool = False


_NOTE = TypeAdapter(Note)


def read_note(connection: Connection) -> Note | None:
    """The note that the database holds."""
    if not inspect(connection).has_table(_branch.name):
        return None
    text = connection.scalar(select(_branch.c.note))
    return None if text is None else _NOTE.validate_json(text)


def write_note(connection: Connection, note: Note) -> None:
    """Put a note in the place of the one before."""
    _branch.create(connection, checkfirst=True)
    connection.execute(delete(_branch))
    connection.execute(insert(_branch).values(one=1, note=_NOTE.dump_json(note).decode()))
