"""Weeks in random worlds, cut and disturbed at random: what is called complete lacks nothing."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.errors import GitHubError, LimitReached, Outage
from bot.harvest.budget import Allowance
from bot.harvest.collect import collect
from bot.harvest.plan import plan_queries
from tests.builders_core import (
    NOW,
    build_facts,
    build_issue,
    build_repository,
    build_student,
    days_ago,
)
from tests.fakes_core import MemoryIssues
from tests.fakes_store import MemoryIssueStore

LANGUAGES, TOPICS = ("Python", "Go", "Rust", "C"), ("charts", "quilts", "maps", "zebra")
STUDENTS = (
    build_student("ada-example", languages=["Python"], interests=["charts"]),
    build_student("ben-example", languages=["Go"], interests=["quilts", "maps"]),
    build_student("chiyo-example", interests=["charts", "zebra"]),
    build_student("diego-example", languages=["Rust", "Python"], interests=["zebra"]),
)
STEPS = tuple(timedelta(hours=hours) for hours in (3, 13, 21, 168, 168, 192, 360, 720))
TROUBLES = (LimitReached("Enough.", "Wait."), Outage("Silent.", "Wait."))


class World:
    """Repositories whose issues come, change and go."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.repositories = [self._repository(n) for n in range(random.randint(20, 160))]
        self.issues = {}
        for _ in range(random.randint(50, 500)):
            self.open(days_ago(random.randint(1, 300)).replace(second=random.randint(0, 2)))

    def _repository(self, n):
        random = self.random
        facts = build_facts(
            languages=tuple(random.sample(LANGUAGES, 2)),
            topics=tuple(random.sample(TOPICS, random.randint(0, 2))),
            stars=random.randint(0, 40),
            created_at=days_ago(random.randint(100, 2_000)),
        )
        language = random.choice((*LANGUAGES, None))
        return build_repository(f"lumen-lab/r{n}", language=language, facts=facts)

    def open(self, at):
        number = len(self.issues) + 1
        repository = self.random.choice(self.repositories)
        issue = build_issue(number, repository=repository, created_at=at, updated_at=at)
        self.issues[number] = replace(issue, details=None)

    def pass_by(self, now, step):
        """Issues come, change and go between `now` and a step later."""
        for _ in range(self.random.randint(0, 40)):
            at = (now + step * self.random.random()).replace(microsecond=0)
            number = self.random.choice(list(self.issues))
            chance, issue = self.random.random(), self.issues[number]
            if chance < 0.6:
                self.open(at)
            elif issue is not None and chance < 0.8:
                self.issues[number] = replace(issue, updated_at=at)
            else:
                self.issues[number] = None

    def open_issues(self):
        return [issue for issue in self.issues.values() if issue is not None]


def is_wanted(issue, plan):
    """Does the plan ask for it, by what its searches say?"""
    facts, language = issue.repository.facts, issue.repository.language
    return language in {one.language for one in plan.searches if one.language} or any(
        topic.topic in facts.topics
        and (
            topic.languages is None
            or language in topic.languages
            or not topic.languages.isdisjoint(facts.languages)
        )
        for topic in plan.topics
    )


def harvest(students, store, source, budget, now):
    """One run; what it brought is kept, as the pipeline does."""
    source.now = now
    plan = plan_queries(STUDENTS, students)
    found = collect(plan, source, store.recall(), Allowance(budget), now)
    store.keep(found.news)
    return found


@pytest.mark.parametrize("seed", range(30))
def test_what_is_called_complete_lacks_nothing(seed):
    random = Random(seed)
    world, store, now = World(random), MemoryIssueStore(), NOW
    for _ in range(random.randint(2, 6)):
        step = random.choice(STEPS)
        world.pass_by(now, step)
        now += step
        source = MemoryIssues(world.open_issues(), page_size=random.choice((20, 100)))
        if random.random() < 0.5:
            source.fail_at(random.randint(1, 12), random.choice(TROUBLES))
        due = random.sample(STUDENTS, random.randint(1, len(STUDENTS)))
        try:
            harvest(due, store, source, random.choice((5, 10, 20, 400)), now)
        except GitHubError:
            assert store.recall().issues == ()
    source = MemoryIssues(world.open_issues())
    for n in range(3):
        last = harvest(STUDENTS, store, source, 20_000, now + timedelta(hours=21 + n))

    known, plan = {issue.id for issue in last.issues}, plan_queries(STUDENTS, STUDENTS)
    wanted = [issue for issue in world.open_issues() if is_wanted(issue, plan)]
    assert last.is_complete
    assert [issue.ref for issue in wanted if issue.id not in known] == []
