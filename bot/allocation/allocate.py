"""Allocation: who gets which issue this week, over the whole club.

Comes in: each student's scored issues, best first, and wish. Goes out: each one's `Allotment`.
First what each would get alone, then a draft, then exchanges (decision 0011).
"""

from collections.abc import Mapping, Sequence

from bot.allocation.allotment import Allotment, S
from bot.allocation.draft import deal, deal_alone
from bot.allocation.exchange import exchange
from bot.allocation.rules import N_SPARES, NOTHING_YET, Already
from bot.allocation.seat import Seat
from bot.allocation.table import Table
from bot.allocation.variety import Likeness, unlike
from bot.terms import IssueRef


def allocate(
    ranked: Mapping[str, Sequence[S]],
    n_wanted: Mapping[str, int],
    already: Already = NOTHING_YET,
    likeness: Likeness = unlike,
) -> dict[str, Allotment[S]]:
    """Picks for every student, then spares for those whose picks are full.

    No issue goes to two students. The result does not depend on the order of the students.
    """
    table = Table(already)
    seats = [Seat(login, some, already.week) for login, some in ranked.items()]
    seats.sort(key=lambda one: one.turn)
    for seat in seats:
        seat.n_places = n_wanted[seat.login]
        deal_alone(seat, table, likeness)
    _hand_out(seats, table, likeness)
    alone = {seat.login: seat.alone for seat in seats}
    for seat in seats:
        seat.keep_hand(N_SPARES)
        if seat.n_places:
            seat.draw(table.is_free, likeness)
    _hand_out(seats, table, likeness)
    by_login = {seat.login: seat for seat in seats}
    return {
        login: _to_allotment(by_login[login], n_wanted[login], alone[login]) for login in ranked
    }


def _hand_out(seats: Sequence[Seat[S]], table: Table, likeness: Likeness) -> None:
    """A draft, exchanges, and a look for what these left to those who are short."""
    deal(seats, table, likeness)
    exchange(seats, table)
    for seat in seats:
        seat.start_again()
    deal(seats, table, likeness)


def _to_allotment(seat: Seat[S], n_picks: int, alone: float) -> Allotment[S]:
    """The best of what is held are the picks, so that no spare beats one."""
    best = sorted(seat.held, key=lambda ref: (-seat.values[ref], -seat.scored[ref].log_odds, ref))
    picks, spares = best[:n_picks], best[n_picks:]
    worth = sum(seat.values[ref] for ref in picks)
    return Allotment(_sorted(picks, seat), _sorted(spares, seat), worth, alone)


def _sorted(refs: Sequence[IssueRef], seat: Seat[S]) -> tuple[S, ...]:
    some = (seat.scored[ref] for ref in refs)
    return tuple(sorted(some, key=lambda one: (-one.log_odds, one.issue.ref)))
