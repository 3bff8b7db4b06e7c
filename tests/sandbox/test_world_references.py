"""Which texts leave back-links and notify people, as on GitHub."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.references import find_mentions, find_references
from bot.sandbox.world import World

ONE = {("lantern/wick", 12)}
HERE = {("club/digests", 12)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see #12", HERE),
        ("GH-12", HERE),
        ("(#12)", HERE),
        (r"\#12", HERE),
        ("&#35;12", HERE),
        ("lantern/wick#12", ONE),
        ("Lantern/Wick#12", ONE),
        ("https://github.com/lantern/wick/issues/12", ONE),
        ("http://www.github.com/lantern/wick/pull/12#issuecomment-1", ONE),
        ("[text](https://github.com/lantern/wick/issues/12)", ONE),
        ("<https://github.com/lantern/wick/discussions/12>", ONE),
    ],
)
def test_a_text_refers_to_what_github_would_link(text, found):
    assert find_references(text, "club/digests") == found


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "#&#8203;12",
        "#\u200b12",
        "`#12`",
        "``lantern/wick#12``",
        "```\nhttps://github.com/lantern/wick/issues/12\n```",
        "<!-- #12 -->",
        "https://redirect.github.com/lantern/wick/issues/12",
        "[lantern/wick#12](https://redirect.github.com/lantern/wick/issues/12)",
        "[#12](https://example.org)",
        "https://github.com/lantern/wick",
        "https://github.com/lantern/wick/issues",
        "colour#12",
        "a#b",
    ],
)
def test_a_text_hides_what_github_would_not_link(text):
    assert find_references(text, "club/digests") == set()


def test_people_are_notified_unless_the_name_is_hidden():
    assert find_mentions("@Ada-Example and (@mo-example), thanks") == {"ada-example", "mo-example"}
    assert find_mentions("`@ada-example` @&#8203;mo-example a@zoe-example.org @org/team") == set()


@given(st.text())
def test_any_text_can_be_looked_through(text):
    assert isinstance(find_references(text, "a/b"), set)
    assert isinstance(find_mentions(text), set)


@pytest.fixture
def world():
    return World(datetime(2026, 11, 22, tzinfo=UTC))


def test_a_post_in_another_repository_leaves_a_back_link(world):
    wick = world.add_repository("lantern/wick")
    target = world.open_issue(wick, "ada-example", "Wick burns", "")
    digests = world.add_repository("club/digests")
    post = world.open_issue(digests, "bot-example", "Digest", "lantern/wick#1")
    event = target.timeline[-1]
    assert (event.kind, event.actor) == ("CrossReferencedEvent", "bot-example")
    assert event.issue is post
    assert event.cross_repository
    assert not event.will_close


def test_a_comment_leaves_one_back_link_however_often_it_is_edited(world):
    wick = world.add_repository("lantern/wick")
    target = world.open_issue(wick, "ada-example", "Wick burns", "")
    post = world.open_issue(world.add_repository("club/digests"), "bot-example", "Digest", "")
    comment = world.comment(post, "bot-example", "https://github.com/lantern/wick/issues/1")
    world.edit_comment(comment, "lantern/wick#1 again")
    assert len(target.timeline) == 1


def test_a_neutral_post_leaves_nothing_on_its_target(world):
    wick = world.add_repository("lantern/wick")
    target = world.open_issue(wick, "ada-example", "Wick burns", "")
    digests = world.add_repository("club/digests")
    body = "[Wick burns](https://redirect.github.com/lantern/wick/issues/1)"
    world.edit_issue(world.open_issue(digests, "b-example", "Digest", body), None, body=body)
    assert target.timeline == []


def test_an_issue_does_not_refer_to_itself(world):
    wick = world.add_repository("lantern/wick")
    assert world.open_issue(wick, "ada-example", "Wick", "I am #1").timeline == []
