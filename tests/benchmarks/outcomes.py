"""What it costs to follow 200 students' picks: points a student and week, over HTTP.

`uv run python -m tests.benchmarks.outcomes [--students 200] [--weeks 13] [--seed 7]` lets a sandbox
world live for weeks: each Sunday every student is offered five free issues, and one run follows all
picks of the last twelve weeks within the points that a live run allows. It prints the last week,
when every age of pick is there, by kind of question; the mean of the weeks; and what the last week
would cost without stamps.

The shares of a week, of picks that are free: in the first one 7 % get somebody else assigned and
5 % somebody else's claim, 18 % are closed, 17 % get a comment. That is what GoodFirstIssues'
snapshots show of the first 72 hours, when most of it happens (PEERS.md, F2: 5-8 % assigned, 17-19 %
gone, 16-18 % with comments). Later weeks have a quarter of it: our judgement, like the students'
own shares: a tenth comments in the first week, a third of those is assigned; 6 % open a pull
request in the first week, 1 % in each later one; of the open ones half are reviewed in a week, a
third merged, a sixth refused. What is taken is let go of by a tenth a week.
"""

import argparse
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

from bot.adapters.github_client import reader
from bot.adapters.github_outcomes import GitHubOutcomes
from bot.adapters.graphql_wire import GraphQLWire
from bot.harvest.source import Cost
from bot.learning import POINTS_A_STUDENT, POINTS_AT_LEAST
from bot.outcomes.aftermath import N_FOLLOWED, OutcomeSource
from bot.outcomes.due import is_followed
from bot.outcomes.follow import follow
from bot.outcomes.progress import Progress
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Issue, PullRequest
from bot.sandbox.world import World
from bot.terms import IssueRef, Week
from tests.benchmarks.tables import against, print_table

T = TypeVar("T")

TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ"
BEGIN = datetime(2026, 8, 30, 5, 23, tzinfo=UTC)
N_PICKS = 5
#: Points a student and week.
GOAL = 0.3
#: In the first week; later a quarter.
ASSIGNED, CLAIMED, CLOSED, COMMENTED, LATER = 0.07, 0.05, 0.18, 0.17, 0.25
SPEAKS, IS_ASSIGNED, PULLS, PULLS_LATER = 0.10, 1 / 3, 0.06, 0.01
REVIEWED, MERGED, REFUSED, LET_GO = 0.5, 1 / 3, 1 / 6, 0.1
CLAIM = "I would like to work on this, I will send a PR."


@dataclass
class Story:
    """One issue, who it was offered to, and what is going on around it."""

    issue: Issue
    login: str
    is_new: bool = True
    pull: PullRequest | None = None
    is_reviewed: bool = False


@dataclass
class Counted(OutcomeSource):
    """The real source; requests and points are counted by kind of question."""

    source: OutcomeSource
    points: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    ids: Counter[str] = field(default_factory=Counter)

    def read_stamps(self, ids: Sequence[str]) -> Mapping[str, datetime]:
        return self._count("stamps", ids, self.source.read_stamps)

    def read_aftermaths(self, ids: Sequence[str]):
        return self._count("aftermaths", ids, self.source.read_aftermaths)

    def read_reviews(self, ids: Sequence[str]):
        return self._count("reviews", ids, self.source.read_reviews)

    def spent(self) -> Cost:
        return self.source.spent()

    def _count(self, kind: str, ids: Sequence[str], ask: Callable[[Sequence[str]], T]) -> T:
        before = self.spent()
        told = ask(ids)
        after = self.spent()
        self.points[kind] += after.points - before.points
        self.requests[kind] += after.requests - before.requests
        self.ids[kind] += len(ids)
        return told


@dataclass(frozen=True)
class Weekly:
    """One week's following."""

    source: Counted
    points: int
    seconds: float
    n_known: int
    n_due: int
    notes: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=200)
    parser.add_argument("--weeks", type=int, default=13)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    weeks = list(live(given.students, given.weeks, Random(given.seed)))
    last, n = weeks[-1], given.students
    rows = [
        (kind, last.source.ids[kind], last.source.requests[kind], points, points / n)
        for kind, points in sorted(last.source.points.items())
    ]
    total = last.source.requests.total()
    rows.append(("all", "", total, last.points, against(last.points / n, GOAL)))
    heads = ("question", "ids", "requests", "points", "points a student and week")
    print_table(f"Week {given.weeks}, {n} students, {last.n_known} picks kept", heads, rows)
    mean = sum(one.points for one in weeks) / len(weeks)
    without = math.ceil(last.n_due / N_FOLLOWED) + last.source.points["reviews"]
    print_table(
        "Beside that",
        ("", "points", "points a student and week"),
        [
            (f"mean of {len(weeks)} weeks", mean, against(mean / n, GOAL)),
            ("without stamps", without, against(without / n, GOAL)),
            ("seconds of the week's run", last.seconds, ""),
        ],
    )
    for place, one in enumerate(weeks, start=1):
        print(f"week {place}: {one.points} points, {one.n_due} due, {' '.join(one.notes) or 'all'}")


