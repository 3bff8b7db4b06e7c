"""What people say of others' work in the sandbox's world, and what it keeps of that."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.things import reactions_in_order
from bot.sandbox.world import Issue, PullRequest, Repository, World

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def world():
    return World(NOON)


@pytest.fixture
def home(world) -> Repository:
    return world.add_repository("tidepool-labs/kelp", collaborators=("mo-example",))


@pytest.fixture
def issue(world, home) -> Issue:
    return world.open_issue(home, "ada-example", "Buoys drift", "They do.")


@pytest.fixture
def pull(world, home, issue) -> PullRequest:
    return world.open_pull_request(home, "zoe-example", "Anchor", closes=[issue.number])


def test_a_review_is_kept_with_who_said_what_and_when(world, home, issue, pull):
    other = world.open_issue(home, "ada-example", "Ropes fray", "")
    world.advance(hours=3)
    review = world.review(pull, "mo-example", "CHANGES_REQUESTED", f"Also #{other.number}, please")
    assert pull.reviews == [review]
    assert (review.author, review.state, review.association, review.submitted_at) == (
        "mo-example",
        "CHANGES_REQUESTED",
        "COLLABORATOR",
        NOON + timedelta(hours=3),
    )
    assert pull.updated_at == review.submitted_at
    assert pull.url in review.url
    assert world.node(review.node_id) is review
    assert other.timeline[-1].pull_request is pull
    row = world.writes[-1]
    assert (row["act"], row["number"], row["id"], row["state"]) == (
        "review",
        pull.number,
        review.id,
        "CHANGES_REQUESTED",
    )


def test_a_review_only_comments_unless_it_says_more(world, pull):
    assert world.review(pull, "zoe-example").state == "COMMENTED"


@pytest.mark.parametrize(
    ("login", "state", "why"),
    [
        ("mo-example", "PENDING", "APPROVED, CHANGES_REQUESTED, COMMENTED, not PENDING"),
        ("Zoe-Example", "APPROVED", "can not judge their own"),
        ("zoe-example", "CHANGES_REQUESTED", "can not judge their own"),
    ],
)
def test_a_review_that_github_refuses_is_refused(world, pull, login, state, why):
    with pytest.raises(ValueError, match=why):
        world.review(pull, login, state)
    assert pull.reviews == []


def test_an_editor_is_who_changed_a_text_last(world, issue):
    comment = world.comment(issue, "zoe-example", "Mine?")
    assert (issue.editor, comment.editor, comment.last_edited_at) == (None, None, None)
    world.advance(hours=1)
    world.edit_comment(comment, "Mine!")
    assert (comment.editor, comment.last_edited_at) == ("zoe-example", NOON + timedelta(hours=1))
    world.edit_comment(comment, "Mo's", "mo-example")
    world.edit_issue(issue, "mo-example", body="They do not.", labels=["bug"])
    assert comment.editor == issue.editor == "mo-example"


@pytest.mark.parametrize("changes", [{"body": "They do."}, {"title": "Drift"}, {"state": "closed"}])
def test_who_leaves_a_text_as_it_is_does_not_edit_it(world, issue, changes):
    world.edit_issue(issue, "mo-example", **changes)
    assert (issue.editor, issue.last_edited_at) == (None, None)


def test_the_same_words_again_are_no_edit_of_a_comment(world, issue):
    comment = world.comment(issue, "zoe-example", "Mine?")
    world.edit_comment(comment, "Mine?", "mo-example")
    assert comment.editor is None


def test_a_link_made_by_hand_can_be_taken_away(world, home, issue, pull):
    rope = world.open_pull_request(home, "mo-example", "Rope")
    world.connect(rope, issue, "mo-example")
    world.advance(hours=1)
    world.disconnect(rope, issue, "mo-example")
    assert (issue.linked, rope.closes, pull.closes) == ([pull], (), (issue,))
    event = issue.timeline[-1]
    assert (event.kind, event.actor, event.pull_request) == (
        "DisconnectedEvent",
        "mo-example",
        rope,
    )
    assert issue.updated_at == NOON + timedelta(hours=1)
    with pytest.raises(ValueError, match="is not linked"):
        world.disconnect(rope, issue, "mo-example")


def test_a_reason_of_closing_stays_with_its_event(world, issue):
    world.close(issue, "mo-example", "NOT_PLANNED")
    world.reopen(issue, "mo-example")
    world.close(issue, "mo-example")
    assert [event.subject for event in issue.timeline[-3:]] == [
        "NOT_PLANNED",
        "REOPENED",
        "COMPLETED",
    ]


def test_a_reaction_goes_by_both_names_and_leaves_the_time_of_its_issue_alone(world, issue):
    world.advance(days=1)
    world.react(issue, "zoe-example", "+1")
    assert issue.reactions == {"THUMBS_UP": {"zoe-example": NOON + timedelta(days=1)}}
    world.unreact(issue, "zoe-example", "THUMBS_UP")
    assert issue.reactions == {"THUMBS_UP": {}}
    assert issue.updated_at == NOON


def test_a_reaction_that_is_given_again_is_as_old_as_it_was(world, issue):
    world.react(issue, "zoe-example", "heart")
    world.advance(days=1)
    world.react(issue, "zoe-example", "HEART")
    world.react(issue, "mo-example", "HEART")
    world.react(issue, "mo-example", "THUMBS_UP")
    assert reactions_in_order(issue.reactions) == [
        (NOON, "HEART", "zoe-example"),
        (NOON + timedelta(days=1), "THUMBS_UP", "mo-example"),
        (NOON + timedelta(days=1), "HEART", "mo-example"),
    ]


def test_there_are_eight_reactions_and_no_more(world, issue):
    with pytest.raises(ValueError, match="not shrug"):
        world.react(issue, "zoe-example", "shrug")
    assert issue.reactions == {}
