"""Posts digests as issues of the club's repository: one issue a student and week.

Comes in: a `Message` whose Markdown begins with its marker. Goes out: the issue's address. GitHub
has no idempotency key, so a post whose fate is unknown is looked up by its marker, in the listing
(the search lags behind), and never sent again blindly.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

import requests
from github import Github, GithubException
from github.Issue import Issue
from urllib3.exceptions import MaxRetryError, NewConnectionError

from bot.adapters.github_client import FOREIGN_ERRORS, github_errors, translate
from bot.delivery import Channel
from bot.errors import DeliveryError, DeliveryInDoubt, GitHubError, LimitReached
from bot.rendering.marker import parse_marker
from bot.rendering.message import Message
from bot.terms import ChannelName, Week

LABEL = "foothold-digest"
#: Whose name posts bear that a workflow makes with its GITHUB_TOKEN.
ACTIONS_BOT = "github-actions[bot]"
#: GitHub's limits for an issue, in characters (https://github.com/dead-claudia/github-limits).
MAX_TITLE, MAX_BODY = 256, 65_536
#: How long before its week a digest may have been posted: zones, and runs made ahead of time.
MARGIN = timedelta(days=14)


class GitHubPosts(Channel):
    """The issues of one repository as a channel; an instance serves one run.

    `posters` are further logins whose posts count as ours; anyone else may paste a marker, and is
    not believed.
    """

    name = ChannelName.ISSUE

    def __init__(self, client: Github, repository: str, posters: Iterable[str] = ()) -> None:
        self._client = client
        self._repository = repository
        self._posters = {login.casefold() for login in posters}
        self._own_login: str | None = None
        self._listing: _Listing | None = None
        self._places: dict[tuple[str, str], str] = {}
        self._stop: DeliveryError | None = None
        self._blind: GitHubError | None = None

    def is_private(self) -> bool:
        """Is the repository closed to the public? GitHubError if it cannot be seen."""
        with github_errors():
            return self._client.get_repo(self._repository).private

    def find(self, week: str, login: str) -> str | None:
        """The address of the post that is out already; GitHubError if nobody can look.

        Where it could not look once it does not ask again: the error stands for the whole run.
        """
        known = self._places.get(_key(week, login))
        if known is None and self._blind is not None:
            raise self._blind
        return known or self._look(week, login)

    def deliver(self, message: Message) -> str:
        """Post once and return the issue's address.

        DeliveryError if it surely is not out; DeliveryInDoubt if it may be and is not seen yet.
        After a rate limit every further delivery is refused without a request.
        """
        _require_fit(message)
        if self._stop is not None:
            raise self._stop
        try:
            place = self._post(message)
        except FOREIGN_ERRORS as error:
            place = self._settle(error, message)
        self._places[_key(message.week, message.login)] = place
        return place

    def _post(self, message: Message) -> str:
        """The post's address; assigned to the student if they can be assigned there."""
        try:
            answer = self._send(message, [message.login])
        except GithubException as error:
            if not _is_unassignable(error):
                raise
            # GitHub refused the whole issue, so a second POST makes no second post.
            answer = self._send(message, [])
        if isinstance(answer, Mapping) and isinstance(answer.get("html_url"), str):
            return str(answer["html_url"])
        if isinstance(answer, Mapping) and "message" in answer:
            raise DeliveryError(
                f"GitHub did not take the post to {self._repository}: {answer['message']}.",
                "Was the repository renamed? Write its new name into config/club.yaml.",
            )
        raise requests.exceptions.InvalidJSONError("an answer without an address")

    def _send(self, message: Message, assignees: list[str]) -> Any:  # noqa: ANN401
        """One POST. Labels that are missing are made by GitHub if the token may push."""
        fields = {"title": message.title, "body": message.markdown, "labels": [LABEL]}
        _, answer = self._client.requester.requestJsonAndCheck(
            "POST",
            f"/repos/{self._repository}/issues",
            input=fields | {"assignees": assignees},
        )
        return answer

    def _settle(self, error: Exception, message: Message) -> str:
        """After a POST that failed: the post's address if it is there all the same."""
        problem = translate(error)
        if _is_surely_unsent(error):
            failure = DeliveryError(problem.message, _advice(error, problem.advice))
            if isinstance(problem, LimitReached):
                self._stop = failure
            raise failure from error
        self._listing = None
        try:
            place = self._look(message.week, message.login)
        except GitHubError:
            place = None
        if place is None:
            raise DeliveryInDoubt(
                f"The digest of {message.login} for {message.week} may be posted or not."
                f" {problem.message}",
                f"Look at the issues of {self._repository}. The next run looks too, before it"
                " tries again.",
            ) from error
        return place

    def _look(self, week: str, login: str) -> str | None:
        """Look through the newest posts, labelled or not: people and GitHub drop labels."""
        try:
            with github_errors():
                if self._listing is None:
                    self._listing = _Listing(self._list())
                posts = self._listing.posts_of(week, login)
                return next((place for poster, place in posts if self._is_ours(poster)), None)
        except GitHubError as error:
            self._listing, self._blind = None, error
            raise

    def _list(self) -> Iterator[Issue]:
        repository = self._client.get_repo(self._repository)
        try:
            yield from repository.get_issues(state="all", sort="created", direction="desc")
        except TypeError as error:
            # PyGithub takes a page that is no list, such as a proxy's, for one all the same.
            raise requests.exceptions.InvalidJSONError("a page without issues") from error

    def _is_ours(self, poster: str) -> bool:
        if self._own_login is None:
            self._own_login = self._ask_own_login()
        return poster.casefold() in {self._own_login.casefold(), *self._posters}

    def _ask_own_login(self) -> str:
        """The token's login; a workflow's token has none to ask for, and says 403."""
        try:
            return self._client.get_user().login
        except GithubException as error:
            if error.status in {403, 404} and not isinstance(translate(error), LimitReached):
                return ACTIONS_BOT
            raise


