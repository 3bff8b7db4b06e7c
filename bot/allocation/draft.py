"""A draft: round by round the best that is left, whoever had the worst luck so far first.

It keeps every rule and empties nobody's week; what it leaves to be gained is `exchange`'s.
"""

from collections.abc import Sequence
from typing import Any

from bot.allocation.seat import Seat
from bot.allocation.table import Table
from bot.allocation.variety import Likeness
from bot.terms import IssueRef


def deal(seats: Sequence[Seat[Any]], table: Table, likeness: Likeness) -> None:
    """Fill the hands; who finds nothing in their list draws deeper while anything is left."""
    waiting = list(seats)
    while waiting:
        still = []
        for seat in sorted(waiting, key=lambda one: (one.share, one.turn)):
            if len(seat.hand) >= seat.n_places:
                continue
            choice = _choose(seat, table, likeness)
            if choice is not None:
                table.give(seat, [choice])
                still.append(seat)
        waiting = still


def deal_alone(seat: Seat[Any], table: Table, likeness: Likeness) -> None:
    """Find what the student would get with the week to themselves, and list their best again."""
    if not seat.draw(table.is_free, likeness):
        return
    best = seat.listed
    deal([seat], table, likeness)
    seat.alone = seat.worth
    table.take_back(seat)
    if seat.listed is not best:
        seat.start_again()
        seat.draw(table.is_free, likeness)


def _choose(seat: Seat[Any], table: Table, likeness: Likeness) -> IssueRef | None:
    """The best that may be had; lists are best first."""
    while True:
        for ref in seat.listed:
            if table.fits(seat, ref):
                return ref
        if not seat.draw(table.is_free, likeness):
            return None
