"""What each feature of an issue's and project's standing says."""

from dataclasses import replace

import pytest

from bot.ranking import standing
from bot.ranking import weights as w
from tests.builders_core import (
    NOW,
    build_comment,
    build_details,
    build_facts,
    build_issue,
    build_repository,
    days_ago,
)
from tests.wording import worded

UNKNOWN = build_issue(repository=build_repository(facts=None), details=None)


def said(feature, issue):
    return feature(issue, NOW)


def of_facts(**changes):
    return build_issue(repository=build_repository(facts=build_facts(**changes)))


@pytest.mark.parametrize(
    ("age_days", "contribution", "text"),
    [
        (-1, w.FRESHEST, "opened today"),
        (0.5, w.FRESHEST, "opened today"),
        (1, w.FRESHEST, "opened 1 day ago"),
        (7.9, w.FRESHEST, "opened 7 days ago"),
        (8, w.FRESH, "opened 8 days ago"),
        (31, w.RECENT, "opened 31 days ago"),
        (60, w.RECENT, "opened 2 months ago"),
        (91, w.OLD, "opened 3 months ago"),
        (366, w.STALEST, "opened 12 months ago"),
        (730, w.STALEST, "opened 2 years ago"),
        (3_000, w.STALEST, "opened 8 years ago"),
    ],
)
def test_freshness_fades_to_a_floor(age_days, contribution, text):
    reason = said(standing.freshness, build_issue(created_at=days_ago(age_days)))

    assert (reason.contribution, worded(reason.saying)) == (contribution, text)


@pytest.mark.parametrize("age_days", [91, 366, 3_000])
def test_an_old_issue_of_a_living_project_whose_task_is_clear_falls_less(age_days):
    clear = build_issue(
        created_at=days_ago(age_days), details=build_details(body="word " * standing.CLEAR_WORDS)
    )
    resting = build_repository(facts=build_facts(pushed_at=days_ago(31)))

    reason = said(standing.freshness, clear)
    assert reason.contribution == w.OLDEST_ALIVE
    assert worded(reason.saying).endswith("ago, in a living project, and still clear")
    for issue in (replace(clear, repository=resting), replace(clear, details=None)):
        assert said(standing.freshness, issue).contribution < w.OLDEST_ALIVE


def test_a_fresh_issue_is_not_called_old():
    clear = build_issue(details=build_details(body="word " * standing.CLEAR_WORDS))

    reason = said(standing.freshness, clear)

    assert (reason.contribution, worded(reason.saying)) == (w.FRESH, "opened 10 days ago")


@pytest.mark.parametrize(
    ("stars", "contribution", "text"),
    [
        (0, w.STARS_NONE, "a project with no stars yet"),
        (1, w.STARS_FEW, "a project with 1 star"),
        (9, w.STARS_FEW, "a project with 9 stars"),
        (10, 0.0, "a project with 10 stars"),
        (49, 0.0, "a project with 49 stars"),
        (50, w.STARS_SOME, "a project with 50 stars"),
        (499, w.STARS_SOME, "a project with 499 stars"),
        (500, w.STARS_MANY, "a project with 500 stars"),
        (1_001, w.STARS_MANY, "a project with 1,001 stars"),
    ],
)
def test_stars_count_in_steps(stars, contribution, text):
    reason = said(standing.stars, of_facts(stars=stars))

    assert (reason.contribution, worded(reason.saying)) == (contribution, text)


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
    told = worded(said(standing.activity, of_facts(pushed_at=days_ago(3))).saying)
    assert told == "the project was worked on in the last month"


def test_a_long_rest_is_told_in_days():
    told = said(standing.activity, of_facts(pushed_at=days_ago(45))).saying
    assert worded(told) == "last push 45 days ago"


def test_a_contributing_guide_counts():
    reason = said(standing.guide, of_facts(guide="https://github.com/lumen-lab/starcharts#guide"))

    assert reason.contribution == w.HAS_GUIDE


def answered(*comments, **changes):
    return build_issue(details=build_details(*comments, **changes))


@pytest.mark.parametrize(
    ("association", "contribution"),
    [
        ("OWNER", w.MEMBER_ANSWERED),
        ("MEMBER", w.MEMBER_ANSWERED),
        ("COLLABORATOR", w.MEMBER_ANSWERED),
        ("CONTRIBUTOR", None),
        ("NONE", None),
    ],
)
def test_an_answer_by_somebody_of_the_project_counts(association, contribution):
    reason = said(standing.replies, answered(build_comment("Hm", association=association)))

    assert (reason and reason.contribution) == contribution


@pytest.mark.parametrize("changes", [{"is_hidden": True}, {"author": "mira-example"}])
def test_what_is_hidden_or_by_the_reporter_is_no_answer(changes):
    comment = build_comment("Hm", **{"association": "MEMBER", **changes})

    assert said(standing.replies, answered(comment)) is None


def test_a_debate_is_no_place_for_a_first_step_whoever_answered():
    member = build_comment("Hm", association="MEMBER")
    calm, crowd = (
        said(standing.replies, answered(member, n_comments=n))
        for n in (standing.CROWD, standing.CROWD + 1)
    )

    assert calm.contribution == w.MEMBER_ANSWERED
    assert (crowd.contribution, worded(crowd.saying)) == (
        w.COMMENTS_CROWD,
        "a debate of 31 comments",
    )


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
    [standing.stars, standing.activity, standing.guide, standing.replies, standing.clarity],
)
def test_the_unknown_says_nothing(feature):
    assert said(feature, UNKNOWN) is None


def test_comments_that_are_not_told_say_nothing():
    issue = build_issue(details=build_details(comments=None, n_comments=None))

    assert said(standing.replies, issue) is None


def test_an_unknown_push_and_a_missing_guide_say_nothing():
    issue = of_facts(pushed_at=None, guide=None)

    assert said(standing.activity, issue) is None
    assert said(standing.guide, issue) is None
