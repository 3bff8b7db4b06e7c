"""How discussions are searched for."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.search.engine import engine_of
from bot.sandbox.search.grammar import SearchError
from bot.sandbox.world import World

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
KELP, HIDDEN = "tidepool-labs/kelp", "tidepool-labs/hidden"


@pytest.fixture(scope="module")
def world() -> World:
    """Discussions 1 to 5, a day apart, and one that only its owner may see."""
    world = World(MONDAY)
    home = world.add_repository(KELP, has_discussions=True, collaborators=("mo-example",))
    asked = [("How deep?", "Q&A"), ("How cold?", "Q&A"), ("Glow", "Ideas"), ("How old?", "Q&A")]
    for title, category in asked:
        world.open_discussion(home, "zoe-example", title, "Tell me of tides", category)
        world.advance(days=1)
    deep, cold, glow, old = world.discussions[KELP].values()
    said = world.discuss(deep, "mo-example", "Nine fathoms, @ada-example")
    world.choose_answer(said, "zoe-example")
    world.advance(hours=1)
    world.discuss(world.discuss(glow, "ada-example", "Lovely"), "mo-example", "Yes")
    world.close_discussion(old, "mo-example")
    cold.locked, cold.labels = True, ("Deep Sea",)
    world.react(cold, "ada-example", "heart")
    hidden = world.add_repository(HIDDEN, private=True, has_discussions=True)
    world.open_discussion(hidden, "tidepool-labs", "Secret tides")
    off = world.add_repository("moor/heath", has_discussions=True)
    world.open_discussion(off, "zoe-example", "Where is the moor?")
    off.has_discussions = False
    return world


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", "How old? Glow How cold? How deep?"),
        ("is:discussion repo:Tidepool-Labs/KELP", "How old? Glow How cold? How deep?"),
        ("is:answered", "How deep?"),
        ("is:unanswered", "How old? How cold?"),
        ("is:unanswered is:open", "How cold?"),
        ("is:closed", "How old?"),
        ("is:locked", "How cold?"),
        ("is:unlocked is:open is:public", "Glow How deep?"),
        ("is:private", ""),
        ("category:ideas", "Glow"),
        ("category:Q&A is:open", "How cold? How deep?"),
        ('label:"deep sea"', "How cold?"),
        ('label:none,"deep sea"', "How cold?"),
        ("author:ZOE-example cold", "How cold?"),
        ("commenter:mo-example", "Glow How deep?"),
        ("answered-by:mo-example", "How deep?"),
        ("answered-by:zoe-example", ""),
        ("involves:ada-example", "Glow How deep?"),
        ("-involves:ada-example", "How old? How cold?"),
        ("org:tidepool-labs user:tidepool-labs glow", "Glow"),
        ("comments:2", "Glow"),
        ("comments:>=1 sort:comments-asc", "How deep? Glow"),
        ("created:2026-11-16..2026-11-17 sort:created-asc", "How deep? How cold?"),
        ("updated:>=2026-11-20 sort:updated-asc", "How deep? Glow How old?"),
        ("sort:reactions tides", "How cold? How old? Glow How deep?"),
        ("sort:interactions is:open", "Glow How cold? How deep?"),
        ("fathoms", "How deep?"),
        ("fathoms in:title,body", ""),
        ("tides in:title", ""),
        ("glow OR deep", "Glow How deep?"),
        ("moor", ""),
    ],
)
def test_discussions_are_found_by_what_github_documents(world, query, titles):
    found = engine_of(world).discussions(query, "zoe-example")

    assert " ".join(one.title for one in found.items) == titles
    assert found.total == len(found.items)


def test_an_owner_finds_their_private_discussions(world):
    assert engine_of(world).discussions("secret", "tidepool-labs").total == 1
    assert engine_of(world).discussions("author:@me", "tidepool-labs").total == 1


@pytest.mark.parametrize(
    "query", ["is:merged", "language:go", "stars:>3", "sort:top", "in:readme tides", "is:issue"]
)
def test_what_is_not_documented_is_refused(world, query):
    with pytest.raises(SearchError):
        engine_of(world).discussions(query)


def test_a_new_answer_is_found_at_once(world):
    engine = engine_of(world)
    before = engine.discussions("is:answered").total
    cold = world.discussion(KELP, 2)

    world.choose_answer(world.discuss(cold, "ada-example", "Four degrees"), "mo-example")
    after = engine.discussions("is:answered").total
    world.withdraw_answer(cold, "mo-example")

    assert (before, after) == (1, 2)


def test_issues_are_no_discussions(world):
    assert engine_of(world).issues("tides").total == 0
