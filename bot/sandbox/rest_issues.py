"""REST of issues: list, open, read, change, lock, assign.

Comes in: a `Call` with the repository and the issue that its path names. Goes out: answers; every
write goes through the world's methods. https://docs.github.com/en/rest/issues
"""

from bot.sandbox.messages import Answer, refused
from bot.sandbox.references import find_mentions
from bot.sandbox.rest_calls import Call, Route, invalid, limited, moment, page_of, text_field
from bot.sandbox.things import Issue, PullRequest, Repository

#: https://github.com/dead-claudia/github-limits
MAX_TITLE, MAX_BODY = 256, 65_536
FILTERS = {"state", "labels", "creator", "assignee", "mentioned", "since"}
LIST_PARAMETERS = FILTERS | {"sort", "direction", "per_page", "page"}
EDITABLE = {"title", "body", "state", "state_reason", "labels", "assignees"}


def list_issues(call: Call, repository: Repository) -> Answer:
    """Issues and pull requests, newest first unless asked otherwise; open ones unless asked."""
    _require_issues(repository)
    unknown = set(call.request.query) - LIST_PARAMETERS
    if unknown:
        raise refused(501, f"The sandbox does not serve {', '.join(sorted(unknown))} of a list")
    name = repository.name_with_owner.lower()
    every: list[Issue | PullRequest] = list(call.world.issues.get(name, {}).values())
    every += call.world.pull_requests.get(name, {}).values()
    query = dict(call.request.query)
    found = [thing for thing in every if _is_listed(thing, query)]
    keys = {
        "created": lambda thing: (thing.created_at, thing.number),
        "updated": lambda thing: (thing.updated_at, thing.number),
        "comments": lambda thing: (thing.comment_count, thing.number),
    }
    if query.get("sort", "created") not in keys:
        raise invalid("Issue", "sort", "invalid")
    found.sort(key=keys[query.get("sort", "created")], reverse=query.get("direction") != "asc")
    return page_of(call, found, call.show.issue)


def _is_listed(thing: Issue | PullRequest, query: dict[str, str]) -> bool:
    state = query.get("state", "open")
    if state != "all" and (thing.state == "OPEN") != (state == "open"):
        return False
    labels = {label.casefold() for label in thing.labels}
    if not labels >= {
        name.strip().casefold() for name in query.get("labels", "").split(",") if name
    }:
        return False
    if "creator" in query and (thing.author or "").casefold() != query["creator"].casefold():
        return False
    if "since" in query and thing.updated_at < moment(query["since"]):
        return False
    if "mentioned" in query and query["mentioned"].lower() not in find_mentions(thing.body):
        return False
    return _is_assigned(thing, query.get("assignee"))


def _is_assigned(thing: Issue | PullRequest, wanted: str | None) -> bool:
    if wanted is None:
        return True
    if wanted in {"none", "*"}:
        return bool(thing.assignees) == (wanted == "*")
    return wanted.casefold() in (login.casefold() for login in thing.assignees)


def open_issue(call: Call, repository: Repository) -> Answer:
    """Open an issue; without push access labels and assignees are dropped without a word."""
    author = call.caller.require_write(repository)
    _require_issues(repository)
    if "title" not in call.request.fields:
        raise refused(422, 'Invalid request.\n\n"title" wasn\'t supplied.')
    title = text_field(call, "title", "Issue", most=MAX_TITLE)
    body = limited(call.request.fields.get("body") or "", "body", "Issue", MAX_BODY)
    push = call.caller.has_push(repository)
    labels = names_in(call.request.fields.get("labels")) if push else ()
    issue = call.world.open_issue(repository, author, title, body or None, labels)
    for login in names_in(call.request.fields.get("assignees")) if push else ():
        if _is_assignable(call, issue, login):
            call.world.assign(issue, login, author)
    return Answer(201, call.show.issue(issue))


def read_issue(call: Call, _: Repository, subject: Issue | PullRequest) -> Answer:
    return Answer(200, call.show.issue(subject))


def edit_issue(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    """Change an issue: its author may, and who has push access (labels, assignees: only these)."""
    actor = call.caller.require_push(repository, author=subject.author)
    issue = require_issue(subject)
    changes = {key: value for key, value in call.request.fields.items() if key in EDITABLE}
    if "title" in changes:
        text_field(call, "title", "Issue", most=MAX_TITLE)
    if "body" in changes:
        changes["body"] = limited(changes["body"] or "", "body", "Issue", MAX_BODY) or None
    if changes.get("state", "open") not in {"open", "closed"}:
        raise invalid("Issue", "state", "invalid")
    for plural in ("labels", "assignees"):
        if not call.caller.has_push(repository):
            changes.pop(plural, None)
        elif plural in changes:
            changes[plural] = names_in(changes[plural])
    call.world.edit_issue(issue, actor, **changes)
    return Answer(200, call.show.issue(issue))


def lock(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    return _set_lock(call, repository, subject, locked=True)


def unlock(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    return _set_lock(call, repository, subject, locked=False)


def _set_lock(
    call: Call, repository: Repository, subject: Issue | PullRequest, *, locked: bool
) -> Answer:
    actor = call.caller.require_push(repository)
    call.world.edit_issue(require_issue(subject), actor, locked=locked)
    return Answer(204)


def add_assignees(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    """Assign; whoever cannot be assigned is left out without a word."""
    actor = call.caller.require_push(repository)
    issue = require_issue(subject)
    for login in names_in(call.request.fields.get("assignees")):
        if _is_assignable(call, issue, login):
            call.world.assign(issue, login, actor)
    return Answer(201, call.show.issue(issue))


def remove_assignees(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    actor = call.caller.require_push(repository)
    issue = require_issue(subject)
    for login in names_in(call.request.fields.get("assignees")):
        call.world.unassign(issue, login, actor)
    return Answer(200, call.show.issue(issue))


def names_in(value: object) -> tuple[str, ...]:
    """Names of a list of names or of objects with a `name`, as REST takes labels."""
    entries = value if isinstance(value, list) else []
    names = (entry.get("name") if isinstance(entry, dict) else entry for entry in entries)
    return tuple(name for name in names if isinstance(name, str) and name)


def _is_assignable(call: Call, issue: Issue, login: str) -> bool:
    """Insiders, the author and whoever commented.

    https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/assigning-issues-and-pull-requests-to-other-github-users
    """
    known = {issue.author, *(comment.author for comment in issue.comments or ())}
    return login in known or call.world.can_push(login, issue.repository)


def _require_issues(repository: Repository) -> None:
    if not repository.has_issues:
        raise refused(410, "Issues has been disabled in this repository.")


def require_issue(subject: Issue | PullRequest) -> Issue:
    """The issue; raises `Refused` (501) for a pull request, which the world edits otherwise."""
    if isinstance(subject, PullRequest):
        raise refused(501, "The sandbox does not change pull requests as issues")
    return subject


ISSUE = "/repos/{repository}/issues/{number}"
ROUTES: tuple[Route, ...] = (
    ("GET", "/repos/{repository}/issues", list_issues),
    ("POST", "/repos/{repository}/issues", open_issue),
    ("GET", ISSUE, read_issue),
    ("PATCH", ISSUE, edit_issue),
    ("PUT", f"{ISSUE}/lock", lock),
    ("DELETE", f"{ISSUE}/lock", unlock),
    ("POST", f"{ISSUE}/assignees", add_assignees),
    ("DELETE", f"{ISSUE}/assignees", remove_assignees),
)
