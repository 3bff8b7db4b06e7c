"""The club's table: what is given to whom, and what may still be given."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from bot.allocation.rules import MAX_OF_REPOSITORY, MAX_OF_REPOSITORY_OVER_CLUB, Already
from bot.allocation.seat import Seat
from bot.terms import IssueRef


class Table:
    """Who holds what; no issue goes to two students, and no repository gets a crowd."""

    def __init__(self, already: Already) -> None:
        self.holders: dict[IssueRef, Seat[Any]] = {}
        self._n_of_repository = Counter(already.n_of_repository)

    def room(self, repository: str) -> int:
        """How many more issues of a repository the club may get."""
        return max(0, MAX_OF_REPOSITORY_OVER_CLUB - self._n_of_repository[repository])

    def is_free(self, ref: IssueRef) -> bool:
        is_full = self._n_of_repository.get(ref.repository, 0) >= MAX_OF_REPOSITORY_OVER_CLUB
        return not is_full and ref not in self.holders

    def fits(self, seat: Seat[Any], ref: IssueRef) -> bool:
        """May this student get the issue beside what they hold?"""
        held = seat.held
        same = sum(other.repository == ref.repository for other in held)
        return self.is_free(ref) and same < MAX_OF_REPOSITORY and seat.rivals(ref).isdisjoint(held)

    def give(self, seat: Seat[Any], refs: Iterable[IssueRef]) -> None:
        for ref in refs:
            seat.hand += (ref,)
            self.holders[ref] = seat
            self._n_of_repository[ref.repository] += 1

    def take_back(self, seat: Seat[Any]) -> tuple[IssueRef, ...]:
        """The student's hand, which lies on the table again."""
        hand, seat.hand = seat.hand, ()
        for ref in hand:
            del self.holders[ref]
            self._n_of_repository[ref.repository] -= 1
        return hand
