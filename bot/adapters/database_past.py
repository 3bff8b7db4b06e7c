"""The rows of what was read back after a loss, written all at once.

Comes in: a connection in a transaction, digests of a lost journal. Goes out: rows. A year of a club
of two hundred is fifty thousand picks, so each table gets all of its rows with one statement.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from bot.adapters.database_digests import NOTHING_RECORDED, pick_rows
from bot.adapters.database_tables import deliveries, digests, picks, stored
from bot.digest import digest_to_record
from bot.errors import JournalError
from bot.journal import DigestState, PastDigest

Row = dict[str, object]


def write_past(connection: Connection, past: Sequence[PastDigest]) -> None:
    """JournalError where the journal holds a digest, or these would break one of its promises."""
    if connection.execute(select(digests.c.week).limit(1)).first() is not None:
        raise JournalError(
            "The journal holds digests already, so nothing was read back into it.",
            "To begin anew, set FOOTHOLD_STATE to an empty state, and run it again.",
        )
    try:
        _insert(connection, digests, [_digest_row(one) for one in past])
        _insert(connection, picks, [row for one in past for _, row in pick_rows(one.digest)])
        _insert(connection, deliveries, list(chain.from_iterable(map(_delivery_rows, past))))
    except IntegrityError as error:
        message = "What was read back holds a digest or an issue of somebody twice."
        raise JournalError(message, NOTHING_RECORDED) from error


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _key(one: PastDigest) -> Row:
    return {"week": one.digest.week, "login": one.digest.student.casefold()}


def _digest_row(one: PastDigest) -> Row:
    is_out = bool(one.receipts)
    return _key(one) | {
        "digest": digest_to_record(one.digest),
        "channel": one.channel.value,
        "state": (DigestState.DELIVERED if is_out else DigestState.PREPARED).value,
        "delivered_at": stored(one.receipts[0].delivered_at) if is_out else None,
    }


def _delivery_rows(one: PastDigest) -> Iterator[Row]:
    for receipt in one.receipts:
        yield _key(one) | {
            "channel": receipt.channel.value,
            "intent_at": None,
            "delivered_at": stored(receipt.delivered_at),
            "place": receipt.place,
        }
    if not one.receipts:
        yield _key(one) | {
            "channel": one.channel.value,
            "intent_at": stored(one.at),
            "delivered_at": None,
            "place": None,
        }
