"""What GitHub tells of one repository or one issue that was asked for by its id.

Comes in: a node of an answer. Goes out: `RepositoryFacts` with everything, or `Details`. Here an
empty place is no evidence: what may hide an assignee makes the issue unseen, what may hide a pull
request or a comment makes those unknown.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from sys import intern
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field

from bot.adapters.payloads import Actor, Named, Nodes, Payload, RepositoryPayload
from bot.harvest.issue import Comment, Details, PullRequest, RepositoryFacts
from bot.terms import IssueRef

#: GitHub's own stand-in for an account that is gone (https://github.com/ghost).
GHOST = "ghost"


class _Guide(Payload):
    url: str | None = None


class TopicPayload(Payload):
    topic: Named


class LanguagePayload(Payload):
    size: int
    node: Named


class LanguagesPayload(Payload):
    total_size: int = 0
    edges: tuple[LanguagePayload | None, ...] | None = ()

    def told(self) -> tuple[LanguagePayload, ...]:
        return tuple(edge for edge in self.edges or () if edge is not None)

    def shares(self) -> tuple[float, ...] | None:
        """Of all the code; None where the sizes do not say."""
        sizes = [edge.size for edge in self.told()]
        if not all(0 <= size <= self.total_size > 0 for size in sizes):
            return None
        return tuple(size / self.total_size for size in sizes)


class FactsPayload(RepositoryPayload):
    """All facts of a repository."""

    contributing_guidelines: _Guide | None = None
    languages: LanguagesPayload | None = None
    repository_topics: Nodes[TopicPayload] = ()

    def all_facts(self, read_at: datetime) -> RepositoryFacts:
        guide, languages = self.contributing_guidelines, self.languages or LanguagesPayload()
        return replace(
            self.facts(),
            topics=tuple(intern(node.topic.name) for node in self.repository_topics),
            languages=tuple(intern(edge.node.name) for edge in languages.told()),
            language_shares=languages.shares(),
            guide=guide.url if guide else None,
            read_at=read_at,
        )


class RepositoryName(Payload):
    """A repository as `owner/name`."""

    name_with_owner: str


class _Home(RepositoryName):
    is_archived: bool = False


class _PullRequest(Payload):
    number: int
    state: str
    repository: RepositoryName

    def value(self, *, closes: bool) -> PullRequest:
        ref = IssueRef(self.repository.name_with_owner, self.number)
        return PullRequest(ref, self.state, closes)


def pull_or_none(subject: object) -> object:
    """Whatever an event is about, if it is a pull request."""
    is_pull = isinstance(subject, dict) and subject.get("__typename") == "PullRequest"
    return subject if is_pull else None


_Pull = Annotated[_PullRequest | None, BeforeValidator(pull_or_none)]


class _LinkedPulls(Payload):
    total_count: int = 0
    nodes: tuple[_PullRequest | None, ...] | None = ()

    def values(self) -> tuple[PullRequest, ...] | None:
        """The linked pull requests; None where one of them is not told."""
        told = tuple(pull.value(closes=True) for pull in self.nodes or () if pull is not None)
        return told if len(told) == max(self.total_count, len(self.nodes or ())) else None


class _Event(Payload):
    typename: str = Field(alias="__typename")
    will_close_target: bool = False
    source: _Pull = None
    subject: _Pull = None


class _Events(Payload):
    nodes: tuple[_Event | None, ...] | None = ()

    def values(self) -> Iterator[PullRequest]:
        """The pull requests that mention the issue, or were linked to it by hand and still are."""
        connected: dict[IssueRef, PullRequest] = {}
        for event in self.nodes or ():
            if event is None:
                continue
            if event.source is not None:
                yield event.source.value(closes=event.will_close_target)
            if event.subject is not None:
                pull = event.subject.value(closes=True)
                connected.pop(pull.ref, None)
                if event.typename == "ConnectedEvent":
                    connected[pull.ref] = pull
        yield from connected.values()


class CommentPayload(Payload):
    """A comment under an issue."""

    body: str = ""
    created_at: AwareDatetime
    is_minimized: bool = False
    author_association: str = "NONE"
    author: Actor | None = None

    def value(self) -> Comment:
        login = self.author.name() if self.author else None
        return Comment(
            login, self.author_association, self.body, self.created_at, self.is_minimized
        )


class _Comments(Payload):
    total_count: int = 0
    nodes: tuple[CommentPayload | None, ...] | None = ()

    def values(self) -> tuple[Comment, ...] | None:
        """The comments; None where there are some and one that was asked for is not told."""
        told = tuple(comment.value() for comment in self.nodes or () if comment is not None)
        is_whole = len(told) == len(self.nodes or ()) and (told or not self.total_count)
        return told if is_whole else None


class _Dependencies(Payload):
    blocked_by: int = 0


class _Assigned(Payload):
    nodes: tuple[Actor | None, ...]


class _Labels(Payload):
    nodes: tuple[Named | None, ...] | None = None

    def values(self) -> tuple[str, ...] | None:
        if self.nodes is None:
            return None
        return tuple(intern(label.name) for label in self.nodes if label is not None)


class DetailsPayload(Payload):
    """An issue's details; without its place, state or assignees it counts as unseen."""

    id: str
    number: int
    repository: _Home
    state: str
    locked: bool
    body: str | None = None
    issue_dependencies_summary: _Dependencies | None = None
    labels: _Labels | None = None
    assigned_actors: _Assigned
    linked: _LinkedPulls | None = Field(default=None, alias="closedByPullRequestsReferences")
    timeline_items: _Events | None = None
    comments: _Comments | None = None

    def value(self, read_at: datetime) -> Details:
        summary = self.issue_dependencies_summary
        comments, labels = self.comments, self.labels
        return Details(
            is_open=self.state == "OPEN",
            is_locked=self.locked,
            assigned=tuple(one.name() if one else GHOST for one in self.assigned_actors.nodes),
            body=self.body,
            comments=comments.values() if comments else None,
            pull_requests=self._pull_requests(),
            n_blocked_by=summary.blocked_by if summary else 0,
            read_at=read_at,
            labels=labels.values() if labels else None,
            n_comments=comments.total_count if comments else None,
            ref=IssueRef(self.repository.name_with_owner, self.number),
            is_archived=self.repository.is_archived,
        )

    def _pull_requests(self) -> tuple[PullRequest, ...] | None:
        """Each pull request once; None where not all are told, and none that is told is live."""
        linked = self.linked.values() if self.linked else None
        told = (*(linked or ()), *(self.timeline_items.values() if self.timeline_items else ()))
        pulls: dict[IssueRef, PullRequest] = {}
        for pull in told:
            known = pulls.setdefault(pull.ref, pull)
            pulls[pull.ref] = replace(known, closes=known.closes or pull.closes)
        is_told = linked is not None and self.timeline_items is not None
        is_live = any(pull.closes and pull.state != "CLOSED" for pull in pulls.values())
        return tuple(pulls.values()) if is_told or is_live else None
