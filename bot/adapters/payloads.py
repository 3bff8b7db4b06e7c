"""GitHub's GraphQL answers as types: the border where foreign JSON becomes our values.

Comes in: a node of an answer. Goes out: an `Issue`, `RepositoryFacts`, `Details`. GitHub may leave
any object empty that its schema allows to be: here that is said once.
"""

from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.harvest.issue import Comment, Details, Issue, PullRequest, Repository, RepositoryFacts
from bot.terms import IssueRef

T = TypeVar("T")


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)


def _nodes_of(connection: object) -> object:
    """The nodes of a connection without the empty ones; none where the connection is."""
    nodes = connection.get("nodes") if isinstance(connection, dict) else None
    return [node for node in nodes or () if node]


def _total_of(connection: object) -> object:
    return connection.get("totalCount") if isinstance(connection, dict) else 0


Nodes = Annotated[tuple[T, ...], BeforeValidator(_nodes_of)]
Total = Annotated[int, BeforeValidator(_total_of)]


class _Named(_Payload):
    name: str


class _Actor(_Payload):
    login: str
    typename: str = Field(default="User", alias="__typename")

    def name(self) -> str:
        """The login as REST and people write it: GraphQL leaves out a bot's `[bot]`."""
        is_short = self.typename == "Bot" and not self.login.endswith("[bot]")
        return f"{self.login}[bot]" if is_short else self.login


class _RepositoryStub(_Payload):
    id: str
    name_with_owner: str
    primary_language: _Named | None = None

    def value(self) -> Repository:
        language = self.primary_language.name if self.primary_language else None
        return Repository(self.id, self.name_with_owner, language)


class IssuePayload(_Payload):
    """An issue on a page."""

    id: str
    number: int
    title: str
    created_at: datetime
    updated_at: datetime
    locked: bool = False
    is_pinned: bool | None = None
    author: _Actor | None = None
    labels: Nodes[_Named] = ()
    assignees: Total = 0
    comments: Total = 0
    repository: _RepositoryStub

    def value(self) -> Issue:
        return Issue(
            id=self.id,
            ref=IssueRef(self.repository.name_with_owner, self.number),
            repository=self.repository.value(),
            title=self.title,
            created_at=self.created_at,
            updated_at=self.updated_at,
            labels=tuple(label.name for label in self.labels),
            n_comments=self.comments,
            n_assigned=self.assignees,
            is_locked=self.locked,
            is_pinned=bool(self.is_pinned),
            author=self.author.name() if self.author else None,
        )


class FoundRepositoryPayload(_RepositoryStub):
    """A repository in a search, with its number of labelled open issues."""

    issues: Total = 0


class _Licence(_Payload):
    spdx_id: str | None = None


class _Guide(_Payload):
    url: str | None = None


class _Topic(_Payload):
    topic: _Named


class RepositoryPayload(_Payload):
    """A repository's facts."""

    id: str
    description: str | None = None
    stargazer_count: int = 0
    fork_count: int | None = None
    created_at: datetime | None = None
    pushed_at: datetime | None = None
    is_archived: bool = False
    is_fork: bool = False
    is_mirror: bool = False
    is_template: bool = False
    has_discussions_enabled: bool = False
    license_info: _Licence | None = None
    contributing_guidelines: _Guide | None = None
    languages: Nodes[_Named] = ()
    repository_topics: Nodes[_Topic] = ()

    def value(self) -> RepositoryFacts:
        licence = self.license_info.spdx_id if self.license_info else None
        guide = self.contributing_guidelines
        return RepositoryFacts(
            description=self.description or None,
            topics=tuple(node.topic.name for node in self.repository_topics),
            languages=tuple(node.name for node in self.languages),
            stars=self.stargazer_count,
            forks=self.fork_count,
            # GitHub's word for a licence file that it does not recognise.
            licence=None if licence == "NOASSERTION" else licence,
            created_at=self.created_at,
            pushed_at=self.pushed_at,
            is_archived=self.is_archived,
            is_fork=self.is_fork,
            is_mirror=self.is_mirror,
            is_template=self.is_template,
            guide=guide.url if guide else None,
            has_discussions=self.has_discussions_enabled,
        )


class _RepositoryName(_Payload):
    name_with_owner: str


class _PullRequest(_Payload):
    number: int
    state: str
    updated_at: datetime
    repository: _RepositoryName

    def value(self, *, closes: bool) -> PullRequest:
        ref = IssueRef(self.repository.name_with_owner, self.number)
        return PullRequest(ref, self.state, closes, self.updated_at)


def _pull_or_none(source: object) -> object:
    is_pull = isinstance(source, dict) and source.get("__typename") == "PullRequest"
    return source if is_pull else None


class _CrossReference(_Payload):
    will_close_target: bool = False
    source: Annotated[_PullRequest | None, BeforeValidator(_pull_or_none)] = None


class _Comment(_Payload):
    body: str = ""
    created_at: datetime
    is_minimized: bool = False
    author_association: str = "NONE"
    author: _Actor | None = None

    def value(self) -> Comment:
        login = self.author.name() if self.author else None
        return Comment(
            login, self.author_association, self.body, self.created_at, self.is_minimized
        )


class _Comments(_Payload):
    total_count: int = 0
    nodes: tuple[_Comment | None, ...] | None = ()

    def values(self) -> tuple[Comment, ...] | None:
        """The comments; None where there are some and none is told."""
        told = tuple(comment.value() for comment in self.nodes or () if comment is not None)
        return None if self.total_count and not told else told


class _Dependencies(_Payload):
    blocked_by: int = 0


def _nodes_or_none(connection: object) -> object:
    return None if connection is None else _nodes_of(connection)


class DetailsPayload(_Payload):
    """An issue's details."""

    id: str
    state: str
    locked: bool = False
    body: str | None = None
    issue_dependencies_summary: _Dependencies | None = None
    assigned_actors: Nodes[_Actor] = ()
    linked: Annotated[tuple[_PullRequest, ...] | None, BeforeValidator(_nodes_or_none)] = Field(
        default=None, alias="closedByPullRequestsReferences"
    )
    timeline_items: Nodes[_CrossReference] = ()
    comments: _Comments = _Comments()

    def value(self, read_at: datetime) -> Details:
        summary = self.issue_dependencies_summary
        return Details(
            is_open=self.state == "OPEN",
            is_locked=self.locked,
            assigned=tuple(actor.name() for actor in self.assigned_actors),
            body=self.body,
            comments=self.comments.values(),
            pull_requests=self._pull_requests(),
            n_blocked_by=summary.blocked_by if summary else 0,
            read_at=read_at,
        )

    def _pull_requests(self) -> tuple[PullRequest, ...] | None:
        referring = tuple(
            item.source.value(closes=item.will_close_target)
            for item in self.timeline_items
            if item.source is not None
        )
        if self.linked is None:
            return referring or None
        return (*(pull.value(closes=True) for pull in self.linked), *referring)
