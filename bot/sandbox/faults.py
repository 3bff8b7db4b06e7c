"""Faults that a test or a demo switches on: how GitHub and the wire really go wrong.

Comes in: `Faults.add(bad_gateway(), Match(method="POST"), times=2, skip=1)`. Goes out: for each
request the faults that are due, which answer in the world's stead (`before`) or spoil its answer
(`after`). Reference words: docs.github.com "Rate limits and query limits for the GraphQL API"
(GraphQL limits), "Rate limits for the REST API" (REST limits), "Troubleshooting the REST API"
(REST trouble); the rest is what HTTP itself allows.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from bot.sandbox.limits import SECONDARY_MESSAGE, limit_answer
from bot.sandbox.messages import Answer, ConnectionDropped, Json, Request, error_answer

Before = Callable[[Request], Answer | None]
After = Callable[[Request, Answer], Answer]
BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body>Unicorn!</body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong: instead of the world's answer, or after it. `points` are charged extra."""

    name: str
    before: Before | None = None
    after: After | None = None
    points: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """Which requests: `*` in a path stands for anything, slashes too; None for any.

    `operation` is the name of a GraphQL operation or of one of its first fields; `where` asks
    anything else.
    """

    method: str | None = None
    path: str | None = None
    operation: str | None = None
    where: Callable[[Request], bool] | None = None

    def __call__(self, request: Request) -> bool:
        operation = request.operation
        return (
            self.method in (None, request.method)
            and (self.path is None or fnmatchcase(request.path, self.path))
            and self.operation in (None, operation.name, *operation.fields)
            and (self.where is None or self.where(request))
        )


ANY = Match()


@dataclass(slots=True)
class Armed:
    """A fault in waiting; `hits` counts how often it struck."""

    fault: Fault
    match: Match
    times: int | None
    skip: int
    hits: int = field(default=0)

    def is_due(self, request: Request) -> bool:
        """Counts the request if it matches; due after `skip` of them, `times` times."""
        spent = self.times is not None and self.hits >= self.times
        if spent or not self.match(request):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.hits += 1
        return True


class Faults:
    """The faults that are switched on, in the order of their adding."""

    def __init__(self) -> None:
        self._armed: list[Armed] = []

    def add(
        self, fault: Fault, match: Match = ANY, *, times: int | None = 1, skip: int = 0
    ) -> Armed:
        """Switches a fault on: it leaves `skip` matching requests alone, then strikes `times`.

        None for `times` means until `clear`.
        """
        armed = Armed(fault, match, times, skip)
        self._armed.append(armed)
        return armed

    def clear(self, name: str | None = None) -> None:
        """Switches off all faults, or those of a name."""
        self._armed = [a for a in self._armed if name is not None and a.fault.name != name]

    def due(self, request: Request) -> tuple[Fault, ...]:
        return tuple(armed.fault for armed in self._armed if armed.is_due(request))


def _instead(name: str, answer: Callable[[Request], Answer], *, after_write: bool = False) -> Fault:
    if after_write:
        return Fault(name, after=lambda request, _: answer(request))
    return Fault(name, before=answer)


def bad_gateway(*, after_write: bool = False) -> Fault:
    """502 with an HTML body; GitHub docs, GraphQL limits: what takes over ten seconds ends so.

    With `after_write` the world did what was asked, and the client cannot know.
    """

    def answer(_: Request) -> Answer:
        return Answer(502, content=BAD_GATEWAY, content_type="text/html; charset=utf-8")

    return _instead("bad_gateway", answer, after_write=after_write)


def gateway_timeout(*, after_write: bool = False, points: int = 10) -> Fault:
    """504; GitHub docs, GraphQL limits: "Timeouts" costs further points (how many is not said)."""
    message = "We couldn't respond to your request in time. Sorry about that."
    fault = _instead(
        "gateway_timeout", lambda _: error_answer(504, message), after_write=after_write
    )
    return Fault(fault.name, fault.before, fault.after, points)


