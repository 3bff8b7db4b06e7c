"""What the beginner card asks of an issue, and how it is told."""

import math

import numpy as np
import pytest

from bot.ranking import beginner
from bot.ranking.card import read_card
from tests.builders_core import (
    build_details,
    build_facts,
    build_issue,
    build_matcher,
    build_record,
    build_repository,
)
from tests.wording import worded

UNKNOWN = build_issue(repository=build_repository(facts=None), details=None)


def of_record(**changes):
    facts = build_facts(record=build_record(**changes) if changes else None)
    return build_issue(repository=build_repository(facts=facts))


def commented(n_comments):
    return build_issue(details=build_details(n_comments=n_comments))


def labelled(*labels):
    return build_issue(labels=labels)


def added(issue):
    """What each reason adds, as the card says."""
    shares: dict[str, float] = {}
    card = read_card(beginner.CARD)
    told = card.contributions(beginner.columns(build_matcher(issue).catalogue))
    for curve in card.curves:
        shares[curve.reason] = shares.get(curve.reason, 0.0) + float(told[curve.of][0])
    return shares


@pytest.mark.parametrize(
    ("name", "issue", "value"),
    [
        ("n_commits", of_record(n_commits=70), 70.0),
        ("pull_requests_a_commit", of_record(n_commits=99, n_closed_pull_requests=49), 0.5),
        ("is_for_newcomers", labelled("bug", "Good First Issue"), 1.0),
        ("is_for_newcomers", labelled("help wanted"), 0.0),
        ("is_docs", labelled("area: docs"), 1.0),
        ("is_docs", labelled("docker"), 0.0),
        ("is_bug", labelled("kind/bug"), 1.0),
        ("is_bug", labelled("debug"), 0.0),
        ("is_medium", labelled("difficulty: medium"), 1.0),
        ("is_major", labelled("hard"), 1.0),
        ("is_major", labelled("priority: high"), 1.0),
        ("is_major", labelled("priority: low"), 0.0),
        ("is_major", labelled("high contrast"), 0.0),
        ("n_comments", commented(7), 7.0),
        ("is_reporter_new", build_issue(association="NONE"), 1.0),
        ("is_reporter_new", build_issue(association="MEMBER"), 0.0),
        ("newcomer_rate", of_record(n_merged_lately=42, n_from_newcomers=4), 0.096),
    ],
)
def test_a_value_is_read_from_the_issue(name, issue, value):
    assert beginner.values(issue)[name] == pytest.approx(value)


@pytest.mark.parametrize(
    ("names", "issue"),
    [
        ({"n_commits", "pull_requests_a_commit", "newcomer_rate", "n_comments"}, UNKNOWN),
        ({"n_commits", "pull_requests_a_commit", "newcomer_rate"}, of_record()),
        ({"n_commits", "pull_requests_a_commit"}, of_record(n_commits=None)),
        ({"pull_requests_a_commit"}, of_record(n_closed_pull_requests=None)),
        ({"newcomer_rate"}, of_record(n_merged_lately=0, n_from_newcomers=0)),
        ({"n_comments"}, commented(None)),
    ],
)
def test_the_unknown_is_no_number_and_adds_nothing(names, issue):
    told = beginner.values(issue)

    assert {name for name, value in told.items() if math.isnan(value)} == names
    card = read_card(beginner.CARD).contributions(beginner.columns(build_matcher(issue).catalogue))
    assert all(card[name][0] == 0.0 for name in names)


def test_a_rate_of_few_is_drawn_to_the_usual_one():
    few, many = (
        beginner.values(of_record(n_merged_lately=n, n_from_newcomers=n))["newcomer_rate"]
        for n in (1, 40)
    )

    assert beginner.PRIOR_RATE < few < 0.5 < many < 1


def test_columns_hold_the_values_of_every_issue():
    issues = (of_record(n_commits=5), UNKNOWN)

    told = beginner.columns(build_matcher(*issues).catalogue)

    np.testing.assert_array_equal(told["n_commits"], [5.0, math.nan])
    assert [len(column) for column in beginner.columns(build_matcher().catalogue).values()] == [
        0
    ] * len(told)


@pytest.mark.parametrize(
    ("reason", "better", "worse"),
    [
        ("invitation", labelled("good first issue"), labelled("help wanted")),
        ("labels", labelled("docs"), labelled("bug")),
        ("labels", labelled("docs"), labelled("docs", "hard")),
        ("newcomers", of_record(n_from_newcomers=20), of_record(n_from_newcomers=2)),
        ("workflow", of_record(n_closed_pull_requests=900), of_record(n_closed_pull_requests=5)),
        ("discussion", commented(2), commented(0)),
    ],
)
def test_what_newcomers_resolve_adds_more(reason, better, worse):
    assert added(better)[reason] > added(worse)[reason]


@pytest.mark.parametrize(
    ("reason", "issue", "text"),
    [
        (
            "workflow",
            of_record(n_commits=1_200, n_closed_pull_requests=310),
            "310 pull requests were settled, beside 1,200 commits",
        ),
        ("workflow", of_record(n_closed_pull_requests=None), "1,200 commits"),
        ("workflow", of_record(n_commits=None), None),
        ("workflow", UNKNOWN, None),
        (
            "newcomers",
            of_record(n_merged_lately=40, n_from_newcomers=8),
            "8 of the last 40 merged pull requests came from newcomers",
        ),
        ("newcomers", of_record(n_merged_lately=0, n_from_newcomers=0), None),
        ("newcomers", UNKNOWN, None),
        ("invitation", labelled("bug", "Good First Issue"), "labelled “Good First Issue”"),
        ("invitation", labelled("help wanted"), "no label for newcomers"),
        ("labels", labelled("docs", "bug"), "labelled as documentation and a bug"),
        (
            "labels",
            labelled("medium", "hard"),
            "labelled as of middling difficulty and hard or important",
        ),
        ("labels", labelled(), "no label says that it is a bug or hard"),
        ("discussion", commented(0), "nobody commented yet"),
        ("discussion", commented(1), "one comment so far"),
        ("discussion", commented(5), "5 comments so far"),
        ("discussion", commented(None), None),
        ("discussion", UNKNOWN, None),
        ("demand", build_issue(), None),
    ],
)
def test_a_reason_is_told_by_what_it_rests_on(reason, issue, text):
    assert worded(beginner.tell(reason, issue, 0.1)) == text
