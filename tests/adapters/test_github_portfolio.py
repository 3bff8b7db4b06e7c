"""A student's works as GitHub tells them: public, of others' projects, one point."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.github_client import reader
from bot.adapters.github_portfolio import GitHubPortfolio
from bot.adapters.graphql_wire import GraphQLWire
from bot.cohort.portfolio import Work
from bot.errors import Outage, Refused
from bot.sandbox.faults import Match, bad_gateway
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Repository, World

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ"
ADA = "ada-example"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(World(NOON)) as sandbox:
        sandbox.tokens.add(TOKEN, "reader-example")
        yield sandbox


@pytest.fixture
def home(sandbox) -> Repository:
    return sandbox.world.add_repository("tidepool/harbor")


def read(sandbox, since=None) -> tuple[Work, ...]:
    return GitHubPortfolio(GraphQLWire(reader(TOKEN, sandbox.url))).read_works(ADA, since)


def merged(world, repository, author=ADA, title="Name the quays"):
    pull = world.open_pull_request(repository, author, title)
    world.advance(hours=1)
    world.merge(pull, "mo-example")
    return pull


def test_a_merged_pull_request_is_a_work(sandbox, home):
    pull = merged(sandbox.world, home)

    [work] = read(sandbox)

    assert work == Work(
        "merged", "tidepool/harbor", "Name the quays", pull.url, NOON + timedelta(hours=1)
    )


def test_a_review_of_somebody_elses_pull_request_is_a_work_once(sandbox, home):
    pull = sandbox.world.open_pull_request(home, "zoe-example", "Anchor")
    sandbox.world.advance(hours=2)
    first = sandbox.world.review(pull, ADA, "CHANGES_REQUESTED")
    sandbox.world.advance(hours=2)
    sandbox.world.review(pull, ADA, "APPROVED")

    [work] = read(sandbox)

    assert work == Work("review", "tidepool/harbor", "Anchor", first.url, first.submitted_at)


def test_what_others_did_and_what_is_open_is_no_work_of_hers(sandbox, home):
    world = sandbox.world
    merged(world, home, "zoe-example")
    pull = world.open_pull_request(home, ADA, "Not yet")
    world.review(pull, ADA)
    world.review(pull, "mo-example")

    assert read(sandbox) == ()


def test_what_is_private_or_her_own_is_left_out(sandbox, home):
    world = sandbox.world
    private = world.add_repository(
        "tidepool/secret", private=True, collaborators=("reader-example",)
    )
    own = world.add_repository("Ada-Example/notes")
    for repository in (private, own):
        merged(world, repository)
        world.review(world.open_pull_request(repository, "zoe-example", "Hers"), ADA)

    assert read(sandbox) == ()


def test_only_what_came_since_the_first_digest_counts(sandbox, home):
    old = merged(sandbox.world, home, title="Before")
    sandbox.world.advance(days=9)
    new = merged(sandbox.world, home, title="After")

    assert [one.url for one in read(sandbox, NOON + timedelta(days=8))] == [new.url]
    assert {one.url for one in read(sandbox)} == {old.url, new.url}


def test_a_review_counts_that_came_after_one_of_before_the_first_digest(sandbox, home):
    pull = sandbox.world.open_pull_request(home, "zoe-example", "Anchor")
    sandbox.world.review(pull, ADA, "CHANGES_REQUESTED")
    sandbox.world.advance(days=9)
    later = sandbox.world.review(pull, ADA, "APPROVED")

    assert [one.url for one in read(sandbox, NOON + timedelta(days=8))] == [later.url]


def test_it_is_one_request_of_one_point(sandbox, home):
    merged(sandbox.world, home)

    read(sandbox, NOON)

    [request] = sandbox.requests
    assert (request.kind, request.points) == ("graphql ReadWorks", 1)


def test_a_heavy_answer_is_asked_for_smaller_and_never_the_same_again(sandbox, home):
    merged(sandbox.world, home)
    sandbox.faults.add(bad_gateway(), Match(operation="ReadWorks"), times=1)

    assert len(read(sandbox)) == 1
    assert [one.variables["first"] for one in sandbox.requests] == [100, 25]


def test_what_stays_too_heavy_is_an_outage(sandbox):
    sandbox.faults.add(bad_gateway(), Match(operation="ReadWorks"), times=9)

    with pytest.raises(Outage):
        read(sandbox)


def test_a_bad_token_is_told(sandbox):
    with pytest.raises(Refused):
        GitHubPortfolio(GraphQLWire(reader("ghp_wrong", sandbox.url))).read_works(ADA, None)


def test_an_answer_that_was_chosen_in_a_discussion_is_a_work(sandbox, home):
    world = sandbox.world
    home.has_discussions = True
    asked = world.open_discussion(home, "zoe-example", "How deep is it?")
    world.advance(hours=2)
    chosen = world.discuss(asked, ADA, "Nine fathoms.")
    world.discuss(asked, ADA, "At low tide.")
    world.choose_answer(chosen, "zoe-example")

    [work] = read(sandbox)

    assert work == Work(
        "answer", "tidepool/harbor", "How deep is it?", chosen.url, NOON + timedelta(hours=2)
    )
    assert read(sandbox, since=NOON + timedelta(days=1)) == ()
