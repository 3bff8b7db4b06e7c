"""What a search of the sandbox finds, in which order, and what it refuses."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.search.engine import Engine, engine_of
from bot.sandbox.search.grammar import SearchError, parse_query
from bot.sandbox.world import World

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    """Three repositories; issues 1-4 of kelp were opened a day apart, ending at the clock."""
    world = World(datetime(2026, 11, 19, 12, tzinfo=UTC))
    kelp = world.add_repository(
        "tidepool-labs/kelp",
        language="Python",
        stars=50,
        topics=("sea", "data-visualization"),
        description="Charts of the sea",
        licence="MIT",
    )
    wick = world.add_repository("lantern/wick", language="C++", stars=900, forks=3, archived=True)
    world.add_repository("zoe-example/kelp", language="Python", fork=True, topics=("sea",))
    world.open_issue(kelp, "ada-example", "Buoys drift", "In **storms** only", ["good first issue"])
    world.advance(days=1)
    world.open_issue(kelp, "mo-example", "Données perdues", "", ["Help Wanted", "bug"])
    world.advance(days=1)
    third = world.open_issue(kelp, "ada-example", "图表数据错误", "", ["good-first-issue"])
    world.comment(third, "mo-example", "The storm again, @zoe-example")
    world.advance(days=1)
    fourth = world.open_issue(kelp, "zoe-example", "Buoy storms", "about buoys", [])
    world.assign(fourth, "mo-example")
    world.open_issue(wick, "ada-example", "Wick burns", "", ["good first issue"])
    world.open_pull_request(kelp, "zoe-example", "Anchor", closes=[1])
    return world


def find(world: World, query: str, viewer: str | None = None) -> list[str]:
    return [
        f"{item.repository.name}#{item.number}"
        for item in Engine(world).issues(query, viewer).items
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is:issue", "wick#1 kelp#4 kelp#3 kelp#2 kelp#1"),
        ("is:pr", "kelp#5"),
        ("is:issue archived:false", "kelp#4 kelp#3 kelp#2 kelp#1"),
        ("archived:true", "wick#1"),
        ("language:python is:issue", "kelp#4 kelp#3 kelp#2 kelp#1"),
        ('language:"C++"', "wick#1"),
        ('label:"Good First Issue"', "wick#1 kelp#1"),
        ('label:"good first issue","good-first-issue"', "wick#1 kelp#3 kelp#1"),
        ("label:bug label:'x'", ""),
        ('label:bug label:"help wanted"', "kelp#2"),
        ("is:issue -label:bug language:python no:assignee", "kelp#3 kelp#1"),
        ("is:issue no:label", "kelp#4"),
        ("is:issue no:milestone label:bug", "kelp#2"),
        ("is:issue -linked:pr language:python", "kelp#4 kelp#3 kelp#2"),
        ("linked:pr", "kelp#1"),
        ("is:issue created:2026-11-20", "kelp#2"),
        ("is:issue created:2026-11-19..2026-11-20", "kelp#2 kelp#1"),
        ("is:issue created:>2026-11-20 language:python", "kelp#4 kelp#3"),
        ("is:issue created:<=2026-11-20T12:00:00Z", "kelp#2 kelp#1"),
        ("is:issue created:<2026-11-20T12:00:00Z", "kelp#1"),
        ("is:issue created:*..2026-11-19", "kelp#1"),
        ("is:issue created:2026-11-20T12:00:00Z", "kelp#2"),
        ("is:issue created:2026-11-20T12:00:00+00:00..2026-11-21", "kelp#3 kelp#2"),
        ("is:issue created:>2026-11-20T12:00:00Z created:<2026-11-22", "kelp#3"),
        ("is:issue created:>=2026-11-20 created:<2026-11-21", "kelp#2"),
        ("is:issue -created:>=2026-11-20", "kelp#1"),
        ("updated:>=2026-11-22 is:issue", "wick#1 kelp#4"),
        ("comments:>0", "kelp#3"),
        ("comments:1..5", "kelp#3"),
        ("repo:Lantern/Wick", "wick#1"),
        ("org:lantern", "wick#1"),
        ("user:lantern", "wick#1"),
        ("author:ADA-example", "wick#1 kelp#3 kelp#1"),
        ("assignee:mo-example", "kelp#4"),
        ("commenter:mo-example", "kelp#3"),
        ("mentions:zoe-example", "kelp#3"),
        ("involves:mo-example is:issue", "kelp#4 kelp#3 kelp#2"),
        ("state:closed", ""),
        ("state:open is:pr", "kelp#5"),
        ("is:unlocked is:public is:pr", "kelp#5"),
        ("is:locked", ""),
        ("storms", "kelp#4 kelp#1"),
        ("storm", "kelp#3"),
        ("STORMS in:title", "kelp#4"),
        ("storm in:body", ""),
        ("storm in:comments,title", "kelp#3"),
        ("buoys storms", "kelp#4 kelp#1"),
        ('"storms only"', "kelp#1"),
        ('"only storms"', ""),
        ("données", "kelp#2"),
        ("数据", "kelp#3"),
        ("数图", ""),
        ("storms -drift", "kelp#4"),
        ("drift OR burns", "wick#1 kelp#1"),
        ("storms AND (drift OR burns)", "kelp#1"),
        ("is:issue language:python NOT storms", "kelp#3 kelp#2"),
        ("(label:bug OR label:good-first-issue) is:issue", "kelp#3 kelp#2"),
        ("is:issue language:python sort:created-asc", "kelp#1 kelp#2 kelp#3 kelp#4"),
        ("is:issue sort:comments-desc created:<2026-11-22", "kelp#3 kelp#2 kelp#1"),
        ("is:issue sort:updated-asc created:<2026-11-22", "kelp#1 kelp#2 kelp#3"),
        ("", "kelp#5 wick#1 kelp#4 kelp#3 kelp#2 kelp#1"),
    ],
)
def test_a_query_finds(world, query, found):
    assert find(world, query) == found.split()


def test_reactions_and_closing_reasons_can_be_asked_for(world):
    issue = world.issue("tidepool-labs/kelp", 2)
    world.react(issue, "zoe-example", "+1")
    world.react(issue, "mo-example", "heart")
    world.close(issue, "mo-example", "NOT_PLANNED")
    assert find(world, "reactions:2") == ["kelp#2"]
    assert find(world, "interactions:>=2") == ["kelp#2"]
    assert find(world, 'reason:"not planned"') == ["kelp#2"]
    assert find(world, "is:closed closed:2026-11-22") == ["kelp#2"]
    assert find(world, "is:issue sort:reactions-desc")[0] == "kelp#2"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is:merged", "kelp#6"),
        ("is:pr is:merged author:MO-example", "kelp#6"),
        ("is:pr -author:mo-example", "kelp#5"),
        ("is:pr -is:merged", "kelp#5"),
        ("reviewed-by:Zoe-Example", "kelp#6"),
        ("is:pr -reviewed-by:zoe-example", "kelp#5"),
        ("reviewed-by:ada-example", ""),
        ("is:pr commenter:ada-example", "kelp#5"),
        ("is:pr commenter:zoe-example", ""),
        ("merged:>=2026-11-23", "kelp#6"),
        ("merged:2026-11-24T12:00:00Z", "kelp#6"),
        ("merged:>2026-11-24", ""),
        ("merged:<2026-11-24", ""),
        ("-merged:>=2026-11-23 is:pr", "kelp#5"),
        ("updated:>=2026-11-23", "kelp#6 kelp#5"),
        ("is:pr updated:>=2026-11-24", "kelp#6"),
        ("is:pr sort:updated-asc", "kelp#5 kelp#6"),
    ],
)
def test_pull_requests_are_found_by_who_did_what_and_when(world, query, found):
    """Kelp's 5 is commented on a day after the clock, 6 opened with it, then reviewed, merged."""
    kelp = world.repository("tidepool-labs/kelp")
    world.advance(days=1)
    world.comment(world.pull_request("tidepool-labs/kelp", 5), "ada-example", "Nice")
    pull = world.open_pull_request(kelp, "mo-example", "Rope")
    world.review(pull, "zoe-example", "APPROVED")
    world.advance(days=1)
    world.merge(pull, "zoe-example")
    assert find(world, query) == found.split()


