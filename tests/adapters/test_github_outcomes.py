"""What became of issues, over HTTP from the sandbox: told whole, or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import graphql
import pytest

from bot.adapters.github_client import reader
from bot.adapters.github_documents import document
from bot.adapters.github_outcomes import GitHubOutcomes, compose_stamps
from bot.adapters.graphql_wire import GraphQLWire
from bot.errors import LimitReached, Outage
from bot.outcomes.aftermath import N_FOLLOWED, N_STAMPED
from bot.outcomes.follow import follow
from bot.outcomes.progress import Outcome, Progress
from bot.sandbox import faults
from bot.sandbox.fault_nulls import null_field, null_nodes, partial_data
from bot.sandbox.faults import Match
from bot.sandbox.graphql.cost import cost
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Issue
from bot.sandbox.world import World
from bot.terms import IssueRef

NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ"
READER = "reader-example"
HOME = "tidepool/boats"
AFTERMATHS = Match(operation="ReadAftermaths")
STAMPS = Match(operation="ReadStampsTogether")


@dataclass
class Asked:
    """The adapter before a sandbox with 120 issues of one repository."""

    sandbox: Sandbox
    source: GitHubOutcomes

    @property
    def world(self) -> World:
        return self.sandbox.world

    def issue(self, number: int = 1) -> Issue:
        found = self.world.issue(HOME, number)
        assert found is not None
        return found

    def read(self, number: int = 1):
        node_id = self.issue(number).node_id
        return self.source.read_aftermaths([node_id])[node_id]

    @property
    def ids(self) -> list[str]:
        return [one.node_id for one in self.world.issues[HOME].values()]

    def kinds(self) -> list[tuple[str, int]]:
        """The operation and how many ids it asked for, of each request."""
        return [
            (one.kind.split()[-1], sum(len(ids) for ids in one.variables.values()))
            for one in self.sandbox.requests
        ]


@pytest.fixture
def asked() -> Iterator[Asked]:
    world = World(NOW - timedelta(days=10))
    home = world.add_repository(HOME, description="Boats.", collaborators=("mo-example",))
    world.add_repository("tidepool/tools")
    for number in range(120):
        world.open_issue(home, "mo-example", f"Mast {number}", "Steps.")
    world.advance(days=1)
    with Sandbox(world) as sandbox:
        sandbox.tokens.add(TOKEN, READER)
        client = reader(TOKEN, sandbox.url)
        yield Asked(sandbox, GitHubOutcomes(GraphQLWire(client)))
        client.close()


def test_an_issue_that_nobody_touched(asked: Asked) -> None:
    seen = asked.read()

    assert (seen.ref, seen.is_open, seen.closed_at) == (IssueRef(HOME, 1), True, None)
    assert seen.updated_at == NOW - timedelta(days=10)
    assert (seen.assigned, seen.assignments, seen.comments, seen.pulls) == ((), (), (), ())


def test_comments_come_with_their_address(asked: Asked) -> None:
    first = asked.world.comment(asked.issue(), "zoe-example", "May I?")
    asked.world.comment(asked.issue(), "mo-example", "Sure.")

    one, other = asked.read().comments

    assert (one.comment.author, one.comment.body) == ("zoe-example", "May I?")
    assert (one.comment.created_at, one.comment.is_hidden) == (NOW - timedelta(days=9), False)
    assert one.url.endswith(str(first.id))
    assert other.comment.association in {"COLLABORATOR", "MEMBER", "OWNER"}


def test_who_is_assigned_follows_from_the_events(asked: Asked) -> None:
    issue, world = asked.issue(), asked.world
    world.assign(issue, "zoe-example")
    world.advance(days=1)
    world.unassign(issue, "zoe-example")
    world.assign(issue, "ada-example")

    seen = asked.read()

    assert seen.assigned == ("ada-example",)
    assert seen.assignments == (
        ("zoe-example", NOW - timedelta(days=9)),
        ("ada-example", NOW - timedelta(days=8)),
    )


def test_whose_name_came_off_is_told_and_whether_there_is_more(asked: Asked) -> None:
    issue, world = asked.issue(), asked.world
    for login in ("zoe-example", "ada-example"):
        world.assign(issue, login)
        world.unassign(issue, login)
    world.assign(issue, "zoe-example")
    short = asked.read()
    for number in range(50):
        world.comment(issue, "mo-example", f"Thought {number}.")

    assert (short.assigned, short.released) == (("zoe-example",), ("ada-example",))
    assert short.is_whole
    assert (asked.read().assigned, asked.read().is_whole) == ((), False)


def test_a_merge_that_was_undone_did_not_do_it(asked: Asked) -> None:
    world, home = asked.world, asked.world.repository(HOME)
    undone = world.open_pull_request(home, "bea-example", "Fix", closes=(1,))
    world.connect(undone, asked.issue(), "mo-example")
    world.merge(undone, "mo-example")
    world.reopen(asked.issue(), "mo-example")
    again = world.open_pull_request(home, "cleo-example", "Fix it well", closes=(1,))

    seen = asked.read()
    assert seen.is_open
    assert [(one.title, one.closes) for one in seen.pulls if one.closes] == [(again.title, True)]
    world.merge(again, "mo-example")
    assert [one.title for one in asked.read().pulls if one.closes] == [again.title]


def test_pull_requests_are_told_with_what_they_would_do(asked: Asked) -> None:
    world, home = asked.world, asked.world.repository(HOME)
    tools = world.repository("tidepool/tools")
    mention = world.open_pull_request(home, "zoe-example", "See", f"Like {HOME}#1.")
    closing = world.open_pull_request(home, "ada-example", "Fix", closes=(1,))
    linked = world.open_pull_request(home, "bea-example", "Link")
    unlinked = world.open_pull_request(home, "cleo-example", "Unlink")
    elsewhere = world.open_pull_request(tools, "ada-example", "Tool", f"For {HOME}#1.")
    world.connect(linked, asked.issue(), "mo-example")
    world.connect(unlinked, asked.issue(), "mo-example")
    world.disconnect(unlinked, asked.issue(), "mo-example")
    world.advance(hours=1)
    world.close_pull_request(mention, "mo-example")
    world.merge(closing, "mo-example")

    seen = asked.read()

    told = {
        one.title: (one.author, one.state, one.closes, one.ref.repository) for one in seen.pulls
    }
    assert told == {
        "See": ("zoe-example", "CLOSED", False, HOME),
        "Fix": ("ada-example", "MERGED", True, HOME),
        "Link": ("bea-example", "OPEN", True, HOME),
        "Tool": ("ada-example", "OPEN", False, "tidepool/tools"),
    }
    fix = next(one for one in seen.pulls if one.title == "Fix")
    assert fix.opened_at == NOW - timedelta(days=9)
    assert fix.merged_at == fix.closed_at == seen.closed_at == fix.opened_at + timedelta(hours=1)
    assert (fix.id, fix.url) == (closing.node_id, closing.url)
    assert not seen.is_open
    assert elsewhere.number == 1


def test_what_stands_in_a_private_repository_is_told_to_nobody(asked: Asked) -> None:
    world = asked.world
    secret = world.add_repository("campus-club/mentors", private=True, collaborators=(READER,))
    world.open_pull_request(secret, "ada-example", "Ours", f"Closes {HOME}#1.")
    assert asked.read().pulls == ()

    world.repository(HOME).private = True
    world.repository(HOME).collaborators = (READER,)
    assert asked.read() is None


def test_a_merge_that_closed_an_issue_is_told_whatever_it_says(asked: Asked) -> None:
    """GitHub says `willCloseTarget` of what is to come; the closing itself names its cause."""
    pull = asked.world.open_pull_request(
        asked.world.repository(HOME), "ada-example", "Fix", closes=(1,)
    )
    asked.world.merge(pull, "mo-example")
    asked.sandbox.faults.add(null_field("source"), AFTERMATHS)

    (told,) = asked.read().pulls

    assert (told.state, told.closes) == ("MERGED", True)


def test_reviews_come_oldest_first(asked: Asked) -> None:
    world = asked.world
    pull = world.open_pull_request(world.repository(HOME), "ada-example", "Fix", closes=(1,))
    bare = world.open_pull_request(world.repository(HOME), "ada-example", "Other")
    world.review(pull, "mo-example", "CHANGES_REQUESTED")
    world.advance(hours=1)
    world.review(pull, "ada-example")

    told = asked.source.read_reviews([pull.node_id, bare.node_id, "PR_gone"])

    assert [(one.author, one.state) for one in told[pull.node_id]] == [
        ("mo-example", "CHANGES_REQUESTED"),
        ("ada-example", "COMMENTED"),
    ]
    assert told[pull.node_id][0].at == NOW - timedelta(days=9)
    assert told[bare.node_id] == ()
    assert "PR_gone" not in told


def test_a_hundred_are_one_point_and_a_thousand_stamps(asked: Asked) -> None:
    hundred = asked.ids[:N_FOLLOWED]
    asked.source.read_aftermaths(hundred)
    assert (asked.source.spent().requests, asked.source.spent().points) == (1, 1)

    stamps = asked.source.read_stamps(asked.ids)
    assert stamps == dict.fromkeys(asked.ids, NOW - timedelta(days=10))
    assert asked.source.spent().points == 2

    ids = {f"ids{place}": hundred for place in range(N_STAMPED // 100)}
    assert cost(graphql.parse(compose_stamps(len(ids))), ids)[0] == 1
    assert cost(graphql.parse(document("read_reviews")), {"ids": hundred})[0] == 1


def test_what_is_gone_is_told_as_gone(asked: Asked) -> None:
    gone = asked.issue(2).node_id
    asked.world.delete_issue(asked.issue(2))

    assert asked.source.read_aftermaths([asked.issue().node_id, gone])[gone] is None
    assert gone not in asked.source.read_stamps([*asked.ids, gone])


@pytest.mark.parametrize("key", ["timelineItems", "state", "updatedAt", "repository"])
def test_what_misses_something_is_not_told_and_not_gone(asked: Asked, key: str) -> None:
    asked.sandbox.faults.add(null_field(key), AFTERMATHS)

    assert asked.source.read_aftermaths(asked.ids[:3]) == {}


def test_an_item_that_may_not_be_seen_hides_no_other(asked: Asked) -> None:
    asked.world.assign(asked.issue(), "zoe-example")
    asked.world.comment(asked.issue(), "zoe-example", "Mine.")
    hidden = ("nodes", 0, "timelineItems", "nodes", 0)
    asked.sandbox.faults.add(partial_data(hidden, kind="FORBIDDEN"), AFTERMATHS)

    seen = asked.read()

    assert (seen.assigned, len(seen.comments)) == ((), 1)


def test_people_who_are_gone_are_somebody(asked: Asked) -> None:
    asked.world.assign(asked.issue(), "zoe-example")
    asked.world.comment(asked.issue(), "zoe-example", "Mine.")
    asked.sandbox.faults.add(null_field("assignee", "author"), AFTERMATHS)

    seen = asked.read()

    assert (seen.assigned, seen.comments[0].comment.author) == (("ghost",), None)


def test_a_question_that_is_too_heavy_is_halved(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), AFTERMATHS)

    assert len(asked.source.read_aftermaths(asked.ids[:100])) == 100
    assert asked.kinds() == [("ReadAftermaths", size) for size in (100, 50, 50)]


def test_what_was_cut_off_is_asked_again(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("nodes", 7), ("nodes", 8)), AFTERMATHS)

    told = asked.source.read_aftermaths(asked.ids[:100])

    assert None not in told.values()
    assert asked.kinds() == [("ReadAftermaths", 100), ("ReadAftermaths", 2)]


def test_stamps_that_are_too_heavy_together_are_asked_by_halves(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), STAMPS)

    assert len(asked.source.read_stamps([*asked.ids, *asked.ids[:100]])) == 120
    assert asked.kinds() == [
        ("ReadStampsTogether", 220),
        ("ReadStampsTogether", 200),
        ("ReadStamps", 20),
    ]


def test_a_list_of_stamps_that_was_cut_off_is_asked_again_alone(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("n1", 3)), STAMPS)

    assert len(asked.source.read_stamps(asked.ids)) == 120
    assert asked.kinds() == [("ReadStampsTogether", 120), ("ReadStamps", 20)]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.bad_gateway(), Outage),
        (faults.truncated_body(), Outage),
        (faults.rate_limited(), LimitReached),
    ],
    ids=["502", "broken off", "limit"],
)
def test_an_error_is_told_in_our_words_and_ends(asked: Asked, fault, error) -> None:
    asked.sandbox.faults.add(fault, times=None)

    for question in (asked.source.read_stamps, asked.source.read_aftermaths):
        with pytest.raises(error):
            question(asked.ids[:100])
    assert len(asked.sandbox.requests) <= 10


def test_stamps_are_not_asked_by_halves_for_what_is_no_matter_of_size(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.not_json_body(), times=None)

    with pytest.raises(Outage):
        asked.source.read_stamps(asked.ids)
    assert len(asked.sandbox.requests) == 1


def test_null_nodes_for_stamps_are_looked_at(asked: Asked) -> None:
    asked.sandbox.faults.add(null_nodes(("n0", 3)), STAMPS)

    assert len(asked.source.read_stamps(asked.ids)) == 119


def test_a_student_is_followed_from_a_comment_to_the_merge(asked: Asked) -> None:
    world, issue = asked.world, asked.issue()
    pick = Progress(
        week="2026-W46",
        login="Ada-Example",
        ref=IssueRef(HOME, 1),
        node_id=issue.node_id,
        title=issue.title,
        offered_at=NOW - timedelta(days=10, hours=1),
    )
    known, outcomes = [pick], []

    def look() -> None:
        done = follow(known, asked.source, {}, world.now, 10)
        assert (done.error, done.notes) == (None, ())
        known[:] = done.progress
        outcomes.append(known[0].outcome)
        world.advance(days=1)

    look()
    world.comment(issue, "ada-example", "May I?")
    world.comment(issue, "mo-example", "Sure.")
    look()
    world.assign(issue, "ada-example")
    look()
    pull = world.open_pull_request(world.repository(HOME), "ada-example", "Fix", closes=(1,))
    look()
    world.review(pull, "mo-example", "APPROVED")
    look()
    world.merge(pull, "mo-example")
    look()

    assert outcomes == [
        Outcome.OPEN,
        Outcome.COMMENTED,
        Outcome.ASSIGNED,
        Outcome.PULL_REQUEST,
        Outcome.REVIEWED,
        Outcome.MERGED,
    ]
    (pick,) = known
    assert pick.pull_url == pull.url
    assert pick.commented_at <= pick.assigned_at <= pick.pulled_at <= pick.reviewed_at
    assert pick.reviewed_at <= pick.merged_at
