"""What follows from answers: bounded, symmetric, fading, and whatever the order."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feedback import weights
from bot.feedback.answer import AnswerKind
from bot.feedback.weights import (
    HALF_LIFE,
    KEPT_AWAY,
    answers_of,
    less_of,
    let_go,
    said_of,
    tally_of,
)
from bot.ranking import weights as w
from bot.ranking.answers import NO_ANSWERS, Manner
from bot.subscriptions.student import Exclusions
from bot.terms import IssueRef
from tests.feedback.told import AT, KNOTS, TIDES, build_answer, days, weeks

OPPOSITE = {"more": "less", "less": "more", "liked": "disliked", "disliked": "liked"}
TOPICS = ["astronomy", "tides", "charts", "games", "web", "python", "hacktoberfest"]
NAMES = ["astronomy", "games", "lumen-lab/tides", "anchor-guild/knots", "sails"]

NOTHING = days(0)

moments = st.integers(0, 300).map(lambda n: AT - days(n))
refs = st.builds(IssueRef, st.sampled_from(["lumen-lab/Tides", "a/b", "c/d"]), st.integers(1, 4))
picked = st.builds(
    lambda kind, ref, topics, at, n: build_answer(
        kind, ref, topics=tuple(topics), at=at, source=f"comment {n}"
    ),
    st.sampled_from(list(OPPOSITE)),
    refs,
    st.lists(st.sampled_from(TOPICS), max_size=4),
    moments,
    st.integers(1, 9),
)
named = st.builds(
    lambda kind, name, at, n: build_answer(kind, name, at=at, source=f"comment {n}"),
    st.sampled_from(["more", "less"]),
    st.sampled_from(NAMES),
    moments,
    st.integers(1, 9),
)
others = st.builds(
    lambda kind, ref, at: build_answer(kind, ref, at=at),
    st.sampled_from(["took", "done"]),
    refs,
    moments,
)


def apart(said):
    """No two of one moment: what comes later is told by the moment alone."""
    return [
        replace(one, at=one.at + days(place / 1_000), position=place)
        for place, one in enumerate(said)
    ]


answered = st.lists(st.one_of(picked, named, others), max_size=25).map(apart)


def of(*said, after=NOTHING):
    return answers_of(said, AT + after)


def sizes(answers):
    return {
        name: abs(share) for name, share in [*answers.topics.items(), *answers.repositories.items()]
    }


def test_nothing_said_is_nothing_to_add():
    assert of() is NO_ANSWERS
    assert of(build_answer("took", TIDES), build_answer("stop")) is NO_ANSWERS


def test_a_number_moves_the_project_a_little_and_its_topics_in_shares():
    answers = of(build_answer("more", TIDES, topics=("tides", "charts")))

    assert answers.repositories == {"lumen-lab/tides": pytest.approx(0.379, abs=0.001)}
    assert answers.topics["tides"] == answers.topics["charts"] == pytest.approx(0.291, abs=0.001)
    assert answers.origins["tides"].manner is Manner.PICK


def test_what_every_project_carries_is_no_taste():
    topics = ("tides", "python", "hacktoberfest", "good-first-issue", "open-source")
    answers = of(build_answer("more", TIDES, topics=topics))
    assert answers.topics == {"tides": pytest.approx(0.537, abs=0.001)}


def test_a_name_moves_that_name_under_all_that_it_is_called():
    answers = of(build_answer("more", "data-visualization"))

    assert answers.topics["dataviz"] == answers.topics["data-viz"] == pytest.approx(0.768, abs=1e-3)
    assert answers.origins["dataviz"].name == "data-visualization"
    assert of(build_answer("more", "dataviz")) == answers


def test_a_project_that_is_named_is_no_topic():
    answers = of(build_answer("more", "lumen-lab/tides"))
    assert (answers.topics, list(answers.repositories)) == ({}, ["lumen-lab/tides"])


def test_a_thumb_counts_for_each_pick_and_far_less_than_a_number():
    liked = [
        build_answer("liked", ref, source="reaction 5", topics=("tides",)) for ref in (TIDES, KNOTS)
    ]
    answers, numbered = of(*liked), of(build_answer("more", TIDES, topics=("tides",)))

    assert sorted(answers.repositories) == ["anchor-guild/knots", "lumen-lab/tides"]
    name = "lumen-lab/tides"
    assert answers.repositories[name] < numbered.repositories[name] / 4
    assert answers.origins["tides"].manner is Manner.REACTION


def test_two_thumbs_for_one_digest_are_one():
    one, other = (build_answer("liked", TIDES, source=f"reaction {n}") for n in (5, 6))
    assert of(one, other) == of(one)


def test_the_last_word_counts():
    more = build_answer("more", TIDES, topics=("tides",), at=AT - days(3))
    less = build_answer("less", TIDES, topics=("tides",), at=AT - days(1))
    assert of(more, less) == of(less)


def test_saying_it_again_renews_it():
    before = build_answer("more", "astronomy", at=AT - weeks(12))
    assert of(before, build_answer("more", "astronomy")) == of(build_answer("more", "astronomy"))


def test_an_answer_counts_half_as_much_after_its_half_life():
    said = build_answer("more", TIDES)
    fresh, later = of(said), of(said, after=HALF_LIFE)
    assert later.repositories["lumen-lab/tides"] == pytest.approx(
        fresh.repositories["lumen-lab/tides"] / 2, rel=0.05
    )


def test_a_name_counts_for_as_long_as_less_of_it_keeps_it_away():
    said = build_answer("more", "astronomy")
    assert of(said).origins["astronomy"].n_weeks == KEPT_AWAY / weeks(1)
    assert of(said, after=KEPT_AWAY - weeks(1)) is not NO_ANSWERS
    assert of(said, after=KEPT_AWAY) is NO_ANSWERS


def test_what_was_said_after_the_run_began_counts_whole():
    said = build_answer("more", "astronomy")
    assert of(said, after=-days(1)) == of(said)


@given(answered)
def test_no_name_is_moved_further_than_its_bound_or_less_than_the_least(said):
    for share in sizes(of(*said)).values():
        assert w.ANSWERS_LEAST <= share < w.ANSWERS_NAME_MOST


def test_however_often_it_is_said_it_stays_in_bounds_and_fades_each_week():
    said = [build_answer("more", IssueRef("a/b", n), topics=("tides",)) for n in range(2_000)]
    shares = [of(*said, after=weeks(n)).topics["tides"] for n in range(20)]
    assert shares == sorted(set(shares), reverse=True)
    assert shares[0] < w.ANSWERS_NAME_MOST


@given(answered)
def test_less_is_as_much_as_more(said):
    turned = [replace(one, kind=AnswerKind(OPPOSITE.get(one.kind, str(one.kind)))) for one in said]
    straight, opposite = of(*said), of(*turned)

    assert opposite.topics == {name: -share for name, share in straight.topics.items()}
    assert opposite.repositories == {name: -share for name, share in straight.repositories.items()}


@settings(max_examples=30, deadline=None)
@given(answered)
def test_all_fades_each_week_and_is_gone_when_it_is_said_to_be(said):
    first = of(*said)
    before = sizes(first)
    for n in range(1, 60):
        after = of(*said, after=weeks(n))
        now = sizes(after)
        assert now.keys() <= before.keys()
        assert all(share < before[name] for name, share in now.items())
        ended = {name for name, origin in first.origins.items() if origin.n_weeks <= n}
        assert now.keys() == sizes(first).keys() - ended
        before = now
    assert before == {}


@given(answered, st.randoms())
def test_the_order_of_answers_does_not_matter(said, dice):
    mixed = list(said)
    dice.shuffle(mixed)
    for follows in (lambda some: answers_of(some, AT), lambda some: less_of(some, AT)):
        assert follows(mixed) == follows(said)
    assert let_go(mixed) == let_go(said)
    assert said_of(mixed) == said_of(said)


def test_less_of_a_name_keeps_it_away_until_more_of_the_same_name_or_half_a_year():
    less = build_answer("less", "data-visualization")
    project = build_answer("less", "lumen-lab/tides")
    more = build_answer("more", "dataviz", at=AT + days(1))

    both = Exclusions(repositories=("lumen-lab/tides",), topics=("data-visualization",))
    assert less_of([less, project], AT) == both
    assert less_of([less, project], AT + KEPT_AWAY - days(1)) == both
    assert less_of([less, project], AT + KEPT_AWAY) == Exclusions()
    assert less_of([more, less], AT + days(1)) == Exclusions()
    assert less_of([replace(more, at=AT - days(1)), less], AT).topics == ("data-visualization",)


def test_less_of_a_number_keeps_nothing_away():
    assert less_of([build_answer("less", TIDES, topics=("tides",))], AT) == Exclusions()


@pytest.mark.parametrize("later", ["took", "more", "done"])
def test_who_wants_less_of_a_pick_lets_go_of_it_until_they_say_otherwise(later):
    less = build_answer("less", TIDES)
    assert let_go([less]) == {TIDES.folded}
    assert let_go([less, build_answer(later, TIDES, at=AT + days(1))]) == frozenset()


@pytest.mark.parametrize(
    ("earlier", "is_let_go"), [("took", True), ("more", True), ("done", False)]
)
def test_what_is_done_is_not_let_go_of(earlier, is_let_go):
    said = [build_answer(earlier, TIDES, at=AT - days(1)), build_answer("less", TIDES)]
    assert bool(let_go(said)) is is_let_go


def test_a_name_is_no_pick_to_let_go_of():
    assert let_go([build_answer("less", "lumen-lab/tides")]) == frozenset()


def test_what_was_taken_and_done_is_told_by_issue():
    took, done = build_answer("took", TIDES), build_answer("done", TIDES, at=AT + days(2))
    other = build_answer("took", KNOTS)

    assert said_of([took, other]) == {
        TIDES.folded: (AnswerKind.TOOK, AT),
        KNOTS: (AnswerKind.TOOK, AT),
    }
    assert said_of([done, took])[TIDES.folded] == (AnswerKind.DONE, AT + days(2))
    again = build_answer("took", TIDES, at=AT + days(3))
    assert said_of([done, again])[TIDES.folded] == (AnswerKind.DONE, AT + days(2))


def test_who_wants_less_after_taking_has_let_go():
    said = [build_answer("took", TIDES), build_answer("less", TIDES, at=AT + days(1))]
    assert said_of(said) == {}
    assert said_of([replace(said[0], at=AT + days(2)), said[1]])[TIDES.folded][0] == "took"


def test_the_constants_keep_their_order():
    assert w.REACTION_PROJECT <= w.ANSWER_PROJECT / 4
    assert w.REACTION_TOPICS <= w.ANSWER_TOPICS / 4
    assert w.ANSWER_PROJECT + w.ANSWER_TOPICS <= w.ANSWER_NAMED
    assert w.ANSWERS_NAME_MOST < w.ANSWERS_MOST
    assert weights.KEPT_AWAY > 2 * HALF_LIFE


def test_a_thumb_is_one_answer_whatever_it_is_about():
    said = [
        build_answer("liked", ref, source="reaction 5", position=place)
        for place, ref in enumerate((TIDES, KNOTS))
    ]
    said += [build_answer("more", ref, position=n) for n, ref in enumerate((TIDES, KNOTS))]
    assert tally_of(said) == {"liked": 1, "more": 2}
