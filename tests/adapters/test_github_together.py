"""Several searches in one request: the same answers as one by one, for fewer points."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import graphql
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.github_issues import GitHubIssues
from bot.adapters.github_together import Form, compose
from bot.adapters.graphql_wire import GraphQLWire
from bot.adapters.http_cache import AnswerCache
from bot.errors import BotError, GitHubError, LimitReached, Outage, Refused
from bot.harvest.source import N_TOGETHER, Cost, Step
from bot.sandbox import faults
from bot.sandbox.fault_nulls import RESOURCE_LIMITS, null_nodes, partial_data
from bot.sandbox.faults import Fault
from bot.sandbox.graphql.cost import cost
from tests.adapters.asking import LISTING, NOW, Asked, asking
from tests.adapters.test_github_issues_shapes import JSON, CannedRequester

#: Ten searches of ten issues each, and of one project each.
ISSUES = [f"is:issue is:open repo:tidepool/boat-{n}" for n in range(N_TOGETHER)]
TOPICS = [f"topic:sailing stars:{100 - n}" for n in range(N_TOGETHER)]
TENS, ONES = dict.fromkeys(ISSUES, 10), dict.fromkeys(TOPICS, 1)

QUESTIONS: dict[str, Callable[[GitHubIssues], object]] = {
    "issues": lambda source: source.search_issues_together(TENS),
    "repositories": lambda source: source.search_repositories_together(ONES, LISTING),
    "counts": lambda source: source.count_results(ISSUES[:5], TOPICS[5:]),
}


@pytest.fixture
def asked() -> Iterator[Asked]:
    with asking() as asked:
        yield asked


@pytest.fixture(params=list(QUESTIONS))
def question(request: pytest.FixtureRequest) -> Callable[[GitHubIssues], object]:
    return QUESTIONS[request.param]


@pytest.mark.parametrize(
    ("form", "first", "points"),
    [
        (Form.N_ISSUES, 1, 1),
        (Form.N_REPOSITORIES, 1, 1),
        (Form.ISSUES, 10, 1),
        (Form.ISSUES, 20, 2),
        (Form.REPOSITORIES, 10, 1),
        (Form.REPOSITORIES, 100, 10),
    ],
)
def test_ten_searches_cost_a_hundredth_of_what_they_bring(
    form: Form, first: int, points: int
) -> None:
    sizes = {f"n{place}": first for place in range(N_TOGETHER)}
    assert cost(graphql.parse(compose("Ten", [form] * N_TOGETHER)), sizes)[0] == points


def test_each_question_is_one_request_and_one_point(
    asked: Asked, question: Callable[[GitHubIssues], object]
) -> None:
    assert len(question(asked.source)) == N_TOGETHER
    cost = asked.source.spent()
    assert set(cost) == {Step.PAGE}
    assert (len(asked.sandbox.requests), cost[Step.PAGE].requests) == (1, 1)
    assert cost[Step.PAGE].points == 1


def test_issues_are_found_as_they_are_one_by_one(asked: Asked) -> None:
    single = {query: asked.source.search_issues(query, None) for query in ISSUES}
    assert asked.source.search_issues_together(TENS) == single
    assert {len(page.issues) for page in single.values()} == {10}


def test_repositories_are_found_as_they_are_one_by_one(asked: Asked) -> None:
    asked.world.assign(asked.world.issues["tidepool/boat-3"][1], "quick-example")
    single = {query: asked.source.search_repositories(query, LISTING, None) for query in TOPICS}
    assert asked.source.search_repositories_together(ONES, LISTING) == single
    counts = [page.repositories[0].n_issues for page in single.values()]
    assert counts == [10, 10, 10, 9, *(6 * [10])]


def test_each_search_shows_as_many_as_it_was_asked_for(asked: Asked) -> None:
    few, most, more = (*ISSUES[:2], 'is:issue language:"Go"')
    pages = asked.source.search_issues_together({few: 3, most: 10, more: 500})
    assert [len(page.issues) for page in pages.values()] == [3, 10, 100]
    assert [page.n_total for page in pages.values()] == [10, 10, 130]
    assert [page.cursor is None for page in pages.values()] == [False, True, False]


def test_the_page_after_goes_on_where_the_first_ended(asked: Asked) -> None:
    first = asked.source.search_issues_together({ISSUES[0]: 4})[ISSUES[0]]
    rest = asked.source.search_issues(ISSUES[0], first.cursor)
    found = [issue.id for issue in (*first.issues, *rest.issues)]
    assert len(found) == len(set(found)) == 10


def test_issues_and_repositories_are_counted_in_one_question(asked: Asked) -> None:
    everything, nothing = "topic:sailing", "topic:sailing stars:7"
    counts = asked.source.count_results([ISSUES[0], ISSUES[1]], [everything, nothing])
    assert counts == {ISSUES[0]: 10, ISSUES[1]: 10, everything: 13, nothing: 0}


def test_a_time_that_is_not_asked_for_is_not_sent_as_null(asked: Asked) -> None:
    asked.source.search_repositories_together(ONES, LISTING)
    assert "since" not in asked.sandbox.requests[0].variables


def test_no_question_is_asked_about_nothing(asked: Asked) -> None:
    assert asked.source.count_results((), ()) == {}
    assert asked.source.search_issues_together({}) == {}
    assert asked.source.search_repositories_together({}, LISTING) == {}
    assert asked.sandbox.requests == []


@pytest.mark.parametrize(
    "fault",
    [
        null_nodes(("s1",)),
        partial_data(("s1",)),
        partial_data(("s1",), kind="FORBIDDEN"),
        partial_data(("s1",), kind="NOT_FOUND"),
    ],
    ids=["silent", "resources", "forbidden", "not found"],
)
def test_a_search_that_did_not_come_is_missing_and_the_others_told(
    asked: Asked, question: Callable[[GitHubIssues], object], fault: Fault
) -> None:
    whole = question(asked.source)
    asked.sandbox.faults.add(fault)
    assert question(asked.source) == {
        query: told for query, told in whole.items() if query not in {ISSUES[1], TOPICS[1]}
    }
    assert len(asked.sandbox.requests) == 2


def test_a_search_of_which_a_part_was_cut_off_is_missing(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("s1", "nodes", 2), ("s4", "nodes", 0, "labels")))
    assert set(asked.source.search_issues_together(TENS)) == {*ISSUES} - {ISSUES[1], ISSUES[4]}
    assert len(asked.sandbox.requests) == 1


@pytest.mark.parametrize("name", ["issues", "repositories"])
@pytest.mark.parametrize("kind", [None, "FORBIDDEN", "INTERNAL", RESOURCE_LIMITS])
def test_a_search_that_counts_results_and_lists_none_is_missing(
    asked: Asked, name: str, kind: str | None
) -> None:
    whole = QUESTIONS[name](asked.source)
    path = ("s1", "nodes")
    asked.sandbox.faults.add(partial_data(path, kind=kind) if kind else null_nodes(path))
    assert QUESTIONS[name](asked.source) == {
        query: page for query, page in whole.items() if query not in {ISSUES[1], TOPICS[1]}
    }


@pytest.mark.parametrize("way", [(), ("issues",)], ids=["all", "issues"])
def test_a_project_that_is_hidden_is_counted(asked: Asked, way: tuple[str, ...]) -> None:
    asked.sandbox.faults.add(null_nodes(("s1", "nodes", 0, *way)))
    pages = asked.source.search_repositories_together(ONES, LISTING)
    assert [page.n_hidden for page in pages.values()] == [0, 1, *(8 * [0])]
    assert [len(page.repositories) for page in pages.values()] == [1, 0, *(8 * [1])]


def test_a_result_that_is_hidden_is_counted(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("s1", "nodes", 2), kind="FORBIDDEN"))
    pages = asked.source.search_issues_together(TENS)
    assert [page.n_hidden for page in pages.values()] == [0, 1, *(8 * [0])]
    assert len(pages[ISSUES[1]].issues) == 9


@pytest.mark.parametrize(
    "fault",
    [
        partial_data(*((f"s{place}",) for place in range(N_TOGETHER))),
        partial_data(("elsewhere",)),
        faults.mutate(lambda data: data.update(errors=[{"type": RESOURCE_LIMITS}])),
        faults.bad_gateway(),
        faults.gateway_timeout(),
        faults.truncated_body(),
    ],
    ids=["all", "elsewhere", "nowhere", "502", "504", "broken off"],
)
def test_what_was_too_heavy_as_a_whole_is_an_outage_and_not_repeated(
    asked: Asked, question: Callable[[GitHubIssues], object], fault: Fault
) -> None:
    asked.sandbox.faults.add(fault)
    with pytest.raises(Outage, match="ran out of time"):
        question(asked.source)
    spent = asked.source.spent()[Step.PAGE]
    assert (len(asked.sandbox.requests), spent.requests, spent.points) == (1, 1, 1)


def test_what_was_too_heavy_together_leaves_single_searches_as_large_as_they_were(
    asked: Asked,
) -> None:
    asked.sandbox.faults.add(faults.bad_gateway())
    with pytest.raises(Outage):
        asked.source.search_issues_together(TENS)
    asked.search()
    assert asked.sandbox.requests[1].variables["first"] == 100


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (faults.rate_limited(), LimitReached),
        (faults.secondary_limit(), LimitReached),
        (faults.bad_credentials(), Refused),
        (faults.mutate(lambda data: data["data"].update(s1=[])), Outage),
        (faults.mutate(lambda data: data["data"].update(s1={"nodes": []})), Outage),
    ],
    ids=["limit in a 200", "limit", "token", "a list", "no page"],
)
def test_other_errors_are_told_as_elsewhere(
    asked: Asked,
    question: Callable[[GitHubIssues], object],
    fault: Fault,
    kind: type[GitHubError],
) -> None:
    asked.sandbox.faults.add(fault)
    with pytest.raises(GitHubError) as error:
        question(asked.source)
    assert type(error.value) is kind
    assert len(asked.sandbox.requests) == 1


def test_an_answer_is_kept_for_a_second_run_and_costs_nothing_then(
    asked: Asked, question: Callable[[GitHubIssues], object], tmp_path: Path
) -> None:
    cache = AnswerCache(tmp_path / "answers.sqlite")
    kept = GraphQLWire(SimpleNamespace(requester=asked.requester), cache)
    first, again = (GitHubIssues(GraphQLWire(None), kept, lambda: NOW) for _ in range(2))
    assert question(first) == question(again)
    cache.close()
    spent = again.spent()[Step.PAGE]
    assert (len(asked.sandbox.requests), spent.requests, spent.points) == (1, 0, 0)


def test_what_each_request_cost_is_told_at_once(asked: Asked) -> None:
    told: list[tuple[Step, Cost]] = []
    wire = GraphQLWire(SimpleNamespace(requester=asked.requester))
    source = GitHubIssues(wire, wire, lambda: NOW, lambda *cost: told.append(cost))
    source.count_results(ISSUES, ())
    assert [(step, cost.requests, cost.points) for step, cost in told] == [(Step.PAGE, 1, 1)]


PAGES = st.fixed_dictionaries(
    {},
    optional={
        "issueCount": JSON,
        "repositoryCount": st.integers(0, 9),
        "pageInfo": JSON | st.fixed_dictionaries({"hasNextPage": st.booleans(), "endCursor": JSON}),
        "nodes": JSON
        | st.lists(
            st.fixed_dictionaries(
                {"id": JSON}, optional={"repository": JSON, "issues": JSON, "nameWithOwner": JSON}
            )
        ),
    },
)
ERRORS = st.fixed_dictionaries(
    {},
    optional={
        "type": JSON | st.sampled_from(["FORBIDDEN", "RATE_LIMITED", "RESOURCE_LIMITS_EXCEEDED"]),
        "path": JSON | st.lists(st.sampled_from(["s0", "s1", "nodes", 0]), max_size=3),
    },
)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(QUESTIONS)),
    st.dictionaries(st.sampled_from(["s0", "s1", "rateLimit", "x"]), JSON | PAGES) | JSON,
    st.none() | JSON | st.lists(ERRORS, max_size=3),
)
def test_an_answer_of_any_shape_is_understood_or_refused(
    name: str, data: object, errors: object
) -> None:
    text = json.dumps({"data": data} | ({"errors": errors} if errors is not None else {}))
    wire = GraphQLWire(SimpleNamespace(requester=CannedRequester(text)))
    with suppress(BotError):
        assert set(QUESTIONS[name](GitHubIssues(wire, wire, lambda: NOW))) <= {*TENS, *ONES}
