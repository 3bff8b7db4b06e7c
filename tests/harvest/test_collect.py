from datetime import timedelta

import pytest

from bot.errors import LimitReached, Outage, Refused
from bot.harvest.budget import PAGE_SHARE, Allowance, harvest_budget
from bot.harvest.collect import CANARY
from bot.harvest.collect import collect as collect_from
from bot.harvest.plan import IssueSearch, Plan
from bot.harvest.reading import Reading
from bot.harvest.source import points_spent
from bot.harvest.store import Kept
from tests.builders_core import NOW, build_issue, build_issues, days_ago
from tests.fakes_core import MemoryIssues

PLENTY, NOTHING_KEPT = 10_000, Kept()
PYTHON, GO, RUST = (IssueSearch(language=name) for name in ("Python", "Go", "Rust"))
LIMIT = LimitReached("GitHub's limit is reached.", "Wait an hour.")


def plan(*searches, tastes=None):
    tastes = tastes or [{one.key for one in searches}]
    return Plan((), searches, {str(n): frozenset(one) for n, one in enumerate(tastes)})


def collect(job, source, budget=PLENTY, kept=NOTHING_KEPT):
    return collect_from(job, source, kept, Allowance(budget), NOW)


def found_numbers(harvest):
    return {issue.ref.number for issue in harvest.issues}


def pages(source):
    return [asked for asked in source.asked if asked[0] in ("search_issues", "list_issues")]


def test_a_search_within_the_cap_is_read_page_by_page():
    source = MemoryIssues(build_issues(250))

    harvest = collect(plan(PYTHON), source)

    assert found_numbers(harvest) == set(range(1, 251))
    assert pages(source) == [
        ("search_issues", PYTHON.text(Reading(NOW)), at) for at in (None, "100", "200")
    ]
    assert harvest.is_complete


def test_3500_issues_of_one_search_are_all_found_through_the_cap():
    source = MemoryIssues(build_issues(3_500))

    harvest = collect(plan(PYTHON), source)

    assert found_numbers(harvest) == set(range(1, 3_501))
    assert harvest.is_complete
    assert len(pages(source)) == len(set(pages(source)))
    assert len(pages(source)) <= 4 * 10


def test_exactly_1000_issues_need_no_second_slice():
    source = MemoryIssues(build_issues(1_000))

    harvest = collect(plan(PYTHON), source)

    assert len(harvest.issues) == 1_000
    assert source.questions("search_issues") == [PYTHON.text(Reading(NOW))]


def test_issues_of_the_same_second_are_found_on_both_sides_of_a_slice():
    tied = [build_issue(5_000 + n, created_at=NOW - timedelta(minutes=980)) for n in range(60)]
    source = MemoryIssues(build_issues(1_400) + tied)

    harvest = collect(plan(PYTHON), source)

    assert {issue.ref for issue in tied} <= {issue.ref for issue in harvest.issues}
    assert len(harvest.issues) == 1_460
    assert harvest.is_complete


def test_more_issues_of_one_second_than_github_shows_are_told_and_the_rest_is_read():
    source = MemoryIssues(
        [*build_issues(1_200, every=timedelta(0)), build_issue(2_000, created_at=days_ago(9))]
    )

    harvest = collect(plan(PYTHON), source)

    assert len(harvest.issues) == 1_001
    assert harvest.missing == (
        f"Issues of the search for Python are missing: over 1,000 came at {NOW}.",
    )


def test_a_search_that_finds_nothing_costs_a_page_and_a_look_whether_the_token_sees():
    source = MemoryIssues(build_issues(1, "Go"))

    harvest = collect(plan(PYTHON), source)

    assert (harvest.issues, harvest.missing) == ((), ())
    assert [query for _, query, _ in source.asked] == [PYTHON.text(Reading(NOW)), CANARY]


@pytest.mark.parametrize("kept", [NOTHING_KEPT, Kept((build_issue(7),))])
def test_a_token_that_sees_nothing_ends_the_run_whatever_is_kept(kept):
    with pytest.raises(Refused, match="finds nothing at all"):
        collect(plan(PYTHON), MemoryIssues(), kept=kept)


def test_an_issue_that_two_searches_find_is_there_once():
    issues = [build_issue(1, title="Print tide tables")]
    source = MemoryIssues(issues)

    harvest = collect(plan(PYTHON, IssueSearch(words="tide tables")), source)

    assert [issue.ref for issue in harvest.issues] == [issues[0].ref]


def test_the_harvest_is_ordered_whatever_the_order_of_the_searches():
    issues = build_issues(3) + build_issues(3, "Go", name="anchor-guild/knots")

    one = collect(plan(PYTHON, GO), MemoryIssues(issues))
    other = collect(plan(GO, PYTHON), MemoryIssues(issues[::-1]))

    assert one.issues == other.issues
    assert [issue.ref for issue in one.issues] == sorted(issue.ref for issue in one.issues)


