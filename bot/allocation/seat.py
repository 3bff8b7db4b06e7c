"""A student's seat at the club's table: what is weighed up for them, and what they hold."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence, Set
from hashlib import sha256
from itertools import islice
from typing import Generic

import numpy as np

from bot.allocation.allotment import S
from bot.allocation.rules import MAX_OF_REPOSITORY_OVER_CLUB, WEAK_LOG_ODDS
from bot.allocation.variety import Likeness, find_near_duplicates, order_by_variety
from bot.terms import IssueRef

#: So many issues are weighed up for a place: half of them may be others', and some stand in each
#: other's way. Ten for a place change the club's sum by 0.3 % and double the time; with three it
#: is 0.7 % lower (measured on fictional clubs of 10 to 100 students).
LISTED_PER_PLACE = 6
MAX_LISTED = 60
#: The rivals of most issues.
_NONE: frozenset[IssueRef] = frozenset()


class Seat(Generic[S]):
    """One student at work: the list drawn so far, with values, and the hand.

    `fixed` is held whatever happens (the picks, while spares are dealt), `hand` may change.
    """

    def __init__(self, login: str, ranked: Sequence[S], week: str) -> None:
        self.login = login
        self.ranked = ranked
        #: Another order every week, so that nobody is always the first of equals.
        self.turn = sha256(f"{week} {login}".encode()).digest()
        self.n_places = 0
        self.fixed: tuple[IssueRef, ...] = ()
        self.hand: tuple[IssueRef, ...] = ()
        #: What the hand would be worth with the week to oneself.
        self.alone = 0.0
        #: What is weighed up, best first, and what each is worth to this student.
        self.listed: tuple[IssueRef, ...] = ()
        self.values: dict[IssueRef, float] = {}
        self.scored: dict[IssueRef, S] = {}
        self._rivals: dict[IssueRef, set[IssueRef]] = {}
        #: How far down the ranking all was listed or not free.
        self._cursor = 0

    @property
    def held(self) -> tuple[IssueRef, ...]:
        return self.fixed + self.hand

    @property
    def worth(self) -> float:
        return sum(self.values[ref] for ref in self.hand)

    @property
    def share(self) -> float:
        """What part of a week alone the hand is; 1 for those who would have nothing."""
        return self.worth / self.alone if self.alone > 0 else 1.0

    def rivals(self, ref: IssueRef) -> Set[IssueRef]:
        """The near-duplicates of a listed issue among the listed."""
        return self._rivals.get(ref, _NONE)

    def start_again(self) -> None:
        """Forget which issues were passed over: others may have let go of them."""
        self._cursor = 0

    def keep_hand(self, n_beside: int) -> None:
        """Fix what is held, and want so many beside it, if the hand is full; without a floor."""
        self.n_places = n_beside if len(self.hand) == self.n_places else 0
        self.fixed, self.hand, self.alone = self.hand, (), 0.0
        self.start_again()

    def draw(self, is_free: Callable[[IssueRef], bool], likeness: Likeness) -> bool:
        """List what is held and the next best free issues; False where there are none.

        The club gives five issues of a repository at most, so five of one are enough.
        """
        n_listed = min(LISTED_PER_PLACE * self.n_places, MAX_LISTED)
        fresh = tuple(islice(self._next_free(is_free), n_listed))
        if not fresh:
            return False
        self.scored |= {one.issue.ref: one for one in fresh}
        self._weigh(tuple(one.issue.ref for one in fresh), likeness)
        return True

    def _next_free(self, is_free: Callable[[IssueRef], bool]) -> Iterator[S]:
        held, n_of = set(self.held), Counter[str]()
        for one in islice(self.ranked, self._cursor, None):
            self._cursor += 1
            ref = one.issue.ref
            if not is_free(ref) or ref in held:
                continue
            if one.log_odds < WEAK_LOG_ODDS:
                return
            n_of[ref.repository] += 1
            if n_of[ref.repository] <= MAX_OF_REPOSITORY_OVER_CLUB:
                yield one

    def _weigh(self, fresh: tuple[IssueRef, ...], likeness: Likeness) -> None:
        refs = self.held + fresh
        alike = np.clip(np.nan_to_num(likeness(refs)), 0.0, 1.0)
        log_odds = [self.scored[ref].log_odds for ref in refs]
        order, values = order_by_variety(log_odds, alike, len(self.held))
        mine = {ref: self.values[ref] for ref in self.held}
        self.values = {refs[n]: value for n, value in zip(order, values, strict=True)} | mine
        self.listed = tuple(sorted(self.values, key=lambda ref: -self.values[ref]))
        near = find_near_duplicates([self.scored[ref].issue for ref in refs])
        rivals = defaultdict[IssueRef, set[IssueRef]](set)
        for one, other in np.argwhere(near):
            rivals[refs[one]].add(refs[other])
        self._rivals = rivals
