"""Answers of any shape: whatever stands in any field, nothing but our own errors comes out."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.github_issues import GitHubIssues
from bot.adapters.graphql_wire import GraphQLWire
from bot.errors import BotError
from bot.harvest.source import Step
from tests.adapters.asking import LABEL, LISTING, NOW, QUERY, TOPIC, asking, repository_ids

QUESTIONS: dict[str, Callable[[GitHubIssues, list[str]], object]] = {
    "search_issues": lambda source, _: source.search_issues(QUERY, None),
    "search_repositories": lambda source, _: source.search_repositories(TOPIC, LISTING, None),
    "list_issues": lambda source, ids: source.list_issues(ids, LISTING, 5),
    "list_labelled": lambda source, _: source.list_labelled("tidepool/boat-0", [LABEL], None),
    "read_repositories": lambda source, ids: source.read_repositories(ids),
    "read_records": lambda source, ids: source.read_records(ids),
    "read_details": lambda source, ids: source.read_details(ids, Step.DETAILS),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
ERRORS = st.fixed_dictionaries(
    {},
    optional={
        "type": JSON | st.sampled_from(["FORBIDDEN", "RATE_LIMITED", "RESOURCE_LIMITS_EXCEEDED"]),
        "message": JSON,
        "path": JSON | st.lists(st.sampled_from(["nodes", "search"]) | st.integers(0, 2)),
    },
)


@dataclass
class CannedRequester:
    """A requester that always gives the same answer."""

    text: str
    status: int = 200
    graphql_url: str = "https://127.0.0.1/graphql"

    def requestJson(self, *_: object, **__: object) -> tuple[int, dict[str, str], str]:  # noqa: N802
        return self.status, {}, self.text


def _ask(name: str, ids: list[str], text: str, status: int = 200) -> object:
    wire = GraphQLWire(SimpleNamespace(requester=CannedRequester(text, status)))
    return QUESTIONS[name](GitHubIssues(wire, wire, lambda: NOW), ids)


@cache
def _real() -> dict[str, tuple[list[str], dict[str, Any]]]:
    """A real answer to each question, with the ids that were asked for."""
    answers = {}
    with asking() as asked:
        homes = repository_ids(asked.world)[:2]
        issues = [issue.node_id for issue in asked.world.issues["tidepool/boat-0"].values()][:2]
        send = asked.requester.requestJson
        for name, question in QUESTIONS.items():
            ids = issues if name == "read_details" else homes
            kept: list[str] = []

            def note(*args: Any, kept: list[str] = kept, **kwargs: Any) -> Any:
                answer = send(*args, **kwargs)
                kept.append(answer[2])
                return answer

            asked.requester.requestJson = note
            question(asked.source, ids)
            answers[name] = (ids, _shortened(json.loads(kept[0])))
    return answers


def _shortened(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer with two results of a search, lest most changes hit the hundredth."""
    for found in answer["data"].values():
        if isinstance(found, dict) and "nodes" in found:
            found["nodes"] = found["nodes"][:2]
    return answer


def _places(value: object, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all that stands in an answer."""
    inner = value.items() if isinstance(value, dict) else ()
    for key, part in enumerate(value) if isinstance(value, list) else inner:
        yield (*way, key)
        yield from _places(part, (*way, key))


def _with(answer: dict[str, Any], way: tuple[Any, ...], value: object) -> dict[str, Any]:
    changed = deepcopy(answer)
    found: Any = changed
    for step in way[:-1]:
        found = found[step]
    found[way[-1]] = value
    return changed


def test_the_real_answers_are_understood() -> None:
    for name, (ids, answer) in _real().items():
        assert _ask(name, ids, json.dumps(answer))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_field_may_hold_anything(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(QUESTIONS)))
    ids, answer = _real()[name]
    way = data.draw(st.sampled_from(list(_places(answer))))
    text = json.dumps(_with(answer, way, data.draw(JSON)))
    with suppress(BotError):
        _ask(name, ids, text)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_errors_may_stand_beside_the_data(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(QUESTIONS)))
    ids, answer = _real()[name]
    errors = data.draw(JSON | st.lists(ERRORS, max_size=3))
    with suppress(BotError):
        _ask(name, ids, json.dumps({**answer, "errors": errors}))


@settings(max_examples=60, deadline=None)
@given(JSON, st.integers(200, 599), st.integers(0, 60))
def test_any_answer_of_any_status_is_understood_or_refused(
    body: object, status: int, n_kept: int
) -> None:
    with suppress(BotError):
        _ask("search_issues", [], json.dumps(body)[:n_kept], status)
