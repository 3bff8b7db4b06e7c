"""A week in a world: some of the issues change, both in the sandbox and in the rows of the truth.

Comes in: a world, a door through which people act, a share of the issues. Goes out: the world a
week later, and how many changes of each kind there were.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from tests.benchmarks import phrases
from tests.benchmarks.truth import CLAIM, Ref, Row, World, is_free, is_labelled, is_visible

#: Does what it is told by name, in the sandbox; returns what came of it.
Act = Callable[..., dict[str, Any]]

#: What happens to issues in a week, by share.
KINDS = {
    "opened": 30,
    "closed": 22,
    "assigned": 15,
    "commented": 10,
    "labelled": 6,
    "unlabelled": 6,
    "linked": 5,
    "unassigned": 3,
    "reopened": 2,
    "claimed": 1,
}
STEP = timedelta(hours=4)
N_STEPS = 42
#: Not every project with a new issue is pushed to in the same week.
PUSHED = 0.7


@dataclass(slots=True)
class Week:
    """A week on its way: changes one issue after the other, in both worlds."""

    world: World
    act: Act
    random: Random
    #: Issues that match now, those that could, and closed ones: drawn from in turn, never twice.
    free: list[Ref]
    unlabelled: list[Ref]
    assigned: list[Ref]
    closed: list[Ref]

    def change(self, kind: str) -> bool:
        """Let one thing of a kind happen; False where nothing is left that it could happen to."""
        if kind == "opened":
            self._open()
            return True
        pools = {"labelled": self.unlabelled, "unassigned": self.assigned, "reopened": self.closed}
        pool = pools.get(kind, self.free)
        if not pool:
            return False
        ref = pool.pop()
        place = {"repository": ref[0], "number": ref[1]}
        getattr(self, f"_{kind}")(self.world.issues[ref], place)
        return True

    def _open(self) -> None:
        """A new issue in a project that has one already; it may be pushed to as well."""
        repository = self.random.choice(self.free)[0]
        login, title = phrases.login(self.random), phrases.title(self.random)
        labels = phrases.labels(self.random, invites=True)
        body = phrases.sentence(self.random)
        made = self.act(
            "open_issue", login=login, repository=repository, title=title, body=body, labels=labels
        )
        row = {"type": "issue", "repository": repository, "number": made["number"]}
        row |= {"title": title, "body": body, "labels": labels}
        row |= {"created_at": self.world.now.isoformat()}
        self.world.issues[repository, made["number"]] = row
        if self.random.random() < PUSHED:
            self.act("push", login=login, repository=repository)
            self.world.repositories[repository]["pushed_at"] = self.world.now.isoformat()

    def _closed(self, row: Row, place: dict[str, Any]) -> None:
        self.act("close", login=phrases.login(self.random), **place)
        row["state"] = "CLOSED"

    def _reopened(self, row: Row, place: dict[str, Any]) -> None:
        self.act("reopen", login=phrases.login(self.random), **place)
        row["state"] = "OPEN"

    def _assigned(self, row: Row, place: dict[str, Any]) -> None:
        login = phrases.login(self.random)
        self.act("assign", login=login, **place)
        row["assignees"] = [login]

    def _unassigned(self, row: Row, place: dict[str, Any]) -> None:
        for login in row["assignees"]:
            self.act("unassign", login=login, **place)
        row["assignees"] = []

    def _labelled(self, row: Row, place: dict[str, Any]) -> None:
        self.act("label", name="good first issue", **place)
        row["labels"] = [*row["labels"], "good first issue"]

    def _unlabelled(self, row: Row, place: dict[str, Any]) -> None:
        for name in row["labels"]:
            self.act("unlabel", name=name, **place)
        row["labels"] = []

    def _linked(self, row: Row, place: dict[str, Any]) -> None:
        self.act(
            "open_pull_request",
            login=phrases.login(self.random),
            repository=place["repository"],
            title=phrases.title(self.random),
            closes=[place["number"]],
        )
        self.world.linked.add((place["repository"], place["number"]))

    def _commented(self, row: Row, place: dict[str, Any]) -> None:
        self._say(row, place, phrases.sentence(self.random))

    def _claimed(self, row: Row, place: dict[str, Any]) -> None:
        self._say(row, place, CLAIM)

    def _say(self, row: Row, place: dict[str, Any], body: str) -> None:
        self.act("comment", login=phrases.login(self.random), body=body, **place)
        said = {"body": body, "created_at": self.world.now.isoformat()}
        row["comments"] = [*(row.get("comments") or ()), said]


def let_a_week_pass(
    world: World, matching: set[Ref], act: Act, share: float = 0.05, first: Iterable[Ref] = ()
) -> Counter[str]:
    """Move a world a week on: so many of the issues that matched, by share, are changed or new.

    Things happen to `first` before all others: to the picks, say, that somebody was sent.
    """
    random = Random(len(matching))
    week = _begin(world, matching, act, random)
    hit = list(first)
    week.free = [ref for ref in week.free if ref not in hit] + hit
    n_changes = round(len(matching) * share)
    kinds = random.choices(list(KINDS), list(KINDS.values()), k=n_changes)
    done: Counter[str] = Counter()
    for step in range(N_STEPS):
        world.now += STEP
        act("clock", now=world.now.isoformat())
        for kind in kinds[step::N_STEPS]:
            done[kind] += week.change(kind)
    return done


def _begin(world: World, matching: set[Ref], act: Act, random: Random) -> Week:
    free = sorted(matching)
    seen = {
        ref: row
        for ref, row in world.issues.items()
        if ref not in matching and is_visible(world.repositories[ref[0]])
    }
    open_ones = {ref: row for ref, row in seen.items() if row.get("state", "OPEN") == "OPEN"}
    unlabelled = [ref for ref, row in open_ones.items() if is_free(world, row)]
    unlabelled = [ref for ref in unlabelled if not is_labelled(world.issues[ref])]
    assigned = [ref for ref, row in open_ones.items() if row.get("assignees")]
    closed = [ref for ref, row in seen.items() if row.get("state") == "CLOSED"]
    for pool in (free, unlabelled, assigned, closed):
        random.shuffle(pool)
    return Week(world, act, random, free, unlabelled, assigned, closed)
