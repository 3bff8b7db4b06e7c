"""What a harvest brings home: upstream issues and the repositories they belong to.

`None` means *unknown*, never *empty*: no rule may take it for evidence.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.terms import IssueRef


@dataclass(frozen=True, slots=True)
class RepositoryFacts:
    """What is asked once for each repository that an issue was found in."""

    description: str | None
    topics: tuple[str, ...]
    #: Names by share, the largest first.
    languages: tuple[str, ...]
    stars: int
    forks: int | None
    #: SPDX id; None when there is none or nobody knows.
    licence: str | None
    created_at: datetime | None
    pushed_at: datetime | None
    is_archived: bool
    is_fork: bool
    is_mirror: bool
    is_template: bool
    #: Address of the contributing guide.
    guide: str | None
    has_discussions: bool


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository; `facts` is None where it could not be read."""

    id: str
    name: str
    #: GitHub's main language, the only one that its issue search knows.
    language: str | None
    facts: RepositoryFacts | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment under an issue; `association` is GitHub's word (OWNER, MEMBER, NONE ...)."""

    author: str | None
    association: str
    body: str
    created_at: datetime
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A pull request that points at an issue; `closes` when merging it would close the issue."""

    ref: IssueRef
    state: str
    closes: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Details:
    """What is asked only for a shortlist, and again right before sending."""

    is_open: bool
    is_locked: bool
    assigned: tuple[str, ...]
    #: None where nobody knows it.
    body: str | None
    #: The newest ones, oldest first; None where they are not told.
    comments: tuple[Comment, ...] | None
    #: None when GitHub did not say.
    pull_requests: tuple[PullRequest, ...] | None
    n_blocked_by: int
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """An upstream issue as a page of a search tells it; `details` follow for a shortlist."""

    id: str
    ref: IssueRef
    repository: Repository
    title: str
    created_at: datetime
    updated_at: datetime
    labels: tuple[str, ...]
    n_comments: int
    n_assigned: int
    is_locked: bool
    is_pinned: bool
    author: str | None
    details: Details | None = None
