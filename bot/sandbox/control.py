"""The control door: what a test, a demo or a person at a terminal does in GitHub's place.

Comes in: `POST /_sandbox/<act>` with a JSON object of the act's arguments (`control_acts`),
`POST /_sandbox/reset`, `GET /_sandbox/writes` and `GET /_sandbox/requests`. Goes out: JSON. No
token is needed, and whoever comes may act as anybody; so a Host header that is not loopback, as a
browser sends that was tricked by a rebound name, is refused.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.sandbox.control_acts import perform
from bot.sandbox.control_stage import Stage
from bot.sandbox.messages import Answer, Refused, Request, error_answer
from bot.sandbox.payloads import timestamp

DOOR = "/_sandbox/"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class Control:
    """What the door opens on; `reset` makes all as it was at the start."""

    stage: Stage
    requests: Sequence[Any]
    reset: Callable[[], None]


def is_control(request: Request) -> bool:
    return request.path.startswith(DOOR)


def answer_control(control: Control, request: Request) -> Answer:
    """Does what was asked: 200, or 4xx with a message that says why not."""
    if _host(request) not in LOOPBACK:
        return error_answer(403, "The control door is open on loopback only")
    act = request.path.removeprefix(DOOR)
    try:
        if request.method == "GET":
            return _look(control, act)
        if act == "reset":
            control.reset()
            return Answer(200, {})
        return Answer(200, perform(control.stage, act, request.fields))
    except Refused as refusal:
        return refusal.answer
    except (TypeError, ValueError) as error:
        return error_answer(422, str(error))


def _host(request: Request) -> str:
    name, colon, port = request.headers.get("host", "").rpartition(":")
    return name if colon and port.isdecimal() else request.headers.get("host", "")


def _look(control: Control, what: str) -> Answer:
    if what == "writes":
        return Answer(200, control.stage.world.writes)
    if what == "requests":
        shown = (asdict(seen) | {"at": timestamp(seen.at)} for seen in control.requests)
        return Answer(200, list(shown))
    return error_answer(404, "There are `writes` and `requests` to look at")
