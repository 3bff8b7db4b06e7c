"""Where queries and mutations begin: nodes, searches, rights, and errors."""

import pytest

from tests.sandbox.graphql.documents import REPOSITORY

SEARCH = """query($q: String!, $type: SearchType = ISSUE, $after: String) {
  search(query: $q, type: $type, first: 2, after: $after) {
    issueCount repositoryCount pageInfo { hasNextPage endCursor }
    nodes { __typename ... on Issue { number } ... on Repository { nameWithOwner } } } }"""


def test_a_search_is_paged_to_its_end(shoal, show):
    numbers, after = [], None
    while True:
        page = show(SEARCH, q="is:issue is:open", after=after)["search"]
        assert page["issueCount"] == 5
        numbers += [node["number"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert numbers == [5, 4, 3, 2, 1]


def test_pull_requests_are_searched_and_show_their_facts(world, show):
    home = world.repository("tidepool-labs/kelp")
    pull = world.open_pull_request(home, "ada-example", "Anchor", closes=[1])
    world.review(pull, "mo-example", "APPROVED")
    world.merge(pull, "mo-example")
    query = """query($q: String!) { search(query: $q, type: ISSUE, first: 5) { issueCount nodes {
      ... on PullRequest { number state mergedAt author { login } repository { nameWithOwner }
        closingIssuesReferences(first: 1) { nodes { number } }
        reviews(first: 1) { nodes { author { login } state } } } } } }"""
    asked = "is:pr is:merged -author:zoe-example reviewed-by:mo-example merged:>=2026-11-22"
    assert show(query, q=asked)["search"] == {
        "issueCount": 1,
        "nodes": [
            {
                "number": 2,
                "state": "MERGED",
                "mergedAt": "2026-11-22T12:00:00Z",
                "author": {"login": "ada-example"},
                "repository": {"nameWithOwner": "tidepool-labs/kelp"},
                "closingIssuesReferences": {"nodes": [{"number": 1}]},
                "reviews": {"nodes": [{"author": {"login": "mo-example"}, "state": "APPROVED"}]},
            }
        ],
    }


def test_repositories_are_searched_by_their_type(show):
    page = show(SEARCH, q="topic:sea", type="REPOSITORY")["search"]
    assert page["nodes"] == [{"__typename": "Repository", "nameWithOwner": "tidepool-labs/kelp"}]
    assert (page["repositoryCount"], page["issueCount"]) == (1, 0)
    assert show(SEARCH, q="kelp", type="USER")["search"]["nodes"] == []
    assert show(SEARCH, q="is:issue", type="ISSUE_ADVANCED")["search"]["issueCount"] == 1


def test_a_wrong_search_is_unprocessable(ask):
    answer = ask(SEARCH, q="stars:>3")
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert (error["type"], error["path"]) == ("UNPROCESSABLE", ["search"])
    assert "stars:" in error["message"]


def test_a_cursor_that_is_none_is_refused(ask):
    (error,) = ask(SEARCH, q="is:issue", after="what?")["errors"]
    assert error["type"] == "INVALID_CURSOR_ARGUMENTS"


def test_what_is_gone_leaves_null_and_an_error_at_its_place(world, ask):
    issue = world.issue("tidepool-labs/kelp", 1)
    other = world.open_issue(issue.repository, "ada-example", "Gone", "")
    world.delete_issue(other)
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    answer = ask(query, ids=[issue.node_id, other.node_id, "I_nonsense"])
    assert answer["data"]["nodes"] == [{"__typename": "Issue", "id": issue.node_id}, None, None]
    assert [(e["type"], e["path"]) for e in answer["errors"]] == [
        ("NOT_FOUND", ["nodes", 1]),
        ("NOT_FOUND", ["nodes", 2]),
    ]
    assert other.node_id in answer["errors"][0]["message"]


def test_a_node_is_found_by_its_id(world, show):
    home = world.repository("tidepool-labs/kelp")
    shown = show("query($id: ID!) { node(id: $id) { __typename id } }", id=home.node_id)
    assert shown == {"node": {"__typename": "Repository", "id": home.node_id}}


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ('{ repository(owner: "no", name: "where") { id } }', ["repository"]),
        (REPOSITORY % "issue(number: 99) { id }", ["repository", "issue"]),
        (REPOSITORY % "pullRequest(number: 1) { id }", ["repository", "pullRequest"]),
        ('{ user(login: "nobody-example") { id } }', ["user"]),
        ('{ node(id: "x") { id } }', ["node"]),
    ],
)
def test_what_is_not_there_is_not_found(ask, query, path):
    (error,) = ask(query)["errors"]
    assert (error["type"], error["path"]) == ("NOT_FOUND", path)