def server_error(status: int = 500, *, after_write: bool = False) -> Fault:
    """500 or 503; GitHub docs, REST trouble."""
    return _instead(
        "server_error", lambda _: error_answer(status, "Server Error"), after_write=after_write
    )


def secondary_limit(status: int = 403, *, retry_after: int | None = None) -> Fault:
    """403 or 429, with or without Retry-After; GitHub docs, REST limits: "secondary"."""

    def answer(_: Request) -> Answer:
        said = error_answer(status, SECONDARY_MESSAGE)
        if retry_after is not None:
            said.headers["Retry-After"] = str(retry_after)
        return said

    return _instead("secondary_limit", answer)


def primary_limit(reset_in_s: int = 3600) -> Fault:
    """The hour's requests are used up: REST says 403, GraphQL a 200; GitHub docs, both limits."""

    def answer(request: Request) -> Answer:
        said = limit_answer("API rate limit exceeded for user ID 1.", graphql=request.is_graphql)
        said.headers["x-ratelimit-remaining"] = "0"
        said.headers["x-ratelimit-reset"] = str(int(request.at.timestamp()) + reset_in_s)
        return said

    return _instead("primary_limit", answer)


def rate_limited(reset_in_s: int = 3600) -> Fault:
    """RATE_LIMITED in an answer of status 200; GitHub docs, GraphQL limits."""
    return Fault("rate_limited", before=primary_limit(reset_in_s).before)


def dropped_connection(*, after_write: bool = False) -> Fault:
    """The connection is closed without a word, before or after the world did what was asked."""

    def drop(_: Request) -> Answer:
        raise ConnectionDropped

    return _instead("dropped_connection", drop, after_write=after_write)


def truncated_body(share: float = 0.5) -> Fault:
    """The connection ends within the body, short of its Content-Length."""

    def cut(_: Request, answer: Answer) -> Answer:
        answer.sent_share = share
        return answer

    return Fault("truncated_body", after=cut)


def not_json_body() -> Fault:
    """A 200 whose body is no JSON, as from a captive portal or a proxy."""

    def answer(_: Request) -> Answer:
        return Answer(200, content=b"<!doctype html><p>Log in to the network first.")

    return _instead("not_json_body", answer)


def slow_answer(seconds: float) -> Fault:
    """The answer comes late; what was asked is done in time."""

    def wait(_: Request, answer: Answer) -> Answer:
        time.sleep(seconds)
        return answer

    return Fault("slow_answer", after=wait)


def bad_credentials() -> Fault:
    """401 in mid-run: the token was revoked or has run out; GitHub docs, REST trouble."""
    return _instead("bad_credentials", lambda _: error_answer(401, "Bad credentials"))


def forbidden(message: str = "Resource not accessible by integration") -> Fault:
    """403 that is no limit: the token lacks a permission; GitHub docs, REST trouble."""
    return _instead("forbidden", lambda _: error_answer(403, message))


def missing() -> Fault:
    """404, as for what is private or gone; GitHub docs, REST trouble."""
    return _instead("missing", lambda _: error_answer(404, "Not Found"))


def unprocessable(message: str = "Validation Failed") -> Fault:
    """422; GitHub docs, REST trouble."""
    return _instead("unprocessable", lambda _: error_answer(422, message))


def mutate(change: Callable[[Json], None]) -> Fault:
    """Any change of the answer's JSON object, in place: the general means."""

    def spoil(_: Request, answer: Answer) -> Answer:
        if isinstance(answer.data, dict):
            change(answer.data)
        return answer

    return Fault("mutate", after=spoil)


def call_before(call: Callable[[], None], *, drop: bool = False) -> Fault:
    """Calls before the world is touched; a test may kill the client here.

    With `drop` the world stays untouched, as when a client dies with its request half sent.
    """

    def run(_: Request) -> None:
        call()
        if drop:
            raise ConnectionDropped

    return Fault("call_before", before=run)


def call_after(call: Callable[[], None]) -> Fault:
    """Calls when the world did what was asked and the client has not heard of it."""

    def run(_: Request, answer: Answer) -> Answer:
        call()
        return answer

    return Fault("call_after", after=run)
