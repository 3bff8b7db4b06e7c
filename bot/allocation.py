"""Allocation: who gets which issue this week, over the whole club.

Comes in: each student's ranked issues and wish. Goes out: each one's `Allotment`.
A draft: in each round every student takes their best issue that is left; so nobody's week is
emptied by the others. An assignment problem may replace it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.ranking.score import RankedIssue
from bot.screening.survey import title_shape
from bot.terms import IssueRef

#: One digest shows so many issues of one repository, and so many stand by for it.
MAX_OF_REPOSITORY = 2
#: The whole club sends so many to one repository in a week: ranking sends crowds.
MAX_OF_REPOSITORY_OVER_CLUB = 5
N_SPARES = 2
#: Below an even score an issue is weak, and a digest is not filled up with it.
WEAK_LOG_ODDS = 0.0
#: Titles that share so much of their words are near-duplicates.
NEAR_DUPLICATE = 0.6


@dataclass(frozen=True, slots=True)
class Offer:
    """An issue that was offered to a student, or (`delivered_at` None) is kept for them.

    The journal tells `login` casefolded: compare it with a folded one, as GitHub does.
    """

    login: str
    ref: IssueRef
    week: str
    delivered_at: datetime | None
    #: GitHub's id, which outlives a repository's renaming; empty where it is unknown.
    node_id: str = ""


@dataclass(frozen=True, slots=True)
class Allotment:
    """One student's picks, best first, and their spares."""

    picks: tuple[RankedIssue, ...] = ()
    spares: tuple[RankedIssue, ...] = ()


@dataclass(frozen=True, slots=True)
class Already:
    """What an earlier run of the week gave away, by repository; the week decides who is first."""

    week: str
    n_of_repository: Mapping[str, int]


NOTHING_YET = Already("", {})


def allocate(
    ranked: Mapping[str, tuple[RankedIssue, ...]],
    n_wanted: Mapping[str, int],
    already: Already = NOTHING_YET,
) -> dict[str, Allotment]:
    """Picks for every student, then spares; no issue goes to two students."""
    draft = _Draft(already)
    picks = draft.deal(ranked, n_wanted)
    spares = draft.deal(ranked, dict.fromkeys(ranked, N_SPARES), beside=picks)
    return {login: Allotment(_sorted(picks[login]), _sorted(spares[login])) for login in ranked}


def _sorted(issues: list[RankedIssue]) -> tuple[RankedIssue, ...]:
    return tuple(sorted(issues, key=lambda one: (-one.log_odds, one.issue.ref)))


class _Draft:
    """What is gone already, over the club."""

    def __init__(self, already: Already) -> None:
        self.week = already.week
        self.taken: set[IssueRef] = set()
        self.n_of_repository: Counter[str] = Counter(already.n_of_repository)

    def deal(
        self,
        ranked: Mapping[str, tuple[RankedIssue, ...]],
        n_wanted: Mapping[str, int],
        beside: Mapping[str, list[RankedIssue]] | None = None,
    ) -> dict[str, list[RankedIssue]]:
        """Round by round, the student with the worst luck so far chooses first."""
        hands: dict[str, list[RankedIssue]] = {login: [] for login in ranked}
        waiting = set(ranked)
        while waiting:
            for login in sorted(waiting, key=lambda one: (_worth(hands[one]), self._turn(one))):
                held = hands[login] + (beside[login] if beside else [])
                choice = self._best_left(ranked[login], held)
                if choice is None or len(hands[login]) >= n_wanted[login]:
                    waiting.discard(login)
                    continue
                hands[login].append(choice)
                self.taken.add(choice.issue.ref)
                self.n_of_repository[choice.issue.ref.repository] += 1
        return hands

    def _turn(self, login: str) -> bytes:
        """Another order every week, so that nobody is always the first of equals."""
        return sha256(f"{self.week} {login}".encode()).digest()

    def _best_left(
        self, ranked: tuple[RankedIssue, ...], held: list[RankedIssue]
    ) -> RankedIssue | None:
        """The best that is neither weak nor gone nor too much like what the student holds."""
        for one in ranked:
            if one.log_odds < WEAK_LOG_ODDS:
                return None
            if self._is_free(one, held):
                return one
        return None

    def _is_free(self, one: RankedIssue, held: list[RankedIssue]) -> bool:
        repository = one.issue.ref.repository
        same = sum(other.issue.ref.repository == repository for other in held)
        return (
            one.issue.ref not in self.taken
            and same < MAX_OF_REPOSITORY
            and self.n_of_repository[repository] < MAX_OF_REPOSITORY_OVER_CLUB
            and not any(_is_near_duplicate(one, other) for other in held)
        )


def _worth(hand: list[RankedIssue]) -> float:
    return sum(one.log_odds for one in hand)


def _is_near_duplicate(one: RankedIssue, other: RankedIssue) -> bool:
    """Do the two titles say the same, but for a word or two (Jaccard index of their words)?"""
    words = set(title_shape(one.issue.title).split())
    others = set(title_shape(other.issue.title).split())
    return len(words & others) > NEAR_DUPLICATE * len(words | others)
