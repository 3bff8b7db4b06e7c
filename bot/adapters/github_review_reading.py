"""Reads review posts: issues and their comments by REST, who edited them by GraphQL.

Comes in: a client and the repository. Goes out: what stands there, whoever wrote it. The search is
never used, for it lags behind.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from github import Github, GithubException
from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from bot.adapters.github_edits import Edit, read_edits
from bot.adapters.github_lists import read_list, read_shape
from bot.adapters.github_post_listing import Posted
from bot.adapters.github_post_trust import GHOST
from bot.adapters.graphql_wire import GraphQLWire

_WHAT = "review posts"


class _User(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    login: str


class Written(BaseModel):
    """An issue or a comment (https://docs.github.com/en/rest/issues)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int
    #: An issue's; a comment has none.
    number: int | None = None
    node_id: str
    html_url: str
    title: str = ""
    state: str = "open"
    body: str | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    #: None for an account that is gone.
    user: _User | None = None
    assignees: tuple[_User, ...] = ()
    pull_request: dict[str, Any] | None = None

    @property
    def author(self) -> str:
        return self.user.login if self.user else GHOST

    @property
    def text(self) -> str:
        return self.body or ""

    def is_assigned_to(self, login: str) -> bool:
        return login.casefold() in {one.login.casefold() for one in self.assignees}

    def posted(self) -> Posted:
        """The same as the writer takes it."""
        is_comment = self.number is None
        path = f"issues/comments/{self.id}" if is_comment else f"issues/{self.number}"
        is_open = self.state == "open"
        return Posted(
            self.author, self.html_url, path, self.node_id, self.created_at, is_open=is_open
        )


_ONE: TypeAdapter[Written] = TypeAdapter(Written)
_MANY: TypeAdapter[list[Written]] = TypeAdapter(list[Written])


class ReviewReading:
    """The issues of one repository, as review posts need them."""

    def __init__(self, client: Github, repository: str) -> None:
        self._client = client
        self._repository = repository
        self._wire = GraphQLWire(client)

    def issue(self, number: int) -> Written | None:
        """An issue; None if it was deleted."""
        try:
            _, answer = self._client.requester.requestJsonAndCheck(
                "GET", f"/repos/{self._repository}/issues/{number}"
            )
        except GithubException as error:
            if error.status in {404, 410}:
                return None
            raise
        found = read_shape(answer, _ONE, _WHAT)
        return found if found.pull_request is None else None

    def newest_issues(self, label: str | None) -> Iterator[Written]:
        """All issues, or those with a label, newest first, read as far as they are asked for."""
        query = {"state": "all", "sort": "created", "direction": "desc"}
        found = self._pages("issues", query | ({"labels": label} if label else {}))
        return (one for one in found if one.pull_request is None)

    def comments(self, number: int) -> tuple[Written, ...]:
        """All comments of an issue, oldest first."""
        return tuple(self._pages(f"issues/{number}/comments", {}))

    def every_comment(self) -> Iterator[Written]:
        """All comments of the repository's issues, oldest first."""
        return self._pages("issues/comments", {"sort": "created", "direction": "asc"})

    def edits(self, node_ids: Sequence[str]) -> Mapping[str, Edit]:
        """Who edited these last, by node id; what is gone is missing."""
        return read_edits(self._wire, node_ids)

    def _pages(self, path: str, query: Mapping[str, Any]) -> Iterator[Written]:
        return read_list(self._client, f"{self._repository}/{path}", query, _MANY, _WHAT)


def made_since(issues: Iterator[Written], until: datetime, margin: timedelta) -> Iterator[Written]:
    """The issues of a listing made since then, and at any rate those of its newest `margin`.

    The newest issue tells GitHub's time, whatever week a run was told to be in.
    """
    newest_at: datetime | None = None
    for one in issues:
        newest_at = newest_at or one.created_at
        if one.created_at < min(until, newest_at - margin):
            return
        yield one
