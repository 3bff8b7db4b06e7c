"""What each feature of the match says, of a student and an issue."""

import pytest

from bot.ranking import fit
from bot.ranking import weights as w
from bot.terms import Kind, Level
from tests.builders_core import (
    NOW,
    build_details,
    build_facts,
    build_issue,
    build_repository,
    build_student,
)

PLAIN = build_issue(repository=build_repository(facts=None), labels=(), details=None)


def said(feature, issue=PLAIN, **keys):
    return feature(issue, build_student(**keys), NOW)


def share(feature, issue=PLAIN, **keys):
    reason = said(feature, issue, **keys)
    return reason and reason.contribution


def test_every_score_starts_at_the_base():
    assert share(fit.base) == w.BASE


@pytest.mark.parametrize(
    ("languages", "contribution"),
    [
        (["Python"], w.LANGUAGE_FLUENT),
        ({"Python": "fluent"}, w.LANGUAGE_FLUENT),
        ({"Python": "learning"}, w.LANGUAGE_LEARNING),
        (["Go"], None),
    ],
)
def test_a_language_counts_by_how_well_it_is_known(languages, contribution):
    assert share(fit.language, languages=languages) == contribution


def test_an_unknown_language_says_nothing():
    facts = build_facts(languages=None)
    nameless = build_issue(repository=build_repository(language=None, facts=facts))

    assert said(fit.language, nameless) is None


def test_a_language_that_a_project_holds_beside_its_main_one_counts_a_little():
    mixed = build_issue(
        repository=build_repository(language="C++", facts=build_facts(languages=("C++", "Python")))
    )

    reason = said(fit.language, mixed)

    assert reason.text == "partly written in Python"
    assert (
        0 < reason.contribution < said(fit.language, languages={"Python": "learning"}).contribution
    )


def test_the_language_is_told():
    assert said(fit.language).text == "written in Python, which you know"
    assert said(fit.language, languages={"Python": "learning"}).text == (
        "written in Python, which you are learning"
    )


@pytest.mark.parametrize(
    ("issue", "contribution"),
    [
        (
            build_issue(repository=build_repository(facts=build_facts(topics=("tides",)))),
            w.INTEREST_TOPIC,
        ),
        (build_issue(title="Print tides"), w.INTEREST_TITLE),
        (build_issue(labels=("tides",)), w.INTEREST_LABEL),
        (
            build_issue(repository=build_repository(facts=build_facts(description="For tides"))),
            w.INTEREST_DESCRIPTION,
        ),
        (build_issue(details=build_details(body="The tides")), w.INTEREST_BODY),
        (build_issue(), None),
    ],
)
def test_an_interest_counts_by_its_best_place(issue, contribution):
    assert share(fit.interest, issue, interests=["tides"]) == contribution


def test_further_places_and_interests_add_a_little():
    issue = build_issue(title="Print tides", labels=("tides", "kites"))
    further = w.INTEREST_FURTHER_PLACE

    assert share(fit.interest, issue, interests=["tides"]) == pytest.approx(
        w.INTEREST_TITLE + further
    )
    assert share(fit.interest, issue, interests=["kites", "tides"]) == pytest.approx(
        w.INTEREST_TITLE + 2 * further
    )


def test_interests_together_stay_below_their_bound():
    words = [f"word{letter}" for letter in "abcdefghijklmnop"]
    facts = build_facts(topics=tuple(words), description=" ".join(words))
    issue = build_issue(title=" ".join(words), repository=build_repository(facts=facts))

    assert share(fit.interest, issue, interests=words) == w.INTEREST_MOST


def test_an_interest_is_told_with_its_places():
    facts = build_facts(topics=("tides",))
    issue = build_issue(title="Print tides", repository=build_repository(facts=facts))

    assert said(fit.interest, issue, interests=["tides"]).text == (
        "tides is a topic of the project and in the title"
    )


@pytest.mark.parametrize(
    ("labels", "level", "contribution"),
    [
        (("good first issue",), Level.BEGINNER, w.INVITED_NEWCOMERS),
        (("help wanted", "good first issue"), Level.INTERMEDIATE, w.INVITED_NEWCOMERS),
        (("help wanted",), Level.BEGINNER, w.INVITED_ALL_BEGINNER),
        (("help wanted",), Level.FIRST_TIMER, w.INVITED_ALL_BEGINNER),
        (("help wanted",), Level.INTERMEDIATE, w.INVITED_ALL_INTERMEDIATE),
        (("bug",), Level.BEGINNER, None),
    ],
)
def test_an_invitation_counts_by_whom_it_invites(labels, level, contribution):
    assert share(fit.invitation, build_issue(labels=labels), level=level) == contribution


def test_the_inviting_label_is_told_as_it_is_written():
    assert said(fit.invitation, build_issue(labels=("bug", "Good First Issue"))).text == (
        "labelled “Good First Issue”"
    )


@pytest.mark.parametrize(
    ("title", "kinds", "contribution"),
    [
        ("Round it", ["code"], w.KIND_WANTED),
        ("Fix a typo", ["docs"], w.KIND_WANTED + w.KIND_DOCS),
        ("Fix a typo", ["code", "tests"], w.KIND_UNWANTED),
    ],
)
def test_a_kind_counts_by_whether_it_is_wanted(title, kinds, contribution):
    assert share(fit.kind, build_issue(title=title), kinds=kinds) == pytest.approx(contribution)


@pytest.mark.parametrize(
    ("title", "keys", "contribution"),
    [
        ("Fix a typo", {"level": "first-timer"}, w.SIZE_FITS),
        ("Round it", {"level": "first-timer", "hours": 3}, 0.0),
        ("Round it", {"level": "first-timer", "hours": 5}, w.SIZE_FITS / 2),
        ("Round it", {"level": "beginner"}, w.SIZE_FITS / 2),
        ("Rewrite it", {"level": "beginner"}, w.SIZE_TOO_LARGE),
        ("Rewrite it", {"level": "intermediate"}, w.SIZE_LARGE),
    ],
)
def test_a_size_counts_by_level_and_hours(title, keys, contribution):
    assert share(fit.size, build_issue(title=title), **keys) == contribution


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words_for_students(kind):
    labels = {"docs": "docs", "tests": "tests", "design": "ux", "translation": "i18n"}
    issue = build_issue(labels=(labels.get(kind, str(kind)),))

    assert said(fit.kind, issue, kinds=[kind]).text.endswith(" work, as you asked")
