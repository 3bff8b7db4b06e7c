"""What GraphQL tells of how a project meets newcomers: their pull requests, and who answered."""

from tests.sandbox.graphql.documents import REPOSITORY

NEWEST = """pullRequests(first: 2, orderBy: {field: CREATED_AT, direction: DESC}) {
  totalCount nodes { createdAt mergedAt closedAt state isDraft url
    author { __typename login } authorAssociation } }"""
WORDS = """query($ids: [ID!]!) { nodes(ids: $ids) { ... on PullRequest { number
  comments(first: 2) { totalCount nodes {
    author { __typename login } authorAssociation createdAt } }
  reviews(first: 2) { totalCount nodes {
    author { __typename login } authorAssociation submittedAt state } } } } }"""
HOME = "tidepool-labs/kelp"


def test_the_newest_pull_requests_come_first_with_who_opened_them(world, show):
    home = world.repository(HOME)
    world.open_pull_request(home, "zoe-example", "Oldest")
    world.advance(hours=1)
    world.open_pull_request(home, "helper-example[bot]", "Bump", draft=True)
    world.advance(hours=1)
    world.open_pull_request(home, None, "Gone").association = "FIRST_TIME_CONTRIBUTOR"

    shown = show(REPOSITORY % NEWEST)["repository"]["pullRequests"]

    assert shown["totalCount"] == 3
    assert shown["nodes"] == [
        {
            "createdAt": "2026-11-22T14:00:00Z",
            "mergedAt": None,
            "closedAt": None,
            "state": "OPEN",
            "isDraft": False,
            "url": "https://github.com/tidepool-labs/kelp/pull/4",
            "author": None,
            "authorAssociation": "FIRST_TIME_CONTRIBUTOR",
        },
        {
            "createdAt": "2026-11-22T13:00:00Z",
            "mergedAt": None,
            "closedAt": None,
            "state": "OPEN",
            "isDraft": True,
            "url": "https://github.com/tidepool-labs/kelp/pull/3",
            "author": {"__typename": "Bot", "login": "helper-example"},
            "authorAssociation": "NONE",
        },
    ]


def test_a_pull_request_tells_who_spoke_on_it_and_when(world, show):
    pull = world.open_pull_request(world.repository(HOME), "zoe-example", "Anchor")
    world.comment(pull, "helper-example[bot]", "Thanks!")
    world.advance(hours=2)
    world.comment(pull, "mo-example", "I will look")
    world.comment(pull, "zoe-example", "Good")
    world.review(pull, "mo-example", "CHANGES_REQUESTED")

    shown = show(WORDS, ids=[pull.node_id])["nodes"]

    member = {
        "author": {"__typename": "User", "login": "mo-example"},
        "authorAssociation": "MEMBER",
    }
    bot = {"author": {"__typename": "Bot", "login": "helper-example"}, "authorAssociation": "NONE"}
    at = "2026-11-22T14:00:00Z"
    assert shown == [
        {
            "number": 2,
            "comments": {
                "totalCount": 3,
                "nodes": [bot | {"createdAt": "2026-11-22T12:00:00Z"}, member | {"createdAt": at}],
            },
            "reviews": {
                "totalCount": 1,
                "nodes": [member | {"submittedAt": at, "state": "CHANGES_REQUESTED"}],
            },
        }
    ]


def test_an_association_stays_as_it_was_when_the_thing_was_written(world, show):
    home = world.repository(HOME)
    first = world.open_pull_request(home, "zoe-example", "Anchor")
    world.merge(first, "mo-example")
    second = world.open_pull_request(home, "zoe-example", "Rope")
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Comment { authorAssociation } } }"

    shown = show(query, ids=[first.node_id, second.node_id])["nodes"]

    assert [one["authorAssociation"] for one in shown] == ["NONE", "CONTRIBUTOR"]
