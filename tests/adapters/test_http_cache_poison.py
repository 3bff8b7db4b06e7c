"""A file of answers that a stranger wrote in: nothing is executed, and nothing sent unverified."""

import json
from pathlib import Path

import pytest

from bot.cli.main import call
from bot.session import CACHE
from tests.adapters.http_cache_steps import Asker, change_rows, n_kept
from tests.stage import Stage

FRESH, KEPT = (["Draw the mast"], False), (["Draw the mast"], True)


def poison(text: str):
    return lambda row: row.update(_decoded_content=json.loads(text))


STRANGE_ROWS = {
    "no JSON": lambda row: row.update(_decoded_content="<html>"),
    "a list": poison("[1, 2]"),
    "errors": poison('{"data": {"search": 1}, "errors": [{"type": "x"}]}'),
    "nothing": poison('{"data": null}'),
    "status": lambda row: row.update(status_code="many", headers=7, request=[1]),
    "other shape": lambda row: row.clear(),
    "body of bytes": lambda row: row.update(_content={"a": 1}, _decoded_content=None),
    "deep": lambda row: row.update(_decoded_content="[" * 200_000),
}


@pytest.mark.parametrize("name", STRANGE_ROWS)
def test_a_row_of_another_shape_is_a_miss(stage: Stage, path: Path, name: str) -> None:
    Asker(stage, path).ask()
    change_rows(path, STRANGE_ROWS[name])
    run = Asker(stage, path)
    assert [run.ask(), run.ask()] == [FRESH, KEPT]


def test_of_a_row_the_body_alone_is_taken(stage: Stage, path: Path) -> None:
    Asker(stage, path).ask()
    kind = {"Content-Type": "application/json"}
    elsewhere = {**kind, "Location": "http://evil.example/", "X-RateLimit-Remaining": "none"}
    change_rows(path, lambda row: row.update(status_code=302, headers=elsewhere, reason="Found"))
    n_requests = len(stage.sandbox.requests)
    assert Asker(stage, path).ask() == KEPT
    assert len(stage.sandbox.requests) == n_requests


def _everywhere(value: object, change) -> object:
    if isinstance(value, dict):
        return {name: change(name, _everywhere(one, change)) for name, one in value.items()}
    return [_everywhere(one, change) for one in value] if isinstance(value, list) else value


POISONS = {
    "wrong types": lambda name, value: [value] if isinstance(value, str | int) else value,
    "no lists": lambda name, value: 7 if isinstance(value, list) else value,
    "huge": lambda name, value: "x" * 100_000 if name == "title" else value,
    "script": lambda name, value: "<script>alert(1)</script>" if name == "title" else value,
    "numbers": lambda name, value: 10**30 if isinstance(value, int) else value,
    "surrogates": lambda name, value: "\ud800" if name in ("title", "name") else value,
}


@pytest.fixture
def planned(stage: Stage, capsys: pytest.CaptureFixture[str]) -> Stage:
    """A stage after a dry run: its answers are kept, and nothing else is."""
    stage.world.fixed = None
    stage.write_config({"ada-example": "languages: [Go]\n"})
    assert call(["run"]) == 0
    assert n_kept(stage.folder / CACHE) > 0
    (stage.folder / "state.db").unlink(missing_ok=True)
    capsys.readouterr()
    return stage


def n_asked_for_issues(stage: Stage, since: int) -> int:
    return sum(asked.kind == "graphql SearchIssues" for asked in stage.sandbox.requests[since:])


@pytest.mark.parametrize("name", POISONS)
def test_a_poisoned_answer_is_at_worst_an_error_of_the_harvest(planned: Stage, name: str) -> None:
    change = POISONS[name]
    change_rows(
        planned.folder / CACHE,
        lambda row: row.update(_decoded_content=_everywhere(row["_decoded_content"], change)),
    )
    n_before = len(planned.sandbox.requests)
    assert call(["run", "--live"]) in (0, 3)
    assert n_asked_for_issues(planned, n_before) == 0
    assert all("<script>" not in body for _, _, body in planned.posts())


def test_an_issue_that_a_kept_answer_still_calls_free_is_not_sent(planned: Stage) -> None:
    planned.world.assign(planned.world.issue("tidepool/boats", 1), "quick-example")
    n_before = len(planned.sandbox.requests)
    assert call(["run", "--live"]) == 0
    assert n_asked_for_issues(planned, n_before) == 0
    assert all("Draw the mast" not in body for _, _, body in planned.posts())


def test_an_issue_that_a_kept_answer_names_in_another_s_place_is_not_sent(planned: Stage) -> None:
    boats = planned.world.repository("tidepool/boats")
    taken = planned.world.open_issue(boats, "marisol-example", "Sew the sail", "S.", ("easy",))
    planned.world.assign(taken, "quick-example")
    free = planned.world.issue("tidepool/boats", 1)
    change_rows(
        planned.folder / CACHE,
        lambda row: row.update(
            _decoded_content=_everywhere(
                row["_decoded_content"],
                lambda name, value: f"I_{taken.id}" if value == f"I_{free.id}" else value,
            )
        ),
    )
    n_before = len(planned.sandbox.requests)
    assert call(["run", "--live"]) in (0, 3)
    assert n_asked_for_issues(planned, n_before) == 0
    assert all("Draw the mast" not in body for _, _, body in planned.posts())
