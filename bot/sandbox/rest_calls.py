"""What every REST handler is given, and pages of lists.

Comes in: a request, its caller and the world. Goes out: a `Call` with short ways to show things,
and `page_of` a list with GitHub's `Link` header.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlencode

from bot.sandbox.limits import Meter
from bot.sandbox.messages import Answer, JsonValue, Refused, Request, refused
from bot.sandbox.payloads import Payloads
from bot.sandbox.tokens import Caller
from bot.sandbox.world import World

Thing = TypeVar("Thing")
Handler = Callable[..., Answer]
Route = tuple[str, str, Handler]
MAX_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Call:
    """One REST call."""

    world: World
    caller: Caller
    request: Request
    meter: Meter

    @property
    def show(self) -> Payloads:
        return Payloads(self.world, self.request.base_url)


def page_of(call: Call, things: Sequence[Thing], show: Callable[[Thing], JsonValue]) -> Answer:
    """One page of a list: `per_page` (30, at most 100) and `page` from 1.

    https://docs.github.com/en/rest/using-the-rest-api/using-pagination-in-the-rest-api
    """
    size = max(1, min(MAX_PER_PAGE, _number(call.request, "per_page", 30)))
    page = max(1, _number(call.request, "page", 1))
    last = max(1, -(-len(things) // size))
    shown = [show(thing) for thing in things[(page - 1) * size : page * size]]
    links = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
    if page >= last:
        del links["next"], links["last"]
    if page == 1:
        del links["prev"], links["first"]
    headers = {"Link": ", ".join(_link(call.request, *link) for link in links.items())}
    return Answer(200, shown, headers if links else {})


def _link(request: Request, relation: str, page: int) -> str:
    query = urlencode({**request.query, "page": page})
    return f'<{request.base_url}{request.path}?{query}>; rel="{relation}"'


def _number(request: Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    return int(text) if text.isdecimal() else default


def moment(text: str) -> datetime:
    """An ISO 8601 time, UTC unless it says otherwise; raises `Refused` (422) on anything else."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise invalid("Issue", "since", "invalid") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def text_field(call: Call, name: str, resource: str, *, most: int) -> str:
    """A text of the body; raises `Refused` (422) where it is missing, blank or too long."""
    value = limited(call.request.fields.get(name) or "", name, resource, most)
    if not value.strip():
        raise invalid(resource, name, "missing_field")
    return value


def limited(value: JsonValue, name: str, resource: str, most: int) -> str:
    """The text; raises `Refused` (422) if it is none, or too long."""
    if not isinstance(value, str):
        raise invalid(resource, name, "invalid")
    if len(value) > most:
        raise invalid(
            resource, name, "custom", f"{name} is too long (maximum is {most} characters)"
        )
    return value


def invalid(resource: str, name: str, code: str, message: str = "") -> Refused:
    """GitHub's 422: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed"""
    error = {"resource": resource, "field": name, "code": code}
    if message:
        error["message"] = message
    return refused(422, "Validation Failed", [error])
