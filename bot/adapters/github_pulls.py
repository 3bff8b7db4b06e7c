"""Pull requests of the club's repository: found by their branch, opened, changed, closed; reviews.

Comes in: a client and the repository. Goes out: numbers, and who approved what.
https://docs.github.com/en/rest/pulls/pulls
"""

from collections.abc import Mapping
from typing import Any

from github import Github, GithubException
from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.adapters.github_client import github_errors
from bot.adapters.github_lists import read_list, read_shape
from bot.adapters.github_refusals import quoted
from bot.errors import Refused

#: GitHub's words where a workflow's token may open none.
_ACTIONS_MAY_NOT = "not permitted to create or approve pull requests"


class _User(BaseModel):
    login: str


class Pull(BaseModel):
    """The part of a pull request that is read."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    number: int
    title: str
    body: str | None = None


class PullReview(BaseModel):
    """A review of a pull request; an account that is gone has no login."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    user: _User | None = None
    #: APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED or PENDING.
    state: str
    commit_id: str | None = None
    author_association: str = "NONE"


_PULLS: TypeAdapter[list[Pull]] = TypeAdapter(list[Pull])
_PULL: TypeAdapter[Pull] = TypeAdapter(Pull)
_REVIEWS: TypeAdapter[list[PullReview]] = TypeAdapter(list[PullReview])


class GitHubPulls:
    """The pull requests of one repository."""

    def __init__(self, client: Github, repository: str) -> None:
        self._client = client
        self._repository = repository

    def of_branch(self, branch: str) -> Pull | None:
        """The open one of a branch of this repository; None where there is none."""
        owner = self._repository.partition("/")[0]
        asked = {"state": "open", "head": f"{owner}:{branch}"}
        with github_errors():
            path = f"{self._repository}/pulls"
            found = read_list(self._client, path, asked, _PULLS, "list of pull requests")
            return next(found, None)

    def open(self, branch: str, base: str, title: str, body: str) -> Pull:
        """A new one; Refused, with the way out, where a workflow's token may open none."""
        fields = {"title": title, "body": body, "head": branch, "base": base}
        with github_errors():
            try:
                return self._send("POST", "pulls", fields)
            except GithubException as error:
                if _ACTIONS_MAY_NOT in quoted(error):
                    raise Refused(
                        "The repository does not let workflows open pull requests.",
                        "Settings, Actions, General: tick “Allow GitHub Actions to create and"
                        " approve pull requests”; then run the workflow again.",
                    ) from error
                raise

    def change(self, pull: Pull, title: str, body: str) -> None:
        """Another title and text; nothing is asked where they are the same."""
        if (pull.title, pull.body or "") != (title, body):
            with github_errors():
                self._send("PATCH", f"pulls/{pull.number}", {"title": title, "body": body})

    def close(self, pull: Pull) -> None:
        """Close it unmerged."""
        with github_errors():
            self._send("PATCH", f"pulls/{pull.number}", {"state": "closed"})

    def reviews(self, number: int) -> tuple[PullReview, ...]:
        """All reviews, the oldest first."""
        path = f"{self._repository}/pulls/{number}/reviews"
        with github_errors():
            return tuple(read_list(self._client, path, {}, _REVIEWS, "list of reviews"))

    def _send(self, method: str, path: str, fields: Mapping[str, Any]) -> Pull:
        _, answer = self._client.requester.requestJsonAndCheck(
            method, f"/repos/{self._repository}/{path}", input=dict(fields)
        )
        return read_shape(answer, _PULL, "pull request")
