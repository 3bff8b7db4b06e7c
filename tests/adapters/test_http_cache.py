"""Kept answers: a day's second run costs nothing, and what is sent is asked afresh."""

import json
import os

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from requests import Response

from bot.adapters.github_client import FOREIGN_ERRORS
from bot.adapters.http_cache import AnswerCache, is_worth_keeping
from bot.adapters.http_cache_file import MAX_ANSWER_BYTES
from bot.cli.main import call
from bot.harvest.source import Step
from bot.sandbox import faults
from bot.sandbox.faults import Fault, Match
from bot.session import CACHE, Request, open_session
from bot.settings import read_settings
from tests.adapters.github_posts.steps import WEEK, message, paste
from tests.adapters.http_cache_steps import TOKEN, Asker, n_kept
from tests.stage import CLUB, Stage

STUDENT = """
name: Adalberta Secretname
languages: [Go]
interests: [boats]
"""


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.write_config({"ada-example": STUDENT})
    return stage


def test_a_question_asked_again_is_answered_for_nothing(stage: Stage) -> None:
    path = stage.folder / "cache" / "http.sqlite"
    assert Asker(stage, path).ask() == (["Draw the mast"], False)
    n_requests = len(stage.sandbox.requests)
    assert Asker(stage, path).ask() == (["Draw the mast"], True)
    assert len(stage.sandbox.requests) == n_requests


def test_another_question_is_asked(stage: Stage) -> None:
    run = Asker(stage, stage.folder / "http.sqlite")
    run.ask()
    assert run.ask("is:issue is:public language:Rust") == ([], False)


@pytest.mark.parametrize(
    "fault",
    [
        faults.rate_limited(),
        faults.secondary_limit(),
        faults.bad_gateway(),
        faults.bad_credentials(),
        faults.truncated_body(),
        faults.not_json_body(),
    ],
)
def test_an_answer_that_is_an_error_is_not_kept(stage: Stage, fault: Fault) -> None:
    run = Asker(stage, stage.folder / "http.sqlite")
    stage.sandbox.faults.add(fault, Match(operation="Look"))
    with pytest.raises((*FOREIGN_ERRORS, TypeError)):
        run.ask()
    assert n_kept(run.path) == 0
    assert run.ask() == (["Draw the mast"], False)


def _answer(status: int, body: object, question: object = "query Q { a }") -> Response:
    response = Response()
    response.status_code = status
    response._content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = requests.Request("POST", "http://127.0.0.1/graphql", json={"query": question})
    response.request = request.prepare()
    return response


DATA = {"data": {"a": 1}}


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (_answer(200, DATA), True),
        (_answer(200, DATA, "# a mutation\n\nquery Q { a } # mutation"), True),
        (_answer(200, DATA, "{ a }"), True),
        (_answer(200, {**DATA, "errors": [{"type": "FORBIDDEN"}]}), False),
        (_answer(200, {**DATA, "errors": []}), False),
        (_answer(200, {"data": None}), False),
        (_answer(200, {"data": {}}), False),
        (_answer(200, {"data": {"rateLimit": {}, "search": None}}), False),
        (_answer(200, DATA, "mutation M { a }"), False),
        (_answer(200, DATA, "query Q { a } mutation M { a }"), False),
        (_answer(200, DATA, "subscription S { a }"), False),
        (_answer(200, DATA, 7), False),
        (_answer(200, DATA, None), False),
        (_answer(200, b"<html>"), False),
        (_answer(200, b"\xff\xfe"), False),
        (_answer(200, b"[" * 200_000), False),
        (_answer(200, {"data": {"a": "x" * MAX_ANSWER_BYTES}}), False),
        (_answer(200, [1]), False),
        (_answer(201, DATA), False),
        (_answer(403, {"message": "You have exceeded a secondary rate limit"}), False),
        (_answer(502, b"<html>bad gateway</html>"), False),
    ],
)
def test_only_whole_answers_to_queries_are_kept(response: Response, expected: bool) -> None:
    assert is_worth_keeping(response) is expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(st.binary(), st.none() | st.binary() | JSON.map(json.dumps))
def test_no_answer_and_no_question_makes_the_judgement_fail(content: bytes, question) -> None:
    response = _answer(200, content)
    response.request.body = question
    assert is_worth_keeping(response) is False


def test_nothing_of_the_library_is_left_to_its_defaults(stage: Stage) -> None:
    with AnswerCache(stage.folder / "http.sqlite").remembering():
        session = requests.Session()
        settings = session.settings
        assert session.cache.responses.serializer.name == "json"
    assert list(settings.urls_expire_after.values()) != [settings.expire_after]
    assert tuple(settings.allowable_methods) == ("POST",)
    assert tuple(settings.allowable_codes) == (200,)
    assert settings.filter_fn is is_worth_keeping
    assert "Authorization" in settings.ignored_parameters
    off = ("stale_if_error", "stale_while_revalidate", "cache_control", "always_revalidate")
    assert [getattr(settings, name) for name in off] == [False] * 4
    assert not settings.autoclose


