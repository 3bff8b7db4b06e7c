"""What a student's answers add."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking import weights as w
from bot.ranking.answers import (
    NO_ANSWERS,
    Answers,
    Manner,
    Origin,
    answers_column,
    tell_answers,
)
from bot.ranking.past import Past
from bot.ranking.rank import build_ranker
from tests.builders_core import (
    NOW,
    build_facts,
    build_issue,
    build_matcher,
    build_repository,
    build_student,
)
from tests.wording import worded

TIDES = build_repository("lumen-lab/Tides", facts=build_facts(topics=("tides", "charts")))
KNOTS = build_repository("anchor-guild/knots", facts=build_facts(topics=None))
ISSUES = (build_issue(1, repository=TIDES), build_issue(2, repository=KNOTS))
shares = st.floats(-5, 5)


def added(answers):
    return list(answers_column(answers, build_matcher(*ISSUES).catalogue))


@pytest.mark.parametrize(
    ("answers", "column"),
    [
        (NO_ANSWERS, [0, 0]),
        (Answers(topics={"tides": 0.5}), [0.5, 0]),
        (Answers(topics={"tides": 0.5, "charts": -0.25}), [0.25, 0]),
        (Answers(repositories={"lumen-lab/tides": -0.5}), [-0.5, 0]),
        (Answers({"charts": 0.5}, {"lumen-lab/tides": 0.5}), [1, 0]),
        (Answers({"sails": 0.5}, {"lumen-lab/sails": 0.5}), [0, 0]),
    ],
)
def test_answers_of_topics_and_projects_add_up(answers, column):
    assert added(answers) == column


def test_answers_are_bounded():
    assert added(Answers(topics={"tides": 9.0}))[0] == w.ANSWERS_MOST
    assert added(Answers(repositories={"anchor-guild/knots": -9.0}))[1] == -w.ANSWERS_MOST


def test_a_project_of_unknown_facts_has_no_topics():
    nothing = build_issue(repository=build_repository(facts=None))

    assert list(
        answers_column(Answers(topics={"tides": 1.0}), build_matcher(nothing).catalogue)
    ) == [0]


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (Answers(topics={"tides": 0.5, "charts": 0.2}), "you asked for more of tides"),
        (Answers(topics={"tides": 0.5, "charts": -0.7}), "you asked for less of charts"),
        (Answers(repositories={"lumen-lab/tides": 0.1}), "you asked for more of lumen-lab/Tides"),
        (NO_ANSWERS, None),
        (Answers(topics={"sails": 0.5}), None),
        (
            Answers({"tides": 0.5, "charts": -0.3}, {"lumen-lab/tides": -0.3}),
            "you asked for less of charts",
        ),
        (Answers(topics={"tides": 0.5, "charts": -0.5}), "you asked for less of charts"),
    ],
)
def test_the_strongest_answer_is_told(answers, text):
    assert worded(tell_answers(answers, TIDES)) == text


@pytest.mark.parametrize(
    ("share", "origin", "text"),
    [
        (
            0.5,
            Origin("tides", Manner.NAMED, 25),
            "you asked for more of tides (fades within 25 weeks)",
        ),
        (
            -0.5,
            Origin("tides", Manner.NAMED, 1),
            "you asked for less of tides (fades within 1 week)",
        ),
        (
            0.2,
            Origin("tides", Manner.PICK, 9),
            "you asked for more like a pick of tides (fades within 9 weeks)",
        ),
        (
            0.1,
            Origin("tides", Manner.REACTION, 4),
            "you liked a digest with tides in it (fades within 4 weeks)",
        ),
        (
            -0.1,
            Origin("tides", Manner.REACTION, 4),
            "you disliked a digest with tides in it (fades within 4 weeks)",
        ),
    ],
)
def test_an_answer_is_told_as_it_was_given_and_for_how_long_it_counts(share, origin, text):
    told = tell_answers(Answers({"tides": share}, origins={"tides": origin}), TIDES)

    assert worded(told) == text


def test_a_topic_counts_once_under_all_its_names():
    origin = Origin("tide", Manner.NAMED, 9)
    answers = Answers({"tides": 0.5, "charts": 0.5}, origins={"tides": origin, "charts": origin})

    assert added(answers) == [0.5, 0]
    assert (
        worded(tell_answers(answers, TIDES)) == "you asked for more of tide (fades within 9 weeks)"
    )


@settings(deadline=None, max_examples=30)
@given(shares, shares)
def test_answers_move_a_score_by_what_they_say_and_their_bound_at_most(topic, repository):
    answers = Answers({"tides": topic}, {"lumen-lab/tides": repository})
    ranker, student = build_ranker(build_matcher(*ISSUES), NOW), build_student()

    moved = ranker.score(student, Past(answers)) - ranker.score(student)

    most = max(-w.ANSWERS_MOST, min(w.ANSWERS_MOST, topic + repository))
    assert list(moved) == [pytest.approx(most, abs=1e-9), 0]
    (ledger, _) = ranker.explain(student, [one.ref for one in ISSUES], Past(answers))
    told = [one for one in ledger.reasons if one.feature == "answers"]
    assert sum(one.contribution for one in told) == pytest.approx(most, abs=1e-9)
