"""What somebody owns and starred in public is read in one question."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.adapters.github_client import reader
from bot.adapters.github_likings import GitHubLikings
from bot.adapters.graphql_wire import GraphQLWire
from bot.enrolment.likings import Trace
from bot.errors import Outage
from bot.sandbox.faults import Match, bad_gateway
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.stage import NOW

OLD = NOW - timedelta(days=90)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    world = World(OLD)
    world.add_repository(
        "ada-example/atlas", languages={"Rust": 75, "Shell": 25}, topics=("maps", "sea")
    )
    world.add_repository("ada-example/fork", fork=True, languages={"C": 1})
    world.add_repository("ada-example/secret", private=True, languages={"Go": 1})
    kelp = world.add_repository("octo/kelp", language="Python", topics=("sea",))
    plain = world.add_repository("octo/plain")
    world.set_now(NOW)
    world.star(kelp, "ada-example")
    world.star(plain, "ada-example")
    world.star(world.repository("ada-example/secret"), "ada-example")
    with Sandbox(world) as opened:
        opened.tokens.add("reader", "ada-example")
        yield opened


def source(sandbox: Sandbox) -> GitHubLikings:
    return GitHubLikings(GraphQLWire(reader("reader", sandbox.url)))


def test_what_is_public_and_no_fork_is_read_even_by_their_own_token(sandbox):
    found = source(sandbox)
    traces = found.read_traces("ada-example")
    assert sorted(traces, key=lambda one: one.repository) == [
        Trace("ada-example/atlas", True, OLD, {"Rust": 0.75, "Shell": 0.25}, ("maps", "sea")),
        Trace("octo/kelp", False, NOW, {"Python": 1.0}, ("sea",)),
        Trace("octo/plain", False, NOW, {}),
    ]
    assert found.points == 3


def test_nobody_has_no_profile(sandbox):
    assert source(sandbox).read_traces("nobody-example") is None


def test_a_profile_that_is_too_heavy_is_asked_for_less(sandbox):
    sandbox.faults.add(bad_gateway(), Match(operation="ReadProfile"), times=1)
    assert source(sandbox).read_traces("ada-example")
    sandbox.faults.add(bad_gateway(), Match(operation="ReadProfile"), times=None)
    with pytest.raises(Outage):
        source(sandbox).read_traces("ada-example")
