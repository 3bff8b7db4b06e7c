"""What GraphQL shows of issues, their comments and their timeline."""

from tests.sandbox.graphql.documents import ISSUE, REPOSITORY


def test_an_issue_shows_its_facts(world, issue_shows):
    issue = world.issue("tidepool-labs/kelp", 1)
    assert issue_shows(
        "id databaseId fullDatabaseId number title body bodyText url state stateReason closed"
        " locked isPinned createdAt authorAssociation author { __typename login }"
        " repository { nameWithOwner }"
    ) == {
        "id": issue.node_id,
        "databaseId": issue.id,
        "fullDatabaseId": str(issue.id),
        "number": 1,
        "title": "Buoys drift",
        "body": "Help <!-- x -->",
        "bodyText": "Help",
        "url": "https://github.com/tidepool-labs/kelp/issues/1",
        "state": "OPEN",
        "stateReason": None,
        "closed": False,
        "locked": False,
        "isPinned": False,
        "createdAt": "2026-11-22T12:00:00Z",
        "authorAssociation": "NONE",
        "author": {"__typename": "User", "login": "ada-example"},
        "repository": {"nameWithOwner": "tidepool-labs/kelp"},
    }


def test_a_bot_is_named_without_brackets(issue_shows):
    shown = issue_shows("comments(last: 1) { totalCount nodes { author { __typename login } } }")
    bot = {"author": {"__typename": "Bot", "login": "helper-example"}}
    assert shown == {"comments": {"totalCount": 2, "nodes": [bot]}}


def test_bots_are_assigned_actors_and_no_assignees(world, issue_shows):
    issue = world.issue("tidepool-labs/kelp", 1)
    world.assign(issue, "helper-example[bot]", "mo-example")
    shown = issue_shows(
        "assignees(first: 5) { totalCount } participants(first: 1) { totalCount }"
        " assignedActors(first: 5) { totalCount nodes { __typename ... on Bot { login } } }"
    )
    assert shown["assignees"]["totalCount"] == 0
    assert shown["assignedActors"] == {
        "totalCount": 1,
        "nodes": [{"__typename": "Bot", "login": "helper-example"}],
    }
    assert shown["participants"]["totalCount"] == 3


def test_labels_have_the_repositorys_colours(world, issue_shows):
    world.repository("tidepool-labs/kelp").labels["bug"] = "d73a4a"
    shown = issue_shows("labels(first: 1) { totalCount nodes { name color } }")
    assert shown["labels"] == {"totalCount": 2, "nodes": [{"name": "bug", "color": "d73a4a"}]}


def test_what_is_unknown_is_null_or_quiet(world, issue_shows, show):
    issue = world.issue("tidepool-labs/kelp", 1)
    issue.body = issue.comments = issue.linked = issue.author = None
    issue.n_comments = 7
    home = issue.repository
    home.pushed_at = home.created_at = home.description = home.language = None
    assert issue_shows(
        "body author { login } comments(first: 5) { totalCount nodes { id } }"
        " closedByPullRequestsReferences(first: 5) { totalCount }"
    ) == {
        "body": None,
        "author": None,
        "comments": {"totalCount": 7, "nodes": []},
        "closedByPullRequestsReferences": None,
    }
    fields = "pushedAt createdAt description primaryLanguage { name } defaultBranchRef { name }"
    assert show(REPOSITORY % fields)["repository"] == {
        "pushedAt": None,
        "createdAt": "2008-04-10T00:00:00Z",
        "description": None,
        "primaryLanguage": None,
        "defaultBranchRef": None,
    }


def test_closed_pull_requests_are_listed_only_if_asked_for(world, issue_shows):
    home = world.repository("tidepool-labs/kelp")
    world.open_pull_request(home, "zoe-example", "Anchor", closes=[1], draft=True)
    closed = world.open_pull_request(home, "zoe-example", "Rope", closes=[1])
    world.close_pull_request(closed, "zoe-example")
    shown = issue_shows(
        "open: closedByPullRequestsReferences(first: 5) { nodes { number isDraft state } }"
        " all: closedByPullRequestsReferences(first: 5, includeClosedPrs: true) { totalCount }"
    )
    assert shown["open"]["nodes"] == [{"number": 2, "isDraft": True, "state": "OPEN"}]
    assert shown["all"]["totalCount"] == 2


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
        "RenamedTitleEvent",
        "UnlabeledEvent",
        "LockedEvent",
        "PinnedEvent",
        "ClosedEvent",
        "ReopenedEvent",
    ]
    assert shown[2]["previousTitle"] == "Buoys drift"
    assert shown[3]["label"] == {"name": "bug"}


def test_a_reference_from_a_private_repository_is_hidden(world, ask):
    hidden = world.add_repository("lantern/hidden", private=True)
    world.open_issue(hidden, "lantern", "Secret", "tidepool-labs/kelp#1")
    query = ISSUE % "timelineItems(first: 9, itemTypes: [CROSS_REFERENCED_EVENT]) { totalCount }"

    def count(viewer):
        data = ask(query, viewer)["data"]
        return data["repository"]["issue"]["timelineItems"]["totalCount"]

    assert (count("lantern"), count("zoe-example")) == (1, 0)


def test_reactions_are_listed_and_grouped(world, issue_shows):
    world.react(world.issue("tidepool-labs/kelp", 1), "zoe-example", "+1")
    shown = issue_shows(
        "reactions(first: 5, content: THUMBS_UP) { nodes { content user { login } } }"
        " hearts: reactions(first: 1, content: HEART) { totalCount }"
        " reactionGroups { content viewerHasReacted reactors(first: 1) { totalCount } }"
    )
    assert shown["reactions"]["nodes"] == [
        {"content": "THUMBS_UP", "user": {"login": "zoe-example"}}
    ]
    assert shown["hearts"]["totalCount"] == 0
    assert len(shown["reactionGroups"]) == 8
    assert shown["reactionGroups"][0] == {
        "content": "THUMBS_UP",
        "viewerHasReacted": True,
        "reactors": {"totalCount": 1},
    }
