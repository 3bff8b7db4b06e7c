"""REST of labels: those of a repository and those of an issue.

Comes in: a `Call` with the repository and the issue that its path names. Goes out: answers.
https://docs.github.com/en/rest/issues/labels
"""

from collections.abc import Sequence

from bot.sandbox.messages import Answer, not_found
from bot.sandbox.rest_calls import Call, Route, invalid, page_of, text_field
from bot.sandbox.rest_issues import ISSUE, names_in, require_issue
from bot.sandbox.things import Issue, PullRequest, Repository
from bot.sandbox.timeline import NEW_LABEL_COLOUR

#: https://github.com/dead-claudia/github-limits
MAX_NAME = 50


def list_labels(call: Call, repository: Repository) -> Answer:
    return _page(call, repository, sorted(repository.labels, key=str.casefold))


def read_label(call: Call, repository: Repository, name: str) -> Answer:
    known = _spelling(repository, name)
    if known is None:
        raise not_found()
    return Answer(200, call.show.label(repository, known))


def create_label(call: Call, repository: Repository) -> Answer:
    actor = call.caller.require_push(repository)
    name = text_field(call, "name", "Label", most=MAX_NAME)
    if _spelling(repository, name) is not None:
        raise invalid("Label", "name", "already_exists")
    repository.labels[name] = call.request.fields.get("color", NEW_LABEL_COLOUR)
    call.world.record(actor, "create_label", repository, label=name)
    return Answer(201, call.show.label(repository, name))


def labels_of(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    return _page(call, repository, subject.labels)


def add_labels(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    actor = call.caller.require_push(repository)
    issue = require_issue(subject)
    for name in _asked(call):
        call.world.label(issue, name, actor)
    return _page(call, repository, subject.labels)


def set_labels(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    actor = call.caller.require_push(repository)
    call.world.edit_issue(require_issue(subject), actor, labels=_asked(call))
    return _page(call, repository, subject.labels)


def remove_label(
    call: Call, repository: Repository, subject: Issue | PullRequest, name: str
) -> Answer:
    actor = call.caller.require_push(repository)
    if name.casefold() not in (label.casefold() for label in subject.labels):
        raise not_found()
    call.world.unlabel(require_issue(subject), name, actor)
    return _page(call, repository, subject.labels)


def remove_labels(call: Call, repository: Repository, subject: Issue | PullRequest) -> Answer:
    actor = call.caller.require_push(repository)
    call.world.edit_issue(require_issue(subject), actor, labels=())
    return Answer(204)


def _asked(call: Call) -> tuple[str, ...]:
    """The names in the body, which is a bare list or an object with `labels`."""
    body = call.request.json
    return names_in(body if isinstance(body, list) else call.request.fields.get("labels"))


def _page(call: Call, repository: Repository, names: Sequence[str]) -> Answer:
    return page_of(call, names, lambda name: call.show.label(repository, name))


def _spelling(repository: Repository, name: str) -> str | None:
    same = (known for known in repository.labels if known.casefold() == name.casefold())
    return next(same, None)


ROUTES: tuple[Route, ...] = (
    ("GET", "/repos/{repository}/labels", list_labels),
    ("POST", "/repos/{repository}/labels", create_label),
    ("GET", "/repos/{repository}/labels/{name}", read_label),
    ("GET", f"{ISSUE}/labels", labels_of),
    ("POST", f"{ISSUE}/labels", add_labels),
    ("PUT", f"{ISSUE}/labels", set_labels),
    ("DELETE", f"{ISSUE}/labels/{{name}}", remove_label),
    ("DELETE", f"{ISSUE}/labels", remove_labels),
)