def test_only_answers_of_the_graphql_door_are_kept(stage: Stage) -> None:
    path = stage.folder / "http.sqlite"
    body = {"query": "query Q { rateLimit { cost } }"}
    with AnswerCache(path).remembering():
        session = requests.Session()
    headers = {"Authorization": f"bearer {TOKEN}"}
    for url in ("/rate_limit", "/graphql/", "/repos/tidepool/boats/graphql"):
        session.post(stage.sandbox.url + url, json=body, headers=headers)
        session.get(stage.sandbox.url + url, headers=headers)
    assert n_kept(path) == 0
    session.post(stage.sandbox.url + "/graphql", json=body, headers=headers)
    assert n_kept(path) == 1


def test_other_sessions_of_the_process_keep_nothing(stage: Stage) -> None:
    Asker(stage, stage.folder / "http.sqlite").ask()
    assert type(requests.Session()) is requests.Session


def test_a_writer_made_and_first_used_while_the_reader_remembers_is_served_nothing(
    stage: Stage,
) -> None:
    run = Asker(stage, stage.folder / "http.sqlite")
    stage.write_config(dict.fromkeys(("ada-example", "ben-example"), "languages: [Go]\n"))
    with open_session(Request(stage.config), read_settings(os.environ)) as session:
        with run.cache.remembering():
            posts = session.posting.posts()
            assert posts.find(WEEK, "ada-example", was_tried=False) is None
        place = posts.deliver(message())
        again = session.posting.posts()
        with run.cache.remembering():
            assert again.find(WEEK, "ada-example", was_tried=False).place == place
            assert again.find(WEEK, "ben-example", was_tried=False) is None
            assert again.is_private()
            stage.world.repository("campus-club/digests").private = False
            assert not again.is_private()
            posts.deliver(message("ben-example"))
    assert len(stage.posts()) == 2
    assert n_kept(run.path) == 0


def test_verification_is_always_asked_afresh(stage: Stage) -> None:
    for n_times in (1, 2):
        with open_session(Request(stage.config), read_settings(os.environ)) as session:
            source = session.issue_source()
            issue = source.search_issues('is:issue language:"Go"', None).issues[0]
            for step in (Step.VERIFICATION, Step.DETAILS):
                assert source.read_details([issue.id], step)[issue.id].assigned == ()
            stage.world.assign(stage.world.issue("tidepool/boats", 1), "quick-example")
            for step in (Step.VERIFICATION, Step.DETAILS):
                assert source.read_details([issue.id], step)[issue.id].assigned != ()
                assert source.spent()[step].requests == 2
            assert source.spent()[Step.PAGE].requests == (1 if n_times == 1 else 0)
            stage.world.unassign(stage.world.issue("tidepool/boats", 1), "quick-example")


def test_a_second_run_of_the_day_pays_for_no_search(stage: Stage, capsys) -> None:
    stage.world.fixed = None
    reports = []
    for _ in range(2):
        assert call(["run", "--json"]) == 0
        reports.append(json.loads(capsys.readouterr().out)["harvest"])
        # Not what the store remembers, but what the file does.
        (stage.folder / "state.db").unlink(missing_ok=True)
    assert reports[0]["points"] > 0
    assert (reports[1]["requests"], reports[1]["points"]) == (0, 0)
    assert reports[1]["issues"] == reports[0]["issues"] == 1
    assert reports[1]["by_step"]["verification"]["points"] > 0


def test_a_command_that_asks_nothing_leaves_no_file(stage: Stage) -> None:
    assert call(["check", "--offline"]) == 0
    assert not (stage.folder / CACHE).exists()


def test_neither_token_nor_student_nor_question_is_in_the_file(stage: Stage) -> None:
    stage.world.fixed = None
    mail = 'sender: "Club <digest@campus.example>"\nreply_to: "officer@campus.example"\n'
    stage.write_config({"ada-example": STUDENT, "ben-example": STUDENT}, CLUB + mail)
    paste(stage.world, "grace-example", "a post of ours")
    assert call(["run", "--live"]) == 0
    content = (stage.folder / CACHE).read_bytes()
    assert b"Draw the mast" in content
    tokens = (TOKEN, os.environ["GITHUB_TOKEN"])
    for secret in (
        *tokens,
        "ada-example",
        "Secretname",
        "campus",
        "a post of ours",
        "SearchIssues",
    ):
        assert secret.encode() not in content
