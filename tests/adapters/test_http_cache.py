"""Kept answers: a day's second run costs nothing, and what is sent is asked afresh."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from requests import Response

from bot.adapters.github_client import reader
from bot.adapters.github_issues import GitHubIssues
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.http_cache import MAX_BYTES, AnswerCache, is_worth_keeping
from bot.cli.main import call
from bot.errors import GitHubError
from bot.harvest.source import Cost, Step
from bot.sandbox import faults
from bot.sandbox.faults import Match
from bot.sandbox.world import World
from tests.stage import NOW, Stage, open_stage

QUERY = 'is:issue is:open language:"Go" sort:created-desc'
TOKEN = "ghp_a-token-that-must-not-be-kept"


def _world() -> World:
    world = World(NOW)
    repository = world.add_repository("tidepool/boats", language="Go", stars=50)
    world.open_issue(repository, "marisol-example", "Draw the mast", "Steps.", ("easy",))
    return world


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    with open_stage(tmp_path, monkeypatch, _world()) as stage:
        stage.sandbox.tokens.add(TOKEN, "reader-example")
        yield stage


def _source(stage: Stage, cache: AnswerCache) -> GitHubIssues:
    url = stage.sandbox.url
    kept = GraphQLWire(reader(TOKEN, url), cache)
    return GitHubIssues(GraphQLWire(reader(TOKEN, url)), kept, lambda: NOW)


def _answer(status: int, body: object, document: str = "query Q { a }") -> Response:
    response = Response()
    response.status_code = status
    response._content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = requests.Request("POST", "http://127.0.0.1/graphql", json={"query": document})
    response.request = request.prepare()
    return response


def test_a_search_asked_again_is_answered_for_nothing(stage: Stage) -> None:
    path = stage.folder / "cache" / "http.sqlite"
    first = _source(stage, AnswerCache(path))
    page = first.search_issues(QUERY, None)
    assert first.spent()[Step.PAGE].points > 0
    n_requests = len(stage.sandbox.requests)
    again = _source(stage, AnswerCache(path))
    assert again.search_issues(QUERY, None) == page
    assert len(stage.sandbox.requests) == n_requests
    cost = again.spent()[Step.PAGE]
    assert (cost.requests, cost.points) == (0, 0)


def test_details_are_always_asked_afresh(stage: Stage) -> None:
    source = _source(stage, AnswerCache(stage.folder / "http.sqlite"))
    (issue,) = source.search_issues(QUERY, None).issues
    assert source.read_details([issue.id], Step.VERIFICATION)[issue.id].assigned == ()
    stage.world.assign(stage.world.issue("tidepool/boats", 1), "quick-example")
    fresh = source.read_details([issue.id], Step.VERIFICATION)[issue.id]
    assert fresh.assigned == ("quick-example",)
    assert source.spent()[Step.VERIFICATION].requests == 2


def test_an_answer_with_errors_is_not_kept(stage: Stage) -> None:
    path = stage.folder / "http.sqlite"
    stage.sandbox.faults.add(faults.rate_limited(), Match(operation="SearchIssues"))
    with pytest.raises(GitHubError):
        _source(stage, AnswerCache(path)).search_issues(QUERY, None)
    assert len(_source(stage, AnswerCache(path)).search_issues(QUERY, None).issues) == 1


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (_answer(200, {"data": {"a": 1}}), True),
        (_answer(200, {"data": {"a": 1}}, "# a comment\n\nquery Q { a }"), True),
        (_answer(200, {"data": {"a": 1}, "errors": [{"type": "FORBIDDEN"}]}), False),
        (_answer(200, {"data": None}), False),
        (_answer(200, {"data": {"a": 1}}, "mutation M { a }"), False),
        (_answer(200, b"<html>"), False),
        (_answer(200, [1]), False),
        (_answer(502, b"<html>bad gateway</html>"), False),
    ],
)
def test_only_whole_answers_to_queries_are_kept(response: Response, expected: bool) -> None:
    assert is_worth_keeping(response) is expected


def test_no_token_is_in_the_file(stage: Stage) -> None:
    path = stage.folder / "http.sqlite"
    cache = AnswerCache(path)
    _source(stage, cache).search_issues(QUERY, None)
    cache.close()
    assert path.stat().st_size > 0
    assert TOKEN.encode() not in path.read_bytes()


def test_a_command_that_asks_nothing_leaves_no_file(stage, monkeypatch) -> None:
    monkeypatch.chdir(stage.folder)
    stage.write_config({"ada-example": "languages: [Go]\n"})
    assert call(["check", "--offline"]) == 0
    assert not (stage.folder / ".foothold").exists()


def test_other_sessions_of_the_process_keep_nothing(stage: Stage) -> None:
    _source(stage, AnswerCache(stage.folder / "http.sqlite")).search_issues(QUERY, None)
    assert type(requests.Session()) is requests.Session


@pytest.mark.parametrize("damage", ["garbage", "too large", "a folder in its place", "no folder"])
def test_a_cache_that_cannot_be_used_costs_points_and_nothing_else(
    stage: Stage, damage: str
) -> None:
    path = stage.folder / "http.sqlite"
    if damage == "garbage":
        path.write_bytes(b"no database at all " * 500)
    elif damage == "too large":
        with path.open("wb") as file:
            file.truncate(MAX_BYTES + 1)
    elif damage == "a folder in its place":
        path.mkdir()
    else:
        (stage.folder / "file").write_text("", "utf-8")
        path = stage.folder / "file" / "http.sqlite"
    cache = AnswerCache(path)
    source = _source(stage, cache)
    assert len(source.search_issues(QUERY, None).issues) == 1
    assert source.spent()[Step.PAGE] != Cost()
    cache.close()


def test_a_second_run_of_the_day_pays_for_no_search(stage, monkeypatch, capsys) -> None:
    monkeypatch.chdir(stage.folder)
    stage.world.fixed = None
    stage.write_config({"ada-example": "languages: [Go]\n"})
    reports = []
    for _ in range(2):
        assert call(["run", "--json"]) == 0
        reports.append(json.loads(capsys.readouterr().out)["harvest"])
    assert reports[0]["points"] > 0
    assert (reports[1]["requests"], reports[1]["points"]) == (0, 0)
    assert reports[1]["issues"] == reports[0]["issues"] == 1
    assert reports[1]["by_step"]["verification"]["points"] > 0
