"""What can be done through the control door: people act, time passes, faults are armed.

Comes in: an act's name and its arguments, all of them JSON. Goes out: a JSON object that tells
what came of it (numbers and ids). The names of arguments are the parameters' names.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.sandbox import fault_nulls, faults
from bot.sandbox.control_forum import FORUM_ACTS
from bot.sandbox.control_premises import PREMISES_ACTS
from bot.sandbox.control_stage import Stage
from bot.sandbox.faults import Fault, Match
from bot.sandbox.messages import Json, JsonValue
from bot.sandbox.things import Comment, PullRequest

#: Faults that JSON can describe, by the names of their constructors.
NAMED_FAULTS: dict[str, Callable[..., Fault]] = {
    made.__name__: made
    for made in (
        faults.bad_gateway,
        faults.gateway_timeout,
        faults.server_error,
        faults.secondary_limit,
        faults.primary_limit,
        faults.rate_limited,
        faults.dropped_connection,
        faults.truncated_body,
        faults.not_json_body,
        faults.slow_answer,
        faults.bad_credentials,
        faults.forbidden,
        faults.missing,
        faults.unprocessable,
        fault_nulls.partial_data,
        fault_nulls.null_nodes,
        fault_nulls.denied,
        fault_nulls.null_field,
    )
}

PULL_FACTS = ("closes", "draft", "head", "base")


def open_issue(stage: Stage, login: str, repository: str, title: str, **rest: JsonValue) -> Json:
    home = stage.repository(repository)
    issue = stage.world.open_issue(
        home, login, title, rest.pop("body", None), tuple(rest.pop("labels", ()))
    )
    _refuse_rest(rest)
    return {"number": issue.number, "id": issue.id, "node_id": issue.node_id}


def comment(stage: Stage, login: str, repository: str, number: int, body: str) -> Json:
    place = stage.subject(repository, number)
    assert not isinstance(place, Comment)
    made = stage.world.comment(place, login, body)
    return {"id": made.id, "node_id": made.node_id}


def react(stage: Stage, login: str, content: str, **place: JsonValue) -> Json:
    stage.world.react(stage.subject(**place), login, content)
    return {}


def edit(stage: Stage, login: str, repository: str, number: int, **changes: JsonValue) -> Json:
    """Changes an issue, or with `comment` (an id) and `body` a comment."""
    if "comment" in changes:
        found = stage.subject(repository, number, changes.pop("comment"))
        assert isinstance(found, Comment)
        stage.world.edit_comment(found, changes.pop("body"), login)
        _refuse_rest(changes)
    else:
        stage.world.edit_issue(stage.issue(repository, number), login, **changes)
    return {}


def delete_comment(stage: Stage, login: str, repository: str, number: int, *, comment: int) -> Json:
    found = stage.subject(repository, number, comment)
    assert isinstance(found, Comment)
    stage.world.delete_comment(found, login)
    return {}


def assign(stage: Stage, login: str, repository: str, number: int) -> Json:
    stage.world.assign(stage.issue(repository, number), login)
    return {}


def unassign(stage: Stage, login: str, repository: str, number: int) -> Json:
    stage.world.unassign(stage.issue(repository, number), login)
    return {}


def close(
    stage: Stage, login: str, repository: str, number: int, reason: str = "COMPLETED"
) -> Json:
    """Closes an issue or, unmerged, a pull request."""
    place = stage.subject(repository, number)
    if isinstance(place, PullRequest):
        stage.world.close_pull_request(place, login)
    else:
        stage.world.close(stage.issue(repository, number), login, reason)
    return {}


def reopen(stage: Stage, login: str, repository: str, number: int) -> Json:
    stage.world.reopen(stage.issue(repository, number), login)
    return {}


def label(stage: Stage, repository: str, number: int, name: str, login: str | None = None) -> Json:
    stage.world.label(stage.issue(repository, number), name, login)
    return {}


def unlabel(
    stage: Stage, repository: str, number: int, name: str, login: str | None = None
) -> Json:
    stage.world.unlabel(stage.issue(repository, number), name, login)
    return {}


def open_pull_request(
    stage: Stage, login: str, repository: str, title: str, **rest: JsonValue
) -> Json:
    home = stage.repository(repository)
    body = rest.pop("body", "")
    facts: JsonValue = {key: rest.pop(key) for key in PULL_FACTS if key in rest}
    _refuse_rest(rest)
    pull = stage.world.open_pull_request(home, login, title, body, **facts)
    return {"number": pull.number, "id": pull.id, "node_id": pull.node_id}


def connect(stage: Stage, login: str, repository: str, number: int, *, pull_request: int) -> Json:
    """Links an issue to a pull request (a number) of its repository by hand."""
    pull = stage.pull_request(repository, pull_request)
    stage.world.connect(pull, stage.issue(repository, number), login)
    return {}


def disconnect(
    stage: Stage, login: str, repository: str, number: int, *, pull_request: int
) -> Json:
    pull = stage.pull_request(repository, pull_request)
    stage.world.disconnect(pull, stage.issue(repository, number), login)
    return {}


def review(stage: Stage, login: str, repository: str, number: int, **said: JsonValue) -> Json:
    """Submits a review of a pull request: `state` (COMMENTED) and `body`, if given."""
    made = stage.world.review(stage.pull_request(repository, number), login, **said)
    return {"id": made.id, "node_id": made.node_id}


def merge(stage: Stage, login: str, repository: str, number: int) -> Json:
    stage.world.merge(stage.pull_request(repository, number), login)
    return {}


def push(stage: Stage, login: str, repository: str) -> Json:
    stage.world.push(stage.repository(repository), login)
    return {}


def move_branch(
    stage: Stage, repository: str, branch: str, commit: str | None = None, login: str | None = None
) -> Json:
    """Tells of a push to a branch, or without a commit that it was deleted."""
    stage.world.move_branch(stage.repository(repository), branch, commit, login)
    return {}


def star(stage: Stage, login: str, repository: str) -> Json:
    stage.world.star(stage.repository(repository), login)
    return {}


def clock(stage: Stage, now: str | None = None, advance_days: float = 0) -> Json:
    """Sets the world's time to an ISO moment, or lets days pass."""
    if now is not None:
        moment = datetime.fromisoformat(now)
        stage.world.set_now(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    stage.world.advance(days=advance_days)
    return {"now": stage.world.now.isoformat()}


def add_fault(
    stage: Stage,
    name: str,
    arguments: Json | list[JsonValue] | None = None,
    match: dict[str, str] | None = None,
    **when: JsonValue,
) -> Json:
    """Arms a fault by name: `arguments` of its constructor, `match` fields, `times`, `skip`."""
    if name not in NAMED_FAULTS:
        raise ValueError(f"there is no fault {name!r}; faults are {', '.join(NAMED_FAULTS)}")
    named = arguments if isinstance(arguments, dict) else {}
    plain = arguments if isinstance(arguments, list) else []
    stage.faults.add(NAMED_FAULTS[name](*plain, **named), _match(**(match or {})), **when)
    return {}


def clear_faults(stage: Stage, name: str | None = None) -> Json:
    stage.faults.clear(name)
    return {}


def _match(
    method: str | None = None, path: str | None = None, operation: str | None = None
) -> Match:
    return Match(method, path, operation)


def _refuse_rest(rest: Json) -> None:
    if rest:
        raise TypeError(f"not known here: {', '.join(sorted(rest))}")


ACTS: dict[str, Callable[..., Json]] = (
    FORUM_ACTS
    | PREMISES_ACTS
    | {
        act.__name__: act
        for act in (
            open_issue,
            comment,
            react,
            edit,
            delete_comment,
            assign,
            unassign,
            close,
            reopen,
            label,
            unlabel,
            open_pull_request,
            connect,
            disconnect,
            review,
            merge,
            push,
            move_branch,
            star,
            clock,
            add_fault,
            clear_faults,
        )
    }
)


def perform(stage: Stage, act: str, arguments: Json) -> Json:
    """Does an act by its name; TypeError or ValueError if there is none or the arguments misfit."""
    if act not in ACTS:
        raise ValueError(f"there is no act {act!r}; acts are {', '.join(sorted(ACTS))}")
    return ACTS[act](stage, **arguments)
