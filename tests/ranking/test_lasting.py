"""What the survival card asks of an issue."""

import math
from datetime import timedelta

import numpy as np
import pytest

from bot.ranking import lasting
from bot.ranking.card import read_card
from tests.builders_core import (
    NOW,
    build_details,
    build_facts,
    build_issue,
    build_matcher,
    build_repository,
)
from tests.wording import worded

HOUR = timedelta(hours=1)


def columns(*issues):
    return lasting.columns(build_matcher(*issues).catalogue)


def value(name, issue):
    (told,) = columns(issue)[name]
    return told


def of_project(language, languages=None):
    facts = build_facts(languages=languages, language_shares=None)
    return build_issue(repository=build_repository(language=language, facts=facts))


@pytest.mark.parametrize(
    ("name", "issue", "told"),
    [
        ("number", build_issue(77), 77.0),
        ("age_hours", build_issue(created_at=NOW - 5 * HOUR, seen_at=NOW), 5.0),
        ("age_hours", build_issue(created_at=NOW, seen_at=NOW - HOUR), 0.0),
        ("n_comments", build_issue(details=build_details(n_comments=3)), 3.0),
        ("n_letters", build_issue(title="Fix a typo"), 10.0),
        ("title: typo", build_issue(title="Fix all Typos"), 1.0),
        ("title: typo", build_issue(title="Fix it", labels=("typo",)), 0.0),
        ("title: fix", build_issue(title="Prefix it"), 0.0),
        ("label: docs", build_issue(labels=("Documentation",)), 1.0),
        ("label: bug", build_issue(labels=("docs",)), 0.0),
        ("language: Go", of_project("Go"), 1.0),
        ("language: Go", of_project("Python", ("Python", "Go")), 1.0),
        ("language: Go", of_project("Python", ("Python",)), 0.0),
        ("no language", of_project(None, ()), 1.0),
        ("no language", of_project(None, ("Go",)), 0.0),
        ("no language", of_project("Python"), 0.0),
    ],
)
def test_a_value_is_read_from_the_issue(name, issue, told):
    assert value(name, issue) == told


@pytest.mark.parametrize(
    "issue", [build_issue(details=None), build_issue(details=build_details(n_comments=None))]
)
def test_an_unknown_number_of_comments_is_no_number(issue):
    assert math.isnan(value("n_comments", issue))


@pytest.mark.parametrize(
    ("labels", "groups"),
    [
        ((), set()),
        (("good first issue",), set()),
        (("Good-First-Issue", "enhancement"), {"improvement"}),
        (("first-timers-only",), {"first"}),
        (("hacktoberfest", "gssoc23"), {"programme"}),
        (("P0", "bugfix"), {"urgent", "bug"}),
        (("low priority",), {"later"}),
        (("debugging",), set()),
        (("easy", "size/xs"), {"easy", "effort"}),
    ],
)
def test_labels_speak_by_their_words_and_the_beginnings_of_words(labels, groups):
    assert lasting.label_groups(labels) == groups


def test_issues_of_one_project_that_were_opened_together_are_counted():
    starcharts, knots = build_repository("lumen-lab/starcharts"), build_repository("a/knots")
    opened = [(starcharts, 0), (starcharts, 12), (starcharts, 25), (knots, 0), (knots, -100)]
    issues = [
        build_issue(n, repository=repository, created_at=NOW - 200 * HOUR + hours * HOUR)
        for n, (repository, hours) in enumerate(opened, 1)
    ]

    assert list(columns(*issues)["n_together"]) == [1, 1, 0, 0, 0]


def test_what_was_opened_after_an_issue_was_seen_is_not_counted_beside_it():
    repository = build_repository()
    first = build_issue(1, repository=repository, created_at=NOW, seen_at=NOW + HOUR)
    later = build_issue(2, repository=repository, created_at=NOW + 2 * HOUR, seen_at=NOW + 3 * HOUR)

    assert list(columns(first, later)["n_together"]) == [0, 1]


def test_columns_are_as_long_as_the_catalogue():
    issues = [build_issue(n) for n in (1, 2, 3)]

    assert {len(column) for column in columns(*issues).values()} == {3}
    assert {len(column) for column in columns().values()} == {0}


@pytest.mark.parametrize(
    ("reason", "share", "text"),
    [
        ("rush", 0.1, "issues like it tend to stay free for days"),
        ("rush", -0.1, "issues like it go fast"),
        ("pace", 0.1, "projects of its size and languages let issues stay free for days"),
        ("pace", -0.1, "in projects of its size and languages issues go fast"),
        ("company", 0.1, None),
        ("workflow", 0.1, None),
    ],
)
def test_a_reason_is_told_by_its_sign(reason, share, text):
    assert worded(lasting.tell(reason, build_issue(), share)) == text


@pytest.mark.parametrize(
    ("n_comments", "share", "text"),
    [
        (0, 0.1, "such a quiet one tends to stay free"),
        (3, -0.1, "others look at it already"),
        (0, -0.1, "issues of its age go faster"),
        (None, -0.1, "issues of its age go faster"),
        (None, 0.1, "issues of its age tend to stay free"),
    ],
)
def test_demand_is_told_of_comments_only_where_they_are_known(n_comments, share, text):
    issue = build_issue(details=build_details(n_comments=n_comments))

    assert worded(lasting.tell("demand", issue, share)) == text


def test_every_reason_that_ranks_has_words():
    reasons = {curve.reason for curve in read_card(lasting.CARD).curves} - lasting.CONFOUNDERS

    assert all(lasting.tell(reason, build_issue(), 0.1) for reason in reasons)


def test_comments_make_an_issue_go():
    quiet, crowded = (
        read_card(lasting.CARD).log_odds(columns(build_issue(details=build_details(n_comments=n))))
        for n in (0, 5)
    )

    assert np.all(quiet > crowded)
