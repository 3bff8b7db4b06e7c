"""Whole scores: their sum, their order, and what they rest on."""

import math
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ranking import beginner, lasting
from bot.ranking.answers import Answers
from bot.ranking.card import read_card
from bot.ranking.past import NO_PAST, Past
from bot.ranking.rank import BASE, UNTOLD, build_ranker, rank_issues, score_issue
from bot.ranking.score import logistic
from bot.ranking.standing import STANDING
from bot.subscriptions.student import Skill
from tests.builders_core import (
    NOW,
    build_comment,
    build_details,
    build_facts,
    build_issue,
    build_matcher,
    build_repository,
    build_student,
    days_ago,
)
from tests.ranking.strategies import INTERESTS, corpora, issues, students, unhurried
from tests.wording import worded

OWN = ("language", "interest", "kind", "size")
CARDS = tuple(
    dict.fromkeys(
        curve.reason
        for module in (beginner, lasting)
        for curve in read_card(module.CARD).curves
        if curve.reason not in module.CONFOUNDERS
    )
)
FEATURES = ("base", *OWN, *CARDS, *(feature.__name__ for feature in STANDING))
ANSWERS = Answers(topics={"tides": 0.7, "sky": -0.4})
HOME = "lumen-lab/starcharts"


def commented(n_comments):
    return build_issue(details=build_details(n_comments=n_comments))


def features(issue, student=None):
    return [one.feature for one in score_issue(issue, student or build_student(), NOW).reasons]


def score(issue, student):
    return score_issue(issue, student, NOW).log_odds


@unhurried
@given(issues, students)
def test_the_contributions_are_the_score(issue, student):
    ranked = score_issue(issue, student, NOW)

    total = sum(reason.contribution for reason in ranked.reasons)
    assert abs(total - ranked.log_odds) < 1e-9
    assert ranked.score == logistic(ranked.log_odds)
    assert ranked.reasons[0] == BASE
    assert all(
        math.isfinite(reason.contribution) and worded(reason.saying) for reason in ranked.reasons
    )


@unhurried
@given(issues, students)
def test_every_contribution_has_words_of_its_own(issue, student):
    assert UNTOLD not in [one.saying for one in score_issue(issue, student, NOW).reasons]


@unhurried
@given(corpora, students, st.sampled_from([NO_PAST, Past(), Past(ANSWERS, frozenset({HOME}))]))
def test_a_ledger_adds_up_to_what_the_issue_was_ranked_by(found, student, past):
    ranker = build_ranker(build_matcher(*found), NOW)
    rows = np.arange(len(found), dtype=np.int32)

    scored = ranker.rank(student, rows, len(found), past)
    told = ranker.explain(student, [one.issue.ref for one in scored], past)

    assert [one.issue for one in told] == [one.issue for one in scored]
    assert all(
        abs(ledger.log_odds - one.log_odds) < 1e-9 for ledger, one in zip(told, scored, strict=True)
    )


@unhurried
@given(corpora, students)
def test_a_ledger_is_the_same_alone_and_among_others(found, student):
    ranker = build_ranker(build_matcher(*found), NOW)

    for ledger in ranker.explain(student, [one.ref for one in found]):
        alone = score_issue(ledger.issue, student, NOW)
        assert [(one.feature, one.saying) for one in ledger.reasons] == [
            (one.feature, one.saying) for one in alone.reasons
        ]
        assert ledger.log_odds == pytest.approx(alone.log_odds, abs=1e-12)


def test_a_ledger_is_the_same_in_a_large_catalogue():
    others = [
        build_issue(n, title=f"Print tides {n}", created_at=days_ago(10)) for n in range(13, 1_013)
    ]
    student = build_student(languages=["Python"], interests=["tides", "charts"])
    ranker = build_ranker(build_matcher(*others[:500], build_issue(), *others[500:]), NOW)

    (ledger,) = ranker.explain(student, [build_issue().ref])

    assert ledger == score_issue(build_issue(), student, NOW)


@unhurried
@given(issues, students)
def test_a_feature_speaks_once_under_its_own_name(issue, student):
    names = features(issue, student)

    assert names == [name for name in FEATURES if name in names]


def test_every_feature_speaks_of_an_issue_of_which_all_is_known():
    everything = build_facts(topics=("tides",), guide="https://example.org/guide")
    details = build_details(build_comment("Hm", association="MEMBER"))
    issue = build_issue(repository=build_repository(facts=everything), details=details)
    student = build_student(languages=["Python"], interests=["tides"])

    assert features(issue, student) == list(FEATURES)


def test_the_unknown_contributes_nothing():
    unknown = build_issue(repository=build_repository(facts=None), details=None)

    silent = {"stars", "activity", "guide", "replies", "clarity"}
    silent |= {"workflow", "newcomers", "discussion"}
    assert not silent & set(features(unknown))
    assert silent - {"guide", "replies"} <= set(features(build_issue()))


