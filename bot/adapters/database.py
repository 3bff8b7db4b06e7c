"""The journal in SQL: SQLite beside the club's files, PostgreSQL by another address.

Comes in: digests, intents, setbacks and receipts. Goes out: the same, and what was offered. Every
method is one transaction; the promises are constraints of `database_tables`.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Self

from sqlalchemy import Engine, and_, delete, func, select, update

from bot.adapters.database_answers import SqlAnswerBook
from bot.adapters.database_communities import SqlCommunityStore
from bot.adapters.database_deliveries import (
    read_delivery,
    write_intent,
    write_receipt,
    write_release,
    write_setback,
)
from bot.adapters.database_digests import (
    add_digest,
    add_picks,
    entry_of,
    is_doubtful,
    of,
    offer_of,
    remove,
    require_prepared,
    sent_of,
    take_back,
    take_out_person,
)
from bot.adapters.database_engine import database_exists, open_engine, transaction
from bot.adapters.database_harvest import SqlIssueStore
from bot.adapters.database_lease import hold_lease
from bot.adapters.database_past import write_past
from bot.adapters.database_progress import SqlProgressBook
from bot.adapters.database_register import SqlRegister
from bot.adapters.database_reviews import SqlReviewBook
from bot.adapters.database_tables import aware, deliveries, digests, picks
from bot.adapters.state_branch import Place, StateBranch
from bot.allocation.offer import Offer
from bot.community.store import CommunityStore
from bot.delivery import Delivery, Receipt, Setback
from bot.digest import Digest, Sent, digest_to_record
from bot.feedback.answer import AnswerBook
from bot.harvest.store import IssueStore
from bot.journal import DigestState, Journal, JournalEntry, PastDigest
from bot.outcomes.progress import ProgressBook
from bot.register import Register
from bot.review.verdict import ReviewBook
from bot.terms import ChannelName


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

    def community_store(self) -> CommunityStore:
        """What is known of communities, in the same database, usable as long as the journal is."""
        return SqlCommunityStore(self._engine)

    def register(self) -> Register:
        """What people told, in the same database, usable as long as the journal is open."""
        return SqlRegister(self._engine)

    def answer_book(self) -> AnswerBook:
        """What students answered, in the same database, usable as long as the journal is open."""
        return SqlAnswerBook(self._engine)

    def progress_book(self) -> ProgressBook:
        """What became of picks, in the same database, usable as long as the journal is open."""
        return SqlProgressBook(self._engine)

    def review_book(self) -> ReviewBook:
        """What mentors decided, in the same database, usable as long as the journal is open."""
        return SqlReviewBook(self._engine)

    def branch(self, place: Place) -> StateBranch:
        """The branch that keeps the journal, usable as long as the journal is open."""
        return StateBranch(self._engine, place)

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
            take_back(connection, digests.c.week < min(week, current or week))
            take_back(connection, and_(digests.c.week == week, digests.c.login.in_(logins)))
            for digest, channel in prepared:
                add_digest(connection, week, digest, channel)

    def record_past(self, past: Sequence[PastDigest]) -> None:
        """Write down what was read back, into a journal that holds no digest."""
        with transaction(self._engine, writes=True) as connection:
            write_past(connection, past)

    def replace_digest(self, digest: Digest, channel: ChannelName | None = None) -> None:
        """Swap a prepared digest and its picks for the verified one."""
        news = {"digest": digest_to_record(digest)}
        if channel is not None:
            news["channel"] = channel.value
        with transaction(self._engine, writes=True) as connection:
            require_prepared(connection, digest)
            connection.execute(
                update(digests).where(of(digests, digest.week, digest.student)).values(news)
            )
            connection.execute(delete(picks).where(of(picks, digest.week, digest.student)))
            add_picks(connection, digest)

    def entry(self, week: str, login: str) -> JournalEntry | None:
        """The student's digest of that week."""
        with transaction(self._engine, writes=False) as connection:
            query = select(digests).where(of(digests, week, login))
            row = connection.execute(query).mappings().first()
        return None if row is None else entry_of(row)

    def entries(self, week: str) -> tuple[JournalEntry, ...]:
        """All digests of a week, by login."""
        with transaction(self._engine, writes=False) as connection:
            query = select(digests).where(digests.c.week == week)
            rows = connection.execute(query).mappings().all()
        return tuple(entry_of(row) for row in sorted(rows, key=lambda row: row["login"]))

    def sent_since(self, week: str) -> tuple[Sent, ...]:
        """All digests that went out, of that week and later, by week and login."""
        is_out = digests.c.state == DigestState.DELIVERED.value
        query = select(digests).where(is_out, digests.c.week >= week)
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(query).mappings().all()
        by_week = sorted(rows, key=lambda row: (row["week"], row["login"]))
        return tuple(sent_of(row) for row in by_week)

    def in_doubt(self) -> tuple[JournalEntry, ...]:
        """The digests that nobody knows to be out or not, with the channel that is in doubt."""
        query = (
            select(digests, deliveries.c.channel.label("tried"))
            .join(deliveries)
            .where(digests.c.state == DigestState.PREPARED.value, is_doubtful())
        )
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(query).mappings().all()
        by_week = sorted(rows, key=lambda row: (row["week"], row["login"], row["tried"]))
        return tuple(entry_of(row, row["tried"]) for row in by_week)

    def offers(self) -> tuple[Offer, ...]:
        """All issues that were offered or are kept, by week, student and position."""
        query = (
            select(picks, digests.c.delivered_at)
            .join(digests)
            .order_by(picks.c.week, picks.c.login, picks.c.position)
        )
        with transaction(self._engine, writes=False) as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(offer_of(row) for row in rows)

    def last_delivered_at(self, login: str) -> datetime | None:
        """When the student last got a digest."""
        query = select(func.max(digests.c.delivered_at)).where(digests.c.login == login.casefold())
        with transaction(self._engine, writes=False) as connection:
            moment = connection.scalar(query)
        return None if moment is None else aware(moment)

    def places(self, login: str | None = None) -> tuple[str, ...]:
        """Where digests stand: the student's, or everybody's."""
        query = (
            select(deliveries.c.place)
            .where(deliveries.c.place.is_not(None))
            .order_by(deliveries.c.week, deliveries.c.login, deliveries.c.channel)
        )
        if login is not None:
            query = query.where(deliveries.c.login == login.casefold())
        with transaction(self._engine, writes=False) as connection:
            return tuple(connection.scalars(query))

    def forget(self, login: str) -> int:
        """Forget all that was prepared for and sent to the student; how many digests that were."""
        with transaction(self._engine, writes=True) as connection:
            take_out_person(connection, login)
            return remove(connection, digests.c.login == login.casefold())

    def forget_before(self, week: str) -> None:
        """Forget all digests of earlier weeks, and what they offered."""
        with transaction(self._engine, writes=True) as connection:
            remove(connection, digests.c.week < week)

    def lease(self) -> AbstractContextManager[None]:
        """The right to send, for one run at a time."""
        return hold_lease(self._engine)

    def delivery(self, week: str, login: str, channel: ChannelName) -> Delivery | None:
        """How far a delivery has come."""
        with transaction(self._engine, writes=False) as connection:
            return read_delivery(connection, week, login, channel)

    def record_intent(
        self, week: str, login: str, channel: ChannelName, at: datetime, target: str = ""
    ) -> None:
        """Write down that a delivery is about to be tried."""
        with transaction(self._engine, writes=True) as connection:
            write_intent(connection, (week, login, channel), at, target)

    def record_setback(self, week: str, login: str, channel: ChannelName, setback: Setback) -> None:
        """Write down that a delivery surely is not out."""
        with transaction(self._engine, writes=True) as connection:
            write_setback(connection, week, login, channel, setback)

    def release(self, week: str, login: str, channel: ChannelName) -> None:
        """Let a delivery be tried again as if it never was."""
        with transaction(self._engine, writes=True) as connection:
            write_release(connection, week, login, channel)

    def record_receipt(self, receipt: Receipt) -> None:
        """Write down that a delivery is done: its picks are offered, its spares are free again."""
        with transaction(self._engine, writes=True) as connection:
            write_receipt(connection, receipt)
