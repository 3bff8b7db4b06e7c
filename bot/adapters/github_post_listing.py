"""What stands in the club's repository with a marker of ours, whoever put it there.

Comes in: a repository of PyGithub, and who is believed. Goes out: what is `Posted`. All listings
are read newest first and only as far back as somebody asks, so that one reading serves a run; the
search is never used, for it lags behind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from typing import TypeVar

import requests
from github.Issue import Issue
from github.IssueComment import IssueComment
from github.NamedUser import NamedUser
from github.Organization import Organization
from github.PaginatedList import PaginatedList
from github.Repository import Repository

from bot.adapters.github_post_trust import GHOST
from bot.rendering.marker import Marker, parse_marker, parse_thread_marker
from bot.terms import Week

LABEL = "foothold-digest"
#: How long before its week a digest may have been posted: zones, and runs made ahead of time.
MARGIN = timedelta(days=14)
#: How far back a student's last digest may be: `every: 4 weeks`, and a week late.
REACH = timedelta(days=35)

Thing = TypeVar("Thing", Issue, IssueComment)


@dataclass(frozen=True, slots=True)
class Posted:
    """A post: an issue or a comment. Without a marker it is a thread."""

    poster: str
    #: Its address for people.
    place: str
    #: Its address below the repository's: `issues/7`, `issues/comments/12`.
    path: str
    node_id: str
    posted_at: datetime
    marker: Marker | None = None
    is_open: bool = True

    @property
    def is_comment(self) -> bool:
        return self.path.startswith("issues/comments/")

    @property
    def week(self) -> str:
        return self.marker.week if self.marker else ""

    @property
    def sha(self) -> str:
        return self.marker.sha if self.marker else ""


class PostListing:
    """The posts of a repository, as one run sees them.

    `labelled_state` says which of the labelled issues may be needed: `all` finds old threads,
    `open` finds what is still to be closed. After an error it must not be used again.
    """

    def __init__(
        self, repository: Repository, believes: Callable[[str], bool], labelled_state: str
    ) -> None:
        self._believes = believes
        newest = repository.get_issues(state="all", sort="created", direction="desc")
        comments = repository.get_issues_comments(sort="created", direction="desc")
        labelled = repository.get_issues(
            state=labelled_state, labels=[LABEL], sort="created", direction="desc"
        )
        self._wants_all_open = labelled_state == "open"
        self._issues = _Reading(_each(newest), self._keep_issue)
        self._comments = _Reading(_each(comments), self._keep_comment)
        self._labelled = _Reading(_each(labelled), self._keep_issue)
        #: By week and login, and by login; newest first.
        self._digests: dict[tuple[str, str], list[Posted]] = {}
        self._threads: dict[str, list[Posted]] = {}
        #: By login: the issues that their digests are comments of.
        self._homes: dict[str, list[Posted]] = {}
        self._seen: set[str] = set()

    def digest_of(self, week: str, login: str) -> Posted | None:
        """Our digest, in either place; where there are several, the newest issue, then comment."""
        return next(self._ours(self._digests_of(week, login)), None)

    def foreign_digest_of(self, week: str, login: str) -> Posted | None:
        """A digest with this marker by somebody who is not believed."""
        return self._foreign(self._digests_of(week, login))

    def thread_of(self, login: str) -> Posted | None:
        """Our thread of the student; None only when every issue of the repository was read.

        Where its marker was edited away, it is the issue of the student's last digest.
        """
        threads = self._threads.setdefault(login.casefold(), [])
        for reading in (self._labelled, self._issues):
            while not any(self._ours(threads)) and reading.read_one():
                pass
        homes = self._homes.get(login.casefold(), [])
        return next(self._ours([*threads, *homes]), None)

    def foreign_thread_of(self, login: str) -> Posted | None:
        """A thread of the student by somebody who is not believed, if there is none of ours."""
        if self.thread_of(login) is not None:
            return None
        return self._foreign(self._threads[login.casefold()])

    def older_than(self, digest: Posted) -> list[Posted]:
        """Our earlier digests of the same student that may have to be retired.

        Where none is seen yet, the listings are read on to where a rare digest would be.
        """
        if self._wants_all_open:
            self._labelled.read_all()
        older = self._seen_before(digest)
        if not older:
            for reading in (self._issues, self._comments):
                reading.read_back(digest.posted_at - REACH)
            older = self._seen_before(digest)
        return older

    def comments_before(self, week: str) -> list[Posted]:
        """Our comments of earlier weeks, all students', as far as they were read."""
        every = chain.from_iterable(self._digests.values())
        return [one for one in self._ours(every) if one.is_comment and one.week < week]

    def _digests_of(self, week: str, login: str) -> list[Posted]:
        monday_at = datetime.combine(Week.parse(week).monday_on, time(), UTC)
        for reading in (self._issues, self._comments):
            reading.read_back(monday_at - MARGIN, MARGIN)
        return self._digests.get((week, login.casefold()), [])

    def _seen_before(self, digest: Posted) -> list[Posted]:
        assert digest.marker is not None
        login, now = digest.marker.login.casefold(), (digest.week, digest.posted_at)
        lists = (found for (_, whose), found in self._digests.items() if whose == login)
        return [
            one
            for one in self._ours(chain.from_iterable(lists))
            if (one.week, one.posted_at) < now and one.path != digest.path
        ]

    def _ours(self, found: Iterator[Posted] | list[Posted]) -> Iterator[Posted]:
        return (one for one in found if self._believes(one.poster))

    def _foreign(self, found: list[Posted]) -> Posted | None:
        return next((one for one in found if not self._believes(one.poster)), None)

    def _keep_issue(self, issue: Issue) -> None:
        body = issue.body or ""
        marker, thread = parse_marker(body), parse_thread_marker(body)
        path = f"issues/{issue.number}"
        if path in self._seen or (marker is None and thread is None):
            return
        poster, is_open = _login(issue.user), issue.state == "open"
        address = issue.html_url, path, issue.node_id
        post = Posted(poster, *address, issue.created_at, marker, is_open)
        self._seen.add(path)
        if thread is not None:
            self._threads.setdefault(thread.casefold(), []).append(post)
        else:
            self._keep_digest(post)

    def _keep_comment(self, comment: IssueComment) -> None:
        marker, path = parse_marker(comment.body or ""), f"issues/comments/{comment.id}"
        if marker is not None and path not in self._seen:
            address = comment.html_url, path, comment.node_id
            post = Posted(_login(comment.user), *address, comment.created_at, marker)
            self._seen.add(path)
            self._keep_digest(post)
            number = comment.issue_url.rpartition("/")[2]
            home = replace(post, path=f"issues/{number}", marker=None)
            self._homes.setdefault(marker.login.casefold(), []).append(home)

    def _keep_digest(self, post: Posted) -> None:
        assert post.marker is not None
        key = post.week, post.marker.login.casefold()
        self._digests.setdefault(key, []).append(post)


