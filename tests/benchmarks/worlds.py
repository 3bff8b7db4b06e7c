"""Worlds of any size for the harvest's benchmark: fictional, seeded, shaped like GitHub's listings.

Comes in: how many issues shall match the example students' wishes, and a seed. Goes out: a `World`
of rows, about as many that do not match beside them, and a file that the sandbox reads.
The shape follows 42,999 real listings (README, "How well"): most projects have one to three such
issues, few have hundreds; a third bears "good first issue"; many are opened on one day.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from tests.benchmarks import phrases
from tests.benchmarks.truth import CLAIM, Row, World, way_to
from tests.benchmarks.wishes import EXAMPLE

#: A Sunday; the runs' clock begins here.
NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
YEARS = timedelta(days=5 * 365)
#: Of the projects in languages that somebody asks for; one language is nearly half of it.
ASKED = {"Python": 45, "JavaScript": 17, "TypeScript": 15, "Go": 10, "Java": 8, "Rust": 5}
OTHER = {"C++": 30, "C#": 25, "PHP": 20, "Kotlin": 15, "Ruby": 10}
SCIENCE = {"R": 40, "Python": 25, "C++": 20, "Julia": 15}
#: The share of a project's issues: one that is open, free and labelled, and those that are not.
FATES = {"free": 62, "closed": 12, "assigned": 12, "linked": 5, "locked": 1, "unlabelled": 8}
MAX_ISSUES = 400
#: So many issues are opened in the second of another one; and one second has hundreds.
SAME_SECOND = 0.03
BUSY_AT = NOW - timedelta(days=333)


@dataclass(slots=True)
class Maker:
    """Makes a world row by row until so many issues match."""

    random: Random
    n_matching: int
    world: World = field(default_factory=lambda: World(NOW))
    n_found: int = 0
    moments: list[datetime] = field(default_factory=list)
    #: Issues that are still to come in the world's busiest second.
    n_busy: int = 0

    @property
    def is_done(self) -> bool:
        return self.n_found >= self.n_matching

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def draw(self, shares: dict[str, int]) -> str:
        return self.random.choices(list(shares), list(shares.values()))[0]

    def ago(self, least: float, most: float) -> datetime:
        """A moment so many days back, in whole seconds as GitHub's are."""
        return NOW - timedelta(seconds=round(self.random.uniform(least, most) * 86_400))


