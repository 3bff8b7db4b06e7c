"""What GraphQL shows of an issue's timeline."""

import pytest

from tests.sandbox.graphql.documents import ISSUE

TIMELINE = """timelineItems(last: 20, itemTypes: [CROSS_REFERENCED_EVENT, CONNECTED_EVENT,
  ASSIGNED_EVENT]) { totalCount filteredCount nodes { __typename
    ... on CrossReferencedEvent { createdAt isCrossRepository willCloseTarget actor { login }
      target { ... on Issue { number } }
      source { __typename ... on PullRequest { number repository { nameWithOwner } } } }
    ... on ConnectedEvent { subject { ... on PullRequest { number } } }
    ... on AssignedEvent { assignee { ... on User { login } } } } }"""


def test_the_timeline_shows_the_wanted_events(world, issue_shows):
    issue = world.issue("tidepool-labs/kelp", 1)
    other = world.add_repository("lantern/wick")
    world.open_pull_request(other, "zoe-example", "Fix", "tidepool-labs/kelp#1")
    world.assign(issue, "mo-example")
    world.connect(world.open_pull_request(issue.repository, "mo-example", "Rope"), issue)
    crossed, assigned, connected = issue_shows(TIMELINE)["timelineItems"]["nodes"]
    assert crossed == {
        "__typename": "CrossReferencedEvent",
        "createdAt": "2026-11-22T12:00:00Z",
        "isCrossRepository": True,
        "willCloseTarget": False,
        "actor": {"login": "zoe-example"},
        "target": {"number": 1},
        "source": {
            "__typename": "PullRequest",
            "number": 1,
            "repository": {"nameWithOwner": "lantern/wick"},
        },
    }
    assert assigned == {"__typename": "AssignedEvent", "assignee": {"login": "mo-example"}}
    assert connected == {"__typename": "ConnectedEvent", "subject": {"number": 2}}


def test_every_event_type_can_be_shown(world, issue_shows):
    issue = world.issue("tidepool-labs/kelp", 1)
    world.edit_issue(issue, "mo-example", title="Buoys sink", labels=["sea"], locked=True)
    world.pin(issue, "mo-example")
    world.close(issue, "mo-example")
    world.reopen(issue, "mo-example")
    shown = issue_shows(
        """timelineItems(first: 50) { nodes { __typename
          ... on RenamedTitleEvent { previousTitle currentTitle }
          ... on UnlabeledEvent { label { name } } ... on ClosedEvent { id closer { __typename } }
          ... on LockedEvent { lockReason } } }"""
    )["timelineItems"]["nodes"]
    assert [event["__typename"] for event in shown] == [
        "LabeledEvent",
        "LabeledEvent",
        "IssueComment",
        "IssueComment",
        "RenamedTitleEvent",
        "UnlabeledEvent",
        "LockedEvent",
        "PinnedEvent",
        "ClosedEvent",
        "ReopenedEvent",
    ]
    assert shown[4]["previousTitle"] == "Buoys drift"
    assert shown[5]["label"] == {"name": "bug"}


def test_a_reference_from_a_private_repository_is_hidden(world, ask):
    hidden = world.add_repository("lantern/hidden", private=True)
    world.open_issue(hidden, "lantern", "Secret", "tidepool-labs/kelp#1")
    query = ISSUE % "timelineItems(first: 9, itemTypes: [CROSS_REFERENCED_EVENT]) { totalCount }"

    def count(viewer):
        data = ask(query, viewer)["data"]
        return data["repository"]["issue"]["timelineItems"]["totalCount"]

    assert (count("lantern"), count("zoe-example")) == (1, 0)


ITEMS = """timelineItems(%s) { totalCount pageInfo { hasPreviousPage hasNextPage endCursor }
  nodes { __typename ... on IssueComment { body } ... on ClosedEvent { stateReason }
    ... on ReopenedEvent { stateReason }
    ... on UnassignedEvent { createdAt actor { login } assignee { ... on User { login } } }
    ... on DisconnectedEvent { subject { ... on PullRequest { number } } } } }"""


@pytest.fixture
def story(world):
    """Claimed, given up, commented, closed, reopened: all at one moment but the last two."""
    issue = world.issue("tidepool-labs/kelp", 1)
    world.assign(issue, "zoe-example")
    world.comment(issue, "zoe-example", "Mine")
    world.unassign(issue, "zoe-example", "mo-example")
    world.comment(issue, "mo-example", "Hers no more")
    world.advance(hours=1)
    world.close(issue, "mo-example", "NOT_PLANNED")
    world.advance(hours=1)
    world.reopen(issue, "mo-example")
    return issue


@pytest.fixture
def items(issue_shows):
    """The nodes that a timeline shows, told in a word each."""

    def tell(arguments: str) -> list[str]:
        nodes = issue_shows(ITEMS % arguments)["timelineItems"]["nodes"]
        return [node.get("body") or node["__typename"].removesuffix("Event") for node in nodes]

    return tell


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            "first: 50",
            "Labeled Labeled Yes I_am_a_bot Assigned Mine Unassigned Hers_no_more Closed Reopened",
        ),
        ("first: 9, itemTypes: [ISSUE_COMMENT]", "Yes I_am_a_bot Mine Hers_no_more"),
        ("last: 2, itemTypes: [ISSUE_COMMENT]", "Mine Hers_no_more"),
        (
            "first: 9, itemTypes: [ISSUE_COMMENT, ASSIGNED_EVENT, UNASSIGNED_EVENT]",
            "Yes I_am_a_bot Assigned Mine Unassigned Hers_no_more",
        ),
        ("last: 3, itemTypes: [CLOSED_EVENT, UNASSIGNED_EVENT]", "Unassigned Closed"),
        ('last: 9, since: "2026-11-22T13:00:00Z"', "Closed Reopened"),
        ('first: 9, since: "2026-11-22T13:00:01Z"', "Reopened"),
        ('first: 9, since: "2026-11-22T13:00:00Z", itemTypes: [ISSUE_COMMENT]', ""),
    ],
)
def test_a_timeline_goes_by_time_and_by_what_came_first(items, arguments, told):
    assert items(arguments) == [word.replace("_", " ") for word in told.split()]


