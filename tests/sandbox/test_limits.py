from datetime import timedelta

import pytest
from github import (
    BadCredentialsException,
    GithubException,
    GithubRetry,
    RateLimitExceededException,
)
from github.GithubException import RateLimitExceededExceedsMaxWait

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import DIGESTS, NOW, PROJECT, Connect

VIEWER = "query Me { viewer { login } }"


def read(connect: Connect, token: str | None) -> str:
    return connect(token).get_repo(PROJECT).get_issue(1).title


def test_unknown_revoked_and_expired_tokens_are_bad_credentials(
    sandbox: Sandbox, connect: Connect, world: World
):
    sandbox.tokens.add("brief", "ada-example", expires_at=NOW + timedelta(minutes=5))
    assert read(connect, "ada") == read(connect, "brief")

    sandbox.tokens.revoke("ada")
    world.advance(minutes=5)

    for token in ("ada", "brief", "never-made"):
        with pytest.raises(BadCredentialsException):
            read(connect, token)


def test_graphql_needs_a_token(connect: Connect):
    with pytest.raises(GithubException) as refusal:
        connect(None).requester.graphql_query(VIEWER, {})

    assert refusal.value.status == 401


def test_nobody_writes_without_a_token(connect: Connect):
    with pytest.raises(GithubException) as refusal:
        connect(None).get_repo(PROJECT).create_issue("Hello")

    assert refusal.value.status == 401


def test_a_reading_token_does_not_write(connect: Connect, world: World):
    assert read(connect, "reader") == "Draw the legend"

    with pytest.raises(GithubException, match="by personal access token") as refusal:
        connect("reader").get_repo(PROJECT).get_issue(1).create_comment("Hi")

    assert refusal.value.status == 403
    assert world.issue(PROJECT, 1).comments == []


def test_a_token_made_for_a_repository_writes_only_there(
    sandbox: Sandbox, connect: Connect, world: World
):
    sandbox.tokens.add("narrow", "grace-example", repositories=(DIGESTS,))

    connect("narrow").get_repo(DIGESTS).create_issue("Digest")
    with pytest.raises(GithubException) as refusal:
        connect("narrow").get_repo(PROJECT).create_issue("Elsewhere")

    assert refusal.value.status == 403


def test_a_workflow_posts_as_the_actions_bot_in_its_own_repository(connect: Connect):
    issue = connect("workflow").get_repo(DIGESTS).create_issue("Digest", labels=["digest"])

    assert issue.user.login == "github-actions[bot]"
    assert issue.user.type == "Bot"
    assert [label.name for label in issue.labels] == ["digest"]
    issue.create_comment("Week 48").edit("Week 49")


def test_a_workflow_writes_nowhere_else(connect: Connect):
    assert read(connect, "workflow") == "Draw the legend"

    with pytest.raises(GithubException, match="not accessible by integration") as refusal:
        connect("workflow").get_repo(PROJECT).get_issue(1).create_comment("Hi")

    assert refusal.value.status == 403


def test_a_workflow_is_no_user(connect: Connect):
    with pytest.raises(GithubException) as refusal:
        connect("workflow").get_user().login  # noqa: B018

    assert refusal.value.status == 403


@pytest.mark.parametrize(
    ("token", "core", "graphql"), [("ada", 5000, 5000), ("workflow", 1000, 1000), (None, 60, 0)]
)
def test_everybody_gets_their_hourly_limits(connect: Connect, token, core, graphql):
    resources = connect(token).get_rate_limit().resources

    assert (resources.core.limit, resources.graphql.limit) == (core, graphql)


def test_tokens_of_one_account_share_a_limit_and_asking_is_free(connect: Connect):
    read(connect, "ada")
    read(connect, "reader")

    for _ in range(2):
        assert connect("ada").get_rate_limit().rate.used == 2


def test_a_used_up_limit_is_403_until_the_hour_is_over(
    sandbox: Sandbox, connect: Connect, world: World
):
    sandbox.limits.core = 2
    read(connect, "ada")
    read(connect, "ada")

    with pytest.raises(RateLimitExceededException) as refusal:
        read(connect, "ada")

    assert refusal.value.status == 403
    assert refusal.value.headers["x-ratelimit-remaining"] == "0"
    assert int(refusal.value.headers["x-ratelimit-reset"]) == NOW.timestamp() + 3600
    assert read(connect, "grace")
    world.advance(hours=1)
    assert read(connect, "ada")


def test_a_client_with_a_cap_does_not_wait_for_the_reset(sandbox: Sandbox, connect: Connect):
    sandbox.world.fixed = None
    sandbox.limits.core = 0

    with pytest.raises(RateLimitExceededExceedsMaxWait):
        connect("ada", GithubRetry(max_rate_limit_wait=5)).get_repo(PROJECT).get_issue(1).complete()

    assert len(sandbox.requests) == 1


def test_a_used_up_graphql_limit_is_an_error_in_a_200(sandbox: Sandbox, connect: Connect):
    sandbox.limits.graphql = 0

    with pytest.raises(GithubException) as refusal:
        connect("ada").requester.graphql_query(VIEWER, {})

    assert [error["type"] for error in refusal.value.data["errors"]] == ["RATE_LIMITED"]
    assert refusal.value.headers["x-ratelimit-remaining"] == "0"
    assert sandbox.requests[-1].status == 200


def test_content_creation_is_limited_only_if_asked(
    sandbox: Sandbox, connect: Connect, world: World
):
    sandbox.limits.creations_a_minute, sandbox.limits.creations_an_hour = 2, 3
    repository = connect().get_repo(DIGESTS)
    for number in range(4):
        repository.create_issue(f"n{number}")

    sandbox.limits.secondary = True
    repository.create_issue("one")
    repository.create_issue("two")
    with pytest.raises(RateLimitExceededException, match="secondary"):
        repository.create_issue("three")
    world.advance(minutes=1)
    repository.create_issue("three")
    world.advance(minutes=1)
    with pytest.raises(RateLimitExceededException, match="secondary"):
        repository.create_issue("four")
    world.advance(hours=1)
    assert repository.create_issue("four").number == 8
