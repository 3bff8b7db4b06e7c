"""What a small GitHub is made of: accounts, repositories, issues, pull requests and what is said.

Comes in: facts, from `loading` and the acts of `world`. Goes out: plain objects that `graphql`
and `rest` show. None means *unknown*: a world made from listings has many unknowns. Objects are
compared by identity, for they change while a test looks at them.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.sandbox.premises import Premises

#: How REST names a reaction, and how GraphQL and this world do.
REACTIONS = {
    "+1": "THUMBS_UP",
    "-1": "THUMBS_DOWN",
    "laugh": "LAUGH",
    "hooray": "HOORAY",
    "confused": "CONFUSED",
    "heart": "HEART",
    "rocket": "ROCKET",
    "eyes": "EYES",
}
#: GraphQL's name of a reaction to the logins that gave it, each with the moment.
Reactions = dict[str, dict[str, datetime]]
#: What a submitted review may say.
VERDICTS = ("APPROVED", "CHANGES_REQUESTED", "COMMENTED")
#: Where GitHub's discussions begin, and whether answers are marked there.
CATEGORIES = {
    "Announcements": False,
    "General": False,
    "Ideas": False,
    "Polls": False,
    "Q&A": True,
    "Show and tell": False,
}


def reactions_in_order(given: Reactions) -> list[tuple[datetime, str, str]]:
    """Tell reactions as (moment, name, login): by time, then as GitHub orders its icons."""
    names = list(REACTIONS.values())
    told = [(at, name, login) for name in names for login, at in given.get(name, {}).items()]
    return sorted(told, key=lambda reaction: reaction[0])


@dataclass(slots=True, eq=False)
class User:
    """An account; `bot` makes it a Bot, `organization` an Organization."""

    login: str
    name: str | None = None
    bot: bool = False
    organization: bool = False
    id: int = 0
    #: The repositories that were starred, by name, each with the moment.
    starred: dict[str, datetime] = field(default_factory=dict)

    @property
    def node_id(self) -> str:
        return f"U_{self.id}"

    @property
    def url(self) -> str:
        return f"https://github.com/{self.login}"


@dataclass(slots=True, eq=False)
class Repository:
    """A repository; `language` is the main one, `languages` holds sizes in bytes.

    `merged_by` and `closed_pull_requests` stand in for pull requests of its past that are no things
    of their own: who had them merged, as (login, association), the newest first, and how many were
    closed in all; None where the past is unknown. `files` are those of the newest commit, a path's
    text each (see `files`); `contributing` and `code_of_conduct` stand in for two of them.
    """

    id: int
    name_with_owner: str
    created_at: datetime | None = None
    description: str | None = None
    language: str | None = None
    languages: dict[str, int] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    stars: int = 0
    forks: int | None = 0
    licence: str | None = None
    pushed_at: datetime | None = None
    homepage: str | None = None
    contributing: str | None = None
    code_of_conduct: str | None = None
    archived: bool = False
    disabled: bool = False
    fork: bool = False
    mirror: bool = False
    template: bool = False
    private: bool = False
    has_issues: bool = True
    has_discussions: bool = False
    #: Category name to whether a comment may be marked as the answer there.
    categories: dict[str, bool] = field(default_factory=lambda: dict(CATEGORIES))
    files: dict[str, str] = field(default_factory=dict)
    collaborators: tuple[str, ...] = ()
    #: label name to colour, six hexadecimal digits
    labels: dict[str, str] = field(default_factory=dict)
    next_number: int = 1
    #: On the default branch; None is unknown.
    commits: int | None = None
    merged_by: tuple[tuple[str | None, str], ...] | None = ()
    closed_pull_requests: int = 0
    premises: Premises = field(default_factory=Premises)
    #: A branch's newest commit, by its name; None where nobody tells the world of branches.
    branches: dict[str, str] | None = None

    @property
    def node_id(self) -> str:
        return f"R_{self.id}"

    @property
    def owner(self) -> str:
        return self.name_with_owner.split("/")[0]

    @property
    def name(self) -> str:
        return self.name_with_owner.split("/")[1]

    @property
    def url(self) -> str:
        return f"https://github.com/{self.name_with_owner}"

    def url_of(self, path: str) -> str:
        """Where a file of the default branch is shown."""
        return f"{self.url}/blob/main/{path}"


@dataclass(slots=True, eq=False)
class Comment:
    """A comment on an issue or a pull request (`parent`); `minimized` holds the classifier."""

    id: int
    author: str | None
    body: str
    created_at: datetime
    association: str = "NONE"
    updated_at: datetime | None = None
    minimized: str | None = None
    #: Who last changed the text, and when; None while nobody did.
    editor: str | None = None
    last_edited_at: datetime | None = None
    reactions: Reactions = field(default_factory=dict)
    parent: "Issue | PullRequest | None" = field(default=None, repr=False)

    @property
    def node_id(self) -> str:
        return f"IC_{self.id}"


@dataclass(slots=True, eq=False)
class Review:
    """What somebody said on a whole pull request (`parent`): `state` is one of `VERDICTS`."""

    id: int
    parent: "PullRequest" = field(repr=False)
    author: str | None
    state: str
    submitted_at: datetime
    body: str = ""
    association: str = "NONE"
    editor: str | None = None
    last_edited_at: datetime | None = None
    #: The newest commit at that time.
    commit: str = ""

    @property
    def node_id(self) -> str:
        return f"PRR_{self.id}"

    @property
    def url(self) -> str:
        return f"{self.parent.url}#pullrequestreview-{self.id}"


@dataclass(slots=True, eq=False)
class Event:
    """One timeline item: `kind` is GitHub's type name, `pull_request` what it points to.

    `issue` is the source where an issue (or a comment on one) refers to this one; `subject` names
    the assignee, the label, the old title, or the reason of a new state. Among what is of the same
    moment it comes after the things with ids up to `after`.
    """

    kind: str
    created_at: datetime
    actor: str | None = None
    subject: str | None = None
    pull_request: "PullRequest | None" = field(default=None, repr=False)
    will_close: bool = False
    issue: "Issue | None" = field(default=None, repr=False)
    cross_repository: bool = False
    after: int = 0


@dataclass(slots=True, eq=False)
class Issue:
    """An issue; `n_comments` stands in for `comments` where only their number is known."""

    id: int
    repository: Repository
    number: int
    title: str
    created_at: datetime
    updated_at: datetime
    body: str | None = None
    author: str | None = None
    association: str = "NONE"
    state: str = "OPEN"
    state_reason: str | None = None
    editor: str | None = None
    last_edited_at: datetime | None = None
    closed_at: datetime | None = None
    locked: bool = False
    pinned: bool = False
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    n_comments: int | None = None
    comments: list[Comment] | None = None
    linked: "list[PullRequest] | None" = field(default=None, repr=False)
    timeline: list[Event] = field(default_factory=list, repr=False)
    reactions: Reactions = field(default_factory=dict)
    milestone: str | None = None
    issue_type: str | None = None
    blocked_by: int = 0

    @property
    def node_id(self) -> str:
        return f"I_{self.id}"

    @property
    def url(self) -> str:
        return f"{self.repository.url}/issues/{self.number}"

    @property
    def comment_count(self) -> int:
        """How many comments there are, also where their texts are unknown."""
        return len(self.comments or ()) if self.n_comments is None else self.n_comments


@dataclass(slots=True, eq=False)
class PullRequest:
    """A pull request; `state` is OPEN, CLOSED or MERGED."""

    id: int
    repository: Repository
    number: int
    title: str
    created_at: datetime
    updated_at: datetime
    body: str = ""
    author: str | None = None
    association: str = "NONE"
    state: str = "OPEN"
    draft: bool = False
    editor: str | None = None
    last_edited_at: datetime | None = None
    merged_at: datetime | None = None
    closed_at: datetime | None = None
    closes: tuple[Issue, ...] = field(default=(), repr=False)
    comments: list[Comment] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    locked: bool = False
    reactions: Reactions = field(default_factory=dict)
    #: The branches that it would merge, and into which; empty where nobody told.
    head: str = ""
    base: str = "main"
    head_commit: str = ""

    @property
    def node_id(self) -> str:
        return f"PR_{self.id}"

    @property
    def url(self) -> str:
        return f"{self.repository.url}/pull/{self.number}"

    @property
    def comment_count(self) -> int:
        return len(self.comments)
