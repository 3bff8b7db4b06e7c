"""The tables of what was learned after the sending: answers, progress, reviews, stated levels.

Comes in: nothing. Goes out: tables beside the journal's, and how their rows hold an issue. Logins
are folded in all of them. What GitHub or a person wrote is of any length, so it is `Text`.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
)
from sqlalchemy.exc import IntegrityError

from bot.adapters.database_digests import NOTHING_RECORDED
from bot.adapters.database_tables import metadata
from bot.adapters.harvest_rows import writable
from bot.errors import JournalError
from bot.terms import IssueRef


def _login(name: str) -> tuple[Column[str], CheckConstraint]:
    """A column of folded logins."""
    folded = CheckConstraint(f"{name} = lower({name})", name=f"{name}_is_folded")
    return Column(name, Text, nullable=False), folded


def _issue() -> tuple[Column[str], Column[int]]:
    """The columns of an issue."""
    return Column("repository", Text, nullable=False), Column("number", BigInteger, nullable=False)


def _issue_or_none(what: str) -> tuple[Column[str], Column[int], CheckConstraint]:
    """The columns of an issue, or NULL in both for none."""
    whole = CheckConstraint(
        "(repository IS NULL) = (number IS NULL)", name=f"{what}_means_a_pick_whole"
    )
    return Column("repository", Text), Column("number", BigInteger), whole


#: When what was seen of a pick.
PROGRESS_MOMENTS = (
    *("changed_at", "commented_at", "assigned_at", "pulled_at", "reviewed_at", "merged_at"),
    *("refused_at", "taken_at", "answered_at", "updated_at", "read_at", "asked_at", "missed_at"),
)

answers = Table(
    "answers",
    metadata,
    Column("source", Text, nullable=False),
    Column("position", Integer, nullable=False),
    *_login("login"),
    Column("kind", String(16), nullable=False),
    Column("at", DateTime, nullable=False),
    #: The pick that was meant.
    *_issue_or_none("answer"),
    #: JSON.
    Column("topics", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("until", Date),
    PrimaryKeyConstraint("source", "position", name="one_answer_a_position"),
)

#: One row at most.
answers_read = Table(
    "answers_read",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("until", DateTime, nullable=False),
    CheckConstraint("one = 1", name="one_moment"),
)

progress = Table(
    "progress",
    metadata,
    *_login("login"),
    *_issue(),
    Column("repository_folded", Text, nullable=False),
    #: NULL, which equals none, if unknown.
    Column("node_id", Text),
    Column("week", String(8), nullable=False),
    Column("title", Text, nullable=False),
    Column("offered_at", DateTime, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("comment_url", Text),
    Column("pull_url", Text),
    *(Column(name, DateTime) for name in PROGRESS_MOMENTS),
    PrimaryKeyConstraint("login", "repository_folded", "number", name="one_progress_an_issue"),
    UniqueConstraint("login", "node_id", name="one_progress_an_issue_by_id"),
)

#: What a week's runs paid to look what became of picks.
progress_costs = Table(
    "progress_costs",
    metadata,
    Column("week", String(8), primary_key=True),
    Column("points", BigInteger, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("week", String(8), nullable=False),
    *_login("mentor"),
    *_issue(),
    Column("place", Text, nullable=False),
    Column("posted_at", DateTime, nullable=False),
    Column("is_open", Boolean, nullable=False),
    PrimaryKeyConstraint("week", "mentor", name="one_review_a_mentor"),
)

review_lines = Table(
    "review_lines",
    metadata,
    Column("week", String(8), nullable=False),
    Column("mentor", Text, nullable=False),
    #: Where it stands in the post.
    Column("position", Integer, nullable=False),
    *_login("login"),
    Column("n", Integer, nullable=False),
    *_issue(),
    Column("spare", Boolean, nullable=False),
    #: NULL for as long as the post stands.
    Column("shown_at", DateTime),
    PrimaryKeyConstraint("week", "mentor", "position", name="one_line_a_position"),
    UniqueConstraint("week", "mentor", "login", "n", name="one_line_a_number"),
    ForeignKeyConstraint(
        ["week", "mentor"],
        ["reviews.week", "reviews.mentor"],
        name="line_of_a_review",
        ondelete="CASCADE",
    ),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("week", String(8), nullable=False),
    #: Whose post it stands in; nobody's any more where that mentor is forgotten.
    Column("post", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("position", Integer, nullable=False),
    *_login("login"),
    *_login("mentor"),
    Column("kind", String(16), nullable=False),
    Column("at", DateTime, nullable=False),
    #: The pick that was dropped.
    *_issue_or_none("verdict"),
    Column("text", Text, nullable=False),
    PrimaryKeyConstraint("week", "source", "position", name="one_verdict_a_position"),
    CheckConstraint("post = lower(post)", name="post_is_folded"),
)

stated_levels = Table(
    "stated_levels",
    metadata,
    *_login("login"),
    Column("level", String(16), nullable=False),
    Column("since", DateTime, nullable=False),
    PrimaryKeyConstraint("login", name="one_level_a_student"),
)

#: All that layout 4 has beyond layout 3.
LEARNED_TABLES = (
    answers,
    answers_read,
    progress,
    progress_costs,
    reviews,
    review_lines,
    verdicts,
    stated_levels,
)


def issue_columns(ref: IssueRef | None) -> dict[str, object]:
    """An issue as a row holds it, in its spelling."""
    if ref is None:
        return {"repository": None, "number": None}
    return {"repository": writable(ref.repository), "number": ref.number}


def issue_of(row: Mapping[Any, Any]) -> IssueRef | None:
    """The issue that a row holds."""
    return None if row["repository"] is None else IssueRef(row["repository"], row["number"])


def add_rows(
    connection: Connection, table: Table, rows: Iterable[dict[str, object]], said: str
) -> None:
    """Write rows; JournalError if two want one place, `said` in words."""
    several = list(rows)
    if not several:
        return
    try:
        connection.execute(insert(table), several)
    except IntegrityError as error:
        raise JournalError(said, NOTHING_RECORDED) from error


@contextmanager
def readable(what: str) -> Iterator[None]:
    """JournalError for rows that hold what this foothold has no word for."""
    try:
        yield
    except ValueError as error:
        raise JournalError(
            f"{what} cannot be read from the journal.",
            "Use the version of foothold that wrote it, or put back a copy of the state.",
        ) from error
