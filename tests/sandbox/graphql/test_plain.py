"""Which queries are answered plainly, and that nobody can tell from the answer."""

from datetime import timedelta

import pytest
from graphql import graphql_sync, parse

from bot.sandbox.graphql.context import Context
from bot.sandbox.graphql.cost import Points, find_operation
from bot.sandbox.graphql.execution import execute, kind_of
from bot.sandbox.graphql.plain import PlainFirst
from bot.sandbox.graphql.schema import SCHEMA
from tests.sandbox.graphql.conftest import NOON
from tests.sandbox.graphql.documents import ISSUE, REPOSITORY
from tests.sandbox.graphql.reference import answer_by_the_book
from tests.sandbox.graphql.test_roots import MINIMIZE
from tests.sandbox.graphql.test_schema import ask_for_all
from tests.stage import shipped_world

ALL = "query($q: String!) { search(query: $q, type: ISSUE, first: 100) { nodes { %s } } }"


@pytest.fixture
def answer_plainly(world):
    """Answers a query without graphql-core, or says None."""

    def answer(document: str, **variables: object) -> dict | None:
        tree = parse(document)
        execution = PlainFirst.build(
            SCHEMA,
            tree,
            context_value=Context(world, "zoe-example", Points(5000, 5000, 0, NOON)),
            raw_variable_values=variables,
            type_resolver=kind_of,
        )
        assert isinstance(execution, PlainFirst)
        return execution.answer_plainly(find_operation(tree), None)

    return answer


def test_a_query_of_all_there_is_is_plain(world, answer_plainly):
    home = world.repository("tidepool-labs/kelp")
    world.open_pull_request(home, "zoe-example", "Anchor", closes=[1])
    home.has_discussions = True
    world.open_discussion(home, "zoe-example", "How long is a rope?")
    shown = answer_plainly(REPOSITORY % ask_for_all(SCHEMA.type_map["Repository"], 2))
    assert shown["repository"]["Repository_issue"]["Issue_number"] == 1


def test_what_is_skipped_aliased_and_said_twice_comes_out_as_it_should(show):
    query = """query($no: Boolean!, $n: Int!) { repository(owner: "tidepool-labs", name: "kelp") {
      ...Twice issue(number: $n) { title @skip(if: $no) __typename again: __typename
        comments(first: 1) { totalCount } comments(first: 1) { nodes { body } } } } }
    fragment Twice on Repository { name issue(number: $n) { number ... on Node { id } } }"""
    issue = show(query, no=True, n=1)["repository"]["issue"]
    assert list(issue) == ["number", "id", "__typename", "again", "comments"]
    assert issue["comments"] == {"totalCount": 2, "nodes": [{"body": "Yes"}]}
    assert (issue["__typename"], issue["again"]) == ("Issue", "Issue")


def test_the_shipped_world_looks_the_same_either_way():
    world = shipped_world()
    document = ALL % ask_for_all(SCHEMA.type_map["SearchResultItem"], 2)
    for query in ("is:issue sort:comments-desc", "is:pr"):
        points = Points(5000, 5000, 0, world.now + timedelta(hours=1))
        answer = execute(world, document, {"q": query}, "zoe-example", points)
        assert len(answer["data"]["search"]["nodes"]) > 20
        assert answer == answer_by_the_book(world, document, {"q": query}, "zoe-example", points)


@pytest.mark.parametrize(
    "document",
    [
        "{ __schema { queryType { name } } }",
        ISSUE % "nosuch: repository { pullRequest(number: 9) { id } }",
        '{ nodes(ids: ["I_nonsense"]) { id } }',
        '{ search(query: "stars:>3", type: ISSUE, first: 1) { issueCount } }',
    ],
)
def test_what_is_not_plain_is_left_to_graphql_core(answer_plainly, document):
    assert answer_plainly(document) is None


def test_a_null_where_there_may_be_none_is_told_by_graphql_core(world, ask, answer_plainly):
    pull = world.open_pull_request(world.repository("tidepool-labs/kelp"), "zoe-example", "Anchor")
    world.comment(pull, "mo-example", "Nice")
    query = REPOSITORY % (
        "pullRequest(number: 2) { number comments(first: 1) { nodes { issue { number } } } }"
    )
    assert answer_plainly(query) is None
    answer = ask(query)
    (error,) = answer["errors"]
    assert error["message"] == "Cannot return null for non-nullable field IssueComment.issue."
    assert error["path"] == ["repository", "pullRequest", "comments", "nodes", 0, "issue"]
    assert answer["data"]["repository"]["pullRequest"]["comments"]["nodes"] == [None]


def test_a_mutation_is_never_begun_plainly(world, ask, answer_plainly):
    comment = world.issue("tidepool-labs/kelp", 1).comments[0]
    before = len(world.writes)
    assert answer_plainly(MINIMIZE, id=comment.node_id) is None
    assert len(world.writes) == before
    ask(MINIMIZE, "tidepool-labs", id=comment.node_id)
    assert len(world.writes) == before + 1


def test_questions_about_the_schema_are_answered(ask):
    query = '{ __type(name: "IssueState") { enumValues { name } } viewer { login } }'
    assert ask(query)["data"] == {
        **graphql_sync(SCHEMA, '{ __type(name: "IssueState") { enumValues { name } } }').data,
        "viewer": {"login": "zoe-example"},
    }
