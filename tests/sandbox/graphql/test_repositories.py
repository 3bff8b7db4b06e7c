"""What GraphQL shows of repositories, and of their issues and pull requests."""

import pytest

from tests.sandbox.graphql.documents import REPOSITORY


def test_a_repository_shows_its_facts(show):
    shown = show(
        REPOSITORY
        % """owner { __typename login } primaryLanguage { name } visibility stargazerCount
        languages(first: 10, orderBy: {field: SIZE, direction: DESC}) {
          totalSize edges { size node { name } } }
        repositoryTopics(first: 20) { nodes { topic { name } } } licenseInfo { spdxId }
        contributingGuidelines { url body } codeOfConduct { key name }
        defaultBranchRef { name target { ... on Commit { committedDate } } }
        discussions(first: 1) { totalCount } latestRelease { tagName } fundingLinks { url }"""
    )["repository"]
    assert shown == {
        "owner": {"__typename": "Organization", "login": "tidepool-labs"},
        "primaryLanguage": {"name": "Rust"},
        "visibility": "PUBLIC",
        "stargazerCount": 0,
        "languages": {
            "totalSize": 100,
            "edges": [
                {"size": 90, "node": {"name": "Rust"}},
                {"size": 10, "node": {"name": "Shell"}},
            ],
        },
        "repositoryTopics": {"nodes": [{"topic": {"name": "sea"}}, {"topic": {"name": "charts"}}]},
        "licenseInfo": {"spdxId": "MIT"},
        "contributingGuidelines": {
            "url": "https://github.com/tidepool-labs/kelp/blob/main/CONTRIBUTING.md",
            "body": "Ask first.",
        },
        "codeOfConduct": {"key": "contributor_covenant", "name": "Contributor Covenant"},
        "defaultBranchRef": {"name": "main", "target": {"committedDate": "2026-11-22T12:00:00Z"}},
        "discussions": {"totalCount": 0},
        "latestRelease": None,
        "fundingLinks": [],
    }


@pytest.mark.parametrize(
    ("arguments", "numbers"),
    [
        ("first: 9", [1, 2, 3, 4, 5, 6]),
        ("first: 9, states: OPEN", [1, 2, 3, 4, 5]),
        ("first: 9, states: [CLOSED]", [6]),
        ('first: 9, labels: ["WANTED", "b"]', [2, 3, 4]),
        ('first: 9, filterBy: {labels: ["wanted"]}', [2, 4]),
        ("first: 9, filterBy: {assignee: null, states: [OPEN]}", [1, 2, 3, 4]),
        ('first: 9, filterBy: {assignee: "*"}', [5]),
        ('first: 9, filterBy: {assignee: "Mo-Example"}', [5]),
        ('first: 9, filterBy: {createdBy: "nobody"}', []),
        ('first: 9, filterBy: {mentioned: "zoe-example"}', [2, 3, 4, 5, 6]),
        ('first: 9, filterBy: {since: "2026-11-22T16:30:00Z"}', [5, 6]),
        ("first: 2, orderBy: {field: CREATED_AT, direction: DESC}", [6, 5]),
        ("last: 2, orderBy: {field: CREATED_AT, direction: DESC}", [2, 1]),
        ("first: 1, orderBy: {field: COMMENTS, direction: DESC}", [1]),
    ],
)
def test_issues_of_a_repository_are_filtered_and_ordered(shoal, show, arguments, numbers):
    shown = show(REPOSITORY % f"issues({arguments}) {{ nodes {{ number }} }}")
    assert [node["number"] for node in shown["repository"]["issues"]["nodes"]] == numbers


PAGE = """query($after: String) { repository(owner: "tidepool-labs", name: "kelp") {
  issues(first: 2, after: $after, states: OPEN, orderBy: {field: CREATED_AT, direction: DESC}) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor } edges { cursor }
    nodes { number } } } }"""


def test_a_cursor_of_issues_holds_its_place_while_the_list_moves(shoal, show):
    first = show(PAGE)["repository"]["issues"]
    assert [node["number"] for node in first["nodes"]] == [5, 4]
    assert first["edges"][-1]["cursor"] == first["pageInfo"]["endCursor"]
    home = shoal.repository("tidepool-labs/kelp")
    shoal.open_issue(home, "ada-example", "Newer", "")
    shoal.close(shoal.issue("tidepool-labs/kelp", 5), None)
    second = show(PAGE, after=first["pageInfo"]["endCursor"])["repository"]["issues"]
    assert [node["number"] for node in second["nodes"]] == [3, 2]
    assert second["pageInfo"]["hasNextPage"]
    third = show(PAGE, after=second["pageInfo"]["endCursor"])["repository"]["issues"]
    assert [node["number"] for node in third["nodes"]] == [1]
    assert not third["pageInfo"]["hasNextPage"]
    assert third["pageInfo"]["hasPreviousPage"]


def test_pull_requests_are_filtered_by_state(world, show):
    home = world.repository("tidepool-labs/kelp")
    pull = world.open_pull_request(home, "zoe-example", "Anchor", closes=[1])
    world.open_pull_request(home, "zoe-example", "Rope")
    world.merge(pull, "mo-example")
    shown = show(
        REPOSITORY
        % """pullRequests(states: MERGED, first: 5, orderBy: {field: UPDATED_AT, direction: DESC}) {
          totalCount nodes { merged mergedAt authorAssociation isCrossRepository
            comments(first: 1) { totalCount } closingIssuesReferences(first: 1) {
              nodes { number } } } }"""
    )["repository"]["pullRequests"]
    assert shown == {
        "totalCount": 1,
        "nodes": [
            {
                "merged": True,
                "mergedAt": "2026-11-22T12:00:00Z",
                "authorAssociation": "NONE",
                "isCrossRepository": True,
                "comments": {"totalCount": 0},
                "closingIssuesReferences": {"nodes": [{"number": 1}]},
            }
        ],
    }
