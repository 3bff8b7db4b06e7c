"""Branches as far as pull requests need them: which there are, and the newest commit of each.

Comes in: what was pushed, as whoever pushed it tells. Goes out: commits by name. The commits
themselves lie elsewhere: in a bare repository of the test's, or nowhere.
"""

import hashlib

from bot.sandbox.forum import Forum
from bot.sandbox.things import PullRequest, Repository


class Branches(Forum):
    """A store that hears of pushes."""

    def commit_of(self, repository: Repository, branch: str) -> str:
        """The newest commit of a branch; one made of its name where nobody told."""
        known = (repository.branches or {}).get(branch)
        made_up = hashlib.sha1(f"{repository.id} {branch}".encode(), usedforsecurity=False)
        return known or made_up.hexdigest()

    def has_branch(self, repository: Repository, branch: str) -> bool:
        """Whether there is such a branch; where nobody tells of branches, any is there."""
        return repository.branches is None or branch in repository.branches

    def move_branch(
        self, repository: Repository, branch: str, commit: str | None, actor: str | None = None
    ) -> None:
        """A push to a branch; without a commit it is deleted, which closes its pull requests."""
        branches = dict(repository.branches or {})
        branches.pop(branch, None)
        repository.branches = branches if commit is None else {**branches, branch: commit}
        for pull in self.open_pulls_of(repository, branch):
            pull.updated_at = self.now
            if commit is None:
                pull.state, pull.closed_at = "CLOSED", self.now
            else:
                pull.head_commit = commit
        self.record(actor, "move_branch", repository, branch=branch, commit=commit)

    def open_pulls_of(self, repository: Repository, branch: str) -> list[PullRequest]:
        """The open pull requests that a branch is the head of."""
        stock = self.pull_requests.get(repository.name_with_owner.lower(), {}).values()
        return [pull for pull in stock if pull.state == "OPEN" and pull.head == branch]

    def edit_pull_request(self, pull: PullRequest, actor: str | None, **changes: str) -> None:
        """Change the title, the text or the base, or close and reopen it, as `state` says."""
        if "body" in changes and changes["body"] != pull.body:
            pull.editor, pull.last_edited_at = actor, self.now
            self._refer(pull, changes["body"], actor)
        for name in ("title", "body", "base"):
            setattr(pull, name, changes.get(name, getattr(pull, name)))
        if "state" in changes:
            pull.state = changes["state"].upper()
            pull.closed_at = self.now if pull.state == "CLOSED" else None
        pull.updated_at = self.now
        self.record(actor, "edit_pull_request", pull, fields=sorted(changes))
