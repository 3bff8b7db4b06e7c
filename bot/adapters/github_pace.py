"""How much of a question is asked at once.

Comes in: how questions fared. Goes out: the size of the next one. GitHub charges extra for a
question that it could not answer in time, so the same is never asked again ("Timeouts":
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api).
"""

from dataclasses import dataclass

#: What is too heavy at this size is not asked for any smaller.
FLOOR = 12
#: After so many good answers twice as much is asked for; our judgement.
N_GOOD = 5
#: No question asks for more: as good as no bound.
UNBOUND = 10_000


@dataclass(slots=True)
class Pace:
    """How many things one document may ask for: half after a failure, then more again."""

    most: int = UNBOUND
    #: How many good answers it takes to grow; doubled when a growth turns out to be too much.
    n_wanted: int = N_GOOD
    n_good: int = 0
    has_grown: bool = False

    def was_good(self) -> None:
        self.n_good += 1
        if self.n_good >= self.n_wanted and self.most < UNBOUND:
            self.most, self.n_good, self.has_grown = min(UNBOUND, self.most * 2), 0, True

    def was_too_heavy(self, n: int) -> bool:
        """Ask for half of these `n` from now on; False where they were few already."""
        if self.has_grown:
            self.n_wanted, self.has_grown = self.n_wanted * 2, False
        self.most, self.n_good = max(FLOOR, n // 2), 0
        return n > FLOOR
