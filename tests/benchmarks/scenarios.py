"""What the harvest's benchmark measures, a scenario a function; each prints its own tables.

Comes in: sizes, a folder to work in. Goes out: Markdown. Every scenario serves a world in a process
of its own and talks to the bot by its command line; the truth is that of `truth`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

from bot.sandbox.graphql.schema import SCHEMA
from tests.benchmarks.documents import (
    NEWER,
    composed,
    documents,
    faults,
    points,
    stored_schema,
    usual_variables,
    was_sent,
)
from tests.benchmarks.play import AMPLE, Play, playing
from tests.benchmarks.stage import STEPS, Json, Run
from tests.benchmarks.tables import against, print_commands, print_table, ratio
from tests.benchmarks.truth import Ref
from tests.benchmarks.weeks import let_a_week_pass
from tests.benchmarks.wishes import EXAMPLE, shared_wishes
from tests.benchmarks.worlds import NOW

WEEK = timedelta(weeks=1)
#: Questions that are asked again on purpose: what is sent must be looked at afresh.
ASKED_AFRESH = frozenset({"graphql ReadDetails", "graphql ReadRepositories", "graphql ReadRecords"})
SCHEMA_FILE = Path(__file__).parents[3] / "shared" / "github" / "schema.graphql"
#: A cut harvest must come to its end in so many runs.
MAX_RUNS = 8
#: Of what a run that never ends complains of, so many characters are shown.
MAX_NOTES = 300


@dataclass(frozen=True, slots=True)
class Measured:
    """One first run over a world of a size."""

    HEADS: ClassVar = (
        *("matching issues", "issues", "projects", "requests", "points", "s", "MB at most"),
        *("outcome", "held", "lost"),
    )

    size: int
    n_issues: int
    n_repositories: int
    truth: Counter[str]
    lost: Counter[str]
    n_held: int | None
    run: Run

    def cells(self) -> tuple[object, ...]:
        total, lost = self.run.total, self.lost.total()
        return (
            *(self.size, self.n_issues, self.n_repositories),
            *(total["requests"], total["points"], self.run.seconds, self.run.peak_mb),
            *(_outcome(self.run), self.n_held, f"{lost:,} ({lost / self.size:.2%})"),
        )


def measure_sizes(folder: Path, sizes: Sequence[int]) -> list[Json]:
    """A: what first runs over worlds of these sizes cost, and lose; returns what was asked."""
    found = []
    for size in sizes:
        with playing(folder / f"a{size}", size, EXAMPLE) as play:
            found.append(_measure(play, size, play.stage.run(NOW)))
    print_table(
        "A. A first run over worlds of any size",
        Measured.HEADS,
        [one.cells() for one in found],
    )
    print_commands(one.run.command for one in found)
    heads = ["step", "goal", *(f"{one.size:,}" for one in found)]
    print_table("A. By step", heads, _step_rows(found))
    rows = [
        [way, *(f"{one.lost[way]:,} of {one.truth[way]:,}" for one in found)]
        for way in ("language", "topic", "words")
    ]
    print_table("A. Lost, by how it is asked for", ["asked by", *heads[2:]], rows)
    _print_documents("A", {f"{one.size:,}": one.run for one in found})
    return [one for measured in found for one in measured.run.asked]


def _measure(play: Play, size: int, run: Run) -> Measured:
    truth, lost, held = play.truth(), play.lost(run), play.stage.held()
    ways = Counter({"unknown": lost}) if isinstance(lost, int) else Counter(map(truth.get, lost))
    n_issues, n_repositories = len(play.world.issues), len(play.world.repositories)
    n_held = None if held is None else len(held)
    return Measured(size, n_issues, n_repositories, Counter(truth.values()), ways, n_held, run)


def _step_rows(found: Sequence[Measured]) -> list[list[object]]:
    def row(name: str, goal: float, values: Iterable[float | None]) -> list[object]:
        return [name, goal, *(against(value, goal) for value in values)]

    runs = [one.run for one in found]
    thousands = [one.size / 1_000 if one.run.was_done else 0 for one in found]
    both = list(zip(runs, thousands, strict=True))
    return [
        row(
            "page: points per 1,000 issues",
            15,
            [ratio(r.points("page"), k) for r, k in both],
        ),
        row(
            "page: requests per 1,000 issues",
            12,
            [ratio(r.requests("page"), k) for r, k in both],
        ),
        row(
            "facts: points per 100 new projects",
            3,
            [_price_of_100(r, "ReadRepositories") for r in runs],
        ),
        row(
            "records: points per 100 new projects",
            4,
            [_price_of_100(r, "ReadRecords") for r in runs],
        ),
        row(
            "details: points a candidate",
            0.2,
            [ratio(r.points("details"), r.n_ids("I_") - len(r.picks)) for r in runs],
        ),
        row(
            "verification: points a pick or spare",
            0.1,
            [ratio(r.points("verification"), len(r.picks)) for r in runs],
        ),
    ]


def _print_documents(part: str, runs: dict[str, Run]) -> None:
    """What the requests of some runs were spent on."""
    counts = []
    for run in runs.values():
        costs: dict[str, list[int]] = {}
        for one in run.asked:
            costs.setdefault(one["kind"].removeprefix("graphql "), []).append(one["points"])
        counts.append({name: f"{sum(all_):,} ({len(all_):,})" for name, all_ in costs.items()})
    names = sorted(set().union(*counts))
    rows = [[name, *(count.get(name, "-") for count in counts)] for name in names]
    print_table(f"{part}. Points (requests) by document", ["document", *runs], rows)


def _price_of_100(run: Run, question: str) -> float | None:
    """Points for 100 repositories that were asked for by their ids."""
    told = [one for one in run.asked if one["kind"] == f"graphql {question}"]
    n_repositories = sum(len(one["variables"]["ids"]) for one in told)
    return ratio(100 * sum(one["points"] for one in told), n_repositories)


def measure_students(folder: Path, size: int, numbers: Sequence[int]) -> None:
    """B: what more students with the same tastes cost."""
    rows, commands = [], []
    for n_students in numbers:
        wishes = shared_wishes(n_students)
        with playing(folder / f"b{n_students}", size, wishes) as play:
            run = play.stage.run(NOW)
        commands.append(run.command)
        steps = [f"{run.points(step):,} ({run.requests(step):,})" for step in STEPS]
        served = sum(bool(digest["picks"]) for digest in run.digests.values())
        cells = (n_students, served, len(run.picks), *steps, run.total["points"])
        rows.append((*cells, run.seconds, run.peak_mb, _outcome(run)))
    heads = ["students", "with picks", "picks and spares", *STEPS, "all points", "s", "MB"]
    title = f"B. Students with shared tastes, {size:,} matching issues: points (requests)"
    print_table(title, [*heads, "outcome"], rows)
    print_commands(commands)


def measure_weeks(folder: Path, size: int) -> list[Json]:
    """C: a second run on the same day, and one a week later, when 5 % have changed.

    What is gone may be held for some days, for a search cannot see issues leave; no pick may be so.
    """
    with playing(folder / "c", size, EXAMPLE) as play:
        stage, truth = play.stage, set(play.truth())
        first = stage.run(NOW)
        rows = [_week_row("first", play, first, first)]
        later = stage.run(NOW + timedelta(hours=3))
        rows.append(_week_row("three hours later", play, later, first))
        act = stage.served.act
        changed = let_a_week_pass(play.world, truth, act, first=sorted(_refs(later)))
        week = stage.run(play.world.now)
        rows.append(_week_row("a week later", play, week, first))
        again = stage.run(play.world.now + timedelta(hours=3))
        rows.append(_week_row("and three hours later", play, again, first))
        n_again = len(_refs(week) & _refs(later))
        lost = play.examples(play.lost(again))
    heads = ["run", *STEPS, "all points", "of the first", "lost", "gone", "bad picks", "outcome"]
    print_table(f"C. {size:,} matching issues again: points (requests)", heads, rows)
    what = ", ".join(f"{n} {kind}" for kind, n in changed.most_common())
    print(f"\nIn the week {changed.total():,} issues changed: {what}. The first to were the")
    print(f"{len(_refs(later))} picks and spares; {n_again} of them were picked again.")
    print("".join(f"Lost: {one}.\n" for one in lost), end="")
    _print_documents("C", {"first": first, "a week later": week})
    runs = (first, later, week, again)
    print_commands(run.command for run in runs)
    return [one for run in runs for one in run.asked]


def _week_row(name: str, play: Play, run: Run, first: Run) -> list[object]:
    steps = [f"{run.points(step):,} ({run.requests(step):,})" for step in STEPS]
    share = ratio(run.total["points"], first.total["points"]) or 0
    bad = ", ".join(f"{n} {what}" for what, n in play.bad_picks(run).items())
    lost = f"{_size(play.lost(run)):,}"
    of_first = f"{share:.1%}"
    cells = (run.total["points"], of_first, lost, play.n_gone(), bad or "none", _outcome(run))
    return [name, *steps, *cells]


def measure_documents(asked: Sequence[Json]) -> None:
    """D: what each document costs at the sizes that were sent, and which schemas know it."""
    rows = []
    stored = stored_schema(SCHEMA_FILE) if SCHEMA_FILE.exists() else None
    for name, document in (documents() | composed()).items():
        variables = usual_variables(document, asked)
        n_ids, first = len(variables.get("ids") or ()), variables.get("first")
        sizes = f"{n_ids} ids" if n_ids else ""
        sizes += f" first {first}" if first else ""
        sizes += "" if was_sent(document, asked) or name in composed() else " (not sent)"
        newer = sorted(set(faults(document, stored))) if stored else []
        unknown = [fault for fault in newer if fault not in NEWER]
        told = "absent" if stored is None else "invalid" if unknown else "valid"
        beside = f" but for {', '.join(newer)}" if newer else ""
        here = "; ".join(faults(document, SCHEMA)) or "valid"
        rows.append((name, sizes.strip(), points(document, variables), here, told + beside))
    heads = ["document", "dearest question", "points", "sandbox's schema", "stored schema"]
    print_table("D. The documents by GitHub's formula", heads, rows)


def measure_cuts(folder: Path, size: int, budget: int) -> None:
    """F: a budget too small for one run; the next ones go on where it ended."""
    with playing(folder / "uncut", size, EXAMPLE) as play:
        uncut = play.stage.run(NOW)
    rows: list[list[object]] = []
    seen: Counter[str] = Counter()
    n_requests = 0
    with playing(folder / "f", size, EXAMPLE, budget) as play:
        now = NOW
        for number in range(MAX_RUNS):
            run = play.stage.run(now)
            play.world.now = now
            pages = [one for one in run.asked if one["kind"] not in ASKED_AFRESH]
            n_requests += run.requests("page")
            questions = Counter(json.dumps([one["kind"], one["variables"]]) for one in pages)
            twice = sum((seen + questions).values()) - len(seen + questions)
            seen |= questions
            row = [*_cut_row(number + 1, now, run), _size(play.lost(run)), twice, _outcome(run)]
            rows.append(row)
            if run.report.get("complete"):
                break
            now += timedelta(hours=2) if number == 0 else WEEK
    heads = ["run", "at", *STEPS, "all points", "notes", "lost", "asked twice", "outcome"]
    print_table(f"F. {size:,} matching issues, {budget} points a run", heads, rows)
    print(f"\nPages took {n_requests:,} requests in {len(rows)} runs;", end=" ")
    print(f"{uncut.requests('page'):,} in one run with {AMPLE:,} points.")
    if not run.report.get("complete"):
        notes = " ".join(run.report.get("notes", ()))
        print(f"Still missing, {len(notes):,} characters: {notes[:MAX_NOTES]} ...")
    print_commands([run.command])


def _cut_row(number: int, now: datetime, run: Run) -> list[object]:
    steps = [f"{run.points(step):,} ({run.requests(step):,})" for step in STEPS]
    n_notes = len(run.report.get("notes", []))
    return [number, f"{now:%m-%d %H:%M}", *steps, run.total["points"], n_notes]


def _refs(run: Run) -> set[Ref]:
    return {(pick["repository"], pick["number"]) for pick in run.picks}


def _size(lost: set[Ref] | int) -> int:
    return lost if isinstance(lost, int) else len(lost)


def _outcome(run: Run) -> str:
    """Whether a run was done, and complete; what it told if it failed."""
    if run.exit_code:
        errors = [line for line in run.told.splitlines() if line.startswith("error:")]
        return f"exit {run.exit_code}, {' '.join(errors)}"
    return "complete" if run.report.get("complete") else "cut"
