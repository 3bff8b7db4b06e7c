import pytest

from bot.corpus.interest import InterestMatch, Place, match_interests
from tests.builders_core import (
    build_details,
    build_facts,
    build_issue,
    build_repository,
    build_student,
)


def silent_issue(**changes):
    """An issue that speaks of nothing in particular."""
    facts = build_facts(description="A small library", topics=())
    issue = {"repository": build_repository(facts=facts), "title": "Round it", "labels": ()}
    return build_issue(**{**issue, "details": build_details(body="Two digits."), **changes})


def places(interest, issue):
    found = match_interests(build_student(interests=[interest]), issue)
    return found[0].places if found else ()


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        (Place.TOPIC, {"repository": build_repository(facts=build_facts(topics=("astronomy",)))}),
        (Place.TITLE, {"title": "Explain Astronomy terms"}),
        (Place.LABEL, {"labels": ("area: astronomy",)}),
        (
            Place.DESCRIPTION,
            {"repository": build_repository(facts=build_facts(description="For astronomy."))},
        ),
        (Place.BODY, {"details": build_details(body="As in astronomy,\nround it.")}),
    ],
)
def test_an_interest_is_found_in_each_place(place, changes):
    assert places("astronomy", silent_issue(**changes)) == (place,)


def test_an_issue_that_does_not_speak_of_it_is_no_match():
    assert match_interests(build_student(interests=["astronomy"]), silent_issue()) == ()


def test_unknown_facts_and_details_are_no_evidence():
    issue = silent_issue(repository=build_repository(facts=None), details=None)

    assert match_interests(build_student(interests=["astronomy"]), issue) == ()


def test_all_places_are_named_the_strongest_first():
    facts = build_facts(topics=("astronomy",), description="Astronomy for all")
    issue = silent_issue(repository=build_repository(facts=facts), title="Astronomy terms")

    assert places("astronomy", issue) == (Place.TOPIC, Place.TITLE, Place.DESCRIPTION)


def test_interests_are_matched_in_the_students_order():
    student = build_student(interests=["tides", "kites", "astronomy"])
    issue = silent_issue(title="Astronomy with tides")

    assert match_interests(student, issue) == (
        InterestMatch("tides", (Place.TITLE,)),
        InterestMatch("astronomy", (Place.TITLE,)),
    )


@pytest.mark.parametrize(
    ("interest", "title", "is_found"),
    [
        ("astronomy", "astronomyland", False),
        ("art", "Start the party", False),
        ("art", "Art in the header", True),
        ("data visualization", "Data-Visualization of tides", True),
        ("data visualization", "Data\nvisualization", True),
        ("data visualization", "Data for a visualization", False),
        ("machine learning", "A small ML model", True),
        ("c++", "Port the C++ header", True),
        ("c++", "Port the C header", False),
        (".*", "Round it", False),
        ("a(b", "Explain a(b", True),
        ("astronomía", "Explain astronomy", True),
    ],
)
def test_an_interest_is_found_as_whole_words(interest, title, is_found):
    assert bool(places(interest, silent_issue(title=title))) is is_found


def test_a_topic_counts_by_any_of_the_interests_names():
    facts = build_facts(topics=("machine-learning",), description=None)
    issue = silent_issue(repository=build_repository(facts=facts))

    assert places("ML", issue) == (Place.TOPIC,)
