"""What each feature of an issue's and project's standing says."""

import pytest

from bot.ranking import standing
from bot.ranking import weights as w
from tests.builders_core import (
    NOW,
    build_details,
    build_facts,
    build_issue,
    build_repository,
    build_student,
    days_ago,
)

UNKNOWN = build_issue(repository=build_repository(facts=None), details=None)


def said(feature, issue):
    return feature(issue, build_student(), NOW)


def of_facts(**changes):
    return build_issue(repository=build_repository(facts=build_facts(**changes)))


@pytest.mark.parametrize(
    ("age_days", "contribution", "text"),
    [
        (-1, w.FRESHEST, "opened today"),
        (0.5, w.FRESHEST, "opened today"),
        (1, w.FRESHEST, "opened 1 day ago"),
        (7.9, w.FRESHEST, "opened 7 days ago"),
        (8, 0.3, "opened 8 days ago"),
        (31, 0.1, "opened 31 days ago"),
        (60, 0.1, "opened 2 months ago"),
        (91, -0.2, "opened 3 months ago"),
        (366, w.STALEST, "opened 12 months ago"),
        (730, w.STALEST, "opened 2 years ago"),
        (3_000, w.STALEST, "opened 8 years ago"),
    ],
)
def test_freshness_fades_to_a_floor(age_days, contribution, text):
    reason = said(standing.freshness, build_issue(created_at=days_ago(age_days)))

    assert (reason.contribution, reason.text) == (contribution, text)


@pytest.mark.parametrize(
    ("stars", "contribution", "text"),
    [
        (0, w.STARS_NONE, "a project with no stars yet"),
        (1, w.STARS_FEW, "a project with 1 star"),
        (9, w.STARS_FEW, "a project with 9 stars"),
        (10, 0.0, "a project with 10 stars"),
        (50, w.STARS_SOME, "a project with 50 stars"),
        (1_001, w.STARS_MANY, "a project with 1,001 stars"),
    ],
)
def test_stars_count_in_steps(stars, contribution, text):
    reason = said(standing.stars, of_facts(stars=stars))

    assert (reason.contribution, reason.text) == (contribution, text)


@pytest.mark.parametrize(
    ("rest_days", "contribution"),
    [(-1, w.PUSHED_LATELY), (30, w.PUSHED_LATELY), (31, 0.0), (90, 0.0), (91, w.PUSHED_LONG_AGO)],
)
def test_a_push_counts_by_how_long_ago_it_was(rest_days, contribution):
    assert (
        said(standing.activity, of_facts(pushed_at=days_ago(rest_days))).contribution
        == contribution
    )


def test_a_recent_push_is_told_of_the_project_and_not_of_the_issue():
    told = said(standing.activity, of_facts(pushed_at=days_ago(3))).text
    assert told == "the project was worked on in the last month"


def test_a_long_rest_is_told_in_days():
    assert said(standing.activity, of_facts(pushed_at=days_ago(45))).text == "last push 45 days ago"


def test_a_contributing_guide_counts():
    reason = said(standing.guide, of_facts(guide="https://github.com/lumen-lab/starcharts#guide"))

    assert reason.contribution == w.HAS_GUIDE


@pytest.mark.parametrize(
    ("n_comments", "contribution", "text"),
    [
        (0, 0.0, "nobody commented yet"),
        (1, w.COMMENTS_SOME, "one comment so far"),
        (4, w.COMMENTS_SOME, "4 comments so far"),
        (5, 0.0, "5 comments so far"),
        (13, w.COMMENTS_MANY, "13 comments so far"),
        (31, w.COMMENTS_CROWD, "31 comments so far"),
    ],
)
def test_attention_helps_until_it_is_a_crowd(n_comments, contribution, text):
    issue = build_issue(details=build_details(n_comments=n_comments))
    reason = said(standing.attention, issue)

    assert (reason.contribution, reason.text) == (contribution, text)


@pytest.mark.parametrize(
    ("body", "contribution"),
    [
        ("", w.NO_TEXT),
        ("word " * 7, w.NO_TEXT),
        ("word " * 8, 0.0),
        ("word " * 59, 0.0),
        ("word " * 60, w.CLEAR_TEXT),
        ("word " * 8 + "```x```", w.CLEAR_TEXT),
    ],
)
def test_a_text_counts_by_how_much_it_says(body, contribution):
    assert (
        said(standing.clarity, build_issue(details=build_details(body=body))).contribution
        == contribution
    )


@pytest.mark.parametrize(
    "feature",
    [standing.stars, standing.activity, standing.guide, standing.attention, standing.clarity],
)
def test_the_unknown_says_nothing(feature):
    assert said(feature, UNKNOWN) is None


def test_details_without_a_number_of_comments_say_nothing_of_them():
    issue = build_issue(details=build_details(comments=None, n_comments=None))

    assert said(standing.attention, issue) is None


def test_an_unknown_push_and_a_missing_guide_say_nothing():
    issue = of_facts(pushed_at=None, guide=None)

    assert said(standing.activity, issue) is None
    assert said(standing.guide, issue) is None
