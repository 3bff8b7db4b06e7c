"""What queries cost, and which ask for too much."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from graphql import parse

from bot.sandbox.graphql.cost import Points, TooMuchError, cost
from bot.sandbox.graphql.execution import execute
from bot.sandbox.world import World

SHARED = Path(__file__).parents[3].parent / "shared"

HARVEST = """query($first: Int = 50, $extra: Boolean = false) {
  search(query: "x", type: ISSUE, first: $first) { nodes { ...Facts } } }
fragment Facts on Issue {
  labels(first: 20) { nodes { name } } comments(first: 1) { totalCount }
  more: comments(first: 1) @include(if: $extra) { totalCount }
  repository { languages(first: 10) { nodes { name } } } }"""


def count(query: str, **variables: object) -> tuple[int, int]:
    return cost(parse(query), variables)


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, (2, 1600)),
        ({"first": 10}, (1, 320)),
        ({"first": 100}, (3, 3200)),
        ({"first": 100, "extra": True}, (4, 3300)),
    ],
)
def test_each_connection_costs_a_request_for_each_of_its_parents(variables, expected):
    assert count(HARVEST, **variables) == expected


def test_a_query_without_connections_costs_one_point():
    assert count("{ viewer { login } rateLimit { cost } }") == (1, 0)


def test_ids_multiply_what_hangs_below_them():
    query = """query($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue {
      comments(last: 10) { nodes { id } } assignees(first: 5) { totalCount } } } }"""
    assert count(query, ids=["a"] * 100) == (2, 1500)
    assert count(query, ids=["a"] * 20) == (1, 300)


def test_a_history_and_each_alias_of_pull_requests_cost_a_request_for_each_repository():
    query = """query($ids: [ID!]!) { nodes(ids: $ids) { ... on Repository {
      a: pullRequests(first: 1) { totalCount } b: pullRequests(first: 50) { nodes { id } }
      defaultBranchRef { target { ... on Commit { history(first: 1) { totalCount } } } } } } }"""
    assert count(query, ids=["a"] * 33) == (1, 33 * 52)
    assert count(query, ids=["a"] * 50) == (2, 50 * 52)


def test_reviews_and_reactions_cost_a_request_for_each_thing_they_hang_on():
    query = """{ search(query: "x", type: ISSUE, first: 100) { nodes {
      ... on PullRequest { reviews(first: 20) { nodes { state } } }
      ... on Issue { reactions(first: 5) { nodes { content } }
        timelineItems(last: 10) { nodes { ... on IssueComment {
          reactions(first: 3) { nodes { content } } } } } } } } }"""
    assert count(query) == (13, 100 + 100 * (20 + 5 + 10 + 10 * 3))


def test_a_connection_named_twice_counts_once_and_an_alias_counts_again():
    inner = "labels(first: 2) { nodes { name } }"
    head = 'search(query: "x", type: ISSUE, first: 100)'
    once = f"{{ {head} {{ nodes {{ ... on Issue {{ {inner} }} ... on Issue {{ {inner} }} }} }} }}"
    twice = f"{{ {head} {{ nodes {{ ... on Issue {{ {inner} b: {inner} }} }} }} }}"
    assert count(once) == (1, 300)
    assert count(twice) == (2, 500)


def test_half_a_point_is_rounded_up():
    query = """{ search(query: "x", type: ISSUE, first: 50) { nodes { ... on Issue {
      labels(first: 1) { totalCount } comments(first: 1) { totalCount }
      assignees(first: 1) { totalCount } participants(first: 1) { totalCount }
      reactions(first: 1) { totalCount } } } } }"""
    assert count(query)[0] == 3


@pytest.mark.parametrize(
    ("size", "kind"),
    [
        ("", "MISSING_PAGINATION_BOUNDARIES"),
        ("first: 101", "EXCESSIVE_PAGINATION"),
        ("last: 101", "EXCESSIVE_PAGINATION"),
        ("first: 0", "EXCESSIVE_PAGINATION"),
    ],
)
def test_a_page_has_one_to_a_hundred_nodes(size, kind):
    query = f'{{ search(query: "x", type: ISSUE, {size}) {{ nodes {{ __typename }} }} }}'
    with pytest.raises(TooMuchError) as caught:
        count(query)
    assert caught.value.extensions == {"type": kind}
    assert caught.value.path == ["search"]
    assert "`search` connection" in caught.value.message


def test_a_connection_that_is_only_counted_needs_no_page_size():
    query = '{ repository(owner: "a", name: "b") { issues { totalCount } } }'
    assert count(query) == (1, 0)


def test_half_a_million_nodes_are_too_many():
    query = """{ search(query: "x", type: ISSUE, first: 100) { nodes { ... on Issue {
      comments(first: 100) { nodes { reactions(first: 100) { totalCount } } } } } } }"""
    with pytest.raises(TooMuchError, match="1,010,100 possible nodes") as caught:
        count(query)
    assert caught.value.extensions == {"type": "MAX_NODE_LIMIT_EXCEEDED"}


def test_more_than_a_hundred_ids_are_refused():
    with pytest.raises(TooMuchError, match="101") as caught:
        count("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["a"] * 101)
    assert caught.value.extensions == {"type": "ARGUMENT_LIMIT"}


def test_execution_tells_the_points_and_refuses_too_much():
    points = Points(5000, 5000, 0, datetime(2026, 11, 22, tzinfo=UTC))
    query = (
        "query($n: Int) { search(query: %s, type: ISSUE, first: $n) { issueCount nodes { id } } }"
    )
    query = query.replace("{ id }", "{ __typename }") % '"is:issue"'
    assert "errors" not in execute(World(), query, {"n": 100}, "zoe-example", points)
    assert (points.cost, points.nodes) == (1, 100)
    answer = execute(World(), query, {"n": 500}, "zoe-example", points)
    assert answer["data"] is None
    assert answer["errors"][0]["type"] == "EXCESSIVE_PAGINATION"
    assert answer["errors"][0]["path"] == ["search"]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "variables", "points"),
    [
        ("query", {"q": "is:issue", "first": 25}, 2),
        ("query", {"q": "is:issue", "first": 50}, 4),
        ("query", {"q": "is:issue", "first": 100}, 8),
        ("query-compat", {"q": "is:issue", "first": 50}, 4),
        ("query-compat", {"q": "is:issue", "first": 100}, 7),
        ("query-refresh", {"ids": ["I_1"] * 20}, 1),
        ("query-refresh", {"ids": ["I_1"] * 50}, 3),
        ("query-repos", {"ids": ["R_1"] * 25}, 7),
        ("query-repos", {"ids": ["R_1"] * 50}, 14),
        ("query-repos", {"ids": ["R_1"] * 100}, 28),
    ],
)
def test_the_measured_documents_run_and_cost_what_was_counted(name, variables, points):
    path = SHARED / "github" / f"{name}.graphql"
    if not path.exists():
        pytest.skip("the measured documents do not lie beside the project")
    world = World()
    world.open_issue(world.add_repository("lantern/wick"), "ada-example", "Wick", "")
    spent = Points(5000, 5000, 0, world.now)
    answer = execute(world, path.read_text("utf-8"), variables, "zoe-example", spent)
    assert spent.cost == answer["data"]["rateLimit"]["cost"] == points
    assert {error["type"] for error in answer.get("errors", ())} <= {"NOT_FOUND"}
