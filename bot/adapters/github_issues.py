"""`IssueSource` over GitHub's GraphQL, through PyGithub's requester.

Comes in: queries of the harvest. Goes out: its types; costs are read from each answer's own
`rateLimit` (headers may be old). A page that is too heavy is halved, never repeated.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.payloads import (
    DetailsPayload,
    FoundRepositoryPayload,
    IssuePayload,
    RepositoryPayload,
)
from bot.errors import Outage, TooHeavy
from bot.harvest.issue import Details, RepositoryFacts
from bot.harvest.source import Cost, IssuePage, RepositoryPage, Step

#: Page sizes in the order in which they are tried (halve, keep the cursor).
PAGE_SIZES = (100, 50, 25, 12)

#: The steps whose answers may be some hours old; what is sent is asked afresh.
_KEPT = frozenset({Step.PAGE, Step.REPOSITORIES})

Payload = Mapping[str, Any]
Watch = Callable[[Step, Cost], None]
Model = TypeVar("Model", bound=BaseModel)


class GitHubIssues:
    """Issues from one GitHub with one token; `clock` stamps what was read.

    Searches and facts go over `kept`, which may answer from a cache; details go over `fresh`.
    `watch` is told the step after each request, and what that step has cost so far.
    """

    def __init__(
        self,
        fresh: GraphQLWire,
        kept: GraphQLWire,
        clock: Callable[[], datetime],
        watch: Watch | None = None,
    ) -> None:
        self._fresh = fresh
        self._kept = kept
        self._clock = clock
        self._watch = watch
        self._spent: dict[Step, Cost] = {}

    def search_issues(self, query: str, after: str | None) -> IssuePage:
        data = self._page("search_issues", {"query": query, "after": after})
        found = data["search"]
        return _issue_page(found, found["issueCount"])

    def search_repositories(
        self, query: str, labels: Sequence[str], after: str | None
    ) -> RepositoryPage:
        variables = {"query": query, "labels": list(labels), "after": after}
        found = self._page("search_repositories", variables)["search"]
        payloads = (_parse(FoundRepositoryPayload, node) for node in found["nodes"] or () if node)
        pairs = tuple((one.value(), one.issues) for one in payloads if one is not None)
        return RepositoryPage(pairs, _next_cursor(found))

    def list_issues(self, repository: str, labels: Sequence[str], after: str | None) -> IssuePage:
        owner, _, name = repository.partition("/")
        variables = {"owner": owner, "name": name, "labels": list(labels), "after": after}
        found = (self._page("list_issues", variables).get("repository") or {}).get("issues")
        if found is None:
            return IssuePage((), None, 0, n_hidden=1)
        return _issue_page(found, found["totalCount"])

    def read_repositories(self, ids: Sequence[str]) -> Mapping[str, RepositoryFacts]:
        nodes = self._nodes("read_repositories", ids, Step.REPOSITORIES)
        payloads = (_parse(RepositoryPayload, node) for node in nodes)
        return {one.id: one.value() for one in payloads if one is not None}

    def read_details(self, ids: Sequence[str], step: Step) -> Mapping[str, Details]:
        nodes = self._nodes("read_details", ids, step)
        payloads = (_parse(DetailsPayload, node) for node in nodes)
        read_at = self._clock()
        return {one.id: one.value(read_at) for one in payloads if one is not None}

    def spent(self) -> Mapping[Step, Cost]:
        return dict(self._spent)

    def _page(self, document: str, variables: Mapping[str, object]) -> Payload:
        """A page, smaller and smaller while GitHub finds it too heavy."""
        for first in PAGE_SIZES:
            try:
                return self._ask(document, {**variables, "first": first}, Step.PAGE)
            except TooHeavy as error:
                heavy = error
        raise Outage(heavy.message, heavy.advice) from heavy

    def _nodes(self, document: str, ids: Sequence[str], step: Step) -> list[Payload]:
        """The nodes of these ids, asked in halves where all together are too heavy."""
        try:
            data = self._ask(document, {"ids": list(ids)}, step)
        except TooHeavy as error:
            if len(ids) < PAGE_SIZES[-1]:
                raise Outage(error.message, error.advice) from error
            half = len(ids) // 2
            return [
                *self._nodes(document, ids[:half], step),
                *self._nodes(document, ids[half:], step),
            ]
        return [node for node in data["nodes"] or () if node]

    def _ask(self, document: str, variables: dict[str, object], step: Step) -> Payload:
        """One request; what it cost is written down whether it was answered or not."""
        began = time.monotonic()
        is_kept, points = False, 0
        wire = self._kept if step in _KEPT else self._fresh
        try:
            data, is_kept = wire.send(_document(document), variables)
            points = 0 if is_kept else data["rateLimit"]["cost"]
        except (KeyError, TypeError) as error:
            raise Outage(
                "GitHub's answer did not have the form that its schema promises.",
                "Run it again later; if it stays so, report it with the run's output.",
            ) from error
        finally:
            seconds = time.monotonic() - began
            self._note(step, Cost(0 if is_kept else 1, points, seconds))
        return data

    def _note(self, step: Step, more: Cost) -> None:
        before = self._spent.get(step, Cost())
        cost = Cost(
            before.requests + more.requests,
            before.points + more.points,
            before.seconds + more.seconds,
        )
        self._spent[step] = cost
        if self._watch is not None:
            self._watch(step, cost)


def _issue_page(found: Payload, n_total: int) -> IssuePage:
    nodes = found["nodes"] or ()
    payloads = [_parse(IssuePayload, node) for node in nodes if node]
    issues = tuple(one.value() for one in payloads if one is not None)
    return IssuePage(issues, _next_cursor(found), n_total, n_hidden=len(nodes) - len(issues))


def _next_cursor(found: Payload) -> str | None:
    info = found["pageInfo"]
    cursor: str | None = info["endCursor"] if info["hasNextPage"] else None
    return cursor


def _parse(model: type[Model], node: Payload) -> Model | None:
    """The node as a type, or None where GitHub left out what it must have."""
    try:
        return model.model_validate(node)
    except ValidationError:
        return None


@cache
def _document(name: str) -> str:
    return (files("bot.adapters") / "queries" / f"{name}.graphql").read_text("utf-8")
