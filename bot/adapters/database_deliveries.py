"""The rows of deliveries: intents, setbacks, receipts.

Comes in: a connection in a transaction. Goes out: how far a delivery has come. A row with a receipt
is done, one with a setback surely is not out, one with neither is in doubt.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.adapters.database_digests import NOTHING_RECORDED, mark_delivered, of
from bot.adapters.database_tables import aware, deliveries, stored
from bot.delivery import Delivery, Receipt, Setback
from bot.errors import JournalError
from bot.terms import ChannelName


def read_delivery(
    connection: Connection, week: str, login: str, channel: ChannelName
) -> Delivery | None:
    row = _row(connection, week, login, channel)
    if row is None:
        return None
    receipt = None
    if row["delivered_at"] is not None:
        receipt = Receipt(week, login, channel, row["place"], aware(row["delivered_at"]))
    setback = None if row["setback"] is None else Setback(row["setback"])
    tried_at = row["intent_at"] and aware(row["intent_at"])
    return Delivery(receipt, setback, row["n_deferrals"], row["target"], tried_at)


def write_intent(
    connection: Connection,
    key: tuple[str, str, ChannelName],
    at: datetime,
    target: str,
) -> None:
    """A setback is taken back by it; of intents without one the first counts."""
    week, login, channel = key
    tried = {"intent_at": stored(at), "target": target}
    row = _row(connection, week, login, channel)
    if row is None:
        _add(connection, _key(week, login, channel) | tried)
    elif row["setback"] is not None and row["delivered_at"] is None:
        connection.execute(
            update(deliveries).where(_this(week, login, channel)).values(tried | {"setback": None})
        )


def write_setback(
    connection: Connection, week: str, login: str, channel: ChannelName, setback: Setback
) -> None:
    """Of a delivery that was tried; JournalError for one that was not."""
    row = _row(connection, week, login, channel)
    if row is None:
        message = f"No delivery of {login}'s digest for {week} by {channel} was tried."
        raise JournalError(message, NOTHING_RECORDED)
    if row["delivered_at"] is None:
        n_deferrals = row["n_deferrals"] + (setback is Setback.DEFERRED)
        known = {"setback": setback.value, "n_deferrals": n_deferrals}
        connection.execute(update(deliveries).where(_this(week, login, channel)).values(known))


def write_release(connection: Connection, week: str, login: str, channel: ChannelName) -> None:
    """Forget why it is not out, and how often it was put off; a receipt stays."""
    undone = and_(_this(week, login, channel), deliveries.c.delivered_at.is_(None))
    anew = {"setback": Setback.UNSENT.value, "n_deferrals": 0}
    connection.execute(update(deliveries).where(undone).values(anew))


def write_receipt(connection: Connection, receipt: Receipt) -> None:
    """The first receipt stays; the digest is delivered with it."""
    week, login, channel = receipt.week, receipt.login, receipt.channel
    done = {"delivered_at": stored(receipt.delivered_at), "place": receipt.place, "setback": None}
    row = _row(connection, week, login, channel)
    if row is None:
        _add(connection, _key(week, login, channel) | done)
    elif row["delivered_at"] is None:
        connection.execute(update(deliveries).where(_this(week, login, channel)).values(done))
    mark_delivered(connection, receipt)


def _this(week: str, login: str, channel: ChannelName) -> ColumnElement[bool]:
    return and_(of(deliveries, week, login), deliveries.c.channel == channel.value)


def _row(connection: Connection, week: str, login: str, channel: ChannelName) -> RowMapping | None:
    query = select(deliveries).where(_this(week, login, channel))
    return connection.execute(query).mappings().first()


def _key(week: str, login: str, channel: ChannelName) -> dict[str, object]:
    return {"week": week, "login": login.casefold(), "channel": channel.value}


def _add(connection: Connection, row: dict[str, object]) -> None:
    try:
        connection.execute(insert(deliveries).values(row))
    except IntegrityError as error:
        message = f"There is no digest of {row['login']} for {row['week']} to deliver."
        raise JournalError(message, NOTHING_RECORDED) from error
