"""Who calls, and what their token lets them do.

Comes in: `Authorization` headers. Goes out: a `Caller`, or 401 as GitHub says it. A classic token
does whatever its login may; `repositories` and `access` narrow it as a fine-grained one is
narrowed; an `actions` token is GITHUB_TOKEN: an installation of one repository.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypedDict, Unpack

from bot.sandbox.messages import refused
from bot.sandbox.world import Repository, World

ACTIONS_BOT = "github-actions[bot]"


class TokenKind(StrEnum):
    PAT = "pat"
    ACTIONS = "actions"


@dataclass(slots=True)
class Token:
    """A token of `login`; `repositories` None means all that the login reaches."""

    token: str
    login: str
    kind: TokenKind = TokenKind.PAT
    access: Literal["read", "write"] = "write"
    repositories: tuple[str, ...] | None = None
    scopes: str | None = None
    expires_at: datetime | None = None
    revoked: bool = False
    #: Of an actions token: the level of each scope; None lets it do all that it ever may.
    permissions: Mapping[str, str] | None = None

    def is_valid(self, now: datetime) -> bool:
        return not self.revoked and (self.expires_at is None or now < self.expires_at)

    def covers(self, repository: Repository) -> bool:
        """Is the repository among those which the token was made for?"""
        if self.repositories is None:
            return True
        name = repository.name_with_owner.casefold()
        return name in (covered.casefold() for covered in self.repositories)


class TokenFacts(TypedDict, total=False):
    """What may be said of a token beside its text and its login."""

    kind: TokenKind
    access: Literal["read", "write"]
    repositories: tuple[str, ...] | None
    scopes: str | None
    expires_at: datetime | None
    revoked: bool
    permissions: Mapping[str, str] | None


class Tokens:
    """All tokens that the sandbox knows."""

    def __init__(self) -> None:
        self._by_text: dict[str, Token] = {}

    def add(self, token: str, login: str, **facts: Unpack[TokenFacts]) -> Token:
        """Makes a token of a login; `facts` are further fields of `Token`."""
        self._by_text[token] = made = Token(token, login, **facts)
        return made

    def add_actions(self, token: str, repository: str, **facts: Unpack[TokenFacts]) -> Token:
        """Makes a GITHUB_TOKEN of a repository: it writes there and nowhere else."""
        made = self.add(token, ACTIONS_BOT, **facts)
        made.kind, made.repositories = TokenKind.ACTIONS, (repository,)
        return made

    def revoke(self, token: str) -> None:
        self._by_text[token].revoked = True

    def find(self, token: str, now: datetime) -> Token | None:
        """The token of that text, if it is good at that time."""
        found = self._by_text.get(token)
        return found if found is not None and found.is_valid(now) else None

    def authenticate(self, authorization: str | None, world: World) -> "Caller":
        """The caller behind a header, anonymous without one; raises `Refused` (401) as GitHub.

        https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api
        """
        if authorization is None:
            return Caller(world, None)
        scheme, _, text = authorization.partition(" ")
        token = self.find(text.strip(), world.now)
        if scheme.lower() not in {"token", "bearer"} or token is None:
            raise refused(401, "Bad credentials")
        return Caller(world, token)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a token's holder, or nobody in particular."""

    world: World
    token: Token | None

    @property
    def login(self) -> str | None:
        return self.token.login if self.token else None

    @property
    def is_actions(self) -> bool:
        return self.token is not None and self.token.kind is TokenKind.ACTIONS

    @property
    def author(self) -> str:
        """Whose name a post bears; raises `Refused` (401) for nobody."""
        if self.token is None:
            raise refused(401, "Requires authentication")
        return self.token.login

    def has_role(self, repository: Repository) -> bool:
        """Is the caller the owner or a collaborator, or the repository's own workflow?"""
        if self.token is None:
            return False
        known = self.is_actions or self.world.can_push(self.login, repository)
        return known and self.token.covers(repository)

    def has_push(self, repository: Repository) -> bool:
        return self.token is not None and self.token.access == "write" and self.has_role(repository)

    def may_read(self, repository: Repository) -> bool:
        if not repository.private or self.has_role(repository):
            return True
        token = self.token
        is_known = token is not None and self.world.can_see(token.login, repository)
        return is_known and token is not None and token.covers(repository)

    def require_write(self, repository: Repository) -> str:
        """The author's login; raises `Refused` where the token may not write, or nobody may."""
        author = self.author
        assert self.token is not None
        if self.token.access != "write" or not self.token.covers(repository):
            what = "integration" if self.is_actions else "personal access token"
            raise refused(403, f"Resource not accessible by {what}")
        if repository.archived:
            raise refused(403, "Repository was archived so is read-only.")
        return author

    def require_push(self, repository: Repository, *, author: str | None = None) -> str:
        """As `require_write`, and what is touched must be one's own or one's repository's."""
        login = self.require_write(repository)
        if login != author and not self.has_push(repository):
            raise refused(403, "Must have admin rights to Repository.")
        return login