class _Reading:
    """One listing, newest first, and how far back it was read."""

    def __init__(self, unread: Iterator[Thing], keep: Callable[[Thing], None]) -> None:
        self._kept_at = (_keep_one(thing, keep) for thing in unread)
        self._newest_at: datetime | None = None
        self._oldest_at: datetime | None = None

    def read_one(self) -> bool:
        """Read one more; False when all is read."""
        at = next(self._kept_at, None)
        if at is None:
            return False
        self._newest_at, self._oldest_at = self._newest_at or at, at
        return True

    def read_all(self) -> None:
        while self.read_one():
            pass

    def read_back(self, until: datetime, margin: timedelta = timedelta()) -> None:
        """Read all that was made since `until`, and of the newest `margin` of the listing."""
        while not self._reaches(until, margin) and self.read_one():
            pass

    def _reaches(self, until: datetime, margin: timedelta) -> bool:
        if self._newest_at is None or self._oldest_at is None:
            return False
        # The newest post tells GitHub's time, whatever week a run was told to be in.
        return self._oldest_at < min(until, self._newest_at - margin)


def _keep_one(thing: Thing, keep: Callable[[Thing], None]) -> datetime:
    keep(thing)
    return thing.created_at


def _each(listed: PaginatedList[Thing]) -> Iterator[Thing]:
    """The things of a list, page by page as they are asked for."""
    try:
        yield from listed
    except TypeError as error:
        # PyGithub takes a page that is no list, such as a proxy's, for one all the same.
        raise requests.exceptions.InvalidJSONError("a page without posts") from error


def _login(user: NamedUser | Organization | None) -> str:
    return user.login if user is not None else GHOST