def live(n_students: int, n_weeks: int, dice: Random) -> Iterator[Weekly]:
    """Weeks of a world, each followed by one run."""
    world = World(BEGIN)
    homes = [
        world.add_repository(f"tidepool/boat-{n}", collaborators=("mo-example",)) for n in range(50)
    ]
    stories: list[Story] = []
    known: dict[tuple[str, IssueRef], Progress] = {}
    allowance = max(POINTS_AT_LEAST, round(POINTS_A_STUDENT * n_students))
    with Sandbox(world) as sandbox:
        sandbox.tokens.add(TOKEN, "reader-example")
        for number in range(n_weeks):
            week = str(Week.parse("2026-W35").before(-number))
            for student in range(n_students):
                for _ in range(N_PICKS):
                    issue = world.open_issue(dice.choice(homes), "mo-example", "Mast", "Steps.")
                    stories.append(Story(issue, f"student-{student}-example"))
                    one = _offered(stories[-1], week, world.now)
                    known[one.login, one.ref] = one
            world.advance(days=3)
            for story in stories:
                _happen(world, story, dice)
            world.advance(days=4)
            yield _followed(sandbox, world, known, allowance)


def _followed(
    sandbox: Sandbox, world: World, known: dict[tuple[str, IssueRef], Progress], allowance: int
) -> Weekly:
    client = reader(TOKEN, sandbox.url)
    source = Counted(GitHubOutcomes(GraphQLWire(client)))
    everything = list(known.values())
    n_due = len({one.node_id for one in everything if is_followed(one, world.now)})
    began = time.monotonic()
    done = follow(everything, source, {}, world.now, allowance)
    seconds = time.monotonic() - began
    client.close()
    assert done.error is None, done.error
    known.update({(one.login, one.ref): one for one in done.progress})
    old = [key for key, one in known.items() if world.now - one.offered_at > timedelta(weeks=12)]
    for key in old:
        del known[key]
    return Weekly(source, done.points, seconds, len(known), n_due, done.notes)


def _offered(story: Story, week: str, now: datetime) -> Progress:
    issue = story.issue
    return Progress(
        week=week,
        login=story.login,
        ref=IssueRef(issue.repository.name_with_owner, issue.number),
        node_id=issue.node_id,
        title=issue.title,
        offered_at=now,
    )


def _happen(world: World, story: Story, dice: Random) -> None:
    """What happens around an issue in one week."""
    issue, share = story.issue, 1.0 if story.is_new else LATER
    pulls = PULLS if story.is_new else PULLS_LATER
    story.is_new = False
    if story.pull is not None and story.pull.state == "OPEN":
        _judge_pull(world, story, dice)
        return
    if issue.state != "OPEN":
        return
    if dice.random() < CLOSED * share:
        world.close(issue, "mo-example")
    elif issue.assignees:
        if dice.random() < LET_GO:
            world.unassign(issue, issue.assignees[0], "mo-example")
    elif dice.random() < ASSIGNED * share:
        world.assign(issue, "bea-example", "mo-example")
    elif dice.random() < CLAIMED * share:
        world.comment(issue, "cleo-example", CLAIM)
    elif dice.random() < pulls:
        story.pull = world.open_pull_request(
            issue.repository, story.login, "Fix", closes=(issue.number,)
        )
    elif dice.random() < SPEAKS * share:
        world.comment(issue, story.login, "How is it built?")
        if dice.random() < IS_ASSIGNED:
            world.assign(issue, story.login, "mo-example")
    elif dice.random() < COMMENTED * share:
        world.comment(issue, "zoe-example", "Is that still so?")


def _judge_pull(world: World, story: Story, dice: Random) -> None:
    pull = story.pull
    assert pull is not None
    if not story.is_reviewed and dice.random() < REVIEWED:
        world.review(pull, "mo-example")
        story.is_reviewed = True
    chance = dice.random()
    if chance < MERGED:
        world.merge(pull, "mo-example")
    elif chance < MERGED + REFUSED:
        world.close_pull_request(pull, "mo-example")


if __name__ == "__main__":
    main()
