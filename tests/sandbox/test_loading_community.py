"""How files and discussions are read from a world file."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.files import GUIDE, find_file
from tests.sandbox.test_loading import CLOCK, KELP, load

__all__ = ["load"]

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOME = "tidepool-labs/kelp"
ASKED = {"type": "discussion", "repository": HOME, "number": 7, "title": "How deep?"}


def test_files_lie_at_their_paths(load):
    home = load(CLOCK, KELP | {"files": {"docs/CONTRIBUTING.md": "Ask."}}).repository(HOME)

    assert find_file(home, GUIDE) == "docs/CONTRIBUTING.md"


def test_a_discussion_has_what_its_row_says(load):
    said = {"author": "mo-example", "association": "MEMBER", "body": "Nine", "answer": True}
    comments = [said | {"created_at": "-1d"}, {"author": "ben-example", "created_at": "-2d"}]
    world = load(
        CLOCK,
        ASKED | {"author": "zoe-example", "created_at": "-3d", "comments": comments},
        KELP | {"has_discussions": True},
    )

    made = world.discussion(HOME, 7)

    assert [one.author for one in made.comments] == ["ben-example", "mo-example"]
    assert (made.answer.body, made.answer.association) == ("Nine", "MEMBER")
    assert (made.answer_chosen_at, made.chooser) == (NOON - timedelta(days=1), "zoe-example")
    assert (made.created_at, made.updated_at) == (
        NOON - timedelta(days=3),
        NOON - timedelta(days=1),
    )
    assert world.node(made.answer.node_id) is made.answer
    assert made.repository.next_number == 8


def test_a_closed_discussion_is_closed(load):
    made = load(CLOCK, KELP, ASKED | {"closed_at": "-1h", "category": "Ideas"}).discussion(HOME, 7)

    assert (made.closed, made.state_reason, made.is_answered) == (True, "RESOLVED", None)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (ASKED | {"category": "Gossip"}, "no discussions about Gossip"),
        (ASKED | {"category": "Ideas", "comments": [{"answer": True}]}, "Ideas has no answers"),
        (ASKED | {"repository": "no/where"}, "no row for the repository no/where"),
        (ASKED | {"state": "CLOSED"}, "Extra inputs"),
    ],
)
def test_a_row_that_can_not_be_is_refused(load, row, message):
    with pytest.raises(ValueError, match=message):
        load(CLOCK, KELP, row)
