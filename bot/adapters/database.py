"""The journal in SQL: SQLite beside the club's files, PostgreSQL by another address.

Comes in: digests, intents and receipts. Goes out: the same, and what was offered. Every method is
one transaction; the promises are constraints of `database_tables`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Self

from pydantic import ValidationError
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Table,
    and_,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from bot.adapters.database_engine import database_exists, open_engine, transaction
from bot.adapters.database_harvest import SqlIssueStore
from bot.adapters.database_tables import aware, deliveries, digests, picks, stored
from bot.allocation.offer import Offer
from bot.delivery import Receipt
from bot.digest import Digest, Pick, digest_from_record, digest_to_record
from bot.errors import JournalError
from bot.harvest.store import IssueStore
from bot.journal import DigestState, Journal, JournalEntry
from bot.terms import ChannelName, IssueRef

_NOTHING_RECORDED = "Nothing was recorded. Run again: what is in the journal is taken up."


def journal_exists(url: str) -> bool:
    """Is there a journal to read at this SQLAlchemy URL? Nothing is made by looking.

    What runs on a server counts as there; what lives in memory, as not. JournalError for what is
    no address.
    """
    return database_exists(url)


class SqlJournal(Journal):
    """A club's memory in a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """The journal at an SQLAlchemy URL, made if it is new; JournalError if it is unusable."""
        return cls(open_engine(url))

    def close(self) -> None:
        self._engine.dispose()

    def issue_store(self) -> IssueStore:
        """The harvest's store in the same database, usable as long as the journal is open."""
        return SqlIssueStore(self._engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record_week(
        self,
        week: str,
        prepared: Sequence[tuple[Digest, ChannelName]],
        current: str | None = None,
        again: Collection[str] = (),
    ) -> None:
        """Write down a week's digests in one step; earlier ones that nobody tried to send lapse."""
        logins = [login.casefold() for login in again]
        with transaction(self._engine, writes=True) as connection:
            # Weeks sort as text (`2026-W09` < `2026-W47`).
            _take_back(connection, digests.c.week < min(week, current or week))
            _take_back(connection, and_(digests.c.week == week, digests.c.login.in_(logins)))
            for digest, channel in prepared:
                _add_digest(connection, week, digest, channel)

    def replace_digest(self, digest: Digest) -> None:
        """Swap a prepared digest and its picks for the verified one."""
        with transaction(self._engine, writes=True) as connection:
            _require_prepared(connection, digest)
            connection.execute(
                update(digests)
                .where(_of(digests, digest.week, digest.student))
                .values(digest=digest_to_record(digest))
            )
            connection.execute(delete(picks).where(_of(picks, digest.week, digest.student)))
            _add_picks(connection, digest)

    def entry(self, week: str, login: str) -> JournalEntry | None:
        """The student's digest of that week."""
        with transaction(self._engine, writes=False) as connection:
            query = select(digests).where(_of(digests, week, login))
            row = connection.execute(query).mappings().first()
        return None if row is None else _entry(row)

    def entries(self, week: str) -> tuple[JournalEntry, ...]:
        """All digests of a week, by login."""
        with transaction(self._engine, writes=False) as connection:
            query = select(digests).where(digests.c.week == week)
            rows = connection.execute(query).mappings().all()
        return tuple(_entry(row) for row in sorted(rows, key=lambda row: row["login"]))

    def in_doubt(self) -> tuple[JournalEntry, ...]:
        """The digests of any week that were tried and have no receipt, by week and login."""
        query = select(digests).where(digests.c.state == DigestState.PREPARED.value, _tried())
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(query).mappings().all()
        by_week = sorted(rows, key=lambda row: (row["week"], row["login"]))
        return tuple(_entry(row) for row in by_week)

    def offers(self) -> tuple[Offer, ...]:
        """All issues that were offered or are kept, by week, student and position."""
        query = (
            select(picks, digests.c.delivered_at)
            .join(digests)
            .order_by(picks.c.week, picks.c.login, picks.c.position)
        )
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(_offer(row) for row in rows)

    def last_delivered_at(self, login: str) -> datetime | None:
        """When the student last got a digest."""
        query = select(func.max(digests.c.delivered_at)).where(digests.c.login == login.casefold())
        with transaction(self._engine, writes=False) as connection:
            moment = connection.scalar(query)
        return None if moment is None else aware(moment)

    def receipt(self, week: str, login: str, channel: ChannelName) -> Receipt | None:
        """The receipt of a delivery that is done."""
        with transaction(self._engine, writes=False) as connection:
            row = _delivery(connection, week, login, channel)
        if row is None or row["delivered_at"] is None:
            return None
        return Receipt(week, login, channel, row["place"], aware(row["delivered_at"]))

    def record_intent(self, week: str, login: str, channel: ChannelName, at: datetime) -> None:
        """Write down that a delivery is about to be tried; the first time counts."""
        intent_at = stored(at)
        with transaction(self._engine, writes=True) as connection:
            if _delivery(connection, week, login, channel) is None:
                row = _delivery_row(week, login, channel) | {"intent_at": intent_at}
                _add_delivery(connection, row)

    def record_receipt(self, receipt: Receipt) -> None:
        """Write down that a delivery is done: its picks are offered, its spares are free again."""
        week, login, channel = receipt.week, receipt.login, receipt.channel
        done = {"delivered_at": stored(receipt.delivered_at), "place": receipt.place}
        with transaction(self._engine, writes=True) as connection:
            row = _delivery(connection, week, login, channel)
            if row is None:
                _add_delivery(connection, _delivery_row(week, login, channel) | done)
            elif row["delivered_at"] is None:
                this = _delivery_of(week, login, channel)
                connection.execute(update(deliveries).where(this).values(done))
            _mark_delivered(connection, receipt)


def _of(table: Table, week: str, login: str) -> ColumnElement[bool]:
    return and_(table.c.week == week, table.c.login == login.casefold())


def _tried() -> ColumnElement[bool]:
    """Was a delivery of the digest begun, through whatever channel?"""
    return exists().where(
        deliveries.c.week == digests.c.week, deliveries.c.login == digests.c.login
    )


def _take_back(connection: Connection, which: ColumnElement[bool]) -> None:
    """Delete what was prepared and not tried to send; the picks go with their digest."""
    prepared = digests.c.state == DigestState.PREPARED.value
    connection.execute(delete(digests).where(which, prepared, ~_tried()))


def _add_digest(connection: Connection, week: str, digest: Digest, channel: ChannelName) -> None:
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
        raise JournalError(message, _NOTHING_RECORDED) from error
    _add_picks(connection, digest)


def _add_picks(connection: Connection, digest: Digest) -> None:
    for position, pick in enumerate(digest.picks):
        row = {
            "week": digest.week,
            "login": digest.student.casefold(),
            "position": position,
            "spare": pick.spare,
            "repository": pick.repository,
            "repository_folded": pick.repository.casefold(),
            "number": pick.number,
            "node_id": pick.node_id or None,
        }
        try:
            connection.execute(insert(picks).values(row))
        except IntegrityError as error:
            raise JournalError(_broken(error, digest, pick), _NOTHING_RECORDED) from error


def _broken(error: IntegrityError, digest: Digest, pick: Pick) -> str:
    """Which promise a pick would break: PostgreSQL names the constraint, SQLite its columns."""
    said = str(error.orig)
    columns = ("picks.login, picks.repository_folded", "picks.login, picks.node_id")
    if any(name in said for name in ("once_in_a_life", *columns)):
        return f"{pick.ref} was offered to {digest.student} before or is kept for them."
    return f"{pick.ref} is another student's in {digest.week}, so not {digest.student}'s too."


def _require_prepared(connection: Connection, digest: Digest) -> None:
    query = select(digests.c.state).where(_of(digests, digest.week, digest.student))
    state = connection.scalar(query)
    if state is None:
        message = f"There is no digest of {digest.student} for {digest.week} to replace."
        raise JournalError(message, _NOTHING_RECORDED)
    if state != DigestState.PREPARED.value:
        message = f"The digest of {digest.student} for {digest.week} is delivered: it stays."
        raise JournalError(message, _NOTHING_RECORDED)


def _delivery_of(week: str, login: str, channel: ChannelName) -> ColumnElement[bool]:
    return and_(_of(deliveries, week, login), deliveries.c.channel == channel.value)


def _delivery(
    connection: Connection, week: str, login: str, channel: ChannelName
) -> RowMapping | None:
    query = select(deliveries).where(_delivery_of(week, login, channel))
    return connection.execute(query).mappings().first()


def _delivery_row(week: str, login: str, channel: ChannelName) -> dict[str, object]:
    return {"week": week, "login": login.casefold(), "channel": channel.value}


def _add_delivery(connection: Connection, row: dict[str, object]) -> None:
    try:
        connection.execute(insert(deliveries).values(row))
    except IntegrityError as error:
        message = f"There is no digest of {row['login']} for {row['week']} to deliver."
        raise JournalError(message, _NOTHING_RECORDED) from error


def _mark_delivered(connection: Connection, receipt: Receipt) -> None:
    week, login = receipt.week, receipt.login
    prepared = and_(_of(digests, week, login), digests.c.state == DigestState.PREPARED.value)
    done = {"state": DigestState.DELIVERED.value, "delivered_at": stored(receipt.delivered_at)}
    connection.execute(update(digests).where(prepared).values(done))
    connection.execute(delete(picks).where(_of(picks, week, login), picks.c.spare))


def _entry(row: RowMapping) -> JournalEntry:
    try:
        digest = digest_from_record(row["digest"])
    except ValidationError as error:
        raise JournalError(
            f"The digest of {row['login']} for {row['week']} cannot be read from the journal.",
            "Use the version of foothold that wrote it, or put back a copy of the state.",
        ) from error
    delivered_at = None if row["delivered_at"] is None else aware(row["delivered_at"])
    return JournalEntry(
        digest, ChannelName(row["channel"]), DigestState(row["state"]), delivered_at
    )


def _offer(row: RowMapping) -> Offer:
    delivered_at = None if row["delivered_at"] is None else aware(row["delivered_at"])
    ref = IssueRef(row["repository"], row["number"])
    return Offer(row["login"], ref, row["week"], delivered_at, row["node_id"] or "")
