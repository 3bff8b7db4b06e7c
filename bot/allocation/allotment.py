"""What a student gets, and what of it the others cost."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.allocation.rules import FLOOR
from bot.ranking.score import Scored

S = TypeVar("S", bound=Scored)


@dataclass(frozen=True, slots=True)
class Allotment(Generic[S]):
    """One student's picks, best first, and their spares.

    `worth` and `alone` are sums over picks, in log-odds less what likeness takes off (`variety`).
    """

    picks: tuple[S, ...] = ()
    spares: tuple[S, ...] = ()
    #: What the picks are worth, and what they would be with the week to oneself.
    worth: float = 0.0
    alone: float = 0.0

    @property
    def lost(self) -> float:
        """The share in [0, 1] that the student went without because of the others."""
        return max(0.0, 1 - self.worth / self.alone) if self.alone > 0 else 0.0


def common_share(allotments: Iterable[Allotment[Any]]) -> float:
    """The share of a week alone that everybody got at least; `FLOOR` at most.

    Less than `FLOOR` says that there are too few issues for what the club asks for.
    """
    return min((FLOOR, *(1 - one.lost for one in allotments)))
