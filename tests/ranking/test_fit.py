"""What each feature of the match says, of a student and issues."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.corpus.wish import NEARNESS
from bot.ranking import fit
from bot.ranking import weights as w
from bot.ranking.task import estimate
from bot.terms import Effort, Kind, Level
from tests.builders_core import (
    build_facts,
    build_issue,
    build_matcher,
    build_repository,
    build_student,
)
from tests.wording import worded

PLAIN = build_issue(repository=build_repository(facts=None), labels=(), details=None)
LEARNING = {"Python": "learning"}
WORDS = ("tides", "kites", "astronomy", "knots")
unhurried = settings(deadline=None, max_examples=30)


def in_language(main, *, held=("C++", "Python"), shares=(0.7, 0.3)):
    facts = build_facts(languages=held, language_shares=shares)
    return build_issue(repository=build_repository(language=main, facts=facts))


def of_topics(*topics, **changes):
    facts = build_facts(topics=topics, description=None)
    return build_issue(repository=build_repository(facts=facts), labels=(), **changes)


def language(issue, languages):
    student = build_student(languages=languages)
    (share,) = fit.language_column(student, build_matcher(issue).catalogue)
    return float(share)


def matches(interests, *issues):
    matcher = build_matcher(*issues)
    return tuple(map(matcher.find, interests))


def interest(interests, issue):
    (share,) = fit.interest_column(matches(interests, issue), 1)
    return float(share)


@pytest.mark.parametrize(
    ("languages", "share"),
    [
        (["Python"], w.LANGUAGE_FLUENT),
        ({"Python": "fluent"}, w.LANGUAGE_FLUENT),
        (LEARNING, w.LANGUAGE_LEARNING),
        (["Go"], 0.0),
        (["Go", "Python"], w.LANGUAGE_FLUENT),
    ],
)
def test_a_language_counts_by_how_well_it_is_known(languages, share):
    assert language(PLAIN, languages) == share


def test_an_unknown_language_says_nothing():
    nameless = in_language(None, held=None, shares=None)

    assert language(nameless, ["Python"]) == 0
    assert fit.tell_language(build_student(), nameless) is None


@pytest.mark.parametrize(
    ("shares", "languages", "share"),
    [
        ((0.7, 0.3), ["Python"], 0.3 * w.LANGUAGE_HELD),
        ((0.7, 0.3), LEARNING, 0.3 * w.LANGUAGE_HELD * w.LANGUAGE_LEARNING),
        (None, ["Python"], 0.2 * w.LANGUAGE_HELD),
    ],
)
def test_a_language_that_a_project_holds_beside_its_main_one_counts_by_its_share(
    shares, languages, share
):
    issue = in_language("C++", shares=shares)

    assert language(issue, languages) == pytest.approx(share)
    assert share < w.LANGUAGE_LEARNING
    told = fit.tell_language(build_student(languages=languages), issue)
    assert worded(told) == "partly written in Python"


def test_the_best_of_a_students_languages_counts():
    both = {"C++": "learning", "Python": "fluent"}

    assert language(in_language("C++"), both) == w.LANGUAGE_LEARNING
    assert worded(fit.tell_language(build_student(languages=both), in_language("C++"))) == (
        "written in C++, which you are learning"
    )


def test_the_language_is_told():
    assert worded(fit.tell_language(build_student(), PLAIN)) == "written in Python, which you know"
    assert worded(fit.tell_language(build_student(languages=LEARNING), PLAIN)) == (
        "written in Python, which you are learning"
    )
    assert fit.tell_language(build_student(languages=["Go"]), PLAIN) is None


def test_one_interest_counts_by_its_strength():
    (found,) = matches(["tides"], of_topics("tides"))

    assert interest(["tides"], of_topics("tides")) == w.INTEREST_MOST * found.strengths[0]
    assert interest(["tides"], of_topics()) == 0


def test_the_strongest_interest_counts_whole_and_others_fade():
    issue = of_topics("tides", title="Print kites")
    strong, weak = (float(one.strengths[0]) for one in matches(["tides", "kites"], issue))
    assert strong > weak

    together = 1 - (1 - strong) * (1 - w.INTEREST_FADES * weak)
    for interests in (["tides", "kites"], ["kites", "tides"], ["knots", "kites", "tides"]):
        assert interest(interests, issue) == pytest.approx(w.INTEREST_MOST * together)


def test_only_the_rows_that_speak_of_an_interest_gain():
    found = matches(["tides", "kites"], of_topics("tides"), of_topics(), of_topics("kites"))

    column = fit.interest_column(found, 3)

    assert column[0] == column[2] > column[1] == 0


def test_no_interests_add_nothing():
    assert list(fit.interest_column((), 2)) == [0, 0]
    assert list(fit.interest_column(matches(["knots", "kites"], PLAIN), 1)) == [0]


def test_all_interests_together_stay_below_their_bound():
    words = [f"word{letter}" for letter in "abcdefghijklmnop"]
    issue = of_topics(*words, title=" ".join(words))

    assert interest(words[:1], issue) < interest(words, issue) < w.INTEREST_MOST


@unhurried
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=4), min_size=1, max_size=4),
    st.permutations(WORDS),
)
def test_a_further_interest_never_lowers_the_share_of_any_row(topics, interests):
    issues = [of_topics(*some, number=n) for n, some in enumerate(topics)]
    found = matches(interests, *issues)

    columns = [fit.interest_column(found[:n], len(issues)) for n in range(len(found) + 1)]

    assert all(np.all(more >= fewer - 1e-12) for fewer, more in pairwise(columns))
    assert np.all(columns[-1] < w.INTEREST_MOST)


@pytest.mark.parametrize(
    ("interests", "issue", "text"),
    [
        (
            ["tides"],
            of_topics("tides", title="Print tides"),
            "tides is a topic of the project and in the title",
        ),
        (
            ["ML"],
            of_topics("machine-learning"),
            "machine learning (your “ML”) is a topic of the project",
        ),
        (
            ["astronomy"],
            of_topics("astrophysics"),
            "astrophysics, which is close to your “astronomy”, is a topic of the project",
        ),
        (["python"], of_topics(), "python is its main language"),
        (
            ["kites", "tides"],
            of_topics("tides", title="Print kites"),
            "tides is a topic of the project; kites is in the title",
        ),
        (["knots"], of_topics("tides"), None),
        ([], of_topics("tides"), None),
    ],
)
def test_interests_are_told_with_their_places_the_strongest_first(interests, issue, text):
    assert worded(fit.tell_interest(matches(interests, issue), 0)) == text


def test_two_interests_are_told_at_most():
    told = fit.tell_interest(matches(WORDS, of_topics(*WORDS)), 0)

    assert worded(told).count("a topic of the project") == 2


def test_a_neighbour_adds_at_most_its_nearness():
    own, near = (interest(["astronomy"], of_topics(one)) for one in ("astronomy", "astrophysics"))

    assert near == pytest.approx(NEARNESS[1] * own)


def test_a_kind_counts_by_whether_it_is_wanted():
    shares = fit.kind_shares(build_student(kinds=["docs", "tests"]))

    assert {kind for kind, share in shares.items() if share == w.KIND_WANTED} == {
        Kind.DOCS,
        Kind.TESTS,
    }
    assert {share for kind, share in shares.items() if kind not in (Kind.DOCS, Kind.TESTS)} == {
        w.KIND_UNWANTED
    }


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words_for_students(kind):
    other = next(one for one in Kind if one is not kind)

    wanted, unwanted = (
        worded(fit.tell_kind(build_student(kinds=[one]), kind)) for one in (kind, other)
    )
    assert wanted.endswith(" work, as you asked")
    assert unwanted.endswith(", which you did not ask for")


@pytest.mark.parametrize(
    ("effort", "hours", "level", "share"),
    [
        (Effort.EVENING, 3, Level.FIRST_TIMER, 0.3),
        (Effort.EVENING, 1.5, Level.BEGINNER, 0.15),
        (Effort.EVENING, 0.2, Level.BEGINNER, w.SIZE_TOO_LARGE),
        (Effort.WEEKEND, 6, Level.BEGINNER, 0.3),
        (Effort.WEEKEND, 6, Level.FIRST_TIMER, 0.3 + w.SIZE_FIRST_WEEKEND),
        (Effort.WEEKEND, 3, Level.INTERMEDIATE, 0.15),
        (Effort.WEEKEND, 2, Level.BEGINNER, -0.2),
        (Effort.LONGER, 20, Level.INTERMEDIATE, 0.3),
        (Effort.LONGER, 20, Level.BEGINNER, 0.3 + w.SIZE_BEGINNER_LONGER),
        (Effort.LONGER, 3, Level.INTERMEDIATE, w.SIZE_TOO_LARGE),
        (Effort.LONGER, 3, Level.BEGINNER, w.SIZE_TOO_LARGE + w.SIZE_BEGINNER_LONGER),
    ],
)
def test_a_size_counts_by_hours_and_level(effort, hours, level, share):
    shares = fit.size_shares(build_student(hours=hours, level=level))

    assert shares[effort] == pytest.approx(share)


@pytest.mark.parametrize("level", Level)
def test_more_hours_never_make_a_size_fit_less(level):
    told = [fit.size_shares(build_student(hours=n / 4, level=level)) for n in range(1, 240)]

    assert all(fewer[effort] <= more[effort] for fewer, more in pairwise(told) for effort in Effort)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Round it", "about a weekend's work"),
        ("Fix a typo", "small enough for an evening: “typo” is in its title or labels"),
        ("Rewrite it", "longer than a weekend: “rewrite” is in its title or labels"),
    ],
)
def test_a_size_is_told_with_what_it_rests_on(title, text):
    told = fit.tell_size(estimate(build_issue(title=title, labels=(), details=None)))
    assert worded(told) == text
