"""A corpus in columns."""

from itertools import permutations

import pytest

from bot.corpus.catalogue import (
    ABOUT,
    BODY,
    LABELS,
    MOST_HELD,
    TITLE,
    TOPICS,
    UNKNOWN_SHARE,
    build_catalogue,
    language_shares,
)
from bot.corpus.words import words_of
from tests.builders_core import build_details, build_facts, build_issue, build_repository

CHARTS = build_repository("lumen-lab/starcharts")
KNOTS = build_repository("anchor-guild/knots", language="Go", facts=None)
ISSUES = (
    build_issue(3, repository=CHARTS),
    build_issue(12, repository=KNOTS),
    build_issue(2, repository=CHARTS),
)
CATALOGUE = build_catalogue(ISSUES)


def test_issues_keep_their_order_and_projects_stand_once():
    assert CATALOGUE.issues == ISSUES
    assert CATALOGUE.repositories == (CHARTS, KNOTS)
    assert list(CATALOGUE.project_of) == [0, 1, 0]
    assert len(CATALOGUE) == 3


def test_issues_are_found_by_reference():
    assert list(CATALOGUE.rows([ISSUES[2], ISSUES[0]])) == [2, 0]


def test_the_order_by_reference_is_the_same_whatever_the_corpus_order():
    numbers = ["anchor-guild/knots#12", "lumen-lab/starcharts#2", "lumen-lab/starcharts#3"]

    for issues in permutations(ISSUES):
        catalogue = build_catalogue(issues)
        places = dict(zip(catalogue.order, catalogue.issues, strict=True))
        assert [str(places[place].ref) for place in range(3)] == numbers


def test_projects_are_spread_over_their_issues():
    rows, which = CATALOGUE.spread(CATALOGUE.speakers("Python")[0])
    assert (sorted(rows), list(which)) == ([0, 2], [0, 0])

    both = CATALOGUE.spread(build_catalogue(ISSUES[:2]).project_of[::-1])
    assert sorted(zip(*both, strict=True)) == [(0, 1), (1, 0), (2, 1)]


def test_a_value_of_issues_and_one_of_projects_are_columns_over_issues():
    assert list(CATALOGUE.column(lambda issue: issue.ref.number)) == [3, 12, 2]

    asked = []
    lengths = CATALOGUE.project_column(lambda one: asked.append(one) or len(one.name))
    assert list(lengths) == [20, 18, 20]
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("word", "field"), [("azimuth", TITLE), ("first", LABELS), ("formatting", BODY)]
)
def test_an_issue_is_looked_for_in_title_labels_and_text(word, field):
    catalogue = build_catalogue(ISSUES[:1])

    cells = catalogue.texts.find(words_of(word)).cells
    assert field in cells


@pytest.mark.parametrize(
    ("word", "field"), [("starcharts", ABOUT), ("small", ABOUT), ("charts", TOPICS)]
)
def test_a_project_is_looked_for_in_name_description_and_topics(word, field):
    cells = CATALOGUE.projects.find(words_of(word)).cells
    assert field in cells


def test_an_owners_name_says_nothing_of_a_project():
    assert len(CATALOGUE.projects.find(words_of("lumen")).cells) == 0


def test_a_name_and_a_description_make_no_phrase():
    facts = build_facts(description="charts of tides", topics=())
    catalogue = build_catalogue([build_issue(repository=build_repository("a/star", facts=facts))])

    assert len(catalogue.projects.find(words_of("star charts")).cells) == 0


def test_the_unknown_is_no_text():
    issue = build_issue(repository=KNOTS, title="", labels=(), details=build_details(body=None))
    catalogue = build_catalogue([issue])

    assert list(catalogue.texts.lengths) == [0, 0, 0]
    assert list(catalogue.projects.lengths) == [1, 0]


def test_an_empty_corpus_is_an_empty_catalogue():
    empty = build_catalogue([])

    assert (len(empty), len(empty.order), len(empty.column(lambda _: 1.0))) == (0, 0, 0)
    assert [len(one) for one in empty.spread(empty.project_of)] == [0, 0]


@pytest.mark.parametrize(
    ("language", "facts", "shares"),
    [
        ("Python", None, [("Python", 1.0)]),
        (None, None, []),
        ("C++", {"language_shares": (0.7, 0.3)}, [("C++", 1.0), ("Python", 0.3)]),
        (
            "C++",
            {"languages": ("C++", "Python", "Go"), "language_shares": None},
            [("C++", 1.0), ("Python", UNKNOWN_SHARE), ("Go", UNKNOWN_SHARE / 2)],
        ),
        (
            "Go",
            {"language_shares": (0.0, 1.0)},
            [("Go", 1.0), ("C++", 0.0), ("Python", MOST_HELD)],
        ),
        ("Go", {"languages": None, "language_shares": None}, [("Go", 1.0)]),
    ],
)
def test_the_main_language_counts_whole_and_others_by_their_share(language, facts, shares):
    known = facts and build_facts(**{"languages": ("C++", "Python"), **facts})

    assert list(language_shares(build_repository(language=language, facts=known))) == shares


def test_speakers_of_a_language_are_told_with_its_share():
    facts = build_facts(languages=("Go", "Python"), language_shares=(0.75, 0.25))
    mixed = build_issue(4, repository=build_repository("a/b", language="Go", facts=facts))
    catalogue = build_catalogue([*ISSUES, mixed])

    projects, shares = catalogue.speakers("Python")
    assert dict(zip(projects, shares, strict=True)) == {0: 1.0, 2: 0.25}
    assert [len(one) for one in catalogue.speakers("Fortran")] == [0, 0]
