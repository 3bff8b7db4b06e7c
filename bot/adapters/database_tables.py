"""The journal's tables: their constraints keep the promises, whatever the code forgets.

Comes in: nothing. Goes out: SQLAlchemy tables for SQLite and PostgreSQL alike, and the number of
their layout. Moments are stored as UTC without a zone. The harvest's tables stand apart, with no
key into the journal's or out of it: all is text and whole numbers, moments are ISO 8601 in UTC, so
that a damaged row can be read and left out, for it costs points only.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

#: Raised with every change of the layout, together with the step that brings older files along:
#: 1 was the journal alone, 2 has the harvest's tables beside it, 3 tells deliveries that surely
#: failed from those in doubt and has the register, 4 has the tables of `database_learned_tables`.
SCHEMA_VERSION = 4

metadata = MetaData()

schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

digests = Table(
    "digests",
    metadata,
    Column("week", String(8), nullable=False),
    #: Folded, here and below: GitHub takes logins in any case. The digest keeps the spelling.
    Column("login", String(64), nullable=False),
    Column("digest", Text, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("delivered_at", DateTime),
    PrimaryKeyConstraint("week", "login", name="one_digest_a_week"),
    CheckConstraint("login = lower(login)", name="login_is_folded"),
    CheckConstraint(
        "(state = 'prepared' AND delivered_at IS NULL)"
        " OR (state = 'delivered' AND delivered_at IS NOT NULL)",
        name="delivered_has_a_time",
    ),
)

picks = Table(
    "picks",
    metadata,
    Column("week", String(8), nullable=False),
    Column("login", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    Column("spare", Boolean, nullable=False),
    Column("repository", String(255), nullable=False),
    #: GitHub compares names without regard to case, and so do the promises.
    Column("repository_folded", String(255), nullable=False),
    Column("number", Integer, nullable=False),
    #: GitHub's id, the same after a repository was renamed; NULL, which equals none, if unknown.
    Column("node_id", String(255)),
    PrimaryKeyConstraint("week", "login", "position", name="one_pick_a_position"),
    UniqueConstraint("login", "repository_folded", "number", name="once_in_a_life"),
    UniqueConstraint("login", "node_id", name="once_in_a_life_by_id"),
    UniqueConstraint("week", "repository_folded", "number", name="one_student_a_week"),
    UniqueConstraint("week", "node_id", name="one_student_a_week_by_id"),
    ForeignKeyConstraint(
        ["week", "login"],
        ["digests.week", "digests.login"],
        name="pick_of_a_digest",
        ondelete="CASCADE",
    ),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("week", String(8), nullable=False),
    Column("login", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    #: NULL when a delivery was found done that this journal had never begun.
    Column("intent_at", DateTime),
    Column("delivered_at", DateTime),
    Column("place", Text),
    #: Why it surely is not out; NULL for what is done, or in doubt.
    Column("setback", String(16)),
    Column("n_deferrals", Integer, nullable=False, server_default="0"),
    #: Where it was last tried.
    Column("target", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("week", "login", "channel", name="one_delivery_a_channel"),
    CheckConstraint("intent_at IS NOT NULL OR delivered_at IS NOT NULL", name="begun_or_done"),
    CheckConstraint("(delivered_at IS NULL) = (place IS NULL)", name="done_has_a_place"),
    ForeignKeyConstraint(
        ["week", "login"], ["digests.week", "digests.login"], name="delivery_of_a_digest"
    ),
)

stops = Table(
    "stops",
    metadata,
    Column("login", String(64), primary_key=True),
    Column("at", DateTime, nullable=False),
    #: A pause ends on this day; NULL for a stop.
    Column("until", Date),
)

consents = Table(
    "consents",
    metadata,
    Column("login", String(64), nullable=False),
    #: A keyed fingerprint; no address is ever kept.
    Column("address", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_at", DateTime),
    Column("mailed_at", DateTime),
    Column("confirmed_at", DateTime),
    Column("refused_at", DateTime),
    Column("n_deferrals", Integer, nullable=False),
    PrimaryKeyConstraint("login", "address", name="one_consent_an_address"),
)

codes = Table(
    "codes",
    metadata,
    Column("login", String(64), primary_key=True),
    Column("code", String(64), nullable=False),
)

posters = Table("posters", metadata, Column("login", String(64), primary_key=True))

harvested_repositories = Table(
    "harvested_repositories",
    metadata,
    #: GitHub's node id, here and below: it stays when a repository is renamed.
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("language", Text),
    #: JSON; NULL where they are unknown.
    Column("facts", Text),
    #: When all facts were asked for; NULL for those that a page told.
    Column("read_at", Text),
)

harvested_issues = Table(
    "harvested_issues",
    metadata,
    Column("id", Text, primary_key=True),
    Column("repository_id", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    #: JSON.
    Column("labels", Text, nullable=False),
    Column("author", Text),
    Column("association", Text, nullable=False),
    Column("is_locked", Boolean, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    #: JSON; NULL until they were asked for.
    Column("details", Text),
)

harvest_progress = Table(
    "harvest_progress",
    metadata,
    Column("search", Text, primary_key=True),
    Column("read_at", Text),
    Column("looked_at", Text),
    #: JSON.
    Column("unfinished", Text, nullable=False),
    Column("n_found", BigInteger, nullable=False),
)

harvest_costs = Table(
    "harvest_costs",
    metadata,
    Column("week", String(8), primary_key=True),
    Column("points", BigInteger, nullable=False),
)

communities = Table(
    "communities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("read_at", DateTime, nullable=False),
    #: JSON.
    Column("facts", Text, nullable=False),
)

community_costs = Table(
    "community_costs",
    metadata,
    Column("week", String(8), primary_key=True),
    Column("points", BigInteger, nullable=False),
)

community_questions = Table(
    "community_questions",
    metadata,
    Column("repository", Text, primary_key=True),
    Column("read_at", DateTime, nullable=False),
    #: JSON.
    Column("waiting", Text, nullable=False),
)


def stored(moment: datetime) -> datetime:
    """An aware moment as the tables hold it; ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    """A moment from the tables with its zone put back."""
    return moment.replace(tzinfo=UTC)
