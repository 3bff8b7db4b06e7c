"""How much issues resemble each other."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.corpus.catalogue import build_catalogue
from bot.ranking.likeness import build_likeness
from tests.builders_core import build_details, build_facts, build_issue, build_repository

WORDS = ("tides", "kites", "add", "print", "azimuth", "header", "the", "天文")
texts = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
unhurried = settings(deadline=None, max_examples=30)
issues = st.builds(
    lambda number, repository, topics, facts, **changes: build_issue(
        number,
        repository=build_repository(
            repository, facts=build_facts(topics=topics) if facts else None
        ),
        **changes,
    ),
    number=st.integers(1, 999),
    repository=st.sampled_from(["a/b", "lumen-lab/starcharts"]),
    topics=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    facts=st.booleans(),
    title=texts,
    labels=st.lists(texts, max_size=2).map(tuple),
    details=st.none() | st.builds(build_details, body=texts),
)


def likenesses(*some):
    return build_likeness(build_catalogue(some)).between([one.ref for one in some])


def titled(number, title, **changes):
    """An issue of which only the title is known."""
    repository = build_repository(f"a/r{number}", facts=None)
    return build_issue(
        number,
        **{"title": title, "repository": repository, "labels": (), "details": None} | changes,
    )


@unhurried
@given(st.lists(issues, min_size=1, max_size=6, unique_by=lambda one: one.ref))
def test_a_likeness_is_symmetric_within_0_and_1_and_whole_with_itself(some):
    told = likenesses(*some)

    assert told.shape == (len(some), len(some))
    assert np.all((told >= 0) & (told <= 1))
    np.testing.assert_allclose(told, told.T, atol=1e-12)
    assert np.all(told.diagonal() == 1)


def test_alike_texts_are_more_alike_than_others():
    told = likenesses(
        titled(1, "Print the azimuth of Orion"),
        titled(2, "Print azimuths of Sirius"),
        titled(3, "Mend kites"),
    )

    assert told[0, 1] > told[0, 2] == 0


def test_the_same_text_elsewhere_is_the_same():
    facts = build_facts()
    one, other = (
        build_issue(n, repository=build_repository(f"{owner}/starcharts", facts=facts))
        for n, owner in enumerate(("lumen-lab", "anchor-guild"))
    )

    assert likenesses(one, other)[0, 1] > 1 - 1e-9


def test_a_rare_word_in_common_says_more_than_a_common_one():
    told = likenesses(titled(1, "Add azimuth"), titled(2, "Round azimuth"), titled(3, "Add kites"))

    assert told[0, 1] > told[0, 2] > 0


def test_issues_of_one_project_are_alike_even_where_their_titles_are_not():
    repository = build_repository()
    told = likenesses(
        titled(1, "Print tides", repository=repository),
        titled(2, "Mend kites", repository=repository),
        titled(3, "Mend ropes"),
    )

    assert 0 < told[0, 1] < 1
    assert told[0, 2] == 0


@unhurried
@given(st.lists(issues, min_size=3, max_size=6, unique_by=lambda one: one.ref))
def test_a_likeness_does_not_depend_on_what_else_was_found(some):
    np.testing.assert_allclose(likenesses(*some)[:2, :2], likenesses(*some[:2]), atol=1e-9)


def test_likenesses_stand_in_the_order_that_was_asked():
    some = [titled(1, "Print tides"), titled(2, "Mend kites"), titled(3, "Print tides now")]
    likeness = build_likeness(build_catalogue(some))

    told = likeness.between([some[1].ref, some[0].ref, some[2].ref])

    assert told[1, 2] > 0 == told[0, 1]


def test_what_holds_no_words_is_like_nothing_but_itself():
    one, other = (titled(n, "-", repository=build_repository("a/-", facts=None)) for n in (1, 2))

    assert likenesses(one, other).tolist() == [[1, 0], [0, 1]]


def test_an_empty_catalogue_has_no_likenesses():
    assert likenesses().shape == (0, 0)
