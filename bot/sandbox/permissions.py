"""What a job's GITHUB_TOKEN may do: a level for each scope, as the workflow's `permissions` say.

Comes in: a call's method and path. Goes out: nothing, or GitHub's refusal. Only tokens that were
made with permissions are held to them; what is public may be read without any.
https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps

Differs from GitHub: reading by GraphQL is not held to scopes.
"""

import re
from collections.abc import Mapping

from bot.sandbox.messages import Request, refused
from bot.sandbox.tokens import Caller

#: The scope that guards a path below `/repos/OWNER/NAME`; the first that fits counts.
SCOPES = (
    (re.compile(r"/actions/(?:permissions|secrets|variables)(?:/|$)"), "administration"),
    (re.compile(r"/actions(?:/|$)"), "actions"),
    (re.compile(r"/(?:issues|labels|milestones|assignees)(?:/|$)"), "issues"),
    (re.compile(r"/pulls(?:/|$)"), "pull-requests"),
    (re.compile(r"/(?:git|contents|commits|compare|branches|rules|merges)(?:/|$)"), "contents"),
)
_PLACE = re.compile(r"/repos/(?P<repository>[^/]+/[^/]+)(?P<rest>/.*)?")
_READS = frozenset({"GET", "HEAD"})
#: What a workflow cannot give its token (docs.github.com, GITHUB_TOKEN, permissions).
_NEVER = frozenset({"administration"})


def has_level(permissions: Mapping[str, str], scope: str, level: str) -> bool:
    """Is the scope granted at that level (`read` or `write`)? A scope that is not named is none."""
    granted = "none" if scope in _NEVER else permissions.get(scope, "none")
    return granted in ("write", level)


def check_permissions(caller: Caller, request: Request) -> None:
    """Raises `Refused` (403) where the token's permissions do not reach."""
    permissions = caller.token.permissions if caller.token else None
    if permissions is None:
        return
    if request.is_graphql:
        if request.operation.kind == "mutation" and not has_level(permissions, "issues", "write"):
            raise refused(403, "Resource not accessible by integration")
        return
    place = _PLACE.fullmatch(request.path)
    scope = _scope_of(place["rest"] or "") if place else None
    if place is None or scope is None:
        return
    found = caller.world.repository(place["repository"])
    reads = request.method in _READS
    if reads and found is not None and not found.private and scope not in _NEVER:
        return
    if not has_level(permissions, scope, "read" if reads else "write"):
        raise refused(403, "Resource not accessible by integration")


def _scope_of(rest: str) -> str | None:
    return next((scope for pattern, scope in SCOPES if pattern.match(rest)), None)
