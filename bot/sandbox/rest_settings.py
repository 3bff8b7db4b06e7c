"""REST of a repository's branches, rules and people, as its settings show them.

Comes in: a `Call` with the repository that its path names. Goes out: answers.
https://docs.github.com/en/rest/branches/branches, https://docs.github.com/en/rest/repos/rules,
https://docs.github.com/en/rest/collaborators
"""

from datetime import datetime
from hashlib import sha1

from bot.sandbox.files import BRANCH
from bot.sandbox.messages import Answer, Json, refused
from bot.sandbox.payloads import timestamp
from bot.sandbox.premises import Invitation
from bot.sandbox.rest_actions import require_admin
from bot.sandbox.rest_calls import Call, Route, page_of
from bot.sandbox.things import Repository

#: What a role allows, the least first.
ROLES = ("pull", "triage", "push", "maintain", "admin")
_NAMES = {"pull": "read", "push": "write"}


def read_branch(_call: Call, repository: Repository, branch: str) -> Answer:
    premises = repository.premises
    is_known = branch == BRANCH or branch in (repository.branches or {})
    at = premises.branches.get(branch) or (repository.pushed_at if is_known else None)
    if at is None:
        raise refused(404, "Branch not found")
    is_protected = branch == BRANCH and premises.protected
    data = {"name": branch, "commit": _commit(repository, branch, at), "protected": is_protected}
    return Answer(200, data)


def list_rules(call: Call, repository: Repository, branch: str) -> Answer:
    """Of a branch that does not exist too: a ruleset may wait for it."""
    types = repository.premises.rules if branch == BRANCH else ()
    owner = repository.name_with_owner
    return page_of(
        call,
        types,
        lambda kind: {
            "type": kind,
            "ruleset_source_type": "Repository",
            "ruleset_source": owner,
            "ruleset_id": repository.id,
        },
    )


def list_collaborators(call: Call, repository: Repository) -> Answer:
    """All who have a role: the owner if it is a person, admins, who may push, who may read."""
    call.caller.require_push(repository)
    premises = repository.premises
    roles: dict[str, tuple[str, str]] = {}
    for role, logins in (
        ("pull", premises.readers),
        ("push", repository.collaborators),
        ("admin", (*premises.admins, *_owner(call, repository))),
    ):
        roles |= {login.casefold(): (login, role) for login in logins}
    return page_of(call, list(roles.values()), lambda one: _show_collaborator(call, *one))


def list_invitations(call: Call, repository: Repository) -> Answer:
    require_admin(call, repository)

    def show(one: Invitation) -> Json:
        return {
            "id": one.id,
            "invitee": call.show.user(one.login),
            "permissions": "read",
            "created_at": timestamp(one.created_at),
            "expired": False,
        }

    return page_of(call, repository.premises.invitations, show)


def _owner(call: Call, repository: Repository) -> tuple[str, ...]:
    """An organisation is nobody's collaborator."""
    return () if call.world.user(repository.owner).organization else (repository.owner,)


def _show_collaborator(call: Call, login: str, role: str) -> Json:
    reach = ROLES.index(role)
    return (call.show.user(login) or {}) | {
        "permissions": {name: place <= reach for place, name in enumerate(ROLES)},
        "role_name": _NAMES.get(role, role),
    }


def _commit(repository: Repository, branch: str, at: datetime) -> Json:
    who = {"name": "somebody", "email": "somebody@example.org", "date": timestamp(at)}
    other = sha1(branch.encode(), usedforsecurity=False).hexdigest()
    return {
        "sha": f"{repository.id:040x}" if branch == BRANCH else other,
        "commit": {"author": who, "committer": who, "message": "A change"},
    }


ROUTES: tuple[Route, ...] = (
    ("GET", "/repos/{repository}/branches/{branch}", read_branch),
    ("GET", "/repos/{repository}/rules/branches/{branch}", list_rules),
    ("GET", "/repos/{repository}/collaborators", list_collaborators),
    ("GET", "/repos/{repository}/invitations", list_invitations),
)
