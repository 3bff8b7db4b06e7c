"""A club's repository in the sandbox."""

from collections.abc import Iterator

import pytest

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from tests.adapters.github_answers.steps import ADA, Repository
from tests.adapters.github_posts.steps import CLUB, NOW


@pytest.fixture
def club() -> Iterator[Repository]:
    """Tokens: a workflow's, and an app's that cannot tell its own name."""
    world = World(NOW)
    world.add_user("campus-club", organization=True)
    world.add_repository(CLUB, private=True, collaborators=("grace-example", ADA))
    with Sandbox(world) as sandbox:
        sandbox.tokens.add_actions("workflow-token", CLUB)
        sandbox.tokens.add_actions("app-token", CLUB).login = "digest-app[bot]"
        opened = Repository(sandbox, world)
        yield opened
        for client in opened.clients:
            client.close()
