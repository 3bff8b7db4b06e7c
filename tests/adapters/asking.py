"""A sandbox full of issues, and the real adapter before it: what goes over the wire is counted."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from github.Requester import Requester

from bot.adapters.github_client import TIMEOUT_S, reader
from bot.adapters.github_issues import GitHubIssues
from bot.adapters.graphql_wire import GraphQLWire
from bot.harvest.issue import Issue
from bot.harvest.source import IssuePage, Listing, Step
from bot.sandbox.faults import Fault, Match
from bot.sandbox.messages import Request
from bot.sandbox.server import Recorded, Sandbox
from bot.sandbox.world import World

NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ"
LABEL = "good first issue"
LISTING = Listing((LABEL,))
QUERY = 'is:issue is:open language:"Go" sort:created-desc'
TOPIC = "topic:sailing"
#: 130 issues: a page and a bit; 50 of them are a question for details.
N_REPOSITORIES, N_EACH = 13, 10
SEARCHES = Match(operation="SearchIssues")
DETAILS = Match(operation="ReadDetails")


@dataclass
class Asked:
    """The adapter before a sandbox; `arrived` notes each request as it comes in."""

    sandbox: Sandbox
    source: GitHubIssues
    requester: Requester
    arrived: list[dict[str, Any]] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.sandbox.world

    @property
    def statuses(self) -> list[int]:
        return [one.status for one in self.sandbox.requests]

    def search(self, after: str | None = None) -> IssuePage:
        return self.source.search_issues(QUERY, after)

    def search_all(self) -> list[Issue]:
        """All issues, page by page; a search that does not end fails."""
        page = self.search()
        found = list(page.issues)
        for _ in range(30):
            if page.cursor is None:
                return found
            page = self.search(page.cursor)
            found += page.issues
        raise AssertionError("the search does not end")

    def details(self, ids: list[str]) -> set[str]:
        return set(self.source.read_details(ids, Step.VERIFICATION))

    def sizes(self) -> list[int]:
        """How much each request asked for: ids, or results."""
        asked = [one.variables for one in self.sandbox.requests]
        return [len(one["ids"]) if "ids" in one else one["first"] for one in asked]

    def repeated(self) -> list[Recorded]:
        """Requests that were sent before, word for word."""
        seen: set[str] = set()
        again = []
        for one in self.sandbox.requests:
            key = one.kind + json.dumps(one.variables, sort_keys=True)
            again += [one] if key in seen else []
            seen.add(key)
        return again


def issue_ids(world: World, n: int) -> list[str]:
    """The node ids of the first `n` issues."""
    every = [issue.node_id for stock in world.issues.values() for issue in stock.values()]
    return every[:n]


def repository_ids(world: World) -> list[str]:
    return [repository.node_id for repository in world.repositories.values()]


class _Client:
    """The reading client, with a patience that `Github` takes in whole seconds only."""

    def __init__(self, url: str, timeout_s: float) -> None:
        kwargs = reader(TOKEN, url).requester.kwargs
        self.requester = Requester(**{**kwargs, "timeout": timeout_s})


@contextmanager
def asking(timeout_s: float = TIMEOUT_S) -> Iterator[Asked]:
    """The adapter before a sandbox with 130 free issues in 13 repositories."""
    world = World(NOW)
    for place in range(N_REPOSITORIES):
        home = world.add_repository(
            f"tidepool/boat-{place}",
            description="Boats.",
            language="Go",
            languages={"Go": 9, "C": 1},
            topics=("sailing",),
            licence="MIT",
            contributing="Be kind.",
            stars=100 - place,
            commits=1_200,
            merged_by=(("quick-example", "CONTRIBUTOR"), ("tidy-example", "MEMBER")),
            closed_pull_requests=7,
        )
        for number in range(N_EACH):
            world.open_issue(home, "marisol-example", f"Mast {number}", "Steps.", (LABEL,))
    with Sandbox(world) as sandbox:
        sandbox.tokens.add(TOKEN, "reader-example")
        client = _Client(sandbox.url, timeout_s)
        wire = GraphQLWire(client)
        asked = Asked(sandbox, GitHubIssues(wire, wire, lambda: NOW), client.requester)

        def note(request: Request) -> None:
            asked.arrived.append(request.variables)

        sandbox.faults.add(Fault("note", before=note), times=None)
        yield asked
        client.requester.close()
