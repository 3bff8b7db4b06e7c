"""How well interests are matched: precision at 7 for twenty profiles, judged by eye.

Comes in: the listings, and `judged.csv`: row, profile, yes or no. Goes out: a table, and the rows
that nobody has judged yet. A row is right for a profile if a student who wrote that file would be
glad of it: a language of theirs, their interest, and a real task.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np

from bot.corpus.candidates import choose_candidates
from bot.corpus.catalogue import build_catalogue
from bot.corpus.interest import Matcher
from bot.harvest.issue import Issue
from bot.ranking.rank import build_ranker
from bot.screening.rules import Circumstances
from bot.screening.screen import screen_alone
from bot.screening.survey import survey
from bot.subscriptions.student import Subscription
from tests.benchmarks.listed import read_listed
from tests.benchmarks.profiles import PROFILES
from tests.benchmarks.tables import print_table

JUDGED = Path(__file__).parent / "judged.csv"
N_PICKS, MAX_OF_REPOSITORY = 7, 2
ORDERS = ("newest first", "label and language, newest first", "Foothold")


def main(folder: Path) -> None:
    """Print precision at 7 by profile and order."""
    judged = read_judgements()
    chosen = choose(read_listed(folder))
    lines: list[Sequence[object]] = []
    for name in PROFILES:
        lines.append((name, *(_precision(chosen[order][name], name, judged) for order in ORDERS)))
    means = [float(np.mean([line[place] for line in lines])) for place in range(1, len(ORDERS) + 1)]
    print_table(
        f"Right for the profile among the first {N_PICKS}, by eye",
        ("profile", *ORDERS),
        [*lines, ("all", *means)],
    )
    open_rows = [pair for pair in _pairs(chosen) if pair not in judged]
    print(f"\n{len(judged):,} judgements; {len(open_rows)} rows are not judged and count as wrong.")


def choose(issues: Mapping[int, Issue]) -> dict[str, dict[str, list[int]]]:
    """The first seven rows of each order for each profile; two of a repository at the most."""
    numbers = list(issues)
    rows = list(issues.values())
    now = max(issue.seen_at for issue in rows)
    newest = sorted(range(len(rows)), key=lambda row: rows[row].created_at, reverse=True)
    left = _screened(rows, now)
    matcher = Matcher(build_catalogue(rows[row] for row in left))
    ranker = build_ranker(matcher, now)
    of: dict[str, dict[str, list[int]]] = {order: {} for order in ORDERS}
    for name, student in PROFILES.items():
        filtered = (row for row in newest if _is_spoken(rows[row], student))
        mine = choose_candidates(student, matcher)
        best = ranker.rank(student, mine, 500)
        ranked = (left[matcher.catalogue.row_of[one.issue.ref]] for one in best)
        for order, source in zip(ORDERS, (newest, filtered, ranked), strict=True):
            of[order][name] = [numbers[row] for row in _first(source, rows)]
    return of


def _screened(rows: Sequence[Issue], now: datetime) -> list[int]:
    """What screening leaves, each snapshot a corpus of its own as it was when it was listed."""
    months: dict[str, list[int]] = {}
    for place, issue in enumerate(rows):
        months.setdefault(f"{issue.seen_at:%Y-%m}", []).append(place)
    left: list[int] = []
    for places in months.values():
        some = [rows[place] for place in places]
        moment = max(issue.seen_at for issue in some)
        dropped = screen_alone(some, Circumstances(survey(some), min(moment, now)))
        left += [place for place in places if rows[place].ref not in dropped]
    return left


def _is_spoken(issue: Issue, student: Subscription) -> bool:
    return not student.languages or issue.repository.language in student.languages


def _first(places: Iterable[int], rows: Sequence[Issue]) -> list[int]:
    found: list[int] = []
    n_of: Counter[str] = Counter()
    for place in places:
        name = rows[place].ref.repository
        if n_of[name] < MAX_OF_REPOSITORY:
            n_of[name] += 1
            found.append(place)
        if len(found) == N_PICKS:
            break
    return found


def _pairs(chosen: Mapping[str, Mapping[str, Sequence[int]]]) -> list[tuple[int, str]]:
    pairs = {(row, name) for of in chosen.values() for name, rows in of.items() for row in rows}
    return sorted(pairs)


def _precision(rows: Sequence[int], name: str, judged: Mapping[tuple[int, str], bool]) -> float:
    return sum(judged.get((row, name), False) for row in rows) / N_PICKS


def read_judgements() -> dict[tuple[int, str], bool]:
    """What was judged so far."""
    if not JUDGED.exists():
        return {}
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return {
            (int(row["row"]), row["profile"]): row["right"] == "yes" for row in csv.DictReader(file)
        }
