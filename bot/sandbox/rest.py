"""The REST half of the sandbox: from a path to its handler, and the small resources.

Comes in: a `Call`. Goes out: its `Answer`, or `Refused`. A path that the sandbox does not serve is
answered with 501, not GitHub's 404: a client that needs it should fail loudly.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from bot.sandbox import (
    rest_actions,
    rest_comments,
    rest_issues,
    rest_labels,
    rest_pulls,
    rest_settings,
)
from bot.sandbox.messages import Answer, not_found, refused
from bot.sandbox.rest_calls import Call, Route
from bot.sandbox.things import Comment, Issue, PullRequest, Repository


def read_repository(call: Call, repository: Repository) -> Answer:
    is_admin = rest_actions.is_admin(call.caller, repository)
    permissions = {"admin": is_admin, "push": call.caller.has_push(repository), "pull": True}
    return Answer(200, call.show.repository(repository, permissions))


def read_collaborator(call: Call, repository: Repository, login: str) -> Answer:
    """204 for a collaborator, 404 for anybody else."""
    call.caller.require_push(repository)
    if not call.world.can_push(login, repository):
        raise not_found()
    return Answer(204)


def read_permission(call: Call, repository: Repository, login: str) -> Answer:
    """admin for the owner, write for collaborators; everybody reads what is public."""
    call.caller.require_push(repository)
    if login.casefold() in map(str.casefold, (repository.owner, *repository.premises.admins)):
        permission = "admin"
    elif call.world.can_push(login, repository):
        permission = "write"
    else:
        permission = "read" if call.world.can_see(login, repository) else "none"
    data = {"permission": permission, "role_name": permission, "user": call.show.user(login)}
    return Answer(200, data)


def read_self(call: Call) -> Answer:
    """The token's account; GITHUB_TOKEN has none, which GitHub says with 403."""
    if call.caller.is_actions:
        raise refused(403, "Resource not accessible by integration")
    return Answer(200, call.show.whole_user(call.caller.author))


def read_user(call: Call, login: str) -> Answer:
    """An account; any that owns or wrote something is known, others are not found."""
    if login.lower() not in call.world.users:
        raise not_found()
    return Answer(200, call.show.whole_user(login))


def read_rate_limit(call: Call) -> Answer:
    """https://docs.github.com/en/rest/rate-limit: asking costs nothing."""
    now = call.request.at
    windows = {r: call.meter.window(call.caller, r, now).data for r in ("core", "graphql")}
    search = windows["core"] | {"limit": 30, "used": 0, "remaining": 30, "resource": "search"}
    return Answer(200, {"resources": {**windows, "search": search}, "rate": windows["core"]})


ROUTES: tuple[Route, ...] = (
    ("GET", "/repos/{repository}", read_repository),
    ("GET", "/repos/{repository}/collaborators/{login}", read_collaborator),
    ("GET", "/repos/{repository}/collaborators/{login}/permission", read_permission),
    ("GET", "/user", read_self),
    ("GET", "/users/{login}", read_user),
    ("GET", "/rate_limit", read_rate_limit),
    *rest_issues.ROUTES,
    *rest_comments.ROUTES,
    *rest_labels.ROUTES,
    *rest_actions.ROUTES,
    *rest_settings.ROUTES,
    *rest_pulls.ROUTES,
)
PARTS = {"repository": "[^/]+/[^/]+", "number": r"\d+", "comment": r"\d+", "reaction": r"\d+"}


def _compile(pattern: str) -> re.Pattern[str]:
    def part(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}>{PARTS.get(match[1], '[^/]+')})"

    return re.compile(re.sub(r"\{(\w+)\}", part, pattern))


TABLE = tuple((method, _compile(pattern), handler) for method, pattern, handler in ROUTES)


def answer_rest(call: Call) -> Answer:
    """Finds the handler and hands it what the path names; raises `Refused`."""
    method = "GET" if call.request.method == "HEAD" else call.request.method
    for known_method, pattern, handler in TABLE:
        match = pattern.fullmatch(call.request.path)
        if match and method == known_method:
            return handler(call, *_things(call, match.groupdict()))
    raise refused(501, f"The sandbox does not serve {method} {call.request.path}")


Named = Repository | Issue | PullRequest | Comment | str | int


def _things(call: Call, names: dict[str, str]) -> Iterator[Named]:
    """What the parts of a path name, in their order; raises `Refused` where there is no such."""
    repository: Repository | None = None
    for kind, text in names.items():
        if kind == "repository":
            repository = _repository(call, unquote(text))
            yield repository
        elif repository and kind == "number":
            yield _subject(call, repository, int(text))
        elif repository and kind == "comment":
            yield _comment(call, repository, int(text))
        else:
            yield int(text) if kind == "reaction" else unquote(text)


def _repository(call: Call, name: str) -> Repository:
    """A private repository does not exist for whoever may not see it."""
    found = call.world.repository(name)
    if found is None or not call.caller.may_read(found):
        raise not_found()
    return found


def _subject(call: Call, repository: Repository, number: int) -> Issue | PullRequest:
    name = repository.name_with_owner
    found = call.world.issue(name, number) or call.world.pull_request(name, number)
    if isinstance(found, Issue) and not repository.has_issues:
        raise refused(410, "Issues has been disabled in this repository.")
    if found is None:
        raise not_found()
    return found


def _comment(call: Call, repository: Repository, number: int) -> Comment:
    found = call.world.node(f"IC_{number}")
    if not isinstance(found, Comment) or found.parent is None:
        raise not_found()
    if found.parent.repository is not repository:
        raise not_found()
    return found
