"""The rows of digests and their picks: written, taken back, read.

Comes in: a connection in a transaction, digests. Goes out: rows, entries and offers. The promises
are constraints of `database_tables`; which one a row would break is put into words here.
"""

from collections.abc import Iterator

from pydantic import ValidationError
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.adapters.database_tables import aware, deliveries, digests, picks, stored
from bot.allocation.offer import Offer
from bot.delivery import Receipt
from bot.digest import (
    Digest,
    Pick,
    Sent,
    digest_from_record,
    digest_to_record,
    without_person,
)
from bot.errors import JournalError
from bot.journal import DigestState, JournalEntry
from bot.terms import ChannelName, IssueRef

NOTHING_RECORDED = "Nothing was recorded. Run again: what is in the journal is taken up."


def of(table: Table, week: str, login: str) -> ColumnElement[bool]:
    return and_(table.c.week == week, table.c.login == login.casefold())


def is_doubtful() -> ColumnElement[bool]:
    """Of a delivery: was it tried, with nothing known since?"""
    return and_(deliveries.c.delivered_at.is_(None), deliveries.c.setback.is_(None))


def _is_in_doubt() -> ColumnElement[bool]:
    """Of a digest: was a delivery tried of which nobody knows, through whatever channel?"""
    return exists().where(
        deliveries.c.week == digests.c.week, deliveries.c.login == digests.c.login, is_doubtful()
    )


def take_back(connection: Connection, which: ColumnElement[bool]) -> None:
    """Delete what was prepared and surely is not out, with its setbacks and picks."""
    prepared = digests.c.state == DigestState.PREPARED.value
    remove(connection, and_(which, prepared, ~_is_in_doubt()))


def remove(connection: Connection, which: ColumnElement[bool]) -> int:
    """Delete digests with their deliveries; the picks go with their digest. How many."""
    rows = connection.execute(select(digests.c.week, digests.c.login).where(which)).all()
    for week, login in rows:
        connection.execute(delete(deliveries).where(of(deliveries, week, login)))
        connection.execute(delete(digests).where(of(digests, week, login)))
    return len(rows)


def add_digest(connection: Connection, week: str, digest: Digest, channel: ChannelName) -> None:
    if digest.week != week:
        raise ValueError(f"the digest of {digest.student} is of {digest.week}, not of {week}")
    row = {
        "week": week,
        "login": digest.student.casefold(),
        "digest": digest_to_record(digest),
        "channel": channel.value,
        "state": DigestState.PREPARED.value,
    }
    try:
        connection.execute(insert(digests).values(row))
    except IntegrityError as error:
        message = f"{digest.student} has a digest for {week} already."
        raise JournalError(message, NOTHING_RECORDED) from error
    add_picks(connection, digest)


def pick_rows(digest: Digest) -> Iterator[tuple[Pick, dict[str, object]]]:
    """Each pick with its row."""
    for position, pick in enumerate(digest.picks):
        yield (
            pick,
            {
                "week": digest.week,
                "login": digest.student.casefold(),
                "position": position,
                "spare": pick.spare,
                "repository": pick.repository,
                "repository_folded": pick.repository.casefold(),
                "number": pick.number,
                "node_id": pick.node_id or None,
            },
        )


def add_picks(connection: Connection, digest: Digest) -> None:
    for pick, row in pick_rows(digest):
        try:
            connection.execute(insert(picks).values(row))
        except IntegrityError as error:
            raise JournalError(_broken(error, digest, pick), NOTHING_RECORDED) from error


def _broken(error: IntegrityError, digest: Digest, pick: Pick) -> str:
    """Which promise a pick would break: PostgreSQL names the constraint, SQLite its columns."""
    said = str(error.orig)
    columns = ("picks.login, picks.repository_folded", "picks.login, picks.node_id")
    if any(name in said for name in ("once_in_a_life", *columns)):
        return f"{pick.ref} was offered to {digest.student} before or is kept for them."
    return f"{pick.ref} is another student's in {digest.week}, so not {digest.student}'s too."


def require_prepared(connection: Connection, digest: Digest) -> None:
    query = select(digests.c.state).where(of(digests, digest.week, digest.student))
    state = connection.scalar(query)
    if state is None:
        message = f"There is no digest of {digest.student} for {digest.week} to replace."
        raise JournalError(message, NOTHING_RECORDED)
    if state != DigestState.PREPARED.value:
        message = f"The digest of {digest.student} for {digest.week} is delivered: it stays."
        raise JournalError(message, NOTHING_RECORDED)


def mark_delivered(connection: Connection, receipt: Receipt) -> None:
    week, login = receipt.week, receipt.login
    prepared = and_(of(digests, week, login), digests.c.state == DigestState.PREPARED.value)
    done = {"state": DigestState.DELIVERED.value, "delivered_at": stored(receipt.delivered_at)}
    connection.execute(update(digests).where(prepared).values(done))
    connection.execute(delete(picks).where(of(picks, week, login), picks.c.spare))


def take_out_person(connection: Connection, login: str) -> None:
    """Take a mentor's sentences, and the name of a clubmate or a project's person, out of all."""
    lists = ("mentor_notes", "peers", "people")
    named = or_(*(digests.c.digest.contains(f'"{one}":[{{') for one in lists))
    for row in connection.execute(select(digests).where(named)).mappings().all():
        digest = entry_of(row).digest
        left = without_person(digest, login)
        if left != digest:
            this = update(digests).where(of(digests, digest.week, digest.student))
            connection.execute(this.values(digest=digest_to_record(left)))


def entry_of(row: RowMapping, channel: str | None = None) -> JournalEntry:
    """The digest of a row, for the channel it is meant for or another."""
    try:
        digest = digest_from_record(row["digest"])
    except ValidationError as error:
        raise JournalError(
            f"The digest of {row['login']} for {row['week']} cannot be read from the journal.",
            "Use the version of foothold that wrote it, or put back a copy of the state.",
        ) from error
    delivered_at = None if row["delivered_at"] is None else aware(row["delivered_at"])
    return JournalEntry(
        digest, ChannelName(channel or row["channel"]), DigestState(row["state"]), delivered_at
    )


def sent_of(row: RowMapping) -> Sent:
    """The digest of a row that is delivered."""
    return Sent(entry_of(row).digest, aware(row["delivered_at"]))


def offer_of(row: RowMapping) -> Offer:
    delivered_at = None if row["delivered_at"] is None else aware(row["delivered_at"])
    ref = IssueRef(row["repository"], row["number"])
    return Offer(row["login"], ref, row["week"], delivered_at, row["node_id"] or "")
