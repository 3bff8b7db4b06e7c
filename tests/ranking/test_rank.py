"""Whole scores: their sum, their order, and what may not move them."""

import math
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking import weights as w
from bot.ranking.rank import FEATURES, rank, score_issue
from bot.ranking.score import logistic
from bot.subscriptions.student import Skill
from bot.terms import Kind, Level
from bot.vocabulary import interest_phrases
from tests.builders_core import (
    NOW,
    build_details,
    build_facts,
    build_issue,
    build_repository,
    build_student,
    days_ago,
)

WORDS = ("tides", "astronomy", "typo", "rewrite", "tests", "translate", "round", "label", "sky")
INTERESTS = ("tides", "astronomy", "data visualization", "machine learning")
#: The most that a text moves a score: interests, the kind of work, its size.
MOST_OF_A_TITLE = (
    w.INTEREST_MOST
    + (w.KIND_WANTED + w.KIND_DOCS - w.KIND_UNWANTED)
    + (w.SIZE_FITS - w.SIZE_TOO_LARGE)
)

#: A busy machine is no error; examples enough to meet each rule.
unhurried = settings(deadline=None, max_examples=60)

moments = st.timedeltas(timedelta(0), timedelta(days=3_000)).map(lambda age: NOW - age)
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
facts = st.none() | st.builds(
    build_facts,
    description=st.none() | texts,
    topics=st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
    stars=st.integers(0, 200_000),
    pushed_at=st.none() | moments,
    guide=st.none() | st.just("https://example.org/guide"),
)
issues = st.builds(
    build_issue,
    number=st.integers(1, 10_000),
    repository=st.builds(
        build_repository, language=st.sampled_from([None, "Python", "Go"]), facts=facts
    ),
    title=texts,
    labels=st.lists(st.sampled_from(["good first issue", "help wanted", "docs", "easy"])).map(
        tuple
    ),
    created_at=moments,
    details=st.none() | st.builds(build_details, body=texts, n_comments=st.integers(0, 300)),
)
students = st.builds(
    build_student,
    languages=st.dictionaries(
        st.sampled_from(["Python", "Go"]), st.sampled_from(["fluent", "learning"]), min_size=1
    ),
    interests=st.lists(st.sampled_from(INTERESTS), unique=True),
    level=st.sampled_from(Level),
    kinds=st.lists(st.sampled_from(Kind), min_size=1, unique=True),
    hours=st.integers(1, 20),
)


def commented(n_comments):
    return build_issue(details=build_details(n_comments=n_comments))


@unhurried
@given(issues, students)
def test_the_contributions_are_the_score(issue, student):
    ranked = score_issue(issue, student, NOW)

    total = sum(reason.contribution for reason in ranked.reasons)
    assert abs(total - ranked.log_odds) < 1e-9
    assert ranked.score == logistic(ranked.log_odds)
    assert ranked.reasons[0].feature == "base"
    assert all(math.isfinite(reason.contribution) and reason.text for reason in ranked.reasons)


@unhurried
@given(issues, students)
def test_a_feature_speaks_once_under_its_own_name(issue, student):
    names = [reason.feature for reason in score_issue(issue, student, NOW).reasons]

    known = [feature.__name__ for feature in FEATURES]
    assert names == [name for name in known if name in names]


def test_every_feature_speaks_of_an_issue_of_which_all_is_known():
    everything = build_facts(topics=("tides",), guide="https://example.org/guide")
    issue = build_issue(repository=build_repository(facts=everything))
    student = build_student(languages=["Python"], interests=["tides"])

    reasons = score_issue(issue, student, NOW).reasons

    assert [reason.feature for reason in reasons] == [feature.__name__ for feature in FEATURES]


def test_the_unknown_contributes_nothing():
    unknown = build_issue(repository=build_repository(facts=None), details=None)
    known = build_issue()

    silent = {"stars", "activity", "guide", "attention", "clarity"}
    said = {reason.feature for reason in score_issue(unknown, build_student(), NOW).reasons}
    assert not silent & said
    kept = [
        reason
        for reason in score_issue(known, build_student(), NOW).reasons
        if reason.feature not in silent
    ]
    assert list(score_issue(unknown, build_student(), NOW).reasons) == kept


@unhurried
@given(issues, students, st.sampled_from(INTERESTS))
def test_a_further_interest_never_lowers_a_score(issue, student, interest):
    further = student.model_copy(update={"interests": (*student.interests, interest)})

    before = score_issue(issue, student, NOW).log_odds
    assert score_issue(issue, further, NOW).log_odds >= before - 1e-9


@unhurried
@given(issues, students)
def test_a_known_language_never_lowers_a_score(issue, student):
    known = dict.fromkeys(student.languages, Skill.FLUENT)
    fluent = student.model_copy(update={"languages": known})

    before = score_issue(issue, student, NOW).log_odds
    assert score_issue(issue, fluent, NOW).log_odds >= before - 1e-9


@unhurried
@given(students)
def test_no_stuffed_title_lifts_a_score_beyond_its_bound(student):
    phrases = (phrase for interest in INTERESTS for phrase in interest_phrases(interest))
    stuffed = build_issue(title=" ".join(phrases), labels=())
    empty = build_issue(title="-", labels=())

    lift = score_issue(stuffed, student, NOW).log_odds - score_issue(empty, student, NOW).log_odds
    assert lift <= MOST_OF_A_TITLE + 1e-9


@unhurried
@given(st.lists(issues, max_size=8, unique_by=lambda one: one.ref), st.randoms(), students)
def test_the_order_of_the_input_does_not_matter(found, random, student):
    shuffled = list(found)
    random.shuffle(shuffled)

    ranked = rank(found, student, NOW, 5)
    assert rank(shuffled, student, NOW, 5) == ranked
    assert [one.log_odds for one in ranked] == sorted(
        (one.log_odds for one in ranked), reverse=True
    )


def test_ties_stand_by_reference():
    found = [
        build_issue(2, repository="lumen-lab/b"),
        build_issue(10, repository="lumen-lab/a"),
        build_issue(9, repository="lumen-lab/a"),
    ]

    orders = {
        tuple(str(one.issue.ref) for one in rank(order, build_student(), NOW, 3))
        for order in permutations(found)
    }

    assert orders == {("lumen-lab/a#9", "lumen-lab/a#10", "lumen-lab/b#2")}


def test_only_the_best_are_kept():
    old = [build_issue(n, created_at=days_ago(100 * n)) for n in range(1, 6)]
    fresh = build_issue(9, created_at=days_ago(1))

    (best,) = rank([*old, fresh], build_student(), NOW, 1)

    assert best.issue is fresh


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (build_issue(title="Print tides"), build_issue()),
        (build_issue(labels=("good first issue",)), build_issue(labels=("help wanted",))),
        (build_issue(created_at=days_ago(2)), build_issue(created_at=days_ago(800))),
        (commented(2), commented(40)),
        (build_issue(title="Fix a typo"), build_issue(title="Rewrite the parser")),
        (build_issue(), build_issue(repository=build_repository(facts=build_facts(stars=0)))),
    ],
)
def test_what_suits_a_newcomer_better_stands_higher(better, worse):
    student = build_student(languages=["Python"], interests=["tides"])

    ranked = rank([worse, better], student, NOW, 2)

    assert ranked[0].issue == better
    assert ranked[0].log_odds > ranked[1].log_odds
