"""The event that started a workflow, as Actions writes it into a file.

Comes in: the path in GITHUB_EVENT_PATH. Goes out: a form that was handed in, or a pull request.
Whatever people wrote there stays text. https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

import json
import re
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from bot.enrolling import HandedIn
from bot.errors import ConfigurationError
from bot.subscriptions.shapes import LOGIN_PATTERN

#: A payload of a webhook is no larger (docs.github.com, "Webhook events and payloads").
_MOST_BYTES = 25 * 1024 * 1024

#: A commit's full name, which is handed to git.
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")]


class _Event(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Account(_Event):
    login: str
    #: User, Bot, Organization or Mannequin.
    type: str = "User"

    @property
    def is_person(self) -> bool:
        return self.type == "User" and self.login.casefold() != "ghost"


class _Repository(_Event):
    full_name: str
    private: bool


class _Issue(_Event):
    number: Annotated[int, Field(gt=0)]
    title: str
    body: str | None = None
    user: _Account | None = None
    created_at: AwareDatetime
    updated_at: AwareDatetime
    pull_request: dict[str, object] | None = None


class IssuesEvent(_Event):
    """An `issues` event."""

    action: str
    issue: _Issue
    sender: _Account
    repository: _Repository

    def handed_in(self) -> HandedIn:
        """The issue as a form that somebody handed in; an author that is no person is nobody."""
        issue, author = self.issue, self.issue.user
        is_person = author is not None and author.is_person and _is_login(author.login)
        return HandedIn(
            number=issue.number,
            author=author.login if author is not None and is_person else None,
            sender=self.sender.login,
            title=issue.title,
            body=issue.body or "",
            at=issue.created_at if self.action == "opened" else issue.updated_at,
            opened_at=issue.created_at,
            is_again=self.action == "reopened",
        )


class _Branch(_Event):
    sha: Commit


class _Pull(_Event):
    number: Annotated[int, Field(gt=0)]
    user: _Account | None = None
    author_association: str = "NONE"
    base: _Branch
    head: _Branch


class PullRequestEvent(_Event):
    """A `pull_request` event."""

    pull_request: _Pull
    repository: _Repository


E = TypeVar("E", bound=_Event)

#: What an event of `issues` may tell that a form is handed in by.
FORM_ACTIONS = frozenset({"opened", "edited", "reopened"})


def read_event(path: Path | None, kind: type[E]) -> E:
    """The event of that kind; ConfigurationError where there is none."""
    if path is None:
        raise ConfigurationError(
            "There is no event to read.",
            "A workflow sets GITHUB_EVENT_PATH; elsewhere set it to a file with the event's JSON.",
        )
    try:
        with path.open("rb") as file:
            return kind.model_validate(json.loads(file.read(_MOST_BYTES)))
    except (OSError, ValueError, RecursionError, ValidationError) as error:
        raise ConfigurationError(
            "The file in GITHUB_EVENT_PATH holds no such event.",
            "Start the command by the event that it is for (README, Commands).",
        ) from error


def _is_login(login: str) -> bool:
    return re.fullmatch(LOGIN_PATTERN, login) is not None
