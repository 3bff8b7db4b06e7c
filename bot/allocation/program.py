"""The assignment of some students as a mixed-integer program, for HiGHS by way of scipy.

Comes in: seats with empty hands, the table with what everybody else holds. Goes out: hands. A
column is an issue for a student; rows are the rules. Without the floors and the near-duplicates the
rows are a network's (issues within repositories, repositories within digests), whose corners are
whole numbers; so the relaxation is nearly whole, and the solver rarely branches.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from bot.allocation.rules import EVEN, FLOOR, MAX_OF_REPOSITORY
from bot.allocation.seat import Seat
from bot.allocation.table import Table
from bot.terms import IssueRef

#: A count, never a clock, so that the same week is the same on every machine.
N_NODES, GAP = 200, 1e-4

Hands = list[tuple[IssueRef, ...]]


class Program:
    """Columns and rows of some seats, and the best hands under given floors."""

    def __init__(self, seats: Sequence[Seat[Any]], table: Table) -> None:
        self.seats = seats
        self.columns = [
            (n, ref) for n, seat in enumerate(seats) for ref in seat.listed if table.fits(seat, ref)
        ]
        self.values = np.array([seats[n].values[ref] for n, ref in self.columns])
        self._of_seat: list[list[int]] = [[] for _ in seats]
        for column, (n, _) in enumerate(self.columns):
            self._of_seat[n].append(column)
        self._entries: list[tuple[int, int, float]] = []
        self._lower: list[float] = []
        self._upper: list[float] = []
        self._add_rules(table)
        self._n_rules, self._n_entries = len(self._lower), len(self._entries)

    def solve(self, floors: Sequence[float]) -> Hands | None:
        """Hands of the highest sum of those that give each student this share of a week alone.

        None where there are none, or none were found within the limits.
        """
        if not self.columns:
            return None
        # The solver takes half a second to import, and most commands never allocate.
        from scipy.optimize import Bounds, LinearConstraint, milp

        self._set_floors(floors)
        n = len(self.columns)
        found = milp(
            -self.values,
            integrality=np.ones(n, dtype=np.int8),
            bounds=Bounds(np.zeros(n), np.ones(n)),
            constraints=LinearConstraint(self._matrix(n), self._lower, self._upper),
            options={"node_limit": N_NODES, "mip_rel_gap": GAP},
        )
        if found.x is None:
            return None
        chosen = [self.columns[k] for k in np.flatnonzero(found.x > 1 / 2)]
        return [tuple(ref for m, ref in chosen if m == k) for k in range(len(self.seats))]

    def share_at_most(self) -> float:
        """What no way of sharing out can give to all: the highest share in fractions of issues."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        seats = [(mine, seat.alone) for mine, seat in zip(self._of_seat, self.seats, strict=True)]
        self._set_floors([])
        n = len(self.columns)
        for mine, alone in seats:
            if alone > 0:
                self._add([*((column, self.values[column]) for column in mine), (n, -alone)], 0.0)
        found = milp(
            [0.0] * n + [-1.0],
            bounds=Bounds(np.zeros(n + 1), np.append(np.ones(n), FLOOR)),
            constraints=LinearConstraint(self._matrix(n + 1), self._lower, self._upper),
        )
        return FLOOR if found.x is None else float(found.x[n])

    def _set_floors(self, floors: Sequence[float]) -> None:
        """Rows for these floors, in place of earlier ones."""
        del self._lower[self._n_rules :], self._upper[self._n_rules :]
        del self._entries[self._n_entries :]
        for mine, seat, share in zip(self._of_seat, self.seats, floors, strict=False):
            if seat.alone > 0 and share > EVEN:
                row = [(column, self.values[column]) for column in mine]
                self._add(row, (share - EVEN) * seat.alone)

    def _matrix(self, n_columns: int) -> csr_array:
        rows, columns, entries = np.array(self._entries).reshape(-1, 3).T
        shape = (len(self._lower), n_columns)
        return csr_array((entries, (rows.astype(int), columns.astype(int))), shape=shape)

    def _add_rules(self, table: Table) -> None:
        """What holds for a student, an issue, a repository, and two that say the same."""
        for n, seat in enumerate(self.seats):
            self._add_at_most(self._of_seat[n], seat.n_places)
            self._add_apart(n)
        for _, mine in self._grouped(lambda n, ref: (n, ref.repository)):
            n, ref = self.columns[mine[0]]
            fixed = sum(one.repository == ref.repository for one in self.seats[n].fixed)
            self._add_at_most(mine, MAX_OF_REPOSITORY - fixed)
        for _, same in self._grouped(lambda _, ref: ref):
            self._add_at_most(same, 1)
        for name, some in self._grouped(lambda _, ref: ref.repository):
            self._add_at_most(some, table.room(name))

    def _add_apart(self, n: int) -> None:
        """One of each clique of near-duplicates; cliques bind tighter than pairs."""
        rivals = self.seats[n].rivals
        column_of = {self.columns[column][1]: column for column in self._of_seat[n]}
        told: set[tuple[IssueRef, IssueRef]] = set()
        for ref in column_of:
            for other in column_of:
                if other not in rivals(ref) or (ref, other) in told:
                    continue
                clique = [ref, other]
                clique += [
                    one for one in column_of if one not in clique and rivals(one) >= set(clique)
                ]
                clique = _mutual(clique, rivals)
                told |= {(one, two) for one in clique for two in clique}
                self._add_at_most([column_of[one] for one in clique], 1)

    def _grouped(self, key: Callable[[int, IssueRef], Hashable]) -> Iterable[tuple[Any, list[int]]]:
        groups = defaultdict[Any, list[int]](list)
        for column, (n, ref) in enumerate(self.columns):
            groups[key(n, ref)].append(column)
        return groups.items()

    def _add_at_most(self, columns: Sequence[int], most: int) -> None:
        if len(columns) > most:
            self._add([(column, 1.0) for column in columns], -np.inf, most)

    def _add(self, row: Iterable[tuple[int, float]], lower: float, upper: float = np.inf) -> None:
        self._entries += [(len(self._lower), column, value) for column, value in row]
        self._lower.append(lower)
        self._upper.append(upper)


def _mutual(
    refs: Sequence[IssueRef], rivals: Callable[[IssueRef], Set[IssueRef]]
) -> list[IssueRef]:
    """Those that are rivals of all before them."""
    clique: list[IssueRef] = []
    for ref in refs:
        if rivals(ref) >= set(clique):
            clique.append(ref)
    return clique
