"""What is kept from run to run: only what is new is asked, and nothing stays for ever."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import LimitReached, Outage
from bot.harvest.budget import Allowance
from bot.harvest.collect import collect
from bot.harvest.plan import IssueSearch, Plan
from bot.harvest.reading import REREAD_AFTER
from bot.harvest.source import points_spent
from bot.harvest.store import MAX_KEPT, Kept
from tests.builders_core import (
    NOW,
    build_details,
    build_facts,
    build_issue,
    build_issues,
    build_pull_request,
    build_repository,
    days_ago,
)
from tests.fakes_core import MemoryIssues

PYTHON, GO = IssueSearch(language="Python"), IssueSearch(language="Go")
WEEK, PLENTY = timedelta(days=7), 10_000


class Weeks:
    """Harvests of one club, week after week."""

    def __init__(self, *searches):
        keys = frozenset(one.key for one in searches)
        self.plan = Plan((), searches, {"ada-example": keys})
        self.kept = Kept()

    def harvest(self, source, now=NOW, budget=PLENTY):
        source.now = now
        harvest = collect(self.plan, source, self.kept, Allowance(budget), now)
        self.kept = Kept(harvest.issues, {**self.kept.progress, **harvest.news.progress})
        return harvest


def numbers(harvest):
    return sorted(one.ref.number for one in harvest.issues)


def test_a_second_run_of_the_day_costs_nothing_and_knows_as_much():
    weeks, source = Weeks(PYTHON), MemoryIssues(build_issues(250))
    first = weeks.harvest(source)
    n_points = points_spent(source)

    second = weeks.harvest(source, NOW + timedelta(hours=6))

    assert points_spent(source) == n_points
    assert second.issues == first.issues
    assert second.news.issues == ()
    assert second.is_complete


def test_a_week_later_only_what_changed_is_asked_for():
    issues = build_issues(950)
    weeks = Weeks(PYTHON)
    weeks.harvest(MemoryIssues(issues))
    later = NOW + WEEK
    new = build_issue(2_000, created_at=later, updated_at=later)
    changed = replace(issues[0], title="Round it twice", updated_at=later)
    source = MemoryIssues([new, changed, *issues[1:]])

    second = weeks.harvest(source, later)

    assert points_spent(source) == 1
    assert len(second.issues) == 951
    assert {one.id for one in second.news.issues} == {new.id, changed.id}
    assert changed.title in {one.title for one in second.issues}


def test_a_harvest_cut_by_the_points_goes_on_where_it_was():
    weeks, source = Weeks(PYTHON), MemoryIssues(build_issues(2_500))

    first = weeks.harvest(source, budget=20)
    n_first = len(source.asked)
    second = weeks.harvest(source, NOW + timedelta(hours=1))

    assert len(first.issues) == 1_199
    assert "created until" in first.missing[0]
    assert numbers(second) == list(range(1, 2_501))
    assert second.is_complete
    assert len(source.asked) - n_first == 14


def test_a_limit_loses_nothing_that_was_read():
    weeks = Weeks(PYTHON)
    source = MemoryIssues(build_issues(500)).fail_at(3, LimitReached("Enough.", "Wait."))
    weeks.harvest(source)

    second = weeks.harvest(source, NOW + timedelta(hours=2))

    assert numbers(second) == list(range(1, 501))
    assert len(source.asked) == 3 + 4


def test_what_is_new_comes_before_what_was_left():
    issues = build_issues(2_500)
    weeks = Weeks(PYTHON)
    weeks.harvest(MemoryIssues(issues), budget=20)
    later = NOW + WEEK
    source = MemoryIssues(
        [build_issue(9_000, created_at=later, updated_at=later), *issues], now=later
    )

    second = weeks.harvest(source, later, budget=5)

    assert "updated:>=" in source.asked[0][1]
    assert 9_000 in numbers(second)
    assert "created:<=" in source.asked[1][1]


@pytest.mark.parametrize("error", [Outage("GitHub is silent.", "Wait."), LimitReached("No.", "?")])
def test_a_failed_run_never_empties_what_is_known(error):
    weeks, source = Weeks(PYTHON), MemoryIssues(build_issues(250))
    weeks.harvest(source)

    second = weeks.harvest(MemoryIssues().fail_at(1, error), NOW + WEEK)

    assert len(second.issues) == 250
    assert second.missing == (f"Not read: changed issues of Python. {error.message}",)
    assert second.news.forgotten == frozenset()


def test_what_left_is_forgotten_when_everything_was_read_afresh():
    issues = build_issues(250)
    weeks = Weeks(PYTHON)
    weeks.harvest(MemoryIssues(issues))

    between = weeks.harvest(MemoryIssues(issues[:200]), NOW + WEEK)
    after = weeks.harvest(MemoryIssues(issues[:200]), NOW + REREAD_AFTER)

    assert len(between.issues) == 250
    assert numbers(after) == list(range(1, 201))
    assert after.news.forgotten == {one.id for one in issues[200:]}


def test_a_fresh_reading_that_brings_far_less_forgets_nothing_at_first():
    issues = build_issues(250)
    weeks = Weeks(PYTHON)
    weeks.harvest(MemoryIssues(issues))

    doubted = weeks.harvest(MemoryIssues(issues[:20]), NOW + REREAD_AFTER)
    again = weeks.harvest(MemoryIssues(issues[:20]), NOW + REREAD_AFTER + WEEK)

    assert len(doubted.issues) == 250
    assert "The search for Python brought 20 issues where 250 were known" in doubted.missing[0]
    assert len(again.issues) == 20


def test_a_fresh_reading_that_is_cut_forgets_nothing():
    issues = build_issues(2_500)
    weeks = Weeks(PYTHON)
    weeks.harvest(MemoryIssues(issues))

    cut = weeks.harvest(MemoryIssues(issues[:2_400]), NOW + REREAD_AFTER, budget=20)

    assert len(cut.issues) == 2_500
    assert not cut.is_complete


def test_a_search_that_was_not_read_whole_keeps_the_others_issues_too():
    issues = build_issues(50) + build_issues(2_000, "Go", name="anchor-guild/knots")
    weeks = Weeks(PYTHON, GO)
    source = MemoryIssues(issues)
    weeks.harvest(source, budget=20)

    later = weeks.harvest(MemoryIssues(issues[1:]), NOW + REREAD_AFTER, budget=10)

    assert issues[0].id in {one.id for one in later.issues}


def test_what_no_search_showed_for_half_a_year_is_forgotten_anyway():
    lately, long_ago = (
        build_issue(n, seen_at=NOW - MAX_KEPT + timedelta(days=days))
        for n, days in ((9_998, 1), (9_999, -1))
    )
    weeks = Weeks(PYTHON)
    weeks.kept = Kept((lately, long_ago))

    harvest = weeks.harvest(MemoryIssues(build_issues(2_000)), budget=5)

    assert not harvest.is_complete
    assert harvest.news.forgotten == {long_ago.id}
    assert lately.ref.number in numbers(harvest)


def kept_with(details, updated_at=None):
    """What a harvest knows of an issue with these details when a search shows it again."""
    known = build_issue(1, details=details)
    weeks = Weeks(PYTHON)
    weeks.kept = Kept((known,))
    shown = replace(known, updated_at=updated_at or known.updated_at)
    (issue,) = weeks.harvest(MemoryIssues([shown])).issues
    return issue


def test_details_of_an_issue_that_did_not_change_are_kept():
    details = build_details(read_at=days_ago(1))

    assert kept_with(details).details == details


@pytest.mark.parametrize(
    "details",
    [
        build_details(read_at=days_ago(1), assigned=("bea-example",)),
        build_details(read_at=days_ago(1), is_open=False),
        build_details(read_at=days_ago(1), pull_requests=(build_pull_request(),)),
    ],
)
def test_details_that_a_search_for_free_issues_contradicts_are_dropped(details):
    assert kept_with(details).details is None


def test_details_that_are_older_than_the_last_change_are_dropped():
    assert kept_with(build_details(read_at=days_ago(2)), updated_at=days_ago(1)).details is None


def test_a_page_brings_a_projects_counts_up_to_date_and_leaves_its_topics():
    old = build_repository(facts=build_facts(stars=10, topics=("tides",), read_at=days_ago(9)))
    new = build_repository(facts=build_facts(stars=99, topics=("kites",), is_archived=True))
    other = build_issue(2, repository=old, created_at=days_ago(99))
    weeks = Weeks(PYTHON)
    weeks.kept = Kept((build_issue(1, repository=old), other))

    harvest = weeks.harvest(MemoryIssues([build_issue(1, repository=new)]))

    (facts,) = {one.repository.facts for one in harvest.issues}
    assert (facts.stars, facts.is_archived, facts.topics) == (99, True, ("tides",))
    assert facts.read_at == days_ago(9)
