"""Actions of a repository: which workflows there are, how they fare, whose schedules they are.

Comes in: a client that reads, a repository. Goes out: what `doctor.workflows` judges.
https://docs.github.com/en/rest/actions
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from github import Github
from pydantic import AwareDatetime, TypeAdapter

from bot.adapters.github_documents import document
from bot.adapters.github_lists import read_shape
from bot.adapters.github_looking import Reading, Shape, look, read_one
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.payloads import Payload
from bot.doctor.finding import Seen
from bot.doctor.workflows import SUBSCRIBE, WEEKLY, ActionsSeen, WorkflowSeen

_FOLDER = ".github/workflows/"
#: How a scheduled workflow says when.
_CRON = "cron:"


class _Workflow(Reading):
    path: str
    state: str
    created_at: AwareDatetime


class _Workflows(Reading):
    workflows: list[_Workflow]


class _Run(Reading):
    created_at: AwareDatetime


class _Runs(Reading):
    workflow_runs: list[_Run]


class _Secret(Reading):
    name: str


class _Secrets(Reading):
    secrets: list[_Secret]


class _Allowed(Reading):
    enabled: bool
    allowed_actions: str = "all"


class _Selected(Reading):
    github_owned_allowed: bool


class _Rights(Reading):
    can_approve_pull_request_reviews: bool


class _User(Payload):
    login: str


class _Author(Payload):
    user: _User | None = None


class _Commit(Payload):
    committed_date: AwareDatetime
    author: _Author | None = None


class _Range(Payload):
    starting_line: int
    ending_line: int
    commit: _Commit


class _Blame(Payload):
    ranges: tuple[_Range, ...] = ()


class _Target(Payload):
    blame: _Blame | None = None


class _Branch(Payload):
    target: _Target | None = None


class _Blob(Payload):
    text: str | None = None


class _Repository(Payload):
    object: _Blob | None = None
    default_branch_ref: _Branch | None = None


class _File(Payload):
    repository: _Repository | None = None


class GitHubActions:
    """One repository's; where a token may not look, the answer says so."""

    def __init__(self, client: Github, repository: str) -> None:
        self._client = client
        self._repository = repository

    def workflows(self) -> Seen[Sequence[WorkflowSeen]]:
        """Those of Foothold, each with its last good run and whose schedule it is."""
        listed = look(self._list, "Actions: read")
        if listed.value is None:
            return Seen(blind=listed.blind)
        return Seen([self._look_at(one) for one in listed.value])

    def secrets(self) -> Seen[frozenset[str]]:
        """Names of the secrets that workflows are given, its own and its organisation's."""

        def ask() -> frozenset[str]:
            names = self._secret_names("secrets")
            # A repository of a person's has no organisation, which is no reason not to know.
            shared = look(lambda: self._secret_names("organization-secrets"), "")
            return names | (shared.value or frozenset())

        return look(ask, "Secrets: read, which a workflow's own token cannot have")

    def actions(self) -> Seen[ActionsSeen]:
        """What may run there."""

        def ask() -> ActionsSeen:
            told = self._read("permissions", _Allowed)
            if told.allowed_actions != "selected":
                return ActionsSeen(enabled=told.enabled, allowed=told.allowed_actions)
            selected = self._read("permissions/selected-actions", _Selected)
            return ActionsSeen(told.enabled, "selected", selected.github_owned_allowed)

        return look(ask, "Administration: read")

    def may_open_pulls(self) -> Seen[bool]:
        """May a workflow open pull requests?"""
        return look(
            lambda: self._read("permissions/workflow", _Rights).can_approve_pull_request_reviews,
            "Administration: read",
        )

    def _list(self) -> list[_Workflow]:
        found = self._read("workflows?per_page=100", _Workflows).workflows
        ours = {*WEEKLY, SUBSCRIBE}
        return [one for one in found if _name(one.path) in ours and one.path.startswith(_FOLDER)]

    def _look_at(self, one: _Workflow) -> WorkflowSeen:
        name = _name(one.path)
        file = quote(one.path.rpartition("/")[2])
        return WorkflowSeen(
            name=name,
            state=one.state,
            created_at=one.created_at,
            succeeded_at=look(lambda: self._last_success(file), "Actions: read"),
            cron_by=self._cron_by(one.path) if name in WEEKLY else Seen(""),
        )

    def _last_success(self, file: str) -> datetime | None:
        runs = self._read(f"workflows/{file}/runs?status=success&per_page=1", _Runs).workflow_runs
        return runs[0].created_at if runs else None

    def _cron_by(self, path: str) -> Seen[str]:
        seen = look(lambda: self._authors_of_cron(path), "Contents: read")
        if seen.value is None:
            return Seen(blind=seen.blind)
        if None in seen.value:
            return Seen(blind="their commit belongs to no account that GitHub knows")
        return Seen(next(filter(None, seen.value), ""))

    def _authors_of_cron(self, path: str) -> tuple[str | None, ...]:
        """Who wrote the newest of the lines that say when: one, or none where there are none."""
        owner, name = self._repository.split("/")
        asked = {"owner": owner, "name": name, "path": path, "file": f"HEAD:{path}"}
        answer = GraphQLWire(self._client).send(document("read_blame"), asked)
        told = read_shape(answer.data, TypeAdapter(_File), "blame").repository
        blob, branch = (told.object, told.default_branch_ref) if told else (None, None)
        text = (blob.text if blob else None) or ""
        crons = {n for n, line in enumerate(text.splitlines(), 1) if _CRON in line.split("#")[0]}
        blame = branch.target.blame if branch and branch.target else None
        commits = [
            one.commit
            for one in (blame.ranges if blame else ())
            if crons & set(range(one.starting_line, one.ending_line + 1))
        ]
        if not commits:
            return ()
        newest = max(commits, key=lambda one: one.committed_date)
        user = newest.author.user if newest.author else None
        return (user.login if user else None,)

    def _secret_names(self, kind: str) -> frozenset[str]:
        told = self._read(f"{kind}?per_page=100", _Secrets)
        return frozenset(one.name for one in told.secrets)

    def _read(self, path: str, kind: type[Shape]) -> Shape:
        return read_one(self._client, f"/repos/{self._repository}/actions/{path}", kind, "settings")


def _name(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")