def make_world(n_matching: int, seed: int = 1) -> World:
    """A world with exactly so many issues that match the example students' wishes."""
    maker = Maker(Random(f"{seed} {n_matching}"), n_matching)
    maker.n_busy = min(900, n_matching // 50)
    for _ in range(min(1_600, 60 + n_matching * 21 // 200)):
        add_science(maker)
    while not maker.is_done:
        shares = {"asked": 84, "other": 10, "archived": 4, "private": 2}
        add_project(maker, maker.draw(shares))
    return maker.world


def write_world(world: World, path: Path) -> Path:
    """Write a world as a file for the sandbox."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for row in _rows(world):
            file.write(json.dumps(row) + "\n")
    return path


def _rows(world: World) -> Iterator[Row]:
    yield {"type": "clock", "now": world.now.isoformat()}
    yield from world.repositories.values()
    yield from world.issues.values()
    yield from world.pull_requests


def add_science(maker: Maker) -> None:
    """A project of a topic that somebody wants in any language; most have nothing for newcomers."""
    topic = maker.draw({"bioinformatics": 92, "computational-biology": 4, "public-health": 4})
    home = add_repository(maker, maker.draw(SCIENCE), [topic])
    if maker.chance(0.3):
        add_issues(maker, home)


def add_project(maker: Maker, kind: str) -> None:
    """A project with issues: in a language that is asked for, or not, or not to be seen."""
    language = maker.draw(OTHER if kind == "other" else ASKED)
    topics = [maker.random.choice(phrases.TOPICS)] if maker.chance(0.2) else []
    home = add_repository(maker, language, topics)
    home["archived"], home["private"] = kind == "archived", kind == "private"
    add_issues(maker, home)


def add_repository(maker: Maker, language: str, topics: list[str]) -> Row:
    random, repositories = maker.random, maker.world.repositories
    name = f"{phrases.owner(random)}/{random.choice(phrases.NOUNS)}-{len(repositories)}"
    stars = min(80_000, int(random.paretovariate(0.6)) - 1)
    is_alive = maker.chance(0.85)
    second = maker.draw(ASKED) if maker.chance(0.25) else "Shell"
    home = {
        "type": "repository",
        "name": name,
        "description": phrases.sentence(random),
        "language": language,
        "languages": {second: 9_000, language: 90_000},
        "topics": topics,
        "stars": stars,
        "forks": stars // 8,
        "licence": "MIT" if maker.chance(0.8) else None,
        "created_at": maker.ago(30, 7 * 365).isoformat(),
        "pushed_at": (maker.ago(0, 120) if is_alive else maker.ago(400, 1_500)).isoformat(),
        **_past(len(repositories), stars),
    }
    repositories[name] = home
    return home


def _past(place: int, stars: int) -> Row:
    """How a project has worked so far, by its place: dice would change all that comes after."""
    n_merged, n_new = place % 9, place % 4
    regulars = [["regular-example", "CONTRIBUTOR"]] * max(0, n_merged - n_new)
    newcomers = [[f"new-{n}-example", "CONTRIBUTOR"] for n in range(min(n_new, n_merged))]
    return {
        "commits": 20 + 7 * (place % 300) + stars // 4,
        "merged_by": newcomers + regulars,
        "closed_pull_requests": n_merged + stars // 10,
    }


def add_issues(maker: Maker, home: Row) -> None:
    """As many issues as the long tail gives, some of them on one day."""
    n_issues = min(MAX_ISSUES, int(maker.random.paretovariate(1.3)))
    began = max(datetime.fromisoformat(home["created_at"]), NOW - YEARS)
    busy_on = began + maker.random.random() * (NOW - began)
    number = 0
    for _ in range(n_issues):
        if maker.is_done:
            return
        number += maker.random.randint(1, 30)
        created_at = began + maker.random.random() * (NOW - began)
        if n_issues > 3 and maker.chance(0.15):
            created_at = min(NOW, busy_on + timedelta(seconds=maker.random.randrange(36_000)))
        number = add_issue(maker, home, number, _moment(maker, home, created_at))


def _moment(maker: Maker, home: Row, created_at: datetime) -> datetime:
    """The moment in whole seconds; now and then that of another issue, or the busiest one."""
    opened_at = datetime.fromisoformat(home["created_at"])
    if maker.n_busy and opened_at < BUSY_AT and home["language"] == "Python" and maker.chance(0.5):
        maker.n_busy -= 1
        return BUSY_AT
    if maker.moments and maker.chance(SAME_SECOND):
        shared = maker.random.choice(maker.moments)
        if shared >= opened_at:
            return shared
    maker.moments.append(created_at.replace(microsecond=0))
    return maker.moments[-1]


def add_issue(maker: Maker, home: Row, number: int, created_at: datetime) -> int:
    """Add an issue with what hangs on it; give the last number that was used."""
    world, random, fate = maker.world, maker.random, maker.draw(FATES)
    days = (NOW - created_at).total_seconds() / 86_400
    issue: Row = {
        "type": "issue",
        "repository": home["name"],
        "number": number,
        "title": phrases.title(random),
        "body": phrases.sentence(random),
        "author": phrases.login(random),
        "created_at": created_at.isoformat(),
        "updated_at": maker.ago(0, days * random.random()).isoformat(),
        "labels": phrases.labels(random, invites=fate != "unlabelled"),
        "assignees": [phrases.login(random)] if fate == "assigned" else [],
        "state": "CLOSED" if fate == "closed" else "OPEN",
        "locked": fate == "locked",
        "comments": _comments(maker, days) if maker.chance(0.3) else [],
    }
    if home["language"] in OTHER and maker.chance(0.1):
        spoken = random.choice(["bioinformatics", "Public Health"])
        issue[random.choice(["title", "body"])] += f" for {spoken}"
    world.issues[home["name"], number] = issue
    if fate == "linked" or maker.chance(0.02):
        number += 1
        _add_pull_request(maker, issue, number, closes=fate == "linked")
    maker.n_found += way_to(world, issue, tuple(EXAMPLE.values())) is not None
    return number


def _comments(maker: Maker, days: float) -> list[Row]:
    """One to three comments, some of them claims, fresh or long lapsed."""
    made = []
    for _ in range(maker.random.randint(1, 3)):
        is_claim = maker.chance(0.1) and (days > 60 or days < 5)
        at = maker.ago(60, days) if is_claim and days > 60 else maker.ago(0, days)
        body = CLAIM if is_claim else phrases.sentence(maker.random)
        author = phrases.login(maker.random)
        made.append({"author": author, "created_at": at.isoformat(), "body": body})
    return made


def _add_pull_request(maker: Maker, issue: Row, number: int, *, closes: bool) -> None:
    ref = issue["repository"], issue["number"]
    created_at = max(datetime.fromisoformat(issue["created_at"]), maker.ago(0, 60))
    maker.world.pull_requests.append(
        {
            "type": "pull_request",
            "repository": ref[0],
            "number": number,
            "title": phrases.title(maker.random),
            "author": phrases.login(maker.random),
            "created_at": created_at.isoformat(),
            "closes" if closes else "mentions": [ref[1]],
        }
    )
    if closes:
        maker.world.linked.add(ref)