def test_me_is_who_asks(world):
    assert find(world, "author:@me", "mo-example") == ["kelp#2"]
    assert find(world, "author:@me") == []


def test_a_private_repository_is_searched_for_its_insiders_only(world):
    hidden = world.add_repository("lantern/hidden", private=True, collaborators=("mo-example",))
    world.open_issue(hidden, "mo-example", "Secret", "")
    assert find(world, "secret") == []
    assert find(world, "secret", "zoe-example") == []
    assert find(world, "secret is:private", "mo-example") == ["hidden#1"]
    engine = engine_of(world)
    assert engine.repositories("hidden").total == 0
    assert engine.repositories("hidden is:private", "mo-example").total == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "lantern/wick tidepool-labs/kelp"),
        ("fork:true topic:sea", "tidepool-labs/kelp zoe-example/kelp"),
        ("fork:only", "zoe-example/kelp"),
        ("topic:sea", "tidepool-labs/kelp"),
        ("topic:sea topic:data-visualization", "tidepool-labs/kelp"),
        ("topic:Sea language:rust", ""),
        ("language:c++", "lantern/wick"),
        ("stars:>=900", "lantern/wick"),
        ("stars:10..60 is:public", "tidepool-labs/kelp"),
        ("forks:>2", "lantern/wick"),
        ("license:mit", "tidepool-labs/kelp"),
        ("archived:false", "tidepool-labs/kelp"),
        ("pushed:>=2026-11-19 created:2026-11-19", "lantern/wick tidepool-labs/kelp"),
        ("user:lantern", "lantern/wick"),
        ("org:lantern repo:lantern/wick", "lantern/wick"),
        ("charts", "tidepool-labs/kelp"),
        ("charts in:name", ""),
        ("sea in:topics", "tidepool-labs/kelp"),
        ('"data visualization"', "tidepool-labs/kelp"),
        ("sort:stars-asc", "tidepool-labs/kelp lantern/wick"),
        ("sort:forks", "lantern/wick tidepool-labs/kelp"),
        ("sort:updated-desc", "lantern/wick tidepool-labs/kelp"),
    ],
)
def test_a_query_finds_repositories(world, query, found):
    items = Engine(world).repositories(query).items
    assert [repository.name_with_owner for repository in items] == found.split()


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("stars:>3", "no qualifier stars:"),
        ("topic:sea", "no qualifier topic:"),
        ("-foo:bar", "no qualifier foo:"),
        ("is:nice", "is: knows"),
        ("label:", "no value"),
        ('label:""', "no value"),
        ("language:a,b", "one value, not 2"),
        ("created:soon", "no date"),
        ("comments:>x", "no whole number"),
        ("sort:stars", "sort: knows"),
        ("sort:created-up", "sort: knows"),
        ("x in:readme", "in: knows"),
        ("archived:perhaps", "archived: knows"),
        ('"open', "not closed"),
        ("(a", "not closed"),
        ("a)", "not opened"),
        ("a OR", "missing before the end"),
        ("OR a", "missing before OR"),
        ("a AND b AND c AND d AND e AND f AND g", "more than 5"),
        ("((((((a))))))", "deeper than 5"),
        ("a" * 257, "longer than 256"),
    ],
)
def test_a_wrong_query_is_an_error(world, query, wrong):
    with pytest.raises(SearchError, match=wrong):
        Engine(world).issues(query)