def test_confounders_are_left_out():
    assert {"reporter", "company"} == beginner.CONFOUNDERS | lasting.CONFOUNDERS
    assert not {"reporter", "company"} & set(features(build_issue()))

    by_member = build_issue(association="MEMBER")
    assert score(by_member, build_student()) == score(build_issue(), build_student())


@unhurried
@given(issues, students, st.sampled_from(INTERESTS))
def test_a_further_interest_never_lowers_a_score(issue, student, interest):
    further = student.model_copy(update={"interests": (*student.interests, interest)})

    assert score(issue, further) >= score(issue, student) - 1e-9


@unhurried
@given(issues, students, st.sampled_from(["tides", "astronomy", "machine-learning", "physics"]))
def test_a_further_topic_never_lowers_a_score(issue, student, topic):
    facts = issue.repository.facts or build_facts(topics=())
    before, after = (
        replace(issue, repository=replace(issue.repository, facts=replace(facts, topics=topics)))
        for topics in (facts.topics, (*(facts.topics or ()), topic))
    )

    assert score(after, student) >= score(before, student) - 1e-9


def test_a_topic_that_a_student_cares_for_raises_a_score():
    student = build_student(languages=["Python"], interests=["tides"])
    tides = build_issue(repository=build_repository(facts=build_facts(topics=("charts", "tides"))))

    assert score(tides, student) > score(build_issue(), student)


@unhurried
@given(issues, students)
def test_a_known_language_never_lowers_a_score(issue, student):
    known = dict.fromkeys(student.languages, Skill.FLUENT)
    fluent = student.model_copy(update={"languages": known})

    assert score(issue, fluent) >= score(issue, student) - 1e-9


@unhurried
@given(issues, students)
def test_a_further_language_never_lowers_a_score(issue, student):
    further = student.model_copy(update={"languages": {"Rust": Skill.FLUENT, **student.languages}})

    assert score(issue, further) >= score(issue, student) - 1e-9


@unhurried
@given(corpora, st.randoms(), students)
def test_the_order_of_the_input_does_not_matter(found, random, student):
    shuffled = list(found)
    random.shuffle(shuffled)

    ranked = rank_issues(found, student, NOW, 5)

    assert rank_issues(shuffled, student, NOW, 5) == ranked
    assert len(ranked) == min(5, len(found))
    keys = [(-one.log_odds, one.issue.ref) for one in ranked]
    assert [key for key, _ in keys] == pytest.approx(sorted(key for key, _ in keys), abs=1e-9)


def test_ties_stand_by_reference():
    # Beyond these numbers the survival card's curve is level.
    found = [
        build_issue(50_009, repository="lumen-lab/b"),
        build_issue(100_010, repository="lumen-lab/a"),
        build_issue(50_009, repository="lumen-lab/a"),
    ]

    for n_best in (1, 2, 3):
        orders = {
            tuple(str(one.issue.ref) for one in rank_issues(some, build_student(), NOW, n_best))
            for some in permutations(found)
        }
        assert orders == {("lumen-lab/a#50009", "lumen-lab/a#100010", "lumen-lab/b#50009")[:n_best]}


def test_only_the_best_are_kept():
    old = [build_issue(n, created_at=days_ago(100 * n)) for n in range(1, 6)]
    fresh = build_issue(9, created_at=days_ago(1))

    (best,) = rank_issues([*old, fresh], build_student(), NOW, 1)

    assert best.issue is fresh


def test_only_the_rows_that_are_asked_for_are_ranked():
    found = [build_issue(n, created_at=days_ago(3 * n)) for n in (1, 2, 3)]
    ranker = build_ranker(build_matcher(*found), NOW)

    scored = ranker.rank(build_student(), ranker.matcher.catalogue.rows(found[:0:-1]), 9)

    assert [one.issue.ref.number for one in scored] == [2, 3]


def test_nothing_is_ranked_where_nothing_is():
    student = build_student(languages=["Python"], interests=["tides", "sky"])

    assert rank_issues([], student, NOW, 3) == ()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (build_issue(title="Print tides"), build_issue()),
        (build_issue(labels=("good first issue",)), build_issue(labels=("help wanted",))),
        (build_issue(created_at=days_ago(2)), build_issue(created_at=days_ago(800))),
        (commented(0), commented(40)),
        (build_issue(title="Fix a typo"), build_issue(title="Rewrite the parser")),
        (build_issue(), build_issue(repository=build_repository(facts=build_facts(stars=0)))),
    ],
)
def test_what_suits_a_newcomer_better_stands_higher(better, worse):
    student = build_student(languages=["Python"], interests=["tides"])
    worse = replace(worse, ref=replace(worse.ref, number=1))

    ranked = rank_issues([worse, better], student, NOW, 2)

    assert ranked[0].issue == better
    assert ranked[0].log_odds > ranked[1].log_odds
