"""A club's repository for mentors in the sandbox, and desks in it."""

from collections.abc import Iterator

import pytest

from bot.adapters.github_client import writer
from bot.adapters.github_reviews import GitHubReviews
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import NOW, KeptPosters
from tests.adapters.github_reviews.steps import HOME, Connect


@pytest.fixture
def world() -> World:
    world = World(NOW)
    world.add_user("campus-club", organization=True)
    world.add_repository(HOME, private=True, collaborators=("grace-example", "linus-example"))
    return world


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    """Tokens: a workflow's, a mentor's own, and one that only reads."""
    with Sandbox(world) as sandbox:
        sandbox.tokens.add_actions("workflow-token", HOME)
        sandbox.tokens.add("grace-token", "grace-example")
        sandbox.tokens.add("read-token", "grace-example", access="read")
        yield sandbox


@pytest.fixture
def register() -> KeptPosters:
    """What the club's state keeps from run to run."""
    return KeptPosters()


@pytest.fixture
def connect(sandbox: Sandbox, register: KeptPosters) -> Iterator[Connect]:
    """Makes the desk anew, as each run does."""
    clients = []

    def make(token: str = "workflow-token", posters: tuple[str, ...] = ()) -> GitHubReviews:
        clients.append(writer(token, sandbox.url))
        return GitHubReviews(clients[-1], HOME, register, posters)

    yield make
    for client in clients:
        client.close()
