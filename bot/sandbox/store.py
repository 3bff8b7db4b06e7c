"""The sandbox's memory: all that exists, found by name or node id, under one clock.

Comes in: accounts, repositories and what `world` and `loading` make. Goes out: lookups (names in
any case), fresh numbers and ids, `writes`: one JSON-able row a change, oldest first.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.sandbox.discussions import Discussion, DiscussionComment
from bot.sandbox.things import Comment, Issue, PullRequest, Repository, Review, User

Numbered = Issue | PullRequest | Discussion
Node = Repository | Numbered | Comment | Review | DiscussionComment


def place_of(thing: Node) -> Repository | Numbered | None:
    """Give what a comment or a review stands under, and of all else the thing itself."""
    if isinstance(thing, DiscussionComment):
        return thing.discussion
    return thing.parent if isinstance(thing, Comment | Review) else thing


def home_of(thing: Node) -> Repository | None:
    """Give the repository that a thing is, or is in."""
    place = place_of(thing)
    return place if place is None or isinstance(place, Repository) else place.repository


def set_facts(thing: User | Repository | Issue, facts: Mapping[str, object]) -> None:
    """Write named facts into a thing; TypeError for a name that it does not have."""
    for name, value in facts.items():
        if name not in thing.__dataclass_fields__:
            raise TypeError(f"{type(thing).__name__} has no {name}")
        setattr(thing, name, value)


class Store:
    """Everything there is, indexed; `now` is its clock, `revision` counts its changes."""

    def __init__(self, now: datetime | None = None) -> None:
        self.offset = timedelta()
        self.fixed: datetime | None = now
        self.users: dict[str, User] = {}
        self.repositories: dict[str, Repository] = {}
        self.issues: dict[str, dict[int, Issue]] = defaultdict(dict)
        self.pull_requests: dict[str, dict[int, PullRequest]] = defaultdict(dict)
        self.discussions: dict[str, dict[int, Discussion]] = defaultdict(dict)
        self.nodes: dict[str, Node] = {}
        #: what its source could not tell, by name; empty for a world that was written as one
        self.unknown: frozenset[str] = frozenset()
        self.revision = 0
        self.writes: list[dict[str, object]] = []
        #: what readers keep until `revision` moves on
        self.caches: dict[str, object] = {}
        self._last_id = 1000

    @property
    def now(self) -> datetime:
        """The world's time: fixed where it was set, else the machine's."""
        return self.fixed or datetime.now(UTC) + self.offset

    def set_now(self, now: datetime) -> None:
        """Stop the clock at a moment."""
        self.fixed = now.astimezone(UTC)

    def advance(self, **duration: float) -> None:
        """Let time pass: `advance(days=3, hours=2)`."""
        step = timedelta(**duration)
        if self.fixed is None:
            self.offset += step
        else:
            self.fixed += step

    def next_id(self) -> int:
        """Count up: ids follow the order in which things came, as on GitHub."""
        self._last_id += 1
        return self._last_id

    def next_number(self, repository: Repository) -> int:
        """Issues, pull requests and discussions of a repository share one row of numbers."""
        repository.next_number += 1
        return repository.next_number - 1

    def add_user(self, login: str, **facts: object) -> User:
        """Make an account, or add facts to it; a login in `[bot]` is a bot's."""
        user = self.users.get(login.lower())
        if user is None:
            user = User(login, id=self.next_id(), bot=login.endswith("[bot]"))
            self.users[login.lower()] = user
        set_facts(user, facts)
        return user

    def user(self, login: str) -> User:
        """Give an account, made on first mention."""
        return self.users.get(login.lower()) or self.add_user(login)

    def add_repository(self, name_with_owner: str, **facts: object) -> Repository:
        """Make a repository; without other facts it began, and was pushed to, just now."""
        if self.repository(name_with_owner) is not None:
            raise ValueError(f"there is a repository {name_with_owner} already")
        repository = Repository(self.next_id(), name_with_owner)
        set_facts(repository, {"created_at": self.now, "pushed_at": self.now} | facts)
        self.repositories[name_with_owner.lower()] = repository
        self.nodes[repository.node_id] = repository
        self.revision += 1
        return repository

    def add(self, thing: Numbered) -> None:
        """Take in a finished issue, pull request or discussion; its number counts as used."""
        home = thing.repository
        key = home.name_with_owner.lower()
        shelves = (self.issues[key], self.pull_requests[key], self.discussions[key])
        if any(thing.number in shelf for shelf in shelves):
            raise ValueError(f"there is a {home.name_with_owner}#{thing.number} already")
        if isinstance(thing, Issue):
            self.issues[key][thing.number] = thing
        elif isinstance(thing, PullRequest):
            self.pull_requests[key][thing.number] = thing
        else:
            self.discussions[key][thing.number] = thing
        home.next_number = max(home.next_number, thing.number + 1)
        self.nodes[thing.node_id] = thing
        self.revision += 1

    def repository(self, name: str) -> Repository | None:
        return self.repositories.get(name.lower())

    def issue(self, name: str, number: int) -> Issue | None:
        return self.issues[name.lower()].get(number) if name.lower() in self.issues else None

    def pull_request(self, name: str, number: int) -> PullRequest | None:
        key = name.lower()
        return self.pull_requests[key].get(number) if key in self.pull_requests else None

    def discussion(self, name: str, number: int) -> Discussion | None:
        key = name.lower()
        return self.discussions[key].get(number) if key in self.discussions else None

    def node(self, node_id: str) -> Node | None:
        """Give what a node id names; None once it was deleted."""
        return self.nodes.get(node_id)

    def can_push(self, login: str | None, repository: Repository) -> bool:
        """Whether an account owns the repository or is one of its collaborators."""
        insiders = {repository.owner.lower(), *map(str.lower, repository.collaborators)}
        insiders |= set(map(str.lower, repository.premises.admins))
        return login is not None and login.lower() in insiders

    def can_see(self, login: str | None, repository: Repository) -> bool:
        """Whether a repository exists for an account: a private one only for those with a role."""
        if not repository.private or self.can_push(login, repository):
            return True
        return (login or "").lower() in map(str.lower, repository.premises.readers)

    def association(self, repository: Repository, login: str | None) -> str:
        """Say how GitHub would relate an author to a repository."""
        if login is None:
            return "NONE"
        if login.lower() == repository.owner.lower():
            return "OWNER"
        if self.can_push(login, repository):
            return "MEMBER" if self.user(repository.owner).organization else "COLLABORATOR"
        pulls = self.pull_requests.get(repository.name_with_owner.lower(), {}).values()
        merged = any(p.author == login and p.merged_at is not None for p in pulls)
        had_merged = any(login == author for author, _ in repository.merged_by or ())
        return "CONTRIBUTOR" if merged or had_merged else "NONE"

    def record(self, actor: str | None, act: str, thing: Node, **more: object) -> None:
        """Write a change down and count it."""
        place, home = place_of(thing), home_of(thing)
        row: dict[str, object] = {
            "at": self.now.isoformat(),
            "actor": actor,
            "act": act,
            "repository": home.name_with_owner if home else None,
            "number": place.number if isinstance(place, Numbered) else None,
            "id": thing.id,
            "node_id": thing.node_id,
        }
        self.writes.append(row | more)
        self.revision += 1
