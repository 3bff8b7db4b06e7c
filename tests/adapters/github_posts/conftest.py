"""A club's repository in the sandbox, and channels into it."""

from collections.abc import Iterator

import pytest

from bot.adapters.github_client import writer
from bot.adapters.github_posts import GitHubPosts, PostDesk
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.subscriptions.club import Post
from tests.adapters.github_posts.steps import CLUB, NOW, Connect, KeptPosters, thread_for


@pytest.fixture
def world() -> World:
    world = World(NOW)
    world.add_user("campus-club", organization=True)
    world.add_repository(CLUB, private=True, collaborators=("grace-example", "ada-example"))
    return world


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    """Tokens: a person's, one that only reads, a workflow's, and an app's that cannot tell."""
    with Sandbox(world) as sandbox:
        sandbox.tokens.add("grace-token", "grace-example")
        sandbox.tokens.add("read-token", "grace-example", access="read")
        sandbox.tokens.add_actions("workflow-token", CLUB)
        sandbox.tokens.add_actions("app-token", CLUB).login = "digest-app[bot]"
        yield sandbox


@pytest.fixture
def register() -> KeptPosters:
    """What the club's state keeps from run to run."""
    return KeptPosters()


@pytest.fixture(params=list(Post))
def post(request: pytest.FixtureRequest) -> Post:
    """Both ways to post, for what holds in either."""
    way: Post = request.param
    return way


@pytest.fixture
def connect(sandbox: Sandbox, register: KeptPosters) -> Iterator[Connect]:
    """Makes the channel anew, as each run does."""
    clients = []

    def make(
        token: str = "workflow-token",
        post: Post = Post.ROLLING,
        posters: tuple[str, ...] = (),
        kept: KeptPosters = register,
        repository: str = CLUB,
    ) -> GitHubPosts:
        clients.append(writer(token, sandbox.url))
        return GitHubPosts(clients[-1], repository, PostDesk(post, kept, thread_for, posters))

    yield make
    for client in clients:
        client.close()
