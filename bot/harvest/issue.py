"""What a harvest brings home: upstream issues and the repositories they belong to.

`None` means *unknown*, never *empty*: no rule may take it for evidence.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.terms import IssueRef

#: GitHub's words for those who work on a project, as authors of what is said there
#: (docs.github.com, CommentAuthorAssociation).
INSIDERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How a project has worked so far; asked for the projects of a shortlist and kept for weeks.

    Who had a pull request merged is a CONTRIBUTOR from then on, so GitHub does not tell any longer
    who was new. What stands for it: one who has just one among the newest that were merged.
    """

    #: On the default branch; None when GitHub did not say (an empty repository, a time-out).
    n_commits: int | None
    #: Merged, or closed without merging; None when GitHub did not say.
    n_closed_pull_requests: int | None
    #: Of the newest merged pull requests, at most 50, those that people opened: bots' and ghosts'
    #: are not counted.
    n_merged_lately: int
    #: Of those, the ones by people who have just this one among them, and who are no OWNER, MEMBER
    #: or COLLABORATOR of the project.
    n_from_newcomers: int
    read_at: datetime


@dataclass(frozen=True, slots=True)
class RepositoryFacts:
    """What a page tells of a repository, and what is asked once of each and kept for weeks."""

    description: str | None
    #: None until they were asked for.
    topics: tuple[str, ...] | None
    #: Names by share, the largest first; None until they were asked for.
    languages: tuple[str, ...] | None
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
    #: Address of the contributing guide; None until it was asked for, and where there is none.
    guide: str | None
    has_discussions: bool
    #: When topics, languages and guide were asked for; None before.
    read_at: datetime | None = None
    #: Each language's share of the code, in [0, 1], in the order of `languages`; None where nobody
    #: knows.
    language_shares: tuple[float, ...] | None = None
    #: None until it was asked for.
    record: TrackRecord | None = None


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
    #: As they are now; None when GitHub did not say.
    labels: tuple[str, ...] | None = None
    n_comments: int | None = None
    #: Whose details they are: an id may be forged, or lead elsewhere. None when GitHub did not say.
    ref: IssueRef | None = None
    #: Has its project been archived? False where nobody said so.
    is_archived: bool = False

    def are_of(self, ref: IssueRef) -> bool:
        """Are they the details of this issue, as far as they say?"""
        return self.ref is None or self.ref.folded == ref.folded


@dataclass(frozen=True, slots=True)
class Issue:
    """An upstream issue as a page of a search tells it; `details` follow for a shortlist.

    A page has scalars and labels only: nested lists and counts are what GitHub charges for.
    """

    id: str
    ref: IssueRef
    repository: Repository
    title: str
    created_at: datetime
    updated_at: datetime
    labels: tuple[str, ...]
    is_locked: bool
    is_pinned: bool
    author: str | None
    #: When a page showed it last, as an open issue that nobody is assigned to.
    seen_at: datetime
    #: GitHub's word for what the author is to the project (OWNER, MEMBER, NONE ...).
    association: str = "NONE"
    details: Details | None = None


def merge_repository(old: Repository | None, new: Repository) -> Repository:
    """What is known of a repository after news of it: what the news does not tell stays."""
    if old is None or old.facts is None:
        return new
    if new.facts is None:
        return replace(new, facts=old.facts)
    known = old.facts
    record = _newer(known.record, new.facts.record)
    if new.facts.topics is not None:
        return new if record is new.facts.record else with_record(new, record)
    facts = replace(
        new.facts,
        topics=known.topics,
        languages=known.languages,
        language_shares=known.language_shares,
        record=record,
        guide=known.guide,
        read_at=known.read_at,
        forks=known.forks if new.facts.forks is None else new.facts.forks,
        created_at=new.facts.created_at or known.created_at,
        pushed_at=new.facts.pushed_at or known.pushed_at,
    )
    return replace(new, facts=facts)


def with_record(repository: Repository, record: TrackRecord | None) -> Repository:
    """The repository with this record among its facts, where these are known."""
    facts = repository.facts
    return repository if facts is None else replace(repository, facts=replace(facts, record=record))


def _newer(one: TrackRecord | None, other: TrackRecord | None) -> TrackRecord | None:
    """The one that was read last; of equals the second."""
    if one is None or other is None:
        return one or other
    return one if one.read_at > other.read_at else other