@pytest.mark.usefixtures("story")
def test_a_timeline_is_paged_and_shows_each_item_in_full(issue_shows):
    head = issue_shows(ITEMS % "first: 6")["timelineItems"]
    assert (head["totalCount"], head["pageInfo"]["hasNextPage"]) == (10, True)
    rest = issue_shows(ITEMS % f'first: 6, after: "{head["pageInfo"]["endCursor"]}"')
    shown = rest["timelineItems"]
    assert shown["pageInfo"]["hasPreviousPage"]
    assert shown["nodes"] == [
        {
            "__typename": "UnassignedEvent",
            "createdAt": "2026-11-22T12:00:00Z",
            "actor": {"login": "mo-example"},
            "assignee": {"login": "zoe-example"},
        },
        {"__typename": "IssueComment", "body": "Hers no more"},
        {"__typename": "ClosedEvent", "stateReason": "NOT_PLANNED"},
        {"__typename": "ReopenedEvent", "stateReason": "REOPENED"},
    ]


def test_a_comment_of_the_timeline_is_the_comment_itself(world, issue_shows):
    comment = world.issue("tidepool-labs/kelp", 1).comments[0]
    world.minimize(comment, "SPAM")
    shown = issue_shows(
        """timelineItems(first: 1, itemTypes: [ISSUE_COMMENT]) { nodes { ... on IssueComment {
          id url body createdAt isMinimized authorAssociation author { login } } } }"""
    )
    assert shown["timelineItems"]["nodes"] == [
        {
            "id": comment.node_id,
            "url": f"https://github.com/tidepool-labs/kelp/issues/1#issuecomment-{comment.id}",
            "body": "Yes",
            "createdAt": "2026-11-22T12:00:00Z",
            "isMinimized": True,
            "authorAssociation": "MEMBER",
            "author": {"login": "mo-example"},
        }
    ]


def test_unknown_comments_are_no_items(world, issue_shows):
    world.issue("tidepool-labs/kelp", 1).comments = None
    shown = issue_shows("timelineItems(first: 9, itemTypes: [ISSUE_COMMENT]) { totalCount }")
    assert shown["timelineItems"]["totalCount"] == 0


def test_a_pull_request_is_what_closed_connected_and_disconnected(world, issue_shows):
    issue = world.issue("tidepool-labs/kelp", 1)
    rope = world.open_pull_request(issue.repository, "zoe-example", "Rope")
    world.connect(rope, issue, "mo-example")
    world.disconnect(rope, issue, "mo-example")
    world.merge(world.open_pull_request(issue.repository, "zoe-example", "Knot", closes=[1]), None)
    shown = issue_shows(
        """timelineItems(first: 9, itemTypes: [CONNECTED_EVENT, DISCONNECTED_EVENT, CLOSED_EVENT,
          CROSS_REFERENCED_EVENT]) { nodes { __typename
          ... on DisconnectedEvent { source { ... on Issue { number } }
            subject { ... on PullRequest { number } } }
          ... on CrossReferencedEvent { source { ... on PullRequest {
            number title state url createdAt mergedAt author { login } } } }
          ... on ClosedEvent { actor { login } closer { ... on PullRequest { number merged } } } } }
        closedAt state stateReason updatedAt"""
    )
    assert shown["timelineItems"]["nodes"] == [
        {"__typename": "ConnectedEvent"},
        {"__typename": "DisconnectedEvent", "source": {"number": 1}, "subject": {"number": 2}},
        {
            "__typename": "CrossReferencedEvent",
            "source": {
                "number": 3,
                "title": "Knot",
                "state": "MERGED",
                "url": "https://github.com/tidepool-labs/kelp/pull/3",
                "createdAt": "2026-11-22T12:00:00Z",
                "mergedAt": "2026-11-22T12:00:00Z",
                "author": {"login": "zoe-example"},
            },
        },
        {"__typename": "ClosedEvent", "actor": None, "closer": {"number": 3, "merged": True}},
    ]
    noon = "2026-11-22T12:00:00Z"
    assert (shown["closedAt"], shown["updatedAt"]) == (noon, noon)
    assert (shown["state"], shown["stateReason"]) == ("CLOSED", "COMPLETED")


def test_what_a_hidden_pull_request_closed_is_closed_by_nobody_knows_what(world, ask):
    issue = world.issue("tidepool-labs/kelp", 1)
    hidden = world.add_repository("lantern/hidden", private=True)
    pull = world.open_pull_request(hidden, "lantern", "Secret")
    world.connect(pull, issue, "mo-example")
    world.merge(pull, "lantern")
    query = ISSUE % (
        "timelineItems(first: 9, itemTypes: [CONNECTED_EVENT, CLOSED_EVENT]) {"
        " nodes { __typename ... on ClosedEvent { closer { __typename } } } }"
    )

    def nodes(viewer: str) -> list[dict]:
        return ask(query, viewer)["data"]["repository"]["issue"]["timelineItems"]["nodes"]

    assert nodes("zoe-example") == [{"__typename": "ClosedEvent", "closer": None}]
    assert [node["__typename"] for node in nodes("lantern")] == ["ConnectedEvent", "ClosedEvent"]
    assert nodes("lantern")[1]["closer"] == {"__typename": "PullRequest"}
