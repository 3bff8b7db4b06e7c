"""A small world with one project, and how tests ask the sandbox's GraphQL about it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.graphql.cost import Points
from bot.sandbox.graphql.execution import execute
from bot.sandbox.world import World
from tests.sandbox.graphql.documents import ISSUE
from tests.sandbox.graphql.reference import answer_by_the_book, is_query

NOON = datetime(2026, 11, 22, 12, 0, 0, 987_000, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    world = World(NOON)
    kelp = world.add_repository(
        "tidepool-labs/kelp",
        language="Rust",
        languages={"Shell": 10, "Rust": 90},
        topics=("sea", "charts"),
        licence="MIT",
        contributing="Ask first.",
        code_of_conduct="contributor_covenant",
        collaborators=("mo-example",),
    )
    world.add_user("tidepool-labs", organization=True)
    issue = world.open_issue(kelp, "ada-example", "Buoys drift", "Help <!-- x -->", ["bug", "sea"])
    world.comment(issue, "mo-example", "Yes")
    world.comment(issue, "helper-example[bot]", "I am a bot")
    return world


@pytest.fixture
def ask(world):
    """Asks, and compares each executed query with what graphql-core says by itself."""

    def ask(query: str, viewer: str | None = "zoe-example", **variables: object) -> dict:
        points = Points(5000, 4000, 1000, NOON + timedelta(hours=1))
        answer = execute(world, query, variables, viewer, points)
        if "data" in answer and is_query(query):
            assert answer == answer_by_the_book(world, query, variables, viewer, points)
        return answer

    return ask


@pytest.fixture
def show(ask):
    def show(query: str, **variables: object) -> dict:
        answer = ask(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return show


@pytest.fixture
def issue_shows(show):
    return lambda fields: show(ISSUE % fields)["repository"]["issue"]


@pytest.fixture
def forum(world) -> World:
    """Discussions 2 to 5, an hour apart: 2 answered, 3 open, 4 an idea, 5 closed unanswered."""
    home = world.repository("tidepool-labs/kelp")
    home.has_discussions = True
    asked = [("How deep?", "Q&A"), ("How cold?", "Q&A"), ("Glow", "Ideas"), ("How old?", "Q&A")]
    for title, category in asked:
        world.advance(hours=1)
        world.open_discussion(home, "zoe-example", title, "Tell me, @ada-example", category)
    deep, old = (world.discussion("tidepool-labs/kelp", number) for number in (2, 5))
    said = world.discuss(deep, "mo-example", "Nine fathoms")
    world.discuss(said, "zoe-example", "Thanks")
    world.choose_answer(said, "zoe-example")
    world.close_discussion(old, "mo-example", "OUTDATED")
    return world


@pytest.fixture
def shoal(world) -> World:
    """Issues 2 to 6, an hour apart: 2 and 4 wanted, 5 assigned, 6 closed."""
    home = world.repository("tidepool-labs/kelp")
    for number, label in enumerate(["wanted", "b", "wanted", "c", "d"], start=2):
        world.advance(hours=1)
        world.open_issue(home, "ada-example", f"Fish {number}", "@zoe-example", [label])
    world.assign(world.issue("tidepool-labs/kelp", 5), "mo-example")
    world.close(world.issue("tidepool-labs/kelp", 6), "mo-example")
    return world
