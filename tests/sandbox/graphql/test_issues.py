"""What GraphQL shows of issues and their comments."""

from tests.sandbox.graphql.documents import REPOSITORY


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


def test_reactions_come_by_time_also_those_to_a_comment(world, issue_shows):
    issue = world.issue("tidepool-labs/kelp", 1)
    for thing in (issue, issue.comments[0]):
        world.react(thing, "zoe-example", "rocket")
    world.advance(hours=1)
    for thing in (issue, issue.comments[0]):
        world.react(thing, "mo-example", "+1")
    listed = "reactions(first: 9) { totalCount nodes { content createdAt user { login } } }"
    shown = issue_shows(
        f"{listed} newest: reactions(first: 1, orderBy: {{field: CREATED_AT, direction: DESC}})"
        f" {{ nodes {{ content }} }} reactionGroups {{ content createdAt }}"
        f" comments(first: 1) {{ nodes {{ {listed} }} }}"
    )
    rocket, thumb = "2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z"
    expected = {
        "totalCount": 2,
        "nodes": [
            {"content": "ROCKET", "createdAt": rocket, "user": {"login": "zoe-example"}},
            {"content": "THUMBS_UP", "createdAt": thumb, "user": {"login": "mo-example"}},
        ],
    }
    assert shown["reactions"] == shown["comments"]["nodes"][0]["reactions"] == expected
    assert shown["newest"] == {"nodes": [{"content": "THUMBS_UP"}]}
    groups = {group["content"]: group["createdAt"] for group in shown["reactionGroups"]}
    assert (groups["ROCKET"], groups["THUMBS_UP"], groups["HEART"]) == (rocket, thumb, None)


EDITOR = "editor { login } lastEditedAt"


def test_who_edited_a_text_last_is_told_and_nobody_before(world, issue_shows):
    issue = world.issue("tidepool-labs/kelp", 1)
    fields = f"{EDITOR} title comments(first: 1) {{ nodes {{ {EDITOR} }} }}"
    untouched = {"editor": None, "lastEditedAt": None}
    shown = issue_shows(fields)
    assert shown == {**untouched, "title": "Buoys drift", "comments": {"nodes": [untouched]}}
    world.edit_issue(issue, "mo-example", title="Buoys sink")
    assert issue_shows(EDITOR) == untouched
    world.edit_issue(issue, "ada-example", body="Help me")
    world.advance(hours=1)
    world.edit_issue(issue, "mo-example", body="Help us")
    world.edit_comment(issue.comments[0], "No", "zoe-example")
    shown = issue_shows(fields)
    assert shown["editor"] == {"login": "mo-example"}
    assert shown["lastEditedAt"] == "2026-11-22T13:00:00Z"
    (comment,) = shown["comments"]["nodes"]
    assert comment == {"editor": {"login": "zoe-example"}, "lastEditedAt": "2026-11-22T13:00:00Z"}


def test_a_pull_request_and_a_review_were_never_edited(world, show):
    pull = world.open_pull_request(world.repository("tidepool-labs/kelp"), "zoe-example", "Rope")
    world.review(pull, "mo-example")
    fields = f"pullRequest(number: 2) {{ {EDITOR} reviews(first: 1) {{ nodes {{ {EDITOR} }} }} }}"
    untouched = {"editor": None, "lastEditedAt": None}
    shown = show(REPOSITORY % fields)["repository"]["pullRequest"]
    assert shown == {**untouched, "reviews": {"nodes": [untouched]}}
