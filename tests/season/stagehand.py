"""The stagehand of a season: lets people do on the sandbox what the script says.

Comes in: acts and words. Goes out: comments, pull requests, reviews, as GitHub would have them.
"""

import json
from dataclasses import dataclass, field

from bot.rendering.marker import parse_thread_marker
from bot.sandbox.things import Issue, PullRequest
from tests.season.script import Act, Word
from tests.stage import CLUB_REPOSITORY, Stage

MAINTAINER, QUICK = "marisol-example", "quick-example"
MENTORS_REPOSITORY = "campus-club/mentors"


@dataclass
class Stagehand:
    """Who moves the world on a stage."""

    stage: Stage
    weeks: tuple[str, ...]
    pulls: dict[tuple[str, int, int], PullRequest] = field(default_factory=dict)

    def digest(self, week: int, login: str) -> dict:
        """The digest as it was sent in that week."""
        file = self.stage.folder / "out" / self.weeks[week - 1] / f"{login}.json"
        return json.loads(file.read_text("utf-8"))

    def offered(self, week: int, login: str) -> list[dict]:
        return [pick for pick in self.digest(week, login)["picks"] if not pick["spare"]]

    def issue(self, act: Act) -> Issue:
        pick = self.offered(act.pick_week, act.login)[act.n - 1]
        issue = self.stage.world.issue(pick["repository"], pick["number"])
        assert issue is not None
        return issue

    def thread(self, login: str) -> Issue:
        """The student's own issue in the club's repository."""
        for issue in self.stage.world.issues[CLUB_REPOSITORY].values():
            if parse_thread_marker(issue.body or "") == login:
                return issue
        raise AssertionError(f"{login} has no thread")

    def review_post(self, mentor: str) -> Issue:
        """The mentor's newest review post."""
        mine = [
            issue
            for issue in self.stage.world.issues[MENTORS_REPOSITORY].values()
            if f"mentor={mentor} " in (issue.body or "")[:200]
        ]
        return mine[-1]

    def speak(self, word: Word) -> None:
        self.stage.world.comment(self.thread(word.login), word.login, word.text)

    def perform(self, act: Act) -> None:
        """Do one act; what a student only says goes into their thread."""
        world, issue, key = self.stage.world, self.issue(act), (act.login, act.pick_week, act.n)
        match act.what:
            case "comments":
                world.comment(issue, act.login, "Which of the two files holds the table?")
            case "claims":
                world.comment(issue, act.login, "I'd like to work on this.")
                world.assign(issue, act.login, MAINTAINER)
            case "pulls":
                title, closes = f"Mend {issue.title}", (issue.number,)
                pull = world.open_pull_request(issue.repository, act.login, title, closes=closes)
                self.pulls[key] = pull
            case "is reviewed":
                world.review(self.pulls[key], MAINTAINER, "CHANGES_REQUESTED")
            case "is merged":
                world.merge(self.pulls[key], MAINTAINER)
            case "is refused":
                world.close_pull_request(self.pulls[key], MAINTAINER)
            case "is taken":
                world.assign(issue, QUICK, MAINTAINER)
            case "is freed":
                world.unassign(issue, QUICK, MAINTAINER)
            case "is closed":
                world.close(issue, MAINTAINER, "NOT_PLANNED")
            case said:
                command = f"/{said.removeprefix('says ')} {act.n}"
                world.comment(self.thread(act.login), act.login, command)
