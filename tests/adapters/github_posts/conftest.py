"""A club's repository in the sandbox, and channels into it."""

from collections.abc import Iterator

import pytest

from bot.adapters.github_client import writer
from bot.adapters.github_posts import GitHubPosts
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_posts.steps import CLUB, NOW, Connect


@pytest.fixture
def world() -> World:
    world = World(NOW)
    world.add_user("campus-club", organization=True)
    world.add_repository(CLUB, private=True, collaborators=("grace-example", "ada-example"))
    return world


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    with Sandbox(world) as sandbox:
        sandbox.tokens.add("grace-token", "grace-example")
        sandbox.tokens.add("read-token", "grace-example", access="read")
        sandbox.tokens.add_actions("workflow-token", CLUB)
        yield sandbox


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Connect]:
    """Makes the channel anew, as each run does."""
    clients = []

    def make(token: str = "workflow-token", **options: object) -> GitHubPosts:
        clients.append(writer(token, sandbox.url))
        return GitHubPosts(clients[-1], CLUB, **options)  # type: ignore[arg-type]

    yield make
    for client in clients:
        client.close()
