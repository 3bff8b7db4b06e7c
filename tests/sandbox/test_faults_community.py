"""That faults spoil what is asked of a project's files, newcomers and discussions."""

import pytest
import requests

from bot.sandbox.fault_nulls import denied, null_field, null_nodes, partial_data
from bot.sandbox.faults import Match, gateway_timeout
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import PROJECT

OTHER = "lanternworks/globe"
ASK = """query Community {
  r0: repository(owner: "lanternworks", name: "atlas") { ...Community }
  r1: repository(owner: "lanternworks", name: "globe") { ...Community } }
fragment Community on Repository { nameWithOwner
  readme: object(expression: "HEAD:README.md") { ... on Blob { text } }
  discussions(first: 2) { nodes { title answer { body } } } }"""


@pytest.fixture
def ask(sandbox: Sandbox, world: World):
    for name in (PROJECT, OTHER):
        home = world.repository(name) or world.add_repository(name)
        home.has_discussions, home.files = True, {"README.md": f"# {home.name}"}
        world.open_discussion(home, "ada-example", "Why?")
        world.open_discussion(home, "ada-example", "How?")
    headers = {"Authorization": "bearer ada"}
    return lambda: requests.post(
        f"{sandbox.url}/graphql", json={"query": ASK}, headers=headers, timeout=10
    )


def test_one_repository_is_denied_and_the_other_answered(sandbox: Sandbox, ask):
    sandbox.faults.add(denied("Lanternworks/Globe"))

    answer = ask().json()

    assert answer["data"]["r0"]["readme"] == {"text": "# atlas"}
    assert answer["data"]["r1"] is None
    assert [(one["type"], one["path"]) for one in answer["errors"]] == [("FORBIDDEN", ["r1"])]


def test_nobody_is_denied_where_the_repository_was_not_asked_for(sandbox: Sandbox, ask):
    sandbox.faults.add(denied("lanternworks/sextant"))

    answer = ask().json()

    assert answer["data"]["r1"]["nameWithOwner"] == OTHER
    assert "errors" not in answer


def test_a_repository_is_denied_through_the_door(sandbox: Sandbox, ask):
    fault = {"name": "denied", "arguments": [OTHER], "match": {"operation": "Community"}}
    requests.post(f"{sandbox.url}/_sandbox/add_fault", json=fault, timeout=10)

    assert ask().json()["data"]["r1"] is None


def test_one_discussion_is_null_with_or_without_an_error(sandbox: Sandbox, ask):
    place = ("r0", "discussions", "nodes", 1)
    sandbox.faults.add(null_nodes(place))
    sandbox.faults.add(partial_data(place), skip=1)

    quiet, told = ask().json(), ask().json()

    for answer in (quiet, told):
        assert answer["data"]["r0"]["discussions"]["nodes"][1] is None
        assert answer["data"]["r0"]["discussions"]["nodes"][0] is not None
    assert ("errors" in quiet, "errors" in told) == (False, True)


def test_a_file_may_be_out_of_sight(sandbox: Sandbox, ask):
    sandbox.faults.add(null_field("readme", where=lambda found: found["nameWithOwner"] == OTHER))

    data = ask().json()["data"]

    assert (data["r0"]["readme"], data["r1"]["readme"]) == ({"text": "# atlas"}, None)


def test_the_question_times_out(sandbox: Sandbox, ask):
    sandbox.faults.add(gateway_timeout(), Match(operation="Community"))

    first, second = ask(), ask()

    assert (first.status_code, second.status_code) == (504, 200)
