"""A world of sixty fictional projects, of which is known what must be told of each.

Comes in: the script. Goes out: a sandbox's world, and students who like what its projects are
about. All that happens is done in the order of time over all projects, as it would have come to be.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.sandbox.discussions import Discussion
from bot.sandbox.things import PullRequest, Repository
from bot.sandbox.world import World
from tests.community.projects import SCRIPT
from tests.community.script import ProjectScript, Pull, Talk, Word
from tests.community.tasks import tasks_of

__all__ = ["SCRIPT", "ProjectScript", "build_world", "students"]

LABEL = ("good first issue",)
#: What became of a pull request happened when so much of its age was over.
ENDED_AT = 0.9
#: How long after the question a comment came in a discussion, and the choice of the answer.
SPOKE_AFTER, CHOSE_AFTER = timedelta(hours=6), timedelta(hours=20)

Act = tuple[datetime, Callable[[], object]]


def build_world(now: datetime, script: tuple[ProjectScript, ...] = SCRIPT) -> World:
    """Put the projects into a new world, which stands at `now` afterwards."""
    world = World(now)
    acts: list[Act] = []
    for place, project in enumerate(script):
        acts += _Builder(world, project, now).acts(place)
    for at, act in sorted(acts, key=lambda pair: pair[0]):
        world.set_now(at)
        act()
    world.set_now(now)
    for home in world.repositories.values():
        home.pushed_at = now - timedelta(hours=7)
    return world


class _Builder:
    """Lets one project's past happen."""

    def __init__(self, world: World, project: ProjectScript, now: datetime) -> None:
        self.world, self.project, self.now = world, project, now
        self.slug = project.repository.partition("/")[2]
        self.home = self._found()

    def acts(self, place: int) -> list[Act]:
        """All that happens there, in the order of numbers, then of what follows."""
        tasks = tasks_of(self.slug, place)
        found: list[Act] = []
        for _, age, row in self.project.openings():
            at = self.now - timedelta(days=age)
            if isinstance(row, Pull):
                found += self._pull(row, at)
            elif isinstance(row, Talk):
                found += self._talk(row, at)
            else:
                title, body = tasks[row]
                lead = self.project.people[0]
                act = partial(self.world.open_issue, self.home, lead, title, body, LABEL)
                found.append((at, act))
        return found

    def _found(self) -> Repository:
        project = self.project
        return self.world.add_repository(
            project.repository,
            description=f"{self.slug.capitalize()}: for {' and '.join(project.topics)}.",
            language=project.language,
            languages={project.language: 90_000},
            topics=project.topics,
            stars=project.stars,
            forks=project.stars // 5,
            licence="MIT",
            created_at=self.now - timedelta(days=900),
            commits=400 + project.stars,
            collaborators=project.people,
            files=dict(project.files),
            has_discussions=project.has_discussions,
        )

    def _pull(self, row: Pull, at: datetime) -> list[Act]:
        made: list[PullRequest] = []

        def begin() -> None:
            title = f"Improve {self.slug} of {row.opened_days_ago:g} days ago"
            pull = self.world.open_pull_request(self.home, row.author, title, "As discussed.")
            pull.association = row.association
            made.append(pull)

        def say(word: Word) -> None:
            said = (
                self.world.review(made[0], word.login, "COMMENTED", "Looks good so far")
                if word.is_review
                else self.world.comment(made[0], word.login, "Thank you for this")
            )
            said.association = word.association

        def end() -> None:
            lead = self.project.people[0]
            if row.end == "merged":
                self.world.merge(made[0], lead)
            else:
                self.world.close_pull_request(made[0], lead)

        found: list[Act] = [(at, begin)]
        found += [(at + timedelta(hours=w.after_hours), partial(say, w)) for w in row.said()]
        if row.end != "open":
            found.append((at + ENDED_AT * (self.now - at), end))
        return found

    def _talk(self, row: Talk, at: datetime) -> list[Act]:
        world, lead = self.world, self.project.people[0]

        def ask() -> None:
            asked = world.open_discussion(self.home, row.author, row.title, "?", row.category)
            asked.body = f"I could not find it in the manual of {self.slug}."

        def latest() -> Discussion:
            shelf = world.discussions[self.project.repository]
            return next(one for one in shelf.values() if one.title == row.title)

        def choose() -> None:
            world.choose_answer(latest().comments[0], row.author)

        found: list[Act] = [(at, ask)]
        if row.comment_by:
            said = "Thank you for asking, see the third chapter."
            found.append((at + SPOKE_AFTER, lambda: world.discuss(latest(), row.comment_by, said)))
        if row.is_answered:
            found.append((at + CHOSE_AFTER, choose))
        if row.is_closed:
            found.append((at + CHOSE_AFTER, lambda: world.close_discussion(latest(), lead)))
        return found


def students(n: int) -> dict[str, str]:
    """Give subscriptions by login, as a stage writes them: all that is liked is in the script.

    Each knows the language of one project and likes its topics; the next one's project is seven
    further on, so that few want the same. At most as many differ as there are projects.
    """
    found = {}
    for place in range(n):
        project = SCRIPT[(place * 7) % len(SCRIPT)]
        topics = ", ".join(topic.replace("-", " ") for topic in project.topics)
        found[f"s{place + 1:02}-example"] = (
            f"languages: [{project.language}]\ninterests: [{topics}]\n"
        )
    return found