def test_searches_take_a_page_each_in_turn():
    source = MemoryIssues(build_issues(150) + build_issues(150, "Go", name="anchor-guild/knots"))

    collect(plan(PYTHON, GO), source)

    languages = ["Python" if "Python" in query else "Go" for _, query, _ in pages(source)]
    assert languages == ["Python", "Go", "Python", "Go"]


def test_a_small_budget_ends_fairly_and_says_which_searches_are_cut():
    n_of = {"Python": 400, "Go": 400, "Rust": 100}
    issues = [
        one for name, n in n_of.items() for one in build_issues(n, name, name=f"lumen-lab/{name}")
    ]
    source = MemoryIssues(issues)

    harvest = collect(plan(PYTHON, GO, RUST), source, budget=14)

    n_pages = {name: sum(name in query for _, query, _ in pages(source)) for name in n_of}
    assert n_pages == {"Python": 3, "Go": 3, "Rust": 1}
    assert [name for name in n_of if name in " ".join(harvest.missing)] == ["Python", "Go"]
    assert not harvest.is_complete


def test_points_go_to_those_who_have_least():
    source = MemoryIssues(
        build_issues(900)
        + build_issues(900, "Go", name="anchor-guild/knots")
        + build_issues(900, "Rust", name="anchor-guild/sails")
    )
    rich, poor = {PYTHON.key, GO.key}, {RUST.key}

    collect(plan(PYTHON, GO, RUST, tastes=[rich, poor]), source, budget=15)

    n_pages = [
        sum(name in query for _, query, _ in pages(source)) for name in ("Python", "Go", "Rust")
    ]
    assert n_pages == [2, 2, 4]


def test_a_search_whose_last_page_took_the_last_point_is_whole():
    source = MemoryIssues(build_issues(300))

    harvest = collect(plan(PYTHON), source, budget=5)

    assert len(harvest.issues) == 300
    assert harvest.missing == ()


def test_pages_stay_within_their_share_of_the_budget():
    source = MemoryIssues(build_issues(3_000))

    collect(plan(PYTHON), source, budget=20)

    assert points_spent(source) == 20 * PAGE_SHARE


def test_an_error_midway_keeps_what_was_found():
    source = MemoryIssues(build_issues(250) + build_issues(50, "Go", name="anchor-guild/knots"))
    source.fail_at(4, LIMIT)

    harvest = collect(plan(PYTHON, GO), source)

    assert len(harvest.issues) == 150
    (told,) = harvest.missing
    assert told == (
        "Not read: issues of Python created until 2026-11-18. GitHub's limit is reached."
    )
    assert not harvest.is_complete


@pytest.mark.parametrize("error", [LIMIT, Refused("The token expired.", "Make a new one.")])
def test_after_a_limit_or_a_refusal_nothing_more_is_asked(error):
    source = MemoryIssues(build_issues(250)).fail_at(2, error)

    harvest = collect(plan(PYTHON), source)

    assert harvest.has_ended
    assert len(source.asked) == 2


def test_an_outage_ends_its_search_only():
    source = MemoryIssues(build_issues(250) + build_issues(250, "Go", name="anchor-guild/knots"))
    source.fail_at(2, Outage("GitHub is silent.", "Wait."))

    harvest = collect(plan(PYTHON, GO), source)

    assert not harvest.has_ended
    assert len(harvest.issues) == 250
    assert harvest.missing == ("Not read: issues of Python. GitHub is silent.",)


def test_after_three_outages_in_a_row_nothing_more_is_asked():
    searches = [IssueSearch(words=f"tide {n}") for n in range(6)]
    source = MemoryIssues(build_issues(3))
    for nth in (1, 2, 3, 4):
        source.fail_at(nth, Outage("GitHub is silent.", "Wait."))

    with pytest.raises(Outage):
        collect(plan(*searches), source)

    assert len(source.asked) == 1 + 3


def test_an_error_at_once_is_raised():
    source = MemoryIssues(build_issues(3)).fail_at(1, LIMIT)

    with pytest.raises(LimitReached):
        collect(plan(PYTHON), source)


def test_what_github_hides_is_counted():
    source = MemoryIssues(build_issues(150), n_hidden=7)

    assert collect(plan(PYTHON), source).n_hidden == 7


@pytest.mark.parametrize(
    ("points", "left"), [(700, 630), (40, 20), (150, 130), (200, 180), (1000, 900)]
)
def test_a_tenth_of_the_points_and_at_least_20_are_kept_for_verification(points, left):
    assert harvest_budget(points).points == left


def test_a_large_club_keeps_the_points_that_its_verification_needs():
    assert harvest_budget(700, n_places=1_400).points == 700 - 28 * 3
    assert harvest_budget(700, n_places=20_000).points == 0


def test_issues_that_move_up_over_a_pages_border_are_not_lost():
    issues = build_issues(350)
    source = MemoryIssues(issues)
    ask = source.search_issues

    def search(query, after):
        page = ask(query, after)
        if len(source.asked) == 1:
            source.issues = issues[5:]
        return page

    source.search_issues = search

    harvest = collect(plan(PYTHON), source)

    assert found_numbers(harvest) == set(range(1, 351))
