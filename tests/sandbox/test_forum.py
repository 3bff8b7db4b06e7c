"""How people talk in discussions, in the world and through the control door."""

import pytest
import requests

from bot.sandbox.discussions import slug_of
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

from .conftest import PROJECT


@pytest.fixture
def home(world: World):
    home = world.repository(PROJECT)
    home.has_discussions, home.collaborators = True, ("marisol-example",)
    return home


@pytest.fixture
def asked(world: World, home):
    return world.open_discussion(home, "ada-example", "Which map is the newest?")


def act(sandbox: Sandbox, name: str, /, **arguments: object) -> requests.Response:
    return requests.post(f"{sandbox.url}/_sandbox/{name}", json=arguments, timeout=10)


def test_issues_pull_requests_and_discussions_share_their_numbers(world, home, asked):
    pull = world.open_pull_request(home, "ada-example", "Draw it")
    issue = world.open_issue(home, "ada-example", "Draw it all", "")

    assert (asked.number, pull.number, issue.number) == (2, 3, 4)


def test_a_number_is_used_once(world, asked):
    with pytest.raises(ValueError, match="#2 already"):
        world.add(asked)


def test_where_they_are_switched_off_nobody_discusses(world, home):
    home.has_discussions = False
    with pytest.raises(ValueError, match="has no discussions"):
        world.open_discussion(home, "ada-example", "Anybody?")


def test_a_discussion_needs_a_category_that_there_is(world, home):
    with pytest.raises(ValueError, match="has the categories Announcements"):
        world.open_discussion(home, "ada-example", "Anybody?", category="Gossip")


def test_a_reply_to_a_reply_joins_its_thread(world, asked):
    said = world.discuss(asked, "marisol-example", "The blue one")
    reply = world.discuss(said, "ada-example", "Thanks")
    second = world.discuss(reply, "marisol-example", "Welcome")

    assert (reply.reply_to, second.reply_to) == (said, said)
    assert asked.comment_count == 3


def test_a_later_answer_takes_the_place_of_an_earlier_one(world, asked):
    first, second = (world.discuss(asked, "marisol-example", text) for text in ("Blue", "Red"))
    world.choose_answer(first, "ada-example")
    world.choose_answer(second, "marisol-example")

    assert (first.is_answer, second.is_answer) == (False, True)
    assert (asked.chooser, asked.answer_chosen_at) == ("marisol-example", world.now)


def test_strangers_choose_no_answer(world, asked):
    said = world.discuss(asked, "zoe-example", "Mine")
    with pytest.raises(ValueError, match="zoe-example has no say"):
        world.choose_answer(said, "zoe-example")


def test_a_reply_and_an_idea_are_no_answers(world, home, asked):
    reply = world.discuss(world.discuss(asked, "zoe-example", "Blue"), "ada-example", "Thanks")
    idea = world.open_discussion(home, "ada-example", "Globes", category="Ideas")
    for said in (reply, world.discuss(idea, "zoe-example", "Round")):
        with pytest.raises(ValueError, match="can not be marked"):
            world.choose_answer(said, "ada-example")


def test_a_vote_counts_once(world, asked):
    before = asked.updated_at
    world.advance(hours=1)
    for login in ("zoe-example", "Zoe-Example", "ada-example"):
        world.upvote(asked, login)

    assert (asked.upvote_count, asked.updated_at) == (2, before)


def test_a_closed_discussion_can_be_opened_again(world, asked):
    world.close_discussion(asked, "ada-example", "DUPLICATE")
    assert (asked.state, asked.state_reason) == ("CLOSED", "DUPLICATE")
    world.reopen_discussion(asked, "marisol-example")
    assert (asked.state, asked.state_reason, asked.closed_at) == ("OPEN", "REOPENED", None)


def test_a_discussion_is_closed_for_a_reason_that_there_is(world, asked):
    with pytest.raises(ValueError, match="closed as RESOLVED"):
        world.close_discussion(asked, "ada-example", "BORED")


def test_what_is_said_is_written_down_with_its_place(world, asked):
    world.discuss(asked, "marisol-example", "The blue one")

    row = world.writes[-1]

    assert (row["act"], row["repository"], row["number"]) == ("discuss", PROJECT, asked.number)


def test_people_discuss_through_the_door(sandbox: Sandbox, world: World, home):
    ask = {"login": "ada-example", "repository": PROJECT}
    number = act(sandbox, "open_discussion", **ask, title="How?", category="Q&A").json()["number"]
    place = {"login": "marisol-example", "repository": PROJECT, "number": number}
    said = act(sandbox, "discuss", **place, body="So").json()["id"]
    act(sandbox, "discuss", **place, body="And so", comment=said)
    act(sandbox, "choose_answer", **place, comment=said)
    act(sandbox, "close_discussion", **place, reason="OUTDATED")

    made = world.discussion(PROJECT, number)
    assert [(one.body, one.reply_to is None) for one in made.comments] == [
        ("So", True),
        ("And so", False),
    ]
    assert (made.is_answered, made.state_reason) == (True, "OUTDATED")
    act(sandbox, "withdraw_answer", **place)
    act(sandbox, "reopen_discussion", **place)
    assert (made.is_answered, made.state) == (False, "OPEN")


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("discuss", {"number": 9, "body": "x"}, "there is no discussion"),
        ("choose_answer", {"number": 2, "comment": 7}, "there is no comment 7"),
        ("open_discussion", {"title": "x", "category": "Gossip"}, "has the categories"),
    ],
)
def test_the_door_says_what_is_wrong(sandbox, asked, name, arguments, message):
    answer = act(sandbox, name, login="ada-example", repository=PROJECT, **arguments)

    assert answer.status_code == 422
    assert message in answer.json()["message"]


def test_a_category_has_a_name_for_addresses():
    assert [slug_of(name) for name in ("Q&A", "Show and tell", "Ideas!")] == [
        "q-a",
        "show-and-tell",
        "ideas",
    ]
