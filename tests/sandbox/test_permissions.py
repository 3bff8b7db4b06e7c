"""A job's token does what the workflow's `permissions` say, and is refused as GitHub refuses."""

from collections.abc import Iterator

import pytest
import requests

from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

PRIVATE, PUBLIC = "club/private", "club/public"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    world = World()
    for name in (PRIVATE, PUBLIC):
        home = world.add_repository(name, private=name == PRIVATE)
        world.open_issue(home, "ada-example", "Hello", "", ())
    with Sandbox(world) as running:
        yield running


def ask(sandbox: Sandbox, method: str, path: str, **permissions: str) -> tuple[int, str]:
    """Status and message for a token of that repository with these permissions."""
    repository = "/".join(path.split("/")[2:4])
    named = {scope.replace("_", "-"): level for scope, level in permissions.items()}
    sandbox.tokens.add_actions("job", repository, permissions=named)
    answer = requests.request(
        method,
        sandbox.url + path,
        json={"title": "T", "body": "B"},
        headers={"Authorization": "Bearer job"},
        timeout=5,
    )
    told = answer.json()
    return answer.status_code, told.get("message", "") if isinstance(told, dict) else ""


REFUSED = (403, "Resource not accessible by integration")


def test_who_may_write_issues_may(sandbox):
    assert ask(sandbox, "POST", f"/repos/{PRIVATE}/issues", issues="write")[0] == 201


@pytest.mark.parametrize("permissions", [{}, {"issues": "read"}, {"contents": "write"}])
def test_who_may_not_is_refused(sandbox, permissions):
    assert ask(sandbox, "POST", f"/repos/{PRIVATE}/issues", **permissions) == REFUSED
    assert ask(sandbox, "POST", f"/repos/{PUBLIC}/issues", **permissions) == REFUSED


def test_private_issues_need_a_word_and_public_ones_none(sandbox):
    assert ask(sandbox, "GET", f"/repos/{PRIVATE}/issues") == REFUSED
    assert ask(sandbox, "GET", f"/repos/{PRIVATE}/issues", issues="read")[0] == 200
    assert ask(sandbox, "GET", f"/repos/{PUBLIC}/issues")[0] == 200


def test_the_repository_itself_is_seen_with_any_token_of_it(sandbox):
    assert ask(sandbox, "GET", f"/repos/{PRIVATE}")[0] == 200


@pytest.mark.parametrize("path", ["actions/permissions/workflow", "actions/secrets"])
def test_what_administrators_see_no_workflow_sees(sandbox, path):
    assert ask(sandbox, "GET", f"/repos/{PUBLIC}/{path}", actions="write") == REFUSED


def test_a_mutation_needs_to_write_issues(sandbox):
    mutation = 'mutation { minimizeComment(input: {subjectId: "x"}) { clientMutationId } }'
    sandbox.tokens.add_actions("job", PUBLIC, permissions={"issues": "read"})
    answer = requests.post(
        f"{sandbox.url}/graphql",
        json={"query": mutation},
        headers={"Authorization": "Bearer job"},
        timeout=5,
    )
    assert answer.json()["message"] == "Resource not accessible by integration"


def test_a_token_without_permissions_is_held_to_none(sandbox):
    sandbox.tokens.add_actions("old", PRIVATE)
    answer = requests.get(
        f"{sandbox.url}/repos/{PRIVATE}/issues",
        headers={"Authorization": "Bearer old"},
        timeout=5,
    )
    assert answer.status_code == 200
