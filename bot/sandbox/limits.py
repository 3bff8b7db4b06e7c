"""GitHub's rate limits, counted by the world's clock.

Comes in: who calls and what it cost. Goes out: windows for the `x-ratelimit-*` headers and for
`rateLimit`, and the refusals. Numbers:
https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
Differs from GitHub: of the secondary limits only content creation is counted (and only if asked
for), with every REST POST, PATCH and PUT and every mutation as one creation.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.messages import Answer, Refused, Request, error_answer
from bot.sandbox.tokens import Caller

HOUR = timedelta(hours=1)
SECONDARY_MESSAGE = (
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
)


@dataclass(slots=True)
class Limits:
    """How much a caller gets in an hour; a test writes smaller numbers in."""

    core: int = 5000
    graphql: int = 5000
    actions: int = 1000
    anonymous: int = 60
    secondary: bool = False
    creations_a_minute: int = 80
    creations_an_hour: int = 500

    def of(self, caller: Caller, resource: str) -> int:
        if caller.token is None:
            return self.anonymous if resource == "core" else 0
        if caller.is_actions:
            return self.actions
        return self.graphql if resource == "graphql" else self.core


@dataclass(slots=True)
class Window:
    """One hour of one caller and resource."""

    resource: str
    limit: int
    used: int
    reset_at: datetime

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.used)

    @property
    def headers(self) -> dict[str, str]:
        return {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-remaining": str(self.remaining),
            "x-ratelimit-used": str(self.used),
            "x-ratelimit-reset": str(int(self.reset_at.timestamp())),
            "x-ratelimit-resource": self.resource,
        }

    @property
    def data(self) -> dict[str, int | str]:
        """As `GET /rate_limit` shows it."""
        return {
            "limit": self.limit,
            "used": self.used,
            "remaining": self.remaining,
            "reset": int(self.reset_at.timestamp()),
            "resource": self.resource,
        }


class Meter:
    """Counts what every caller has used."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._windows: dict[tuple[str, str], Window] = {}
        self._creations: dict[str, deque[datetime]] = {}

    def clear(self) -> None:
        self._windows.clear()
        self._creations.clear()

    def window(self, caller: Caller, resource: str, now: datetime) -> Window:
        """The caller's open window, a new one where the last has run out."""
        key = (_key(caller), resource)
        limit = self.limits.of(caller, resource)
        found = self._windows.get(key)
        if found is None or found.reset_at <= now:
            found = self._windows[key] = Window(resource, limit, 0, now + HOUR)
        found.limit = limit
        return found

    def check(self, caller: Caller, request: Request) -> None:
        """Raises `Refused` when a limit is used up, in the way of the resource that was asked."""
        if request.is_graphql and caller.token is None:
            return  # it is to be refused with 401, not as one who has used up their limit
        resource = "graphql" if request.is_graphql else "core"
        if self.window(caller, resource, request.at).remaining == 0:
            message = f"API rate limit exceeded for {_subject(caller)}."
            raise Refused(limit_answer(message, graphql=request.is_graphql))
        if self.limits.secondary and is_creation(request):
            self._count_creation(caller, request.at)

    def _count_creation(self, caller: Caller, now: datetime) -> None:
        """https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"""
        made = self._creations.setdefault(_key(caller), deque())
        while made and made[0] <= now - HOUR:
            made.popleft()
        last_minute = sum(at > now - timedelta(minutes=1) for at in made)
        limits = self.limits
        if last_minute >= limits.creations_a_minute or len(made) >= limits.creations_an_hour:
            raise Refused(error_answer(403, SECONDARY_MESSAGE))
        made.append(now)


def limit_answer(message: str, *, graphql: bool) -> Answer:
    """A used-up primary limit: GraphQL says it in a 200, REST in a 403."""
    if graphql:
        return Answer(200, {"errors": [{"type": "RATE_LIMITED", "message": message}]})
    return error_answer(403, message)


def is_creation(request: Request) -> bool:
    if request.is_graphql:
        return request.operation.kind == "mutation"
    return request.method in {"POST", "PATCH", "PUT"}


def _key(caller: Caller) -> str:
    """Limits belong to the account, those of GITHUB_TOKEN to the repository."""
    if caller.token is None:
        return ""
    return f"{caller.login} {caller.token.repositories if caller.is_actions else ''}"


def _subject(caller: Caller) -> str:
    if caller.token is None:
        return "127.0.0.1"
    return "installation ID 1" if caller.is_actions else f"user {caller.login}"
