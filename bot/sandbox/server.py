"""The sandbox: a GitHub-shaped server on loopback, spoken to over real HTTP.

Comes in: a `World`. Goes out: REST under `/` and `/api/v3`, GraphQL under `/graphql` and
`/api/graphql`, the control door under `/_sandbox/`, and `requests`: what was asked.

Differs from GitHub, on the side of HTTP:
- plain HTTP/1.1 without TLS, compression and redirects; requests are answered one at a time;
- times, `Date` and the hours of rate limits go by the world's clock, which may stand still;
- what it does not serve is 501 with its name, not 404; so are unknown parameters of a list;
- searches are served by GraphQL only, and REST holds only what issues, comments, labels,
  reactions, accounts, collaborators, settings and Actions need;
- a milestone is never shown, a lock has no reason;
- every answer costs one REST request but 304 and `/rate_limit`, faults included; anonymous
  callers share one window.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

from bot.sandbox.control import Control, answer_control, is_control
from bot.sandbox.control_acts import perform
from bot.sandbox.control_stage import Stage
from bot.sandbox.faults import Fault, Faults
from bot.sandbox.limits import Limits, Meter, Window
from bot.sandbox.messages import Answer, Json, JsonValue, Refused, Request, error_answer
from bot.sandbox.permissions import check_permissions
from bot.sandbox.queries import answer_graphql
from bot.sandbox.rest import answer_rest
from bot.sandbox.rest_calls import Call
from bot.sandbox.sockets import LoopbackServer
from bot.sandbox.stamps import stamp, with_etag
from bot.sandbox.tokens import Caller, Tokens
from bot.sandbox.world import World

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request that was answered; status 0 is a dropped connection."""

    method: str
    path: str
    kind: str
    points: int
    status: int
    at: datetime
    login: str | None = None
    #: GraphQL's: pages by their cursors, things by their ids.
    variables: Json = field(default_factory=dict)


class Sandbox:
    """A world behind a port; use it as a context manager or `start` and `stop` it.

    `reload` makes the world anew when the control door is told to reset it.
    """

    def __init__(
        self,
        world: World,
        port: int = 0,
        limits: Limits | None = None,
        reload: Callable[[], World] | None = None,
    ) -> None:
        self.world = world
        self.tokens = Tokens()
        self.limits = limits or Limits()
        self.meter = Meter(self.limits)
        self.faults = Faults()
        self.requests: list[Recorded] = []
        self.lock = threading.RLock()
        self._reload = reload
        self._port = port
        self._server: LoopbackServer | None = None

    @property
    def url(self) -> str:
        """The address to give to PyGithub as `base_url`."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> Self:
        self._server = LoopbackServer(self._port, self.answer, lambda: self.world.now)
        self._port = self._server.server_port
        return self

    def stop(self) -> None:
        """Closes the port and every open connection, as an outage does."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def reset(self) -> None:
        """Forgets requests, faults and used-up limits; the world too if it can be made anew."""
        with self.lock:
            self.requests.clear()
            self.faults.clear()
            self.meter.clear()
            if self._reload is not None:
                self.world = self._reload()

    def perform(self, act: str, /, **arguments: JsonValue) -> Json:
        """Does what the control door does, without HTTP; names are those of `control_acts`."""
        with self.lock:
            return perform(self._stage(), act, arguments)

    def _stage(self) -> Stage:
        return Stage(self.world, self.faults)

    def answer(self, request: Request) -> Answer:
        """Answers a request and writes it down; raises `ConnectionDropped` for a fault's sake."""
        if is_control(request):
            with self.lock:
                control = Control(self._stage(), self.requests, self.reset)
                return answer_control(control, request)
        with self.lock:
            faults = self.faults.due(request)
        exchange = Exchange(self, request, faults)
        try:
            return exchange.run()
        finally:
            self.requests.append(exchange.record())


class Exchange:
    """One request on its way: faults before, the world, faults after, headers."""

    def __init__(self, sandbox: Sandbox, request: Request, faults: tuple[Fault, ...]) -> None:
        self.sandbox, self.request, self.faults = sandbox, request, faults
        self.caller = Caller(sandbox.world, None)
        self.refusal: Refused | None = None
        self.points = 0
        self.status = 0
        try:
            header = request.headers.get("authorization")
            self.caller = sandbox.tokens.authenticate(header, sandbox.world)
        except Refused as refusal:
            self.refusal = refusal

    def run(self) -> Answer:
        answer = self._answer_by_fault() or self._answer_by_world()
        for fault in self.faults:
            if fault.after is not None:
                answer = fault.after(self.request, answer)
        with self.sandbox.lock:
            answer = with_etag(answer, self.request, self.caller)
            window = self._charge(answer)
        self.status = answer.status
        return stamp(answer, self.request, self.caller, window)

    def _answer_by_fault(self) -> Answer | None:
        for fault in self.faults:
            answer = fault.before(self.request) if fault.before else None
            if answer is not None:
                return answer
        return None

    def _answer_by_world(self) -> Answer:
        with self.sandbox.lock:
            try:
                return self._ask_world()
            except Refused as refusal:
                return refusal.answer
            except Exception as error:
                LOG.exception("%s %s", self.request.method, self.request.path)
                return error_answer(HTTPStatus.NOT_IMPLEMENTED, f"The sandbox broke: {error!r}")

    def _ask_world(self) -> Answer:
        sandbox, request = self.sandbox, self.request
        if self.refusal is not None:
            raise self.refusal
        if request.path != "/rate_limit":
            sandbox.meter.check(self.caller, request)
        check_permissions(self.caller, request)
        if request.is_graphql:
            answer, self.points = answer_graphql(request, self.caller, self._window())
            return answer
        return answer_rest(Call(sandbox.world, self.caller, request, sandbox.meter))

    def _window(self) -> Window:
        resource = "graphql" if self.request.is_graphql else "core"
        return self.sandbox.meter.window(self.caller, resource, self.request.at)

    def _charge(self, answer: Answer) -> Window:
        """Counts what the answer cost: GraphQL its points, REST one, 304 and limits nothing."""
        window = self._window()
        free = answer.status == HTTPStatus.NOT_MODIFIED or self.request.path == "/rate_limit"
        if not self.request.is_graphql:
            self.points = 0 if free else 1
        self.points += sum(fault.points for fault in self.faults)
        window.used = min(window.limit, window.used + self.points)
        return window

    def record(self) -> Recorded:
        request = self.request
        return Recorded(
            method=request.method,
            path=request.path,
            kind=str(request.operation),
            points=self.points,
            status=self.status,
            at=request.at,
            login=self.caller.login,
            variables=request.variables,
        )
