"""What it costs to know the people behind 200 students' picks, over HTTP.

`uv run python -m tests.benchmarks.community [--students 200] [--size 10000] [--weeks 2]` makes a
fictional world in which every project had eight pull requests of newcomers in the last half year
(so each is asked for as much as any can be), and every third has discussions with a question. Each
week it runs `foothold run --live` against it, whose digests go into files, and prints what the
step `community` cost and of how many projects something was known. Between the weeks issues change
as in the harvest's benchmark, the picks first; what was sent is offered to nobody again.
"""

import argparse
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.play import Play
from tests.benchmarks.stage import Run, Served, Stage
from tests.benchmarks.tables import against, print_table, ratio
from tests.benchmarks.truth import Row, World
from tests.benchmarks.weeks import let_a_week_pass
from tests.benchmarks.wishes import shared_wishes, write_config
from tests.benchmarks.worlds import NOW, make_world, write_world

#: Points a student and week: in the first, and in the second.
GOALS = (0.5, 0.05)
#: What GITHUB_TOKEN allows an hour; our default is lower.
BUDGET = 700
N_NEWCOMERS = 8


@dataclass(frozen=True, slots=True)
class Weekly:
    """One week's run."""

    run: Run
    #: The projects of its picks and spares, and those of them that no earlier week had.
    projects: frozenset[str]
    n_new: int

    def cells(self, week: int, n_students: int) -> tuple[object, ...]:
        offered = [pick for pick in self.run.picks if not pick["spare"]]
        n_met = sum(bool(pick["people"]) for pick in offered)
        points = self.run.points("community")
        goal = GOALS[min(week, len(GOALS)) - 1]
        n_questions = sum(len(one["questions"]) for one in self.run.digests.values())
        return (
            *(week, len(offered), len(self.projects), self.n_new),
            *(f"{n_met / max(1, len(offered)):.0%}", n_questions),
            *(self.run.requests("community"), points, ratio(points, self.n_new)),
            against(points / n_students, goal),
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--weeks", type=int, default=2)
    parser.add_argument("--budget", type=int, default=BUDGET)
    given = parser.parse_args()
    rows, notes = [], []
    with tempfile.TemporaryDirectory() as folder:
        weeks = live(Path(folder), given)
    for number, week in enumerate(weeks, start=1):
        rows.append(week.cells(number, given.students))
        notes += [f"week {number}: {note}" for note in week.run.report["notes"]]
    heads = ("week", "picks", "projects, spares too", "new ones", "picks with people", "questions")
    heads += ("requests", "points", "points a new project", "points a student")
    print_table(f"{given.students} students, {given.size:,} matching issues", heads, rows)
    print("\n".join(notes))


def live(folder: Path, given: argparse.Namespace) -> list[Weekly]:
    """The weeks of a world, each with one run."""
    wishes, world = shared_wishes(given.students), make_world(given.size)
    add_people(world)
    weeks: list[Weekly] = []
    known: set[str] = set()
    with Served(write_world(world, folder / "world.jsonl.gz")) as served:
        write_config(folder / "config", wishes, given.budget)
        play = Play(world, wishes, Stage(folder, served))
        now = NOW
        for _ in range(given.weeks):
            run = play.stage.run(now, "--live")
            projects = frozenset(pick["repository"] for pick in run.picks)
            weeks.append(Weekly(run, projects, len(projects - known)))
            known |= projects
            refs = sorted({(pick["repository"], pick["number"]) for pick in run.picks})
            let_a_week_pass(world, set(play.truth()), served.act, first=refs)
            now = max(world.now, now + timedelta(weeks=1))
    return weeks


def add_people(world: World) -> None:
    """Give every project newcomers whom a member answered, and every third a forum."""
    last: dict[str, int] = {}
    for repository, number in world.issues:
        last[repository] = max(number, last.get(repository, 0))
    for place, (name, home) in enumerate(world.repositories.items()):
        number = last.get(name, 0) + 1_000
        if place % 3 == 0:
            home["has_discussions"] = True
            world.pull_requests.append(_question(name, number + N_NEWCOMERS))
        for n in range(N_NEWCOMERS):
            opened_at = NOW - timedelta(days=10 + 15 * n)
            replied_at = opened_at + timedelta(hours=2 + n)
            world.pull_requests.append(
                {
                    "type": "pull_request",
                    "repository": name,
                    "number": number + n,
                    "title": "A first try",
                    "author": f"new-{n}-example",
                    "association": "FIRST_TIME_CONTRIBUTOR",
                    "created_at": opened_at.isoformat(),
                    "comments": [
                        {
                            "author": "mira-example",
                            "association": "MEMBER",
                            "body": "Welcome!",
                            "created_at": replied_at.isoformat(),
                        }
                    ],
                }
            )


def _question(repository: str, number: int) -> Row:
    """A discussion that waits for an answer; it is a row as any other."""
    asked_at = (NOW - timedelta(days=number % 50)).isoformat()
    return {
        "type": "discussion",
        "repository": repository,
        "number": number,
        "title": "How is this read?",
        "author": "asks-example",
        "created_at": asked_at,
    }


if __name__ == "__main__":
    main()