def test_a_private_repository_is_not_found_by_strangers(world, ask):
    home = world.add_repository("lantern/hidden", private=True)
    issue = world.open_issue(home, "lantern", "Secret", "")
    query = '{ repository(owner: "lantern", name: "hidden") { id } node(id: "%s") { id } }'
    answer = ask(query % issue.node_id)
    assert answer["data"] == {"repository": None, "node": None}
    assert {error["type"] for error in answer["errors"]} == {"NOT_FOUND"}
    assert "errors" not in ask(query % issue.node_id, "lantern")


def test_the_viewer_is_who_asks(show):
    assert show("{ viewer { login url } }")["viewer"] == {
        "login": "zoe-example",
        "url": "https://github.com/zoe-example",
    }


def test_the_rate_limit_stands_after_this_query(show):
    shown = show(
        """{ rateLimit { limit cost remaining used resetAt nodeCount }
        search(query: "is:issue", type: ISSUE, first: 100) { nodes {
          ... on Issue { labels(first: 10) { nodes { name } } comments(first: 1) { totalCount } } }
        } }"""
    )["rateLimit"]
    assert shown == {
        "limit": 5000,
        "cost": 2,
        "remaining": 3998,
        "used": 1002,
        "resetAt": "2026-11-22T13:00:00Z",
        "nodeCount": 1200,
    }


MINIMIZE = """mutation($id: ID!) { minimizeComment(input: {subjectId: $id, classifier: OUTDATED,
  clientMutationId: "m"}) { clientMutationId minimizedComment { isMinimized minimizedReason } } }"""
PIN = """mutation($id: ID!) { pinIssue(input: {issueId: $id}) { issue { number isPinned } } }"""


def test_a_comment_is_minimized_by_an_insider_or_its_author(world, ask):
    comment = world.issue("tidepool-labs/kelp", 1).comments[0]
    (error,) = ask(MINIMIZE, "zoe-example", id=comment.node_id)["errors"]
    assert error["type"] == "FORBIDDEN"
    assert comment.minimized is None
    assert ask(MINIMIZE, "tidepool-labs", id=comment.node_id)["data"]["minimizeComment"] == {
        "clientMutationId": "m",
        "minimizedComment": {"isMinimized": True, "minimizedReason": "outdated"},
    }
    assert world.writes[-1]["act"] == "minimize"


def test_three_issues_can_be_pinned_by_an_insider(world, ask):
    home = world.repository("tidepool-labs/kelp")
    issues = [world.open_issue(home, "mo-example", f"Pin {n}", "") for n in range(4)]
    answers = [ask(PIN, "mo-example", id=issue.node_id) for issue in issues]
    assert answers[0]["data"]["pinIssue"]["issue"]["isPinned"] is True
    assert [answer.get("errors", [{}])[0].get("type") for answer in answers] == [
        None,
        None,
        None,
        "UNPROCESSABLE",
    ]
    assert ask(PIN, "zoe-example", id=issues[3].node_id)["errors"][0]["type"] == "FORBIDDEN"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ nonsense }", "nonsense"),
        ("{ viewer { login ", "Syntax Error"),
        ("query A { viewer { login } } query B { viewer { login } }", "operation name"),
        ("query($q: String!) { search(query: $q, type: ISSUE, first: 1) { issueCount } }", "$q"),
    ],
)
def test_a_wrong_document_is_answered_with_errors(ask, query, message):
    answer = ask(query)
    assert answer.get("data") is None
    assert message in answer["errors"][0]["message"]


def test_variables_take_their_defaults(show):
    shown = show(f"query($n: Int! = 1) {REPOSITORY % 'issue(number: $n) { number }'}")
    assert shown["repository"]["issue"]["number"] == 1
