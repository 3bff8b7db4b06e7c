"""What GraphQL shows of a repository's past: pull requests of before, and how many commits."""

import pytest

from tests.sandbox.graphql.documents import REPOSITORY

PULLS = "pullRequests(%s) { totalCount nodes { state authorAssociation author { login } } }"
NEWEST = "states: MERGED, first: 50, orderBy: {field: CREATED_AT, direction: DESC}"
HISTORY = "defaultBranchRef { target { ... on Commit { history(first: 1) { totalCount } } } }"


@pytest.fixture
def home(world):
    home = world.repository("tidepool-labs/kelp")
    home.commits = 40
    home.merged_by = (("pip-example", "CONTRIBUTOR"), (None, "NONE"), ("mo-example", "MEMBER"))
    home.closed_pull_requests = 9
    return home


@pytest.fixture
def pulls(show):
    return lambda arguments: show(REPOSITORY % (PULLS % arguments))["repository"]["pullRequests"]


def authors(shown):
    return [node["author"] and node["author"]["login"] for node in shown["nodes"]]


def test_those_merged_before_are_listed_behind_newer_ones(world, home, pulls):
    world.merge(world.open_pull_request(home, "zoe-example", "Anchor"), "mo-example")

    shown = pulls(NEWEST)

    assert authors(shown) == ["zoe-example", "pip-example", None, "mo-example"]
    assert [one["authorAssociation"] for one in shown["nodes"]] == [
        "NONE",
        "CONTRIBUTOR",
        "NONE",
        "MEMBER",
    ]
    assert (shown["totalCount"], {one["state"] for one in shown["nodes"]}) == (4, {"MERGED"})


@pytest.mark.parametrize(
    ("arguments", "n_total"),
    [
        ("states: [CLOSED, MERGED], first: 1", 10),
        ("states: [CLOSED], first: 1", 7),
        ("states: [OPEN], first: 1", 1),
        ("first: 1", 11),
        ('first: 1, labels: ["bug"]', 0),
    ],
)
def test_what_was_closed_before_is_counted(world, home, pulls, arguments, n_total):
    world.close_pull_request(world.open_pull_request(home, "zoe-example", "Rope"), "mo-example")
    world.open_pull_request(home, "zoe-example", "Net")

    assert pulls(arguments)["totalCount"] == n_total


def test_pages_of_the_past_go_on_behind_a_cursor(home, show):
    query = "pullRequests(first: 2%s) { pageInfo { endCursor } nodes { id author { login } } }"
    first = show(REPOSITORY % (query % ""))["repository"]["pullRequests"]
    after = f', after: "{first["pageInfo"]["endCursor"]}"'
    rest = show(REPOSITORY % (query % after))["repository"]["pullRequests"]

    assert authors(first) + authors(rest) == ["mo-example", None, "pip-example"]
    assert len({node["id"] for node in (*first["nodes"], *rest["nodes"])}) == 3


def test_an_unknown_past_is_null(home, show):
    home.commits = home.merged_by = None
    shown = show(REPOSITORY % f"{PULLS % 'first: 5'} {HISTORY}")["repository"]

    assert shown == {"pullRequests": None, "defaultBranchRef": {"target": {"history": None}}}


@pytest.mark.parametrize("act", ["push", "merge"])
def test_commits_are_counted_as_they_come(world, home, show, act):
    if act == "push":
        world.push(home)
    else:
        world.merge(world.open_pull_request(home, "zoe-example", "Anchor"), "mo-example")

    branch = show(REPOSITORY % HISTORY)["repository"]["defaultBranchRef"]

    assert branch["target"]["history"]["totalCount"] == 41


def test_who_had_work_merged_before_is_a_contributor(world, home):
    issue = world.issue("tidepool-labs/kelp", 1)

    assert world.comment(issue, "pip-example", "Again?").association == "CONTRIBUTOR"
    assert world.comment(issue, "zoe-example", "New here").association == "NONE"
