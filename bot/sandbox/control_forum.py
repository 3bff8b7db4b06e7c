"""What can be done in discussions through the control door.

Comes in: the acts' arguments, all of them JSON. Goes out: JSON objects, as of `control_acts`.
"""

from collections.abc import Callable

from bot.sandbox.control_stage import Stage
from bot.sandbox.messages import Json


def open_discussion(stage: Stage, login: str, repository: str, title: str, **said: str) -> Json:
    """Asks something: `body` and `category`, if given."""
    made = stage.world.open_discussion(stage.repository(repository), login, title, **said)
    return {"number": made.number, "id": made.id, "node_id": made.node_id}


def discuss(stage: Stage, login: str, body: str, **place: int | str) -> Json:
    """Comments on a discussion, or with `comment` (an id) replies to a comment."""
    is_reply = "comment" in place
    where = stage.said(**place) if is_reply else stage.discussion(**place)  # type: ignore[arg-type]
    made = stage.world.discuss(where, login, body)
    return {"id": made.id, "node_id": made.node_id}


def choose_answer(stage: Stage, login: str, repository: str, number: int, *, comment: int) -> Json:
    stage.world.choose_answer(stage.said(repository, number, comment), login)
    return {}


def withdraw_answer(stage: Stage, login: str, repository: str, number: int) -> Json:
    stage.world.withdraw_answer(stage.discussion(repository, number), login)
    return {}


def close_discussion(stage: Stage, login: str, repository: str, number: int, **why: str) -> Json:
    """Closes a discussion: with a `reason`, if it is not RESOLVED."""
    stage.world.close_discussion(stage.discussion(repository, number), login, **why)
    return {}


def reopen_discussion(stage: Stage, login: str, repository: str, number: int) -> Json:
    stage.world.reopen_discussion(stage.discussion(repository, number), login)
    return {}


FORUM_ACTS: dict[str, Callable[..., Json]] = {
    act.__name__: act
    for act in (
        open_discussion,
        discuss,
        choose_answer,
        withdraw_answer,
        close_discussion,
        reopen_discussion,
    )
}
