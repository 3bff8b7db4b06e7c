"""How much of which year's listings every rule of screening drops, rule by rule.

`uv run python -m tests.benchmarks.screening LISTINGS.jsonl[.gz]` takes each month of the file as a
corpus of its own, as one run would see it, and prints Markdown tables beside a simple funnel
(`FUNNEL`). What a listing does not tell stays unknown. `--sample N --out FILE` also writes N kept
and N dropped rows, titles included: for eyes, not for a repository.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from bot.harvest.issue import Details, Issue, Repository, RepositoryFacts
from bot.screening.rules import RULES, Circumstances
from bot.screening.survey import survey
from bot.terms import IssueRef
from tests.benchmarks.listings import Line, Listing, newest_listings, read_listings

#: What the file itself tells needs no eye.
PLAIN_FACTS = frozenset({"assigned"})
#: A simple funnel to compare with: unassigned, of ten stars, fewer than ten rows a repository,
#: fewer than three rows that differ in numbers only.
MIN_STARS, MIN_FLOOD, MIN_TEMPLATED = 10, 10, 3
FUNNEL = ("unassigned", "10 stars", "under 10 a repository", "not templated")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file by its line, and the issue that it tells of."""

    line: int
    issue: Issue


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with the rules that would drop it, in their order."""

    moment: str
    row: Row
    fired: tuple[tuple[str, str], ...]


def read_moments(path: Path) -> dict[str, list[Row]]:
    """The rows by the month they were listed in; of an issue the newest row of the month."""
    moments: defaultdict[str, list[Line]] = defaultdict(list)
    for number, listed in read_listings(path):
        moments[listed["seen_at"][:7]].append((number, listed))
    return {
        moment: [Row(number, build_issue(listed)) for number, listed in newest.values()]
        for moment in sorted(moments)
        for newest in [newest_listings(moments[moment])]
    }


def build_issue(listed: Listing) -> Issue:
    """The issue that a row tells of; a listing cannot tell the rest."""
    name = listed["repo"]
    seen_at = datetime.fromisoformat(listed["seen_at"])
    facts = RepositoryFacts(
        description=listed["description"] or None,
        topics=None,
        languages=tuple(listed["languages"]),
        stars=listed["stars"],
        forks=None,
        licence=None,
        created_at=None,
        pushed_at=None,
        is_archived=False,
        is_fork=False,
        is_mirror=False,
        is_template=False,
        guide=None,
        has_discussions=False,
    )
    return Issue(
        id=f"{name}#{listed['number']}",
        ref=IssueRef(name, listed["number"]),
        repository=Repository(name, name, None, facts),
        title=listed["title"],
        created_at=datetime.fromisoformat(listed["created_at"]),
        updated_at=seen_at,
        labels=tuple(listed["labels"]),
        is_locked=False,
        is_pinned=False,
        author=None,
        seen_at=seen_at,
        details=_assigned(listed, seen_at) if listed["assignees"] else None,
    )


def _assigned(listed: Listing, seen_at: datetime) -> Details:
    """That somebody is assigned, in the only place that can say so."""
    return Details(
        is_open=True,
        is_locked=False,
        assigned=("somebody",) * listed["assignees"],
        body=None,
        comments=None,
        pull_requests=None,
        n_blocked_by=0,
        read_at=seen_at,
        n_comments=listed["comments"],
    )


def is_assigned(issue: Issue) -> bool:
    """Did the row say that somebody is?"""
    return issue.details is not None


def judge(moment: str, rows: list[Row]) -> list[Judged]:
    """Ask every rule of every row, over a survey of the moment."""
    now = max(row.issue.updated_at for row in rows) + timedelta(minutes=1)
    given = Circumstances(survey(row.issue for row in rows), now)
    asked = ((row, ((rule.name, rule.ask(row.issue, given)) for rule in RULES)) for row in rows)
    return [
        Judged(moment, row, tuple((name, why) for name, why in answers if why is not None))
        for row, answers in asked
    ]


def funnel(rows: list[Row]) -> list[int]:
    """How many rows are left after each step of the simple funnel."""
    issues = [row.issue for row in rows]
    n_of = Counter(issue.ref.repository for issue in issues)
    n_alike = Counter((issue.ref.repository, _shape(issue.title)) for issue in issues)
    steps = (
        lambda issue: not is_assigned(issue),
        lambda issue: issue.repository.facts.stars >= MIN_STARS,
        lambda issue: n_of[issue.ref.repository] < MIN_FLOOD,
        lambda issue: n_alike[issue.ref.repository, _shape(issue.title)] < MIN_TEMPLATED,
    )
    left = []
    for step in steps:
        issues = [issue for issue in issues if step(issue)]
        left.append(len(issues))
    return left


def _shape(title: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"\d+", "0", title.casefold())).strip()


def print_rules(judged: dict[str, list[Judged]]) -> None:
    """By moment: how many rows each rule drops first, and would drop alone."""
    print(f"| first (alone) | {' | '.join(judged)} |\n|---|{'---:|' * len(judged)}")
    print_row("rows", (f"{len(rows):,}" for rows in judged.values()))
    first = {moment: Counter(one.fired[0][0] for one in rows if one.fired)
             for moment, rows in judged.items()}  # fmt: skip
    alone = {moment: Counter(name for one in rows for name, _ in one.fired)
             for moment, rows in judged.items()}  # fmt: skip
    for rule in RULES:
        if any(alone[moment][rule.name] for moment in judged):
            cells = (f"{first[one][rule.name]:,} ({alone[one][rule.name]:,})" for one in judged)
            print_row(f"`{rule.code}` {rule.name}", cells)
    left = {moment: sum(not one.fired for one in rows) for moment, rows in judged.items()}
    print_row("left", (f"{left[one]:,}" for one in judged))
    print_row("**left, share**", (_share(left[one], judged[one]) for one in judged))
    n_unassigned = {one: [r for r in rows if not is_assigned(r.row.issue)]
                    for one, rows in judged.items()}  # fmt: skip
    print_row("of the unassigned", (_share(left[one], n_unassigned[one]) for one in judged))


def print_funnel(moments: dict[str, list[Row]]) -> None:
    """By moment: the share that each step of the simple funnel leaves."""
    print(f"\n| simple funnel | {' | '.join(moments)} |\n|---|{'---:|' * len(moments)}")
    shares = [[_share(n, rows) for n in funnel(rows)] for rows in moments.values()]
    for step, cells in zip(FUNNEL, zip(*shares, strict=True), strict=True):
        print_row(step, cells)


def print_row(head: str, cells: Iterable[str]) -> None:
    """One line of a Markdown table."""
    print(f"| {head} | {' | '.join(cells)} |")


def _share(n: int, rows: list) -> str:
    return f"{100 * n / len(rows):.0f} %"


def sample(judged: dict[str, list[Judged]], n: int, seed: int) -> Iterator[str]:
    """So many kept and so many dropped rows as lines, in turn over the moments and the rules."""
    dice = random.Random(seed)
    kept: defaultdict[str, list[Judged]] = defaultdict(list)
    dropped: defaultdict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in chain.from_iterable(judged.values()):
        if not one.fired:
            kept[one.moment].append(one)
        elif one.fired[0][0] not in PLAIN_FACTS:
            dropped[one.moment, one.fired[0][0]].append(one)
    for verdict, groups in (("kept", kept), ("dropped", dropped)):
        for one in islice(_in_turn(list(groups.values()), dice), n):
            yield "\t".join((verdict, *_cells(one)))


def _in_turn(groups: list[list[Judged]], dice: random.Random) -> Iterator[Judged]:
    """One of each group, then another of each, in an order that the dice choose."""
    dice.shuffle(groups)
    for group in groups:
        dice.shuffle(group)
    longest = max(map(len, groups), default=0)
    return (group[place] for place in range(longest) for group in groups if place < len(group))


def _cells(one: Judged) -> tuple[str, ...]:
    issue, facts = one.row.issue, one.row.issue.repository.facts
    why = f"{one.fired[0][0]}: {one.fired[0][1]}" if one.fired else ""
    head = (str(one.row.line), one.moment, why, str(issue.ref))
    return (*head, f"{facts.stars} stars", issue.title, str(issue.labels), str(facts.description))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("listings", type=Path)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    moments = read_moments(given.listings)
    began = time.monotonic()
    judged = {moment: judge(moment, rows) for moment, rows in moments.items()}
    took_s = time.monotonic() - began
    print_rules(judged)
    print_funnel(moments)
    print(f"\n{sum(map(len, moments.values())):,} rows surveyed and judged in {took_s:.1f} s")
    if given.sample:
        lines = "".join(f"{line}\n" for line in sample(judged, given.sample, given.seed))
        given.out.write_text(lines, encoding="utf-8") if given.out else sys.stdout.write(lines)


if __name__ == "__main__":
    main()
