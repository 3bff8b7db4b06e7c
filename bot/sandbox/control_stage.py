"""What the acts of the control door can reach.

Comes in: names and numbers. Goes out: things of the world.
"""

from dataclasses import dataclass

from bot.sandbox.discussions import Discussion, DiscussionComment
from bot.sandbox.faults import Faults
from bot.sandbox.things import Comment, Issue, PullRequest, Repository
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True)
class Stage:
    """What an act can reach; the lookups raise ValueError for what does not exist."""

    world: World
    faults: Faults

    def repository(self, name: str) -> Repository:
        found = self.world.repository(name)
        if found is None:
            raise ValueError(f"there is no repository {name}")
        return found

    def issue(self, repository: str, number: int) -> Issue:
        found = self.world.issue(repository, number)
        if found is None:
            raise ValueError(f"there is no issue {repository}#{number}")
        return found

    def pull_request(self, repository: str, number: int) -> PullRequest:
        found = self.world.pull_request(repository, number)
        if found is None:
            raise ValueError(f"there is no pull request {repository}#{number}")
        return found

    def discussion(self, repository: str, number: int) -> Discussion:
        found = self.world.discussion(repository, number)
        if found is None:
            raise ValueError(f"there is no discussion {repository}#{number}")
        return found

    def said(self, repository: str, number: int, comment: int) -> DiscussionComment:
        """The comment with an id, or the reply, in a discussion."""
        for found in self.discussion(repository, number).comments:
            if found.id == comment:
                return found
        raise ValueError(f"there is no comment {comment} on {repository}#{number}")

    def subject(
        self, repository: str, number: int, comment: int | None = None
    ) -> Issue | PullRequest | Comment:
        """An issue or a pull request, or the comment with an id on it."""
        place = self.world.pull_request(repository, number) or self.issue(repository, number)
        if comment is None:
            return place
        for found in place.comments or ():
            if found.id == comment:
                return found
        raise ValueError(f"there is no comment {comment} on {repository}#{number}")
