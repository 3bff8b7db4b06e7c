"""Writes to the club's repository, one request each, and what is known when one fails.

Comes in: what to write. Goes out: `Written`. A refusal that GitHub spoke out is a DeliveryError, or
ChannelStopped where the next write would be refused as well; whatever leaves the write's fate open
is `FateUnknown`, for GitHub has no idempotency key (docs.github.com, "Best practices for using the
REST API").
"""

from collections.abc import Mapping
from typing import Any

import requests
from github import Github, GithubException
from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError
from urllib3.exceptions import MaxRetryError, NewConnectionError

from bot.adapters.github_client import FOREIGN_ERRORS, github_errors, translate
from bot.adapters.github_post_listing import LABEL, Posted
from bot.adapters.github_post_trust import GHOST
from bot.adapters.github_refusals import quoted
from bot.errors import BotError, ChannelStopped, DeliveryError, LimitReached
from bot.rendering.marker import parse_marker

#: The token is wrong, the repository is gone, its issues are switched off.
_FOR_ALL = frozenset({401, 404, 410})
#: GitHub's words in a 403 where the token or the repository takes no writes at all; others concern
#: one thread, such as a locked one.
_NO_WRITES = ("resource not accessible", "archived")


class FateUnknown(Exception):
    """A write may have happened or not; `problem` says why nobody knows."""

    def __init__(self, problem: BotError) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _User(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    login: str


class _Answer(BaseModel):
    """What GitHub tells of an issue or a comment that it took."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int
    #: An issue's; a comment has none.
    number: int | None = None
    node_id: str
    html_url: str
    created_at: AwareDatetime
    user: _User | None = None

    def posted(self, body: str) -> Posted:
        is_comment = self.number is None
        path = f"issues/comments/{self.id}" if is_comment else f"issues/{self.number}"
        poster = self.user.login if self.user else GHOST
        address = self.html_url, path, self.node_id
        return Posted(poster, *address, self.created_at, parse_marker(body))


class PostWriter:
    """The repository's issues, to write to."""

    def __init__(self, client: Github, repository: str) -> None:
        self._client = client
        self._repository = repository

    def open_issue(
        self,
        title: str,
        body: str,
        assignee: str,
        label: str = LABEL,
        calling: str | None = None,
    ) -> Posted:
        """A new labelled issue, assigned if the person can be assigned there.

        Labels that are missing are made by GitHub if the token may push. `calling` is the body for
        somebody who cannot be assigned, and has to be called in another way.
        """
        fields = {"title": title, "body": body, "labels": [label]}
        try:
            answer = self._request("POST", "issues", fields | {"assignees": [assignee]})
        except FOREIGN_ERRORS as error:
            if not _is_unassignable(error):
                raise _failure(error, "issues", label) from error
            # GitHub refused the whole issue, so a second POST makes no second issue.
            again = fields | {"assignees": [], "body": calling or body}
            return self._written(self._send("POST", "issues", again), body)
        posted = self._written(answer, body)
        if calling is not None and not _names(answer, assignee):
            # A token that may not push had the assignee dropped without a word.
            self.edit(posted, title, calling)
        return posted

    def comment(self, thread: Posted, body: str) -> Posted:
        """A new comment under a thread."""
        return self._written(self._send("POST", f"{thread.path}/comments", {"body": body}), body)

    def edit(self, digest: Posted, title: str, body: str) -> Posted:
        """Another text in the same place, which notifies nobody."""
        fields = {"body": body} if digest.is_comment else {"title": title, "body": body}
        return self._written(self._send("PATCH", digest.path, fields), body)

    def delete(self, comment: Posted) -> Posted:
        """Take a comment away; one that is gone is as good."""
        try:
            self._request("DELETE", comment.path, {})
        except FOREIGN_ERRORS as error:
            if not isinstance(error, GithubException) or error.status not in {404, 410}:
                raise _failure(error, comment.path) from error
        return comment

    def close(self, issue: Posted) -> None:
        """Close an issue as completed; GitHubError, for nothing hangs on it."""
        with github_errors():
            fields = {"state": "closed", "state_reason": "completed"}
            answer = self._request("PATCH", issue.path, fields)
            if not isinstance(answer, Mapping) or answer.get("state") != "closed":
                raise requests.exceptions.InvalidJSONError("an answer without a closed issue")

    def _send(self, method: str, path: str, fields: Mapping[str, object]) -> object:
        try:
            return self._request(method, path, fields)
        except FOREIGN_ERRORS as error:
            raise _failure(error, path) from error

    def _request(self, method: str, path: str, fields: Mapping[str, object]) -> Any:  # noqa: ANN401
        _, answer = self._client.requester.requestJsonAndCheck(
            method, f"/repos/{self._repository}/{path}", input=dict(fields)
        )
        return answer

    def _written(self, answer: object, body: str) -> Posted:
        """What stands there now, as the answer tells it."""
        if isinstance(answer, Mapping) and "message" in answer:
            raise ChannelStopped(
                f"GitHub did not take the post to {self._repository}: {answer['message']}.",
                "Was the repository renamed? Write its new name into config/club.yaml.",
            )
        try:
            return _Answer.model_validate(answer).posted(body)
        except ValidationError as error:
            strange = requests.exceptions.InvalidJSONError("an answer without an address")
            raise FateUnknown(translate(strange)) from error


def _names(answer: object, assignee: str) -> bool:
    """Is this one of the issue's assignees, as GitHub's answer tells it?"""
    listed = answer.get("assignees") if isinstance(answer, Mapping) else None
    people = [one.get("login") for one in listed or () if isinstance(one, Mapping)]
    return assignee.casefold() in [str(login).casefold() for login in people]


def _failure(error: Exception, path: str, label: str = LABEL) -> Exception:
    """What an error of the client means for the write that it ended."""
    problem = translate(error)
    if not _is_surely_undone(error):
        return FateUnknown(problem)
    advice = problem.advice
    if path == "issues" and isinstance(error, GithubException) and error.status == 403:
        advice += f" If it may not make labels, make the label `{label}` once by hand."
    elif _is_locked(error):
        advice = (
            "Unlock the issue, for a workflow's own token may not write in a locked one; the next"
            " run sends what is left."
        )
    is_for_all = isinstance(problem, LimitReached) or _is_for_all(error, path)
    return (ChannelStopped if is_for_all else DeliveryError)(problem.message, advice)


def _is_for_all(error: Exception, path: str) -> bool:
    """Would the next write be refused as well? Who may not open one issue may open none."""
    if not isinstance(error, GithubException):
        return False
    said = quoted(error).lower()
    is_forbidden = path == "issues" or any(words in said for words in _NO_WRITES)
    return error.status in _FOR_ALL or (error.status == 403 and is_forbidden)


def is_of_one_thread(error: Exception) -> bool:
    """Is a comment refused because of its own thread, in a repository that was just read?

    The thread is locked, or it or the comment is gone.
    """
    if not isinstance(error, GithubException) or isinstance(translate(error), LimitReached):
        return False
    return _is_locked(error) or error.status in {404, 410, 422}


def _is_locked(error: Exception) -> bool:
    """Does GitHub take a comment from collaborators only, and a workflow for none?"""
    if not isinstance(error, GithubException):
        return False
    return error.status == 403 and "locked" in quoted(error).lower()


def _is_unassignable(error: Exception) -> bool:
    """Who has no access to the repository cannot be assigned, which GitHub says with 422."""
    if not isinstance(error, GithubException) or error.status != 422:
        return False
    listed = error.data.get("errors") if isinstance(error.data, Mapping) else None
    items = listed if isinstance(listed, list) else []
    fields = {item.get("field") for item in items if isinstance(item, Mapping)}
    return bool(fields & {"assignees", "assignee"})


def _is_surely_undone(error: Exception) -> bool:
    """Did GitHub say no, or did the request never reach it?"""
    if isinstance(error, GithubException):
        return 400 <= error.status < 500 and error.status != 408
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.InvalidHeader):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
