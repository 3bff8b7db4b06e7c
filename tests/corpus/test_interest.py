"""Where issues speak of an interest, and how strongly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.corpus.interest import K1, MAX_COUNT, WORTH, B, Place
from bot.vocabulary import interest_phrases
from tests.builders_core import (
    build_details,
    build_facts,
    build_issue,
    build_matcher,
    build_repository,
)

INTERESTS = ("tides", "astronomy", "data visualization", "machine learning", "Go", "C++")
WORDS = ("tides", "astronomy", "astrophysics", "data", "visualization", "ml", "go", "C++", "round")
unhurried = settings(deadline=None, max_examples=30)

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
shares = st.none() | st.floats(0, 1).map(lambda share: (share, 1 - share))
issues = st.builds(
    lambda number, repository, **changes: build_issue(
        number, repository=build_repository(**repository), **changes
    ),
    number=st.integers(1, 10_000),
    repository=st.fixed_dictionaries(
        {
            "language": st.sampled_from([None, "Python", "Go", "C++"]),
            "facts": st.none()
            | st.builds(
                build_facts,
                description=st.none() | texts,
                topics=st.none() | st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
                languages=st.just(("Go", "C++")),
                language_shares=shares,
            ),
        }
    ),
    title=texts,
    labels=st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
    details=st.none() | st.builds(build_details, body=texts),
)


def silent_issue(**changes):
    """An issue that speaks of nothing in particular."""
    facts = build_facts(description="A small library", topics=())
    issue = {"repository": build_repository(facts=facts), "title": "Round it", "labels": ()}
    return build_issue(**{**issue, "details": build_details(body="Two digits."), **changes})


def of_topics(*topics, **facts):
    return silent_issue(repository=build_repository(facts=build_facts(topics=topics, **facts)))


def places(interest, issue):
    found = build_matcher(issue).find(interest)
    return found.told(0)[1] if len(found.rows) else ()


def strength(interest, issue):
    found = build_matcher(issue).find(interest)
    return float(found.strengths[0]) if len(found.rows) else 0.0


def reached(worth):
    return worth / (worth + K1)


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        (Place.TOPIC, {"repository": build_repository(facts=build_facts(topics=("astronomy",)))}),
        (
            Place.TOPIC_PART,
            {"repository": build_repository(facts=build_facts(topics=("astronomy-club",)))},
        ),
        (Place.TITLE, {"title": "Explain Astronomy terms"}),
        (Place.LABEL, {"labels": ("area: astronomy",)}),
        (
            Place.ABOUT,
            {"repository": build_repository(facts=build_facts(description="For astronomy."))},
        ),
        (Place.ABOUT, {"repository": build_repository("lumen-lab/astronomy", facts=None)}),
        (Place.BODY, {"details": build_details(body="As in astronomy,\nround it.")}),
    ],
)
def test_an_interest_is_found_in_each_place(place, changes):
    assert places("astronomy", silent_issue(**changes)) == (place,)


def test_an_issue_that_does_not_speak_of_it_is_no_match():
    assert places("astronomy", silent_issue()) == ()


def test_unknown_facts_and_details_are_no_evidence():
    issue = silent_issue(repository=build_repository(facts=None), details=None)

    assert places("astronomy", issue) == ()


def test_all_places_are_named_the_strongest_first():
    facts = build_facts(topics=("astronomy",), description="Astronomy for all")
    issue = silent_issue(repository=build_repository(facts=facts), title="Astronomy terms")

    assert places("astronomy", issue) == (Place.TOPIC, Place.TITLE, Place.ABOUT)


def test_only_the_rows_that_speak_of_it_are_told_in_order():
    one, other = silent_issue(number=3, title="Tides"), silent_issue(number=1, labels=("tides",))

    found = build_matcher(one, silent_issue(number=2), other).find("tides")

    assert list(found.rows) == [0, 2]
    assert [found.told(index)[1] for index in (0, 1)] == [(Place.TITLE,), (Place.LABEL,)]


@pytest.mark.parametrize(
    ("interest", "title", "is_found"),
    [
        ("astronomy", "astronomyland", False),
        ("art", "Start the party", False),
        ("art", "Art in the header", True),
        ("data visualization", "Data-Visualization of tides", True),
        ("data visualization", "Data\nvisualization", True),
        ("machine learning", "A small ML model", True),
        ("c++", "Port the C++ header", True),
        ("c++", "Port the C header", False),
        (".*", "Round it", False),
        ("a(b", "Explain a(b", True),
        ("astronomía", "Explain astronomy", True),
        ("mapas", "Draw a map", True),
        ("天文", "天文学の本", True),
    ],
)
def test_an_interest_is_found_as_whole_words(interest, title, is_found):
    assert bool(places(interest, silent_issue(title=title))) is is_found


def test_a_phrase_whose_words_stand_apart_in_a_title_says_half():
    together = silent_issue(title="Print data visualization for it now")
    apart = silent_issue(title="Print data for a visualization now")

    assert strength("data visualization", together) == pytest.approx(reached(WORTH[Place.TITLE]))
    assert strength("data visualization", apart) == pytest.approx(reached(WORTH[Place.TITLE] / 2))


def test_a_phrase_whose_words_stand_apart_in_a_long_text_says_nothing():
    issue = silent_issue(details=build_details(body="Data for tides, and a graph view"))

    assert places("data tides", issue) == ()


def test_a_topic_counts_by_any_of_the_interests_names():
    assert places("ML", of_topics("machine-learning", description=None)) == (Place.TOPIC,)


@pytest.mark.parametrize(
    ("interest", "title", "language", "places_found"),
    [
        ("Go", "Go to definition is broken", "Python", ()),
        ("Go", "Go to definition is broken", "Go", (Place.MAIN_LANGUAGE,)),
        ("R", "Press R to round", "Python", ()),
        ("C", "Plan C is broken", "Python", ()),
        ("C++", "Port it to C++", "Python", (Place.TITLE,)),
        ("Go", "Port it to golang", "Python", (Place.TITLE,)),
        ("Python", "Port it to Python", "Python", (Place.MAIN_LANGUAGE, Place.TITLE)),
    ],
)
def test_an_ambiguous_word_of_a_text_is_no_language(interest, title, language, places_found):
    repository = build_repository("a/b", language=language, facts=None)

    assert places(interest, silent_issue(title=title, repository=repository)) == places_found


def test_an_ambiguous_topic_is_a_language():
    assert places("Go", of_topics("go")) == (Place.TOPIC,)


def test_a_language_that_a_project_holds_counts_by_its_share():
    def held(share):
        return of_topics(languages=("Python", "Go"), language_shares=(1 - share, share))

    assert places("Go", held(0.3)) == (Place.HELD_LANGUAGE,)
    assert 0 < strength("Go", held(0.1)) < strength("Go", held(0.4))


def test_a_language_of_which_a_project_holds_nothing_is_no_match():
    assert places("Go", of_topics(languages=("Python", "Go"), language_shares=(1.0, 0.0))) == ()


def test_what_is_nearer_to_the_interest_says_more():
    own, near, far = (
        strength("astronomy", of_topics(topic))
        for topic in ("astronomy", "astrophysics", "particle-physics")
    )

    assert own > near > far > 0


def test_further_neighbours_do_not_add_to_the_interests_own_name():
    assert strength("astronomy", of_topics("astronomy", "astrophysics", "physics")) == strength(
        "astronomy", of_topics("astronomy")
    )


def test_the_phrase_that_was_found_is_told():
    issue = of_topics("astrophysics", description="A small library")
    phrase, where = build_matcher(issue).find("astronomy").told(0)

    assert (phrase.name, phrase.step, where) == ("astrophysics", 1, (Place.TOPIC,))


def test_a_language_is_told_without_a_phrase():
    assert build_matcher(silent_issue()).find("Python").told(0) == (None, (Place.MAIN_LANGUAGE,))


def test_longer_texts_pay():
    def titled(n_more):
        return strength("tides", silent_issue(title="Print tides" + " more" * n_more))

    def written(n_more):
        body = "About tides" + " more" * n_more
        return strength("tides", silent_issue(details=build_details(body=body)))

    assert titled(0) == titled(6) > titled(10) > titled(40) > 0
    assert written(0) == written(118) > written(300) > 0


def test_a_rarer_word_says_more():
    assert strength("tides", silent_issue(title="Print tides")) > strength(
        "dashboard", silent_issue(title="Print dashboard")
    )


def test_more_than_some_occurrences_say_no_more():
    def body(n):
        return strength("tides", silent_issue(details=build_details(body="tides " * n)))

    assert body(1) < body(MAX_COUNT) == body(MAX_COUNT + 1)


@unhurried
@given(st.lists(st.sampled_from(INTERESTS), min_size=1), st.integers(1, 20))
def test_a_stuffed_title_says_no_more_than_its_length_allows(interests, n_times):
    words = [phrase for interest in interests for phrase in interest_phrases(interest)] * n_times
    n_words = len(" ".join(words).replace("-", " ").split())
    pays = max(1.0, 1 - B + B * n_words / 8)
    bound = reached(WORTH[Place.TITLE] * MAX_COUNT / pays)

    issue = silent_issue(
        title=" ".join(words), repository=build_repository(language=None, facts=None)
    )
    assert all(strength(interest, issue) <= bound + 1e-9 for interest in INTERESTS)


def test_a_title_stuffed_with_all_topics_says_less_than_one_that_means_its_own():
    stuffed = " ".join(phrase for interest in INTERESTS for phrase in interest_phrases(interest))

    for interest in ("tides", "astronomy"):
        assert strength(interest, silent_issue(title=stuffed)) < strength(
            interest, silent_issue(title=f"Explain {interest}")
        )


@unhurried
@given(st.lists(issues, max_size=6), st.sampled_from(INTERESTS))
def test_a_strength_lies_between_0_and_1_and_stands_on_a_place(found, interest):
    matches = build_matcher(*found).find(interest)

    assert all(0 < one < 1 for one in matches.strengths)
    assert all(matches.told(index)[1] for index in range(len(matches.rows)))


@unhurried
@given(st.lists(issues, min_size=1, max_size=6), st.sampled_from(INTERESTS))
def test_a_strength_does_not_depend_on_what_else_was_found(found, interest):
    together = build_matcher(*found).find(interest)

    told = dict(zip(together.rows, together.strengths, strict=True))
    assert [told.get(row, 0.0) for row in range(len(found))] == [
        strength(interest, issue) for issue in found
    ]


def test_an_interest_is_looked_for_once():
    matcher = build_matcher(silent_issue())

    assert matcher.find("tides") is matcher.find("tides")


def test_an_empty_catalogue_speaks_of_nothing():
    assert len(build_matcher().find("Go").rows) == 0
