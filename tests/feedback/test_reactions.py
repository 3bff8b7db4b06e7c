"""A thumb counts for every pick of its digest; what is neither for nor against does not count."""

from datetime import timedelta

import pytest

from bot.feedback.answer import AnswerKind
from bot.feedback.desk import Reaction
from bot.feedback.reactions import answers_in, was_taken_back
from tests.feedback.told import AT, KNOTS, SENT_AT, TIDES, build_answer, build_sent, days

SENT = (build_sent(TIDES, KNOTS),)


def reaction(content="+1", **changes):
    fields = {"id": 5, "week": "2026-W47", "login": "Ada-Example", "author": "ada-example"}
    return Reaction(content=content, at=AT, **fields | changes)


@pytest.mark.parametrize("content", ["+1", "heart", "hooray", "rocket", "-1", "confused"])
def test_a_reaction_says_the_same_of_every_pick(content):
    found = answers_in(reaction(content), SENT)

    kind = AnswerKind.DISLIKED if content in ("-1", "confused") else AnswerKind.LIKED
    assert [(one.kind, one.ref, one.topics, one.position) for one in found] == [
        (kind, TIDES, ("topic-1",), 0),
        (kind, KNOTS, ("topic-2",), 1),
    ]
    assert {(one.login, one.at, one.source) for one in found} == {("ada-example", AT, "reaction 5")}


@pytest.mark.parametrize("content", ["laugh", "eyes", "something-new"])
def test_what_is_neither_for_nor_against_is_no_answer(content):
    assert answers_in(reaction(content), SENT) == ()


@pytest.mark.parametrize("sent", [(), (build_sent(),), (build_sent(TIDES, week="2026-W46"),)])
def test_a_reaction_to_a_digest_of_no_known_picks_is_about_nothing(sent):
    (only,) = answers_in(reaction(), sent)
    assert (only.kind, only.ref, only.topics, only.source) == ("liked", None, (), "reaction 5")


@pytest.mark.parametrize(
    ("source", "ref", "since", "is_gone"),
    [
        ("reaction 5", TIDES, SENT_AT, True),
        ("reaction 5", TIDES, SENT_AT + timedelta(seconds=1), False),
        ("reaction 5", None, SENT_AT, False),
        ("comment 5", TIDES, SENT_AT, False),
    ],
)
def test_only_a_reaction_to_a_digest_that_was_read_can_be_taken_back(source, ref, since, is_gone):
    answers = [build_answer("liked", ref, source=source)]
    assert was_taken_back(source, answers, SENT, since) is is_gone
    assert not was_taken_back(source, answers, (), since - days(1))
