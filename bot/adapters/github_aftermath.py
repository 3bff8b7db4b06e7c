"""What GitHub tells of an issue's aftermath, and of reviews.

Comes in: a node of an answer. Goes out: an `Aftermath`, or reviews. An item of a timeline that is
empty, as one from where the token may not look, is left out, and so is what stands in a private
repository, wherever the token may look: what is told here is shown to others. Without its timeline
an issue is not told. Who is assigned follows from who was assigned and unassigned.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field

from bot.adapters.github_details import GHOST, CommentPayload, RepositoryName, pull_or_none
from bot.adapters.payloads import Actor, Payload, parse
from bot.outcomes.aftermath import Aftermath, Pull, PullReview, Remarked
from bot.terms import IssueRef


class _Home(RepositoryName):
    is_private: bool


class _RemarkPayload(CommentPayload):
    url: str


class _PullPayload(Payload):
    id: str
    number: int
    repository: _Home
    url: str
    title: str
    author: Actor | None = None
    state: str
    created_at: AwareDatetime
    merged_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None

    def value(self) -> Pull:
        return Pull(
            id=self.id,
            ref=IssueRef(self.repository.name_with_owner, self.number),
            url=self.url,
            title=self.title,
            author=self.author.name() if self.author else None,
            state=self.state,
            closes=False,
            opened_at=self.created_at,
            merged_at=self.merged_at,
            closed_at=self.closed_at,
        )


_Pull = Annotated[_PullPayload | None, BeforeValidator(pull_or_none)]


class _Event(Payload):
    """Any event of the timeline: each kind has some of these."""

    typename: str = Field(alias="__typename")
    created_at: AwareDatetime | None = None
    assignee: Actor | None = None
    will_close_target: bool = False
    source: _Pull = None
    subject: _Pull = None
    closer: _Pull = None

    @property
    def login(self) -> str:
        return self.assignee.name() if self.assignee else GHOST

    @property
    def pull(self) -> _PullPayload | None:
        return self.source or self.subject or self.closer


@dataclass
class _Timeline:
    """What the items heard so far tell."""

    remarks: list[Remarked] = field(default_factory=list)
    #: Whose names stand on it, by how they compare.
    assigned: dict[str, str] = field(default_factory=dict)
    assignments: list[tuple[str, datetime]] = field(default_factory=list)
    #: Whose names came off it, in the same way.
    released: dict[str, str] = field(default_factory=dict)
    #: By id.
    pulls: dict[str, Pull] = field(default_factory=dict)
    #: Ids of pull requests that close it by what they say, or closed it; and by a link.
    closing: set[str] = field(default_factory=set)
    linked: set[str] = field(default_factory=set)
    mentioned: set[str] = field(default_factory=set)

    def hear(self, item: object) -> None:
        if not isinstance(item, dict):
            return
        if item.get("__typename") == "IssueComment":
            remark = parse(_RemarkPayload, item)
            if remark is not None:
                self.remarks.append(Remarked(remark.value(), remark.url))
            return
        event = parse(_Event, item)
        if event is not None:
            self._hear_of_people(event)
            self._hear_of_pulls(event)

    def told_pulls(self) -> Iterator[Pull]:
        """Those that mention the issue, close it or are linked to it; oldest first."""
        for pull in sorted(self.pulls.values(), key=lambda one: (one.opened_at, one.ref)):
            closes = pull.id in self.closing | self.linked
            if closes or pull.id in self.mentioned:
                yield replace(pull, closes=closes)

    def _hear_of_people(self, event: _Event) -> None:
        folded = event.login.casefold()
        if event.typename == "AssignedEvent":
            self.assigned[folded] = event.login
            self.released.pop(folded, None)
            if event.created_at is not None:
                self.assignments.append((event.login, event.created_at))
        elif event.typename == "UnassignedEvent":
            self.assigned.pop(folded, None)
            self.released[folded] = event.login

    def _hear_of_pulls(self, event: _Event) -> None:
        if event.typename == "ReopenedEvent":
            # What was merged until then did not do it.
            undone = {one.id for one in self.pulls.values() if one.state == "MERGED"}
            self.closing -= undone
            self.linked -= undone
        if event.pull is None or event.pull.repository.is_private:
            return
        pull = event.pull.value()
        self.pulls[pull.id] = pull
        if event.typename == "CrossReferencedEvent":
            self.mentioned.add(pull.id)
            if event.will_close_target:
                self.closing.add(pull.id)
        elif event.typename == "ClosedEvent":
            self.closing.add(pull.id)
        elif event.typename == "ConnectedEvent":
            self.linked.add(pull.id)
        elif event.typename == "DisconnectedEvent":
            self.linked.discard(pull.id)


class _Items(Payload):
    nodes: tuple[Any, ...]


class _PageInfo(Payload):
    has_previous_page: bool


class _TimelineItems(_Items):
    page_info: _PageInfo


class AftermathPayload(Payload):
    """An issue as it stands, and its newest events."""

    number: int
    repository: _Home
    state: str
    updated_at: AwareDatetime
    closed_at: AwareDatetime | None = None
    timeline_items: _TimelineItems

    def value(self) -> Aftermath | None:
        """None of what is not public any more."""
        if self.repository.is_private:
            return None
        timeline = _Timeline()
        for item in self.timeline_items.nodes:
            timeline.hear(item)
        return Aftermath(
            ref=IssueRef(self.repository.name_with_owner, self.number),
            is_open=self.state == "OPEN",
            updated_at=self.updated_at,
            closed_at=self.closed_at,
            assigned=tuple(timeline.assigned.values()),
            assignments=tuple(timeline.assignments),
            comments=tuple(timeline.remarks),
            pulls=tuple(timeline.told_pulls()),
            released=tuple(timeline.released.values()),
            is_whole=not self.timeline_items.page_info.has_previous_page,
        )


class _ReviewPayload(Payload):
    state: str
    submitted_at: AwareDatetime
    author: Actor | None = None

    def value(self) -> PullReview:
        return PullReview(
            self.author.name() if self.author else None, self.state, self.submitted_at
        )


class ReviewsPayload(Payload):
    """The first reviews of a pull request; one that is not told is left out."""

    reviews: _Items

    def values(self) -> tuple[PullReview, ...]:
        told = _parsed(self.reviews.nodes)
        return tuple(sorted((one.value() for one in told), key=lambda one: one.at))


class StampPayload(Payload):
    """When an issue changed last."""

    id: str
    updated_at: AwareDatetime


def _parsed(nodes: Iterable[object]) -> Iterator[_ReviewPayload]:
    payloads = (parse(_ReviewPayload, node) for node in nodes)
    return (one for one in payloads if one is not None)
