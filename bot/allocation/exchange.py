"""Exchange: students who want what others hold put their hands together and share them out anew.

Comes in: hands that keep the rules. Goes out: hands that keep them and are worth no less. A small
club is one group, and its result the best there is; a large one is improved group by group, each
time within what all others hold.
"""

from collections import deque
from collections.abc import Sequence, Set
from typing import Any

from bot.allocation.program import Hands, Program
from bot.allocation.rules import EVEN, FLOOR
from bot.allocation.seat import Seat
from bot.allocation.table import Table

#: So many share out anew at a time: the solver's work grows faster than the group (0.1 s for 40).
GROUP = 40
#: So many look for the highest common share, which is harder to prove (0.1 s for 12), around so
#: many of those who have least.
SMALL_GROUP, N_LIFTED = 12, 20
N_ROUNDS = 2
#: The highest common share is found to half a hundredth.
NEAR_SHARE = 0.005
#: To raise the least share, those who had more give up as little of it as they can.
KEPT_PARTS = (1.0, 0.9, 0.75, 0.5)
#: Of two results with the same least share that is better in which, below the floor, every gain
#: counts so many times more.
PROTECTED = 10.0

Group = Sequence[Seat[Any]]


def exchange(seats: Group, table: Table) -> None:
    """Raise those below the floor, then the sum, until nobody gains or two rounds are over."""
    _lift(seats, table)
    for _ in range(N_ROUNDS):
        grouped, has_gained = set[str](), False
        for first in _worst_first(seats):
            if first.login not in grouped:
                is_small = len(seats) <= GROUP
                group = seats if is_small else _gather(first, table, GROUP, grouped)
                grouped |= {seat.login for seat in group}
                has_gained |= _raise_sum(group, table)
        if not has_gained:
            break


def _lift(seats: Group, table: Table) -> None:
    """Share out anew around some students below the floor, the worst first; all of a few."""
    tried: set[str] = set()
    for _ in range(N_LIFTED):
        short = [one for one in seats if one.share < FLOOR - EVEN and one.login not in tried]
        if not short:
            break
        first = _worst_first(short)[0]
        tried.add(first.login)
        is_small = len(seats) <= SMALL_GROUP
        _raise_least(seats if is_small else _gather(first, table, SMALL_GROUP), table)
        if is_small:
            break


def _worst_first(seats: Group) -> list[Seat[Any]]:
    return sorted(seats, key=lambda one: (round(one.share, 9), one.turn))


def _gather(
    first: Seat[Any], table: Table, size: int, grouped: Set[str] = frozenset()
) -> list[Seat[Any]]:
    """A student with those who hold what they want, with those who hold what these want ..."""
    group, asking = {first.login: first}, deque([first])
    while asking and len(group) < size:
        for seat in _holders(asking.popleft(), table):
            if seat.login not in grouped and seat.login not in group and len(group) < size:
                group[seat.login] = seat
                asking.append(seat)
    return sorted(group.values(), key=lambda one: one.turn)


def _holders(seat: Seat[Any], table: Table) -> list[Seat[Any]]:
    """Who holds what this student would rather have than the worst they hold, best first."""
    is_full = len(seat.hand) == seat.n_places
    worst = min((seat.values[ref] for ref in seat.hand), default=0.0) if is_full else 0.0
    wanted = [ref for ref in seat.listed if seat.values[ref] > worst]
    holders = [table.holders[ref] for ref in wanted if ref in table.holders]
    return [one for one in dict.fromkeys(holders) if one is not seat]


def _raise_least(group: Group, table: Table) -> None:
    """The highest share that all can have, by halving; the others keep as much as goes with it."""
    kept = [min(FLOOR, seat.share) for seat in group]
    best = old = [table.take_back(seat) for seat in group]
    program = Program(group, table)
    low, high = min(kept), program.share_at_most()
    aim = high
    while high - low > NEAR_SHARE:
        hands = program.solve([aim] * len(group))
        best = _better(group, best, hands)
        low, high = (aim, high) if hands else (low, aim)
        aim = (low + high) / 2
    for part in KEPT_PARTS if best is not old else ():
        hands = program.solve([max(low, part * share) for share in kept])
        best = _better(group, best, hands)
        if hands:
            break
    _lay_down(group, best, table)


def _raise_sum(group: Group, table: Table) -> bool:
    """The highest sum that takes from nobody below the floor; has anybody gained?"""
    if len(group) == 1:
        return False
    floors = [min(FLOOR, seat.share) for seat in group]
    old = [table.take_back(seat) for seat in group]
    program = Program(group, table)
    best = old
    if min(floors) < FLOOR - EVEN:
        best = _better(group, old, program.solve([FLOOR] * len(group)))
    if best is old:
        best = _better(group, old, program.solve(floors))
    _lay_down(group, best, table)
    return best is not old


def _lay_down(group: Group, hands: Hands, table: Table) -> None:
    for seat, hand in zip(group, hands, strict=True):
        table.give(seat, hand)


def _better(group: Group, old: Hands, new: Hands | None) -> Hands:
    """The new hands, if the least share has grown, or with an even one the sum; else the old."""
    if new is None:
        return old
    (least, total), (new_least, new_total) = _merit(group, old), _merit(group, new)
    if new_least > least + 2 * EVEN:
        return new
    return new if new_least > least - 2 * EVEN and new_total > total + EVEN else old


def _merit(group: Group, hands: Hands) -> tuple[float, float]:
    """The least share, up to the floor, and the sum in which what is below the floor is dear."""
    worths = [
        sum(seat.values[ref] for ref in hand) for seat, hand in zip(group, hands, strict=True)
    ]
    shares = [
        min(FLOOR, worth / seat.alone) if seat.alone > 0 else FLOOR
        for seat, worth in zip(group, worths, strict=True)
    ]
    dear = sum(seat.alone * share for seat, share in zip(group, shares, strict=True))
    return min(shares), sum(worths) + PROTECTED * dear
