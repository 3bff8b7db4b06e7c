"""Issue forms of the club's repository: read, and closed when done.

Comes in: a client and the repository. Goes out: slips. All open issues are looked through, for a
label can be missing; pull requests and what is no form are passed over.
"""

from collections.abc import Iterator
from datetime import datetime

from github import Github
from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.adapters.github_client import github_errors
from bot.adapters.github_lists import read_list
from bot.forms import parse_form
from bot.intake import FormDesk, Slip


class _User(BaseModel):
    login: str


class _Issue(BaseModel):
    """The part of an issue that is read (https://docs.github.com/en/rest/issues/issues)."""

    model_config = ConfigDict(extra="ignore")

    number: int
    state: str
    title: str
    body: str | None = None
    created_at: datetime
    #: None for an account that is gone.
    user: _User | None = None
    pull_request: dict[str, object] | None = None


_ISSUES: TypeAdapter[list[_Issue]] = TypeAdapter(list[_Issue])


class GitHubForms(FormDesk):
    """The issues of one repository as a desk for forms."""

    def __init__(self, client: Github, repository: str) -> None:
        self._client = client
        self._repository = repository

    def slips(self, *, settled_too: bool) -> tuple[Slip, ...]:
        """All open forms, or simply all, oldest first."""
        slips = (_slip(issue) for issue in self._issues("all" if settled_too else "open"))
        return tuple(slip for slip in slips if slip is not None)

    def settle(self, slip: Slip) -> None:
        """Close the form's issue as completed."""
        fields = {"state": "closed", "state_reason": "completed"}
        with github_errors():
            self._client.requester.requestJsonAndCheck(
                "PATCH", f"/repos/{self._repository}/issues/{slip.number}", input=fields
            )

    def _issues(self, state: str) -> Iterator[_Issue]:
        asked = {"state": state, "sort": "created", "direction": "asc"}
        with github_errors():
            yield from read_list(
                self._client,
                f"{self._repository}/issues",
                asked,
                _ISSUES,
                "list of the club's issues",
            )


def _slip(issue: _Issue) -> Slip | None:
    form = parse_form(issue.title, issue.body or "")
    if form is None or issue.user is None or issue.pull_request is not None:
        return None
    is_open = issue.state == "open"
    return Slip(issue.number, issue.user.login, issue.created_at, form, is_open)
