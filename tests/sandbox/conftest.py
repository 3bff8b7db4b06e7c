"""A small world behind a port, and PyGithub clients that talk to it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from github import Auth, Github, GithubRetry

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
DIGESTS = "campus-club/digests"
PROJECT = "lanternworks/atlas"
Connect = Callable[..., Github]


@pytest.fixture
def world() -> World:
    world = World(NOW)
    world.add_user("campus-club", organization=True)
    world.add_repository(DIGESTS, private=True, collaborators=("grace-example",))
    project = world.add_repository(PROJECT, language="Python", stars=120, licence="MIT")
    world.open_issue(project, "marisol-example", "Draw the legend", "Steps.", ("good first issue",))
    return world


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    """Tokens: `grace`, `ada` (no role anywhere), `reader` (ada's, read only), `workflow`."""
    with Sandbox(world) as sandbox:
        sandbox.tokens.add("grace", "grace-example")
        sandbox.tokens.add("ada", "ada-example")
        sandbox.tokens.add("reader", "ada-example", access="read")
        sandbox.tokens.add_actions("workflow", DIGESTS)
        yield sandbox


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Connect]:
    """Makes clients that neither wait nor retry, unless a test wants them to."""
    opened: list[Github] = []

    def make(token: str | None = "grace", retry: GithubRetry | None = None) -> Github:
        client = Github(
            auth=Auth.Token(token) if token else None,
            base_url=sandbox.url,
            retry=retry,
            seconds_between_requests=None,
            seconds_between_writes=None,
            lazy=True,
        )
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.close()