class _Listing:
    """A repository's posts by their markers, read back only as far as a week that was asked for."""

    def __init__(self, issues: Iterator[Issue]) -> None:
        self._unread = issues
        self._newest_at: datetime | None = None
        self._oldest_at: datetime | None = None
        #: By week and login: who posted, and where, newest first.
        self._posts: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def posts_of(self, week: str, login: str) -> list[tuple[str, str]]:
        """Poster and address of each post with this marker, newest first, whoever pasted it."""
        monday_at = datetime.combine(Week.parse(week).monday_on, time(), UTC)
        while not self._reaches(monday_at):
            issue = next(self._unread, None)
            if issue is None:
                break
            self._keep(issue)
        return self._posts.get(_key(week, login), [])

    def _reaches(self, monday_at: datetime) -> bool:
        """Is all read that may be of that week?"""
        if self._newest_at is None or self._oldest_at is None:
            return False
        # The newest post tells GitHub's time, whatever week a run was told to be in.
        return self._oldest_at < min(monday_at, self._newest_at) - MARGIN

    def _keep(self, issue: Issue) -> None:
        self._oldest_at = issue.created_at
        self._newest_at = self._newest_at or issue.created_at
        marker = parse_marker(issue.body or "")
        if marker is not None and issue.user is not None:
            post = issue.user.login, issue.html_url
            self._posts.setdefault(_key(marker.week, marker.login), []).append(post)


def _key(week: str, login: str) -> tuple[str, str]:
    return week, login.casefold()


def _require_fit(message: Message) -> None:
    """Refuse what GitHub would refuse, and a body without the marker it is found again by."""
    marker = parse_marker(message.markdown)
    if marker is None or _key(marker.week, marker.login) != _key(message.week, message.login):
        fault = "has no marker of its own"
    elif len(message.markdown) > MAX_BODY:
        fault = f"is longer than GitHub's {MAX_BODY:,} characters"
    elif len(message.title) > MAX_TITLE:
        fault = f"has a title longer than GitHub's {MAX_TITLE} characters"
    else:
        return
    raise DeliveryError(
        f"The digest of {message.login} for {message.week} {fault}.",
        "Look at it with `foothold show`, and report this line.",
    )


def _is_unassignable(error: GithubException) -> bool:
    """Who has no access to the repository cannot be assigned, which GitHub says with 422."""
    listed = error.data.get("errors") if isinstance(error.data, Mapping) else None
    items = listed if isinstance(listed, list) else []
    fields = {item.get("field") for item in items if isinstance(item, Mapping)}
    return error.status == 422 and bool(fields & {"assignees", "assignee"})


def _is_surely_unsent(error: Exception) -> bool:
    """Did GitHub say no, or did the request never reach it?"""
    if isinstance(error, GithubException):
        return 400 <= error.status < 500 and error.status != 408
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.InvalidHeader):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _advice(error: Exception, advice: str) -> str:
    if isinstance(error, GithubException) and error.status == 403:
        return f"{advice} If it may not make labels, make the label `{LABEL}` once by hand."
    return advice
