"""A repository as its settings show it: what it is, its branches, who has a role there.

Comes in: a client that reads, a repository. Goes out: what the doctor judges; where a token may not
look, the answer says so. https://docs.github.com/en/rest/repos, .../branches, .../collaborators
"""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import quote

from github import Github, GithubException
from pydantic import AwareDatetime, TypeAdapter

from bot.adapters.github_client import github_errors
from bot.adapters.github_lists import read_list
from bot.adapters.github_looking import NOT_KNOWN, Reading, end_of, look, read_one
from bot.doctor.finding import Seen
from bot.doctor.people import Roles
from bot.doctor.repository import BranchSeen, RepositorySeen, StateBranch


class _Repository(Reading):
    full_name: str
    private: bool
    archived: bool = False
    disabled: bool = False
    has_issues: bool = True
    default_branch: str


class _Signature(Reading):
    date: AwareDatetime


class _GitCommit(Reading):
    committer: _Signature | None = None


class _Commit(Reading):
    commit: _GitCommit


class _Branch(Reading):
    protected: bool = False
    commit: _Commit


class _Rule(Reading):
    type: str


class _Rights(Reading):
    pull: bool = False
    push: bool = False
    admin: bool = False


class _Collaborator(Reading):
    login: str
    permissions: _Rights


class _User(Reading):
    login: str


class _Invitation(Reading):
    invitee: _User | None = None


_RULES: TypeAdapter[list[_Rule]] = TypeAdapter(list[_Rule])
_COLLABORATORS: TypeAdapter[list[_Collaborator]] = TypeAdapter(list[_Collaborator])
_INVITATIONS: TypeAdapter[list[_Invitation]] = TypeAdapter(list[_Invitation])


class GitHubPremises:
    """One repository's."""

    def __init__(self, client: Github, repository: str) -> None:
        self._client = client
        self._repository = repository

    def repository(self) -> Seen[RepositorySeen]:
        """What it is."""

        def ask() -> RepositorySeen:
            told = read_one(self._client, f"/repos/{self._repository}", _Repository, "repository")
            return RepositorySeen(
                name=told.full_name,
                is_private=told.private,
                is_archived=told.archived,
                is_disabled=told.disabled,
                has_issues=told.has_issues,
                default_branch=told.default_branch,
            )

        return look(ask, "access to it, or it does not exist")

    def branch(self, name: str) -> Seen[BranchSeen]:
        """A branch, and the rules for it."""

        def ask() -> BranchSeen:
            told = self._branch(name)
            path = f"{self._repository}/rules/branches/{quote(name, safe='')}"
            rules = look(
                lambda: frozenset(
                    one.type for one in read_list(self._client, path, {}, _RULES, "list of rules")
                ),
                "Metadata: read",
            )
            return BranchSeen(name, _time_of(told), told.protected, rules)

        return look(ask, "Contents: read")

    def state_branch(self, name: str) -> Seen[StateBranch]:
        """When it was last written, if it is there."""

        def ask() -> StateBranch:
            try:
                return StateBranch(_time_of(self._branch(name)))
            except GithubException as error:
                if error.status == HTTPStatus.NOT_FOUND and _says(error, "branch"):
                    return StateBranch(None)
                raise

        return look(ask, "Contents: read")

    def roles(self) -> Seen[Roles]:
        """Who has which role, and who was invited."""

        def ask() -> Roles:
            path = f"{self._repository}/collaborators"
            what = "list of collaborators"
            everyone = list(read_list(self._client, path, {}, _COLLABORATORS, what))
            return Roles(
                readers=_folded(one.login for one in everyone),
                pushers=_folded(one.login for one in everyone if one.permissions.push),
                admins=_folded(one.login for one in everyone if one.permissions.admin),
                invited=self._invited(),
            )

        return look(ask, "the right to write there, which the list of collaborators wants")

    def _invited(self) -> Seen[frozenset[str]]:
        path = f"{self._repository}/invitations"

        def ask() -> frozenset[str]:
            found = read_list(self._client, path, {}, _INVITATIONS, "list of invitations")
            return _folded(one.invitee.login for one in found if one.invitee)

        return look(ask, "Administration: read")

    def _branch(self, name: str) -> _Branch:
        path = f"/repos/{self._repository}/branches/{quote(name, safe='')}"
        return read_one(self._client, path, _Branch, "branch")


def ask_token(client: Github) -> Seen[datetime]:
    """When the token ends, None inside for never; asking for the limits costs nothing.

    Blind where GitHub does not know it; Outage where it does not answer.
    """

    def ask() -> datetime | None:
        headers, _ = client.requester.requestJsonAndCheck("GET", "/rate_limit")
        return end_of(headers)

    with github_errors():
        try:
            return Seen(ask())
        except GithubException as error:
            if error.status == HTTPStatus.UNAUTHORIZED:
                return Seen(blind=NOT_KNOWN)
            raise


def _time_of(branch: _Branch) -> datetime | None:
    signature = branch.commit.commit.committer
    return signature.date if signature else None


def _says(error: GithubException, word: str) -> bool:
    """A repository that may not be seen is "Not Found", a branch that is not there names itself."""
    data = error.data if isinstance(error.data, dict) else {}
    return word in str(data.get("message", "")).lower()


def _folded(logins: Iterable[str]) -> frozenset[str]:
    return frozenset(login.casefold() for login in logins)
