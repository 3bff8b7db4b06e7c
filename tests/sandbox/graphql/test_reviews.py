"""What GraphQL shows of reviews of pull requests."""

import pytest

from tests.sandbox.graphql.documents import REPOSITORY


@pytest.fixture
def pull(world):
    """Two reviews by a maintainer an hour apart, and a remark of the author's between them."""
    home = world.repository("tidepool-labs/kelp")
    pull = world.open_pull_request(home, "zoe-example", "Anchor")
    world.review(pull, "mo-example", "CHANGES_REQUESTED", "Longer <!-- much --> rope")
    world.review(pull, "zoe-example", body="Like this?")
    world.advance(hours=1)
    world.review(pull, "mo-example", "APPROVED")
    return pull


@pytest.fixture
def pull_shows(show, pull):
    def shows(fields: str) -> dict:
        return show(REPOSITORY % f"pullRequest(number: 2) {{ {fields} }}")["repository"][
            "pullRequest"
        ]

    return shows


def test_reviews_come_oldest_first_and_in_pages(pull_shows):
    shown = pull_shows(
        "reviewDecision first: reviews(first: 2) { totalCount pageInfo { hasNextPage } nodes {"
        " author { login } state submittedAt } }"
        " last: reviews(last: 1) { nodes { author { login } state submittedAt } }"
    )
    assert shown == {
        "reviewDecision": None,
        "first": {
            "totalCount": 3,
            "pageInfo": {"hasNextPage": True},
            "nodes": [
                {
                    "author": {"login": "mo-example"},
                    "state": "CHANGES_REQUESTED",
                    "submittedAt": "2026-11-22T12:00:00Z",
                },
                {
                    "author": {"login": "zoe-example"},
                    "state": "COMMENTED",
                    "submittedAt": "2026-11-22T12:00:00Z",
                },
            ],
        },
        "last": {
            "nodes": [
                {
                    "author": {"login": "mo-example"},
                    "state": "APPROVED",
                    "submittedAt": "2026-11-22T13:00:00Z",
                }
            ]
        },
    }


def test_reviews_are_picked_by_author_and_state(pull_shows):
    shown = pull_shows(
        'hers: reviews(first: 9, author: "ZOE-example") { nodes { body } }'
        " approved: reviews(states: [APPROVED, DISMISSED]) { totalCount }"
        ' neither: reviews(author: "zoe-example", states: [APPROVED]) { totalCount }'
    )
    assert shown == {
        "hers": {"nodes": [{"body": "Like this?"}]},
        "approved": {"totalCount": 1},
        "neither": {"totalCount": 0},
    }


def test_a_review_is_found_by_its_id_and_shows_what_it_stands_under(pull, show):
    review = pull.reviews[0]
    query = """query($id: ID!) { node(id: $id) { __typename ... on PullRequestReview {
      fullDatabaseId bodyText createdAt updatedAt authorAssociation url
      pullRequest { number } repository { nameWithOwner } } } }"""
    assert show(query, id=review.node_id)["node"] == {
        "__typename": "PullRequestReview",
        "fullDatabaseId": str(review.id),
        "bodyText": "Longer  rope",
        "createdAt": "2026-11-22T12:00:00Z",
        "updatedAt": "2026-11-22T12:00:00Z",
        "authorAssociation": "MEMBER",
        "url": f"https://github.com/tidepool-labs/kelp/pull/2#pullrequestreview-{review.id}",
        "pullRequest": {"number": 2},
        "repository": {"nameWithOwner": "tidepool-labs/kelp"},
    }


def test_a_review_in_a_private_repository_is_not_found_by_strangers(world, pull, ask):
    pull.repository.private = True
    query, review = "query($id: ID!) { node(id: $id) { id } }", pull.reviews[0].node_id
    assert ask(query, "zoe-example", id=review)["data"] == {"node": None}
    assert ask(query, "mo-example", id=review)["data"] == {"node": {"id": review}}


def test_a_pull_request_shows_what_became_of_it(world, pull, pull_shows):
    fields = "id url title createdAt mergedAt closedAt isDraft merged author { login }"
    before = {
        "id": pull.node_id,
        "url": "https://github.com/tidepool-labs/kelp/pull/2",
        "title": "Anchor",
        "createdAt": "2026-11-22T12:00:00Z",
        "mergedAt": None,
        "closedAt": None,
        "isDraft": False,
        "merged": False,
        "author": {"login": "zoe-example"},
    }
    assert pull_shows(fields) == before
    world.merge(pull, "mo-example")
    at = {"mergedAt": "2026-11-22T13:00:00Z", "closedAt": "2026-11-22T13:00:00Z", "merged": True}
    assert pull_shows(fields) == before | at
