"""What a repository's settings and its Actions say: workflows, runs, secrets' names, rules.

Comes in: acts of the control door. Goes out: plain objects that `rest_actions`, `rest_settings` and
`graphql` show. A new repository's are GitHub's defaults, and it has no workflow. No secret has a
value here, for GitHub never shows one.
"""

from dataclasses import dataclass, field
from datetime import datetime

#: https://docs.github.com/en/rest/actions/workflows: what `state` may be.
STATES = frozenset(
    {"active", "deleted", "disabled_fork", "disabled_inactivity", "disabled_manually"}
)


@dataclass(slots=True)
class Workflow:
    """A file below `.github/workflows` of the default branch."""

    id: int
    path: str
    created_at: datetime
    state: str = "active"

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2].partition(".")[0]


@dataclass(frozen=True, slots=True)
class WorkflowRun:
    """A run that is over; `actor` is whom GitHub says that it ran for."""

    id: int
    workflow: Workflow
    actor: str
    event: str
    conclusion: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, with the commit that it came by."""

    text: str
    author: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody who was invited and has not answered."""

    id: int
    login: str
    created_at: datetime


@dataclass(slots=True)
class Premises:
    """One repository's; `admins` are beside its owner."""

    admins: tuple[str, ...] = ()
    #: Who may read, and write nothing.
    readers: tuple[str, ...] = ()
    invitations: list[Invitation] = field(default_factory=list)
    #: Names of Actions' secrets, the repository's own and those that its organisation shares.
    secrets: tuple[str, ...] = ()
    organization_secrets: tuple[str, ...] = ()
    enabled: bool = True
    allowed_actions: str = "all"
    github_owned_allowed: bool = True
    default_workflow_permissions: str = "read"
    can_approve_pull_request_reviews: bool = False
    workflows: dict[str, Workflow] = field(default_factory=dict)
    runs: list[WorkflowRun] = field(default_factory=list)
    #: Is the default branch protected the older way?
    protected: bool = False
    #: Types of the rules that hold on the default branch.
    rules: tuple[str, ...] = ()
    #: Branches beside the default one, and when each last changed.
    branches: dict[str, datetime] = field(default_factory=dict)
    #: By path, of files that were changed through the control door.
    lines: dict[str, list[Line]] = field(default_factory=dict)
