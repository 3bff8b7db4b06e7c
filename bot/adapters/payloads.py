"""Pages of GitHub's GraphQL answers as types: where foreign JSON becomes issues and repositories.

Comes in: the nodes of a page. Goes out: `Issue`, `Repository`, `RepositoryFacts`. GitHub may leave
any object empty that its schema allows to be; what must be there and is not makes a node hidden.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from sys import intern
from typing import Annotated, Any, TypeVar

from pydantic import (
    AliasChoices,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic.alias_generators import to_camel

from bot.harvest.issue import Issue, Repository, RepositoryFacts
from bot.terms import IssueRef

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)


class Payload(BaseModel):
    """What GitHub sent; it may hold more than was asked for, and is never changed."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)


def nodes_of(connection: object) -> Sequence[Any]:
    """The nodes of a connection without the empty ones; none where the connection is."""
    nodes = connection.get("nodes") if isinstance(connection, dict) else None
    return [node for node in nodes if node] if isinstance(nodes, list) else ()


def parse(model: type[Model], node: object) -> Model | None:
    """The node as a type, or None where GitHub left out what it must have."""
    try:
        return model.model_validate(node)
    except ValidationError:
        return None


Nodes = Annotated[tuple[T, ...], BeforeValidator(nodes_of)]


class Named(Payload):
    """Whatever has a name: a label, a language, a topic."""

    name: str


class Actor(Payload):
    """An account."""

    login: str
    typename: str = Field(default="User", alias="__typename")

    def name(self) -> str:
        """The login as REST and people write it: GraphQL leaves out a bot's `[bot]`."""
        is_short = self.typename == "Bot" and not self.login.endswith("[bot]")
        return intern(f"{self.login}[bot]" if is_short else self.login)


class _PageInfo(Payload):
    has_next_page: bool
    end_cursor: str | None = None


class PagePayload(Payload):
    """A page of a connection, its nodes as they came."""

    total: int = Field(
        default=0, validation_alias=AliasChoices("issueCount", "repositoryCount", "totalCount")
    )
    page_info: _PageInfo
    nodes: tuple[Any, ...] | None = None

    @property
    def cursor(self) -> str | None:
        return self.page_info.end_cursor if self.page_info.has_next_page else None

    @property
    def is_hidden(self) -> bool:
        """Are there results, and no list of them? That is no empty page."""
        return self.nodes is None and self.total > 0


class _Licence(Payload):
    spdx_id: str | None = None


class RepositoryPayload(Payload):
    """What a page tells of a repository."""

    id: str
    name_with_owner: str
    description: str | None = None
    stargazer_count: int = 0
    fork_count: int | None = None
    created_at: AwareDatetime | None = None
    pushed_at: AwareDatetime | None = None
    is_archived: bool = False
    is_fork: bool = False
    is_mirror: bool = False
    is_template: bool = False
    has_discussions_enabled: bool = False
    primary_language: Named | None = None
    license_info: _Licence | None = None

    def value(self) -> Repository:
        language = intern(self.primary_language.name) if self.primary_language else None
        return Repository(self.id, intern(self.name_with_owner), language, self.facts())

    def facts(self) -> RepositoryFacts:
        """The facts of a page: what must be asked for apart is None."""
        licence = self.license_info.spdx_id if self.license_info else None
        return RepositoryFacts(
            description=self.description or None,
            topics=None,
            languages=None,
            stars=self.stargazer_count,
            forks=self.fork_count,
            # GitHub's word for a licence file that it does not recognise.
            licence=intern(licence) if licence and licence != "NOASSERTION" else None,
            created_at=self.created_at,
            pushed_at=self.pushed_at,
            is_archived=self.is_archived,
            is_fork=self.is_fork,
            is_mirror=self.is_mirror,
            is_template=self.is_template,
            guide=None,
            has_discussions=self.has_discussions_enabled,
        )


class _Total(Payload):
    total_count: int


class FoundRepositoryPayload(RepositoryPayload):
    """A repository in a search; without its number of listed issues it is hidden."""

    issues: _Total


class _IssuePayload(Payload):
    id: str
    number: int
    title: str
    created_at: AwareDatetime
    updated_at: AwareDatetime
    locked: bool = False
    is_pinned: bool | None = None
    author_association: str = "NONE"
    author: Actor | None = None
    labels: Nodes[Named] = ()

    def value(self, repository: Repository, seen_at: datetime) -> Issue:
        return Issue(
            id=self.id,
            ref=IssueRef(repository.name, self.number),
            repository=repository,
            title=self.title,
            created_at=self.created_at,
            updated_at=self.updated_at,
            labels=tuple(intern(label.name) for label in self.labels),
            is_locked=self.locked,
            is_pinned=bool(self.is_pinned),
            author=self.author.name() if self.author else None,
            seen_at=seen_at,
            association=intern(self.author_association),
        )


def found_issues(nodes: Iterable[object], seen_at: datetime) -> tuple[Issue, ...]:
    """The issues of a search, those of one repository sharing one object; hidden ones left out."""
    repositories: dict[object, Repository | None] = {}
    issues: list[Issue] = []
    for node in nodes:
        home = node.get("repository") if isinstance(node, dict) else None
        key = home.get("id") if isinstance(home, dict) else None
        if not isinstance(key, str):
            continue
        if key not in repositories:
            payload = parse(RepositoryPayload, home)
            repositories[key] = payload.value() if payload else None
        repository = repositories[key]
        if repository is not None:
            issues.extend(listed_issues((node,), repository, seen_at))
    return tuple(issues)


def listed_issues(
    nodes: Iterable[object], repository: Repository, seen_at: datetime
) -> tuple[Issue, ...]:
    """The issues of one repository's list; hidden ones left out."""
    payloads = (parse(_IssuePayload, node) for node in nodes)
    return tuple(one.value(repository, seen_at) for one in payloads if one is not None)
