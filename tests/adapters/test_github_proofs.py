"""Pages of proofs stand in one closed and locked issue, and only our own count."""

from collections.abc import Callable, Iterator

import pytest

from bot.adapters.github_client import writer
from bot.adapters.github_proofs import LABEL, GitHubProofs
from bot.errors import GitHubError, Refused
from bot.rendering.proofs import make_cover, make_page
from bot.sandbox.faults import Match, forbidden
from bot.sandbox.server import Sandbox
from bot.sandbox.things import Issue
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import CLUB, NOW, KeptPosters, issues

ONE, TWO = frozenset({"0" * 16}), frozenset({"1" * 16, "f" * 16})
BOT = "github-actions[bot]"
Connect = Callable[..., GitHubProofs]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Tokens: a workflow's, and one that only reads."""
    world = World(NOW)
    world.add_repository(CLUB, private=True, collaborators=("grace-example",))
    with Sandbox(world) as opened:
        opened.tokens.add_actions("workflow-token", CLUB)
        opened.tokens.add("read-token", "grace-example", access="read")
        yield opened


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return sandbox.world


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Connect]:
    """Makes the desk anew, as each run does."""
    clients = []

    def make(token: str = "workflow-token") -> GitHubProofs:
        clients.append(writer(token, sandbox.url))
        return GitHubProofs(clients[-1], CLUB, KeptPosters())

    yield make
    for client in clients:
        client.close()


def cover(world: World) -> Issue:
    (issue,) = issues(world)
    return issue


def test_nothing_was_kept_yet_and_reading_makes_nothing(connect: Connect, world: World) -> None:
    assert connect().pages() == {}
    assert issues(world) == []


def test_pages_are_read_as_they_were_written_in_the_same_run_and_the_next(
    connect: Connect, world: World
) -> None:
    desk = connect()
    desk.write("2026-W47", ONE)
    desk.write("people", TWO)
    for one in (desk, connect()):
        assert {name: page.tokens for name, page in one.pages().items()} == {
            "2026-W47": ONE,
            "people": TWO,
        }
    assert (cover(world).state, cover(world).locked, cover(world).labels) == (
        *("CLOSED", True),
        (LABEL,),
    )


def test_a_page_that_is_written_again_stands_once(connect: Connect, world: World) -> None:
    connect().write("people", ONE)
    connect().write("people", TWO)
    assert connect().pages()["people"].tokens == TWO
    assert len(cover(world).comments) == 1
    assert cover(world).locked


def test_of_a_page_that_stands_twice_all_counts(connect: Connect, world: World) -> None:
    connect().write("people", ONE)
    world.comment(cover(world), BOT, make_page("people", TWO))
    assert connect().pages()["people"].tokens == ONE | TWO


def test_pages_and_covers_of_others_do_not_count(connect: Connect, world: World) -> None:
    club = world.repository(CLUB)
    false = world.open_issue(club, "mallory-example", "Foothold: proofs", make_cover())
    world.comment(false, "mallory-example", make_page("2026-W47", TWO))
    assert connect().pages() == {}
    connect().write("people", ONE)
    world.comment(issues(world)[1], "mallory-example", make_page("people", TWO))
    assert connect().pages()["people"].tokens == ONE


def test_a_cover_without_its_label_is_found_all_the_same(connect: Connect, world: World) -> None:
    connect().write("people", ONE)
    world.edit_issue(cover(world), "grace-example", labels=[])
    connect().write("people", TWO)
    assert len(issues(world)) == 1


def test_who_may_not_write_is_told_so(connect: Connect) -> None:
    with pytest.raises(Refused):
        connect("read-token").write("people", ONE)


def test_who_may_not_lock_writes_all_the_same(connect: Connect, sandbox: Sandbox) -> None:
    lock = Match(path=f"*/{CLUB}/issues/*/lock")
    sandbox.faults.add(forbidden(), lock, times=None)
    connect().write("people", ONE)
    assert connect().pages()["people"].tokens == ONE


def test_what_could_not_be_read_is_not_written_over_in_that_run(
    connect: Connect, sandbox: Sandbox
) -> None:
    sandbox.faults.add(forbidden(), Match(path=f"*/{CLUB}/issues"), times=1)
    desk = connect()
    for _ in range(2):
        with pytest.raises(GitHubError):
            desk.pages()
    with pytest.raises(GitHubError):
        desk.write("people", ONE)
    assert connect().pages() == {}
