"""Allocation measured: seconds, memory, sums and shares, against a draft and an upper bound.

`uv run python -m tests.benchmarks.allocation` makes fictional clubs of 1 to 1,000 students with
alike and varied tastes, and prints a Markdown table. `--most N` leaves out the larger ones. Set
OPENBLAS_NUM_THREADS=1 to measure one core.
"""

import argparse
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Mapping
from itertools import takewhile

from bot.allocation.allocate import allocate
from bot.allocation.allotment import Allotment
from bot.allocation.rules import (
    MAX_OF_REPOSITORY,
    MAX_OF_REPOSITORY_OVER_CLUB,
    WEAK_LOG_ODDS,
)
from bot.terms import IssueRef
from tests.benchmarks.clubs import Entry, FictionalClub, build_club
from tests.benchmarks.tables import print_commands, print_table

#: Students, and the issues that they compete for.
SIZES = ((1, 2_000), (10, 2_000), (30, 2_000), (100, 2_000), (300, 5_000), (1_000, 10_000))
CROWDED = (1_000, 2_000)
HEADS = (
    *(
        "students",
        "issues",
        "tastes",
        "CPU seconds",
        "MB more",
        "sum of log-odds",
        "of the draft's, %",
    ),
    *("of the bound, %", "worst share of alone", "the draft's", "lost, mean", "short"),
)
Hands = Mapping[str, tuple[Entry, ...]]


def draft(club: FictionalClub) -> Hands:
    """The idea that allocation replaces: in turns everybody takes the best left, worst sum first.

    It knows of repositories, and nothing of likeness.
    """
    hands: dict[str, list[Entry]] = {login: [] for login in club.ranked}
    ahead = dict.fromkeys(club.ranked, 0)
    taken, n_of, waiting = set[IssueRef](), Counter[str](), set(club.ranked)
    while waiting:
        for login in sorted(waiting, key=lambda one: (_sum(hands[one]), one)):
            mine = Counter(one.issue.ref.repository for one in hands[login])
            for one in club.ranked[login][ahead[login] :]:
                name = one.issue.ref.repository
                is_gone = one.issue.ref in taken or n_of[name] >= MAX_OF_REPOSITORY_OVER_CLUB
                ahead[login] += 1
                if one.log_odds >= WEAK_LOG_ODDS and not is_gone and mine[name] < MAX_OF_REPOSITORY:
                    hands[login].append(one)
                    taken.add(one.issue.ref)
                    n_of[name] += 1
                    break
            else:
                waiting.discard(login)
            if len(hands[login]) >= club.n_wanted[login]:
                waiting.discard(login)
    return {login: tuple(hand) for login, hand in hands.items()}


def count_short(club: FictionalClub, allotments: Mapping[str, Allotment[Entry]]) -> int:
    """Students without a pick though an issue that is not weak, and room for it, is left."""
    given = [one.issue.ref for a in allotments.values() for one in (*a.picks, *a.spares)]
    n_of = Counter(ref.repository for ref in given)
    gone = set(given) | {
        one.issue.ref
        for some in club.ranked.values()
        for one in some
        if n_of[one.issue.ref.repository] >= MAX_OF_REPOSITORY_OVER_CLUB
    }
    return sum(
        not allotment.picks
        and any(
            one.issue.ref not in gone
            for one in takewhile(lambda one: one.log_odds >= WEAK_LOG_ODDS, club.ranked[login])
        )
        for login, allotment in allotments.items()
    )


def bound(club: FictionalClub) -> float:
    """More than any allocation can give: each issue to who likes it best, places over the club.

    The best `sum of places` issues, each at its highest score; and nobody more than alone.
    """
    best: dict[IssueRef, float] = {}
    alone = 0.0
    for login, some in club.ranked.items():
        good = [one for one in some if one.log_odds >= WEAK_LOG_ODDS]
        alone += _sum(good[: club.n_wanted[login]])
        for one in good:
            best[one.issue.ref] = max(best.get(one.issue.ref, 0.0), one.log_odds)
    n_of, chosen = Counter[str](), list[float]()
    for ref in sorted(best, key=lambda ref: -best[ref]):
        n_of[ref.repository] += 1
        if n_of[ref.repository] <= MAX_OF_REPOSITORY_OVER_CLUB:
            chosen.append(best[ref])
    return min(alone, sum(chosen[: sum(club.n_wanted.values())]))


def measure(n_students: int, n_issues: int, is_alike: bool) -> tuple[object, ...]:
    """A row; texts are known to `allocate` where time and memory are measured.

    Sums are compared without variety, which the draft does not know.
    """
    club = build_club(n_students, n_issues, is_alike)
    began = time.process_time()
    allocate(club.ranked, club.n_wanted, likeness=club.likeness)
    seconds = time.process_time() - began
    tracemalloc.start()
    told = allocate(club.ranked, club.n_wanted, likeness=club.likeness)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    plain = allocate(club.ranked, club.n_wanted)
    total, old = sum(_sum(one.picks) for one in plain.values()), draft(club)
    shares = [1 - one.lost for one in plain.values()]
    old_shares = [_sum(old[login]) / one.alone for login, one in plain.items() if one.alone]
    row = (n_students, n_issues, club.name, seconds, peak, total)
    others = (sum(map(_sum, old.values())), bound(club))
    compared = (f"{100 * total / other:.1f}" for other in others)
    lost = 1 - sum(shares) / len(shares)
    short = count_short(club, plain) + count_short(club, told)
    return (*row, *compared, min(shares), min(old_shares, default=1.0), lost, short)


def _sum(some: "tuple[Entry, ...] | list[Entry]") -> float:
    return sum(one.log_odds for one in some)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=1_000, help="students of the largest club")
    most = parser.parse_args().most
    clubs = [(*size, is_alike) for size in SIZES for is_alike in (True, False)]
    rows = [measure(*club) for club in (*clubs, (*CROWDED, True)) if club[0] <= most]
    print_table("Allocation", HEADS, rows)
    print_commands([f"python -m tests.benchmarks.allocation {' '.join(sys.argv[1:])}"])


if __name__ == "__main__":
    main()