def test_an_unknown_qualifier_of_repositories_is_an_error(world):
    with pytest.raises(SearchError, match="no qualifier label:"):
        Engine(world).repositories("label:bug")


def test_qualifiers_and_operators_do_not_count_towards_the_length():
    labels = ",".join(f'"label number {n}"' for n in range(60))
    parse_query(f"{'a' * 120} OR {'b' * 135} label:{labels}")
    with pytest.raises(SearchError, match="longer"):
        parse_query(f"{'a' * 120} {'b' * 136}")


def test_quotation_marks_can_be_escaped(world):
    world.open_issue(world.repository("lantern/wick"), None, "Odd", "", ['say "hi", you'])
    assert find(world, r'label:"say \"hi\", you"') == ["wick#2"]


@given(st.text(alphabet='ab:"()-\\,.<>*= ORNTAD\t数', max_size=40))
def test_any_text_is_a_query_or_a_search_error(text):
    with suppress(SearchError):
        assert parse_query(text) == parse_query(text)


def test_a_search_is_kept_until_the_world_changes(world):
    engine = engine_of(world)
    first = engine.repositories("topic:sea")
    assert engine_of(world).repositories("topic:sea") is first
    world.star(world.repository("tidepool-labs/kelp"))
    assert engine.repositories("topic:sea") is not first
    assert engine.issues("label:bug").total == 1
    world.unlabel(world.issue("tidepool-labs/kelp", 2), "bug")
    assert engine.issues("label:bug").total == 0


def test_a_kept_search_answers_narrower_dates(world):
    engine = Engine(world)
    assert engine.issues("is:issue language:python").total == 4
    narrow = engine.issues("is:issue language:python created:<=2026-11-20")
    assert [item.number for item in narrow.items] == [2, 1]


def test_no_more_than_a_thousand_are_shown_and_all_are_counted():
    world = World(NOON)
    home = world.add_repository("lantern/wick")
    for _ in range(1005):
        world.open_issue(home, "ada-example", "Wick", "")
    found = Engine(world).issues("is:issue")
    assert (found.total, len(found.items)) == (1005, 1000)
    assert found.items[0].number == 1005
