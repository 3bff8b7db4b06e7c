"""That the benchmark's worlds, their truth and the sandbox agree; small ones are enough for it."""

from collections import Counter
from pathlib import Path

import pytest

from bot.sandbox.loading import load_world
from bot.sandbox.search.engine import Engine
from bot.sandbox.server import Sandbox
from bot.vocabulary import NEWCOMER_LABELS, topic_names
from tests.benchmarks.truth import World, is_claimed
from tests.benchmarks.weeks import KINDS, let_a_week_pass
from tests.benchmarks.wishes import EXAMPLE, SHARED, all_languages, shared_wishes, write_config
from tests.benchmarks.worlds import BUSY_AT, NOW, make_world, write_world

SIZE = 1_500
FREE = "is:issue is:open is:public is:unlocked archived:false no:assignee -linked:pr"
LABELS = "label:" + ",".join(f'"{label}"' for label in NEWCOMER_LABELS)


@pytest.fixture
def world() -> World:
    return make_world(SIZE)


def search_languages(engine: Engine) -> set[tuple[str, int]]:
    """All that the sandbox finds in the languages of the examples; each has under 1,000."""
    found = set()
    for language in all_languages(EXAMPLE.values()):
        page = engine.issues(f"{FREE} {LABELS} language:{language}")
        assert page.total == len(page.items)
        found |= {(item.repository.name_with_owner, item.number) for item in page.items}
    return found


def test_a_world_has_exactly_the_matching_issues_that_were_asked_for(world: World):
    ways = Counter(world.matching(EXAMPLE.values()).values())

    assert ways.total() == SIZE
    assert min(ways[way] for way in ("language", "topic", "words")) > 5
    assert 0.4 < 1 - SIZE / len(world.issues) < 0.6


def test_a_world_is_the_same_for_the_same_seed(world: World):
    assert make_world(SIZE) == world
    assert make_world(SIZE, seed=2) != world


def test_most_projects_have_few_issues_and_some_have_many(world: World):
    sizes = Counter(Counter(name for name, _ in world.matching(EXAMPLE.values())).values())

    assert sum(sizes[n] for n in (1, 2, 3)) > 0.7 * sizes.total()
    assert max(sizes) > 50


def test_one_second_has_many_issues_and_some_share_theirs(world: World):
    seconds = Counter(row["created_at"] for row in world.issues.values())

    assert seconds[BUSY_AT.isoformat()] > SIZE / 100
    assert sum(n for n in seconds.values() if n > 1) > 0.03 * len(world.issues)


def test_nothing_is_older_than_its_project_or_newer_than_now(world: World):
    for row in world.issues.values():
        home = world.repositories[row["repository"]]
        assert home["created_at"] <= row["created_at"] <= row["updated_at"] <= NOW.isoformat()


def test_the_sandbox_finds_what_the_truth_says(world: World, tmp_path: Path):
    engine = Engine(load_world(write_world(world, tmp_path / "world.jsonl.gz")))
    ways = world.matching(EXAMPLE.values())

    assert search_languages(engine) == {ref for ref, way in ways.items() if way == "language"}


def test_after_a_week_the_sandbox_still_finds_what_the_truth_says(world: World, tmp_path: Path):
    served = load_world(write_world(world, tmp_path / "world.jsonl.gz"))
    before = set(world.matching(EXAMPLE.values()))

    done = let_a_week_pass(world, before, Sandbox(served).perform, share=0.2)

    ways = world.matching(EXAMPLE.values())
    assert search_languages(Engine(served)) == {r for r, way in ways.items() if way == "language"}
    assert set(done) == set(KINDS)
    assert done.total() == 0.2 * SIZE
    assert len(before - ways.keys()) > 100
    assert len(ways.keys() - before) > 80
    assert (world.now - NOW).days == 7
    assert any(is_claimed(world, world.issues[ref]) for ref in ways)


def test_a_week_happens_to_the_picks_first(world: World):
    before = sorted(world.matching(EXAMPLE.values()))
    touched = []

    def act(name: str, /, **arguments: object) -> dict[str, int]:
        if "number" in arguments:
            touched.append((arguments["repository"], arguments["number"]))
        return {"number": 1_000_000 + len(touched)}

    let_a_week_pass(world, set(before), act, share=0.1, first=before[:7])

    assert set(before[:7]) <= set(touched)


def test_topics_of_the_truth_are_spellings_that_the_interests_stand_for():
    for wish in (*EXAMPLE.values(), *SHARED):
        assert wish.topics <= {name for word in wish.interests for name in topic_names(word)}


def test_the_wishes_of_many_students_are_those_of_the_first(tmp_path: Path):
    wishes = shared_wishes(30)
    first, *others = wishes.values()

    assert len(wishes) == 30
    assert all(one.languages <= first.languages for one in others)
    assert all(set(one.interests) <= set(first.interests) for one in others)
    folder = write_config(tmp_path, wishes, budget=700)
    assert len(list(folder.glob("students/*.yaml"))) == 30
