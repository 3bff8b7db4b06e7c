"""What people do in the sandbox's world, and what it leaves there."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.world import Issue, Repository, World

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def world():
    return World(NOON)


@pytest.fixture
def home(world) -> Repository:
    return world.add_repository("tidepool-labs/kelp", collaborators=("mo-example",))


@pytest.fixture
def issue(world, home) -> Issue:
    return world.open_issue(home, "ada-example", "Buoys drift", "They do.", ["Good First Issue"])


def kinds(issue: Issue) -> list[str]:
    return [event.kind for event in issue.timeline]


def test_issues_and_pull_requests_share_one_row_of_numbers(world, home, issue):
    pull = world.open_pull_request(home, "mo-example", "Tie them")
    again = world.open_issue(home, "mo-example", "More", "")
    assert (issue.number, pull.number, again.number) == (1, 2, 3)


def test_names_are_found_in_any_case(world, home, issue):
    assert world.repository("Tidepool-Labs/KELP") is home
    assert world.issue("TIDEPOOL-labs/kelp", 1) is issue
    assert world.user("ADA-example") is world.user("ada-example")


def test_asking_for_what_is_not_there_makes_nothing(world):
    assert world.issue("no/where", 1) is None
    assert world.pull_request("no/where", 1) is None
    assert world.repository("no/where") is None
    assert not world.issues
    assert not world.pull_requests


def test_a_second_repository_of_one_name_is_refused(world, home):
    with pytest.raises(ValueError, match="already"):
        world.add_repository("tidepool-labs/Kelp")


def test_a_fact_that_does_not_exist_is_refused(world):
    with pytest.raises(TypeError, match="Repository has no starz"):
        world.add_repository("a/b", starz=1)


def test_a_login_in_brackets_is_a_bot(world):
    assert world.user("dependa-example[bot]").bot
    assert not world.user("ada-example").bot


def test_node_ids_name_what_they_were_made_for(world, home, issue):
    comment = world.comment(issue, "mo-example", "Hi")
    pull = world.open_pull_request(home, "mo-example", "Fix")
    for thing, prefix in [(home, "R_"), (issue, "I_"), (comment, "IC_"), (pull, "PR_")]:
        assert thing.node_id.startswith(prefix)
        assert world.node(thing.node_id) is thing


def test_what_is_deleted_has_no_node_any_more(world, issue):
    comment = world.comment(issue, "mo-example", "Hi")
    world.delete_comment(comment)
    assert world.node(comment.node_id) is None
    assert issue.comments == []
    world.delete_issue(issue)
    assert world.node(issue.node_id) is None
    assert world.issue("tidepool-labs/kelp", issue.number) is None


def test_ids_grow_with_time(world, issue):
    first = world.comment(issue, "mo-example", "one")
    second = world.comment(issue, "mo-example", "two")
    assert issue.id < first.id < second.id


def test_a_comment_stamps_its_issue(world, issue):
    world.advance(days=2)
    comment = world.comment(issue, "mo-example", "Still so?")
    assert issue.updated_at == comment.created_at == NOON + timedelta(days=2)
    world.advance(hours=1)
    world.edit_comment(comment, "Solved?")
    assert comment.body == "Solved?"
    assert issue.updated_at == comment.updated_at == NOON + timedelta(days=2, hours=1)


def test_a_comment_is_counted_where_the_others_are_unknown(world, issue):
    issue.comments, issue.n_comments = None, 4
    comment = world.comment(issue, "mo-example", "Hi")
    assert issue.comment_count == 5
    world.delete_comment(comment)
    assert issue.comment_count == 4


@pytest.mark.parametrize(
    ("login", "association"),
    [("tidepool-labs", "OWNER"), ("mo-example", "COLLABORATOR"), ("zoe-example", "NONE")],
)
def test_an_author_is_related_to_the_repository(world, issue, login, association):
    assert world.comment(issue, login, "Hi").association == association


def test_who_had_a_pull_request_merged_is_a_contributor(world, home, issue):
    world.merge(world.open_pull_request(home, "zoe-example", "Knots"), "mo-example")
    assert world.comment(issue, "zoe-example", "Again?").association == "CONTRIBUTOR"


def test_assigning_and_unassigning_leave_their_events(world, issue):
    world.assign(issue, "zoe-example", "mo-example")
    assert issue.assignees == ("zoe-example",)
    world.assign(issue, "ZOE-example")
    assert len(issue.assignees) == 1
    world.unassign(issue, "Zoe-Example")
    assert issue.assignees == ()
    assert kinds(issue)[-2:] == ["AssignedEvent", "UnassignedEvent"]


def test_an_edit_leaves_an_event_for_each_change(world, issue):
    world.edit_issue(
        issue,
        "mo-example",
        title="Buoys sink",
        labels=["bug"],
        assignees=["zoe-example"],
        locked=True,
        state="closed",
        state_reason="not_planned",
    )
    assert (issue.title, issue.labels, issue.assignees) == (
        "Buoys sink",
        ("bug",),
        ("zoe-example",),
    )
    assert (issue.state, issue.state_reason, issue.closed_at) == ("CLOSED", "NOT_PLANNED", NOON)
    assert kinds(issue) == [
        "LabeledEvent",
        "RenamedTitleEvent",
        "UnlabeledEvent",
        "LabeledEvent",
        "AssignedEvent",
        "LockedEvent",
        "ClosedEvent",
    ]
    assert issue.timeline[1].subject == "Buoys drift"


def test_an_edit_of_something_unknown_is_refused(world, issue):
    with pytest.raises(TypeError, match="colour"):
        world.edit_issue(issue, "mo-example", colour="red")


def test_a_label_takes_the_spelling_the_repository_knows(world, home, issue):
    other = world.open_issue(home, "ada-example", "Kelp", "", ["good first issue"])
    assert other.labels == issue.labels == ("Good First Issue",)
    world.unlabel(other, "GOOD FIRST ISSUE")
    assert other.labels == ()


def test_a_reopened_issue_is_open_and_not_closed_at_any_time(world, issue):
    world.close(issue, "mo-example")
    assert issue.state_reason == "COMPLETED"
    world.reopen(issue, "mo-example")
    assert (issue.state, issue.state_reason, issue.closed_at) == ("OPEN", "REOPENED", None)


def test_a_pull_request_is_linked_to_what_it_closes(world, home, issue):
    pull = world.open_pull_request(home, "zoe-example", "Anchor", closes=[1], draft=True)
    assert issue.linked == [pull]
    assert pull.closes == (issue,)
    assert pull.draft
    event = issue.timeline[-1]
    assert (event.kind, event.will_close, event.pull_request) == (
        "CrossReferencedEvent",
        True,
        pull,
    )


def test_a_pull_request_that_only_mentions_an_issue_is_not_linked(world, home, issue):
    pull = world.open_pull_request(home, "zoe-example", "Anchor", "see #1")
    event = issue.timeline[-1]
    assert (event.kind, event.will_close, event.pull_request) == (
        "CrossReferencedEvent",
        False,
        pull,
    )
    assert issue.linked == []


def test_a_pull_request_cannot_close_what_is_not_there(world, home):
    with pytest.raises(ValueError, match="tidepool-labs/kelp#7"):
        world.open_pull_request(home, "zoe-example", "Anchor", closes=[7])


def test_a_merge_closes_the_linked_issues_and_pushes(world, home, issue):
    pull = world.open_pull_request(home, "zoe-example", "Anchor", closes=[1])
    world.advance(days=1)
    world.merge(pull, "mo-example")
    assert (pull.state, pull.merged_at) == ("MERGED", world.now)
    assert (issue.state, issue.closed_at, home.pushed_at) == ("CLOSED", world.now, world.now)
    assert issue.timeline[-1].pull_request is pull


def test_a_pull_request_closed_unmerged_leaves_its_issues_open(world, home, issue):
    pull = world.open_pull_request(home, "zoe-example", "Anchor", closes=[1])
    world.close_pull_request(pull, "zoe-example")
    assert (pull.state, pull.merged_at, issue.state) == ("CLOSED", None, "OPEN")


def test_a_hand_made_link_leaves_a_connected_event(world, home, issue):
    pull = world.open_pull_request(home, "zoe-example", "Anchor")
    world.connect(pull, issue, "mo-example")
    assert (kinds(issue)[-1], issue.linked) == ("ConnectedEvent", [pull])


def test_a_push_and_a_star_show_on_the_repository(world, home):
    world.advance(days=3)
    world.push(home)
    world.star(home, "zoe-example")
    assert (home.pushed_at, home.stars) == (NOON + timedelta(days=3), 1)


def test_every_act_is_written_down_and_counted(world, home, issue):
    before, revision = len(world.writes), world.revision
    world.set_now(NOON + timedelta(hours=1))
    comment = world.comment(issue, "zoe-example", "Mine?")
    row = world.writes[-1]
    assert len(world.writes) == before + 1
    assert world.revision == revision + 1
    assert row == {
        "at": "2026-11-22T13:00:00+00:00",
        "actor": "zoe-example",
        "act": "comment",
        "repository": "tidepool-labs/kelp",
        "number": 1,
        "id": comment.id,
        "node_id": comment.node_id,
        "body": "Mine?",
    }
    assert json.loads(json.dumps(world.writes)) == world.writes


def test_a_clock_that_is_not_set_runs_and_can_be_put_forward():
    world = World()
    world.advance(days=7)
    ahead = world.now - datetime.now(UTC)
    assert timedelta(days=6, hours=23) < ahead < timedelta(days=7, hours=1)


def test_a_private_repository_exists_for_its_insiders_only(world):
    hidden = world.add_repository(
        "tidepool-labs/hidden", private=True, collaborators=("mo-example",)
    )
    assert world.can_see("Mo-Example", hidden)
    assert world.can_see("tidepool-labs", hidden)
    assert not world.can_see("zoe-example", hidden)
    assert not world.can_see(None, hidden)
