import pytest
from github import Auth, Github, GithubException, UnknownObjectException

from bot.sandbox.fault_nulls import null_field, null_nodes, partial_data
from bot.sandbox.faults import Match
from bot.sandbox.messages import operation_of
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, PROJECT, Connect

VIEWER = "query Me { viewer { login } rateLimit { limit cost remaining used } }"
SEARCH = """
query Page($q: String!) {
  search(query: $q, type: ISSUE, first: 50) {
    issueCount
    nodes { ... on Issue { id number title author { login } labels(first: 20) { nodes { name } } } }
  }
}
"""
OPEN = {"q": "is:issue is:open sort:created-desc"}
TITLES = "query Refresh($ids: [ID!]!) { nodes(ids: $ids) { id ... on Issue { title } } }"
REPOSITORY = 'query Home { repository(owner: "campus-club", name: "digests") { isPrivate } }'


def ask(connect: Connect, token: str, document: str, variables: dict | None = None):
    return connect(token).requester.graphql_query(document, variables or {})


@pytest.fixture
def three(world: World) -> None:
    for title in ("Second", "Third"):
        world.open_issue(world.repository(PROJECT), "ben-example", title, None, ("easy",))


def test_a_query_is_answered_under_both_of_its_addresses(sandbox: Sandbox, connect: Connect):
    with Github(auth=Auth.Token("ada"), base_url=f"{sandbox.url}/api/v3") as enterprise:
        for requester in (connect("ada").requester, enterprise.requester):
            _, answer = requester.graphql_query(VIEWER, {})
            assert answer["data"]["viewer"] == {"login": "ada-example"}

    assert [r.kind for r in sandbox.requests] == ["graphql Me"] * 2
    assert [r.path for r in sandbox.requests] == ["/graphql"] * 2


def test_the_points_of_a_query_are_charged_and_told(sandbox: Sandbox, connect: Connect):
    headers, answer = ask(connect, "ada", SEARCH, OPEN)

    cost = sandbox.requests[-1].points
    assert cost == 1
    assert answer["data"]["search"]["issueCount"] == 1
    assert headers["x-ratelimit-resource"] == "graphql"
    assert headers["x-ratelimit-used"] == str(cost)
    assert headers["vary"] == "Accept-Encoding, Accept, X-Requested-With"
    assert "etag" not in headers
    limit = ask(connect, "ada", VIEWER)[1]["data"]["rateLimit"]
    assert (limit["limit"], limit["cost"], limit["used"]) == (5000, 1, 2)
    assert limit["remaining"] == 4998
    assert connect("ada").get_rate_limit().resources.core.used == 0


def test_an_error_of_a_document_is_told_in_a_200(sandbox: Sandbox, connect: Connect):
    with pytest.raises(GithubException) as refusal:
        ask(connect, "ada", "query Broken { nobody { login } }")

    assert "nobody" in refusal.value.data["errors"][0]["message"]
    assert sandbox.requests[-1].status == 200


def test_a_body_without_a_document_is_a_bad_request(sandbox: Sandbox, connect: Connect):
    with pytest.raises(GithubException) as refusal:
        connect().requester.requestJsonAndCheck("POST", "/graphql", input={"variables": {}})

    assert refusal.value.status == 400


def test_a_deleted_node_is_not_found_and_the_others_stay(connect: Connect, world: World):
    known = world.issue(PROJECT, 1).node_id

    with pytest.raises(UnknownObjectException) as refusal:
        ask(connect, "ada", TITLES, {"ids": [known, "I_424242"]})

    assert [bool(node) for node in refusal.value.data["data"]["nodes"]] == [True, False]


def test_a_workflow_reads_its_own_private_repository(connect: Connect, world: World):
    assert ask(connect, "workflow", REPOSITORY)[1]["data"]["repository"] == {"isPrivate": True}
    assert world.repository(DIGESTS).collaborators == ("grace-example",)
    with pytest.raises(GithubException):
        ask(connect, "ada", REPOSITORY)


def test_a_comment_is_minimized_where_the_token_may_write(connect: Connect, world: World):
    comment = connect("workflow").get_repo(DIGESTS).create_issue("Digest").create_comment("Old")

    assert comment.minimize("OUTDATED")
    assert world.node(comment.node_id).minimized


def test_a_mutation_elsewhere_is_forbidden(connect: Connect, world: World):
    world.repository(PROJECT).collaborators = ("ada-example",)
    comment = world.comment(world.issue(PROJECT, 1), "ben-example", "Text")

    for token in ("workflow", "reader"):
        with pytest.raises(GithubException) as refusal:
            connect(token).get_repo(PROJECT).get_issue(1).get_comment(comment.id).minimize()
        assert refusal.value.data["errors"][0]["type"] == "FORBIDDEN"
    assert world.node(comment.node_id).minimized is None


@pytest.mark.usefixtures("three")
def test_partial_data_is_kept_in_pygithubs_error(sandbox: Sandbox, connect: Connect):
    sandbox.faults.add(partial_data(("search", "nodes", 1)), Match(operation="Page"))

    with pytest.raises(GithubException) as refusal:
        ask(connect, "ada", SEARCH, OPEN)

    nodes = refusal.value.data["data"]["search"]["nodes"]
    assert [node and node["title"] for node in nodes] == ["Third", None, "Draw the legend"]
    assert refusal.value.data["errors"][0]["type"] == "RESOURCE_LIMITS_EXCEEDED"


@pytest.mark.usefixtures("three")
def test_nulls_come_in_answers_without_errors(sandbox: Sandbox, connect: Connect):
    sandbox.faults.add(null_nodes(("search", "nodes", 0)), Match(operation="Page"))
    sandbox.faults.add(null_field("labels", "author"), Match(operation="search"))

    nodes = ask(connect, "ada", SEARCH, OPEN)[1]["data"]["search"]["nodes"]

    assert nodes[0] is None
    assert [(node["labels"], node["author"]) for node in nodes[1:]] == [(None, None)] * 2


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("query Page($a: Int) { search { nodes } viewer { login } }", "graphql Page"),
        ("# a comment\n{ viewer { login } rateLimit { cost } }", "graphql viewer rateLimit"),
        ("mutation { pinIssue { id } }", "graphql pinIssue"),
        ("fragment F on Issue { id } query Late { node { ...F } }", "graphql Late"),
        ("this is no document", "graphql"),
    ],
)
def test_an_operation_is_told_by_its_name_or_its_fields(document: str, told: str):
    assert str(operation_of(document)) == told
