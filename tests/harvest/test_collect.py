from datetime import timedelta

import pytest

from bot.errors import LimitReached, Outage, Refused
from bot.harvest.collect import collect, harvest_budget
from bot.harvest.plan import IssueSearch, Plan
from bot.harvest.source import Step, points_spent
from tests.builders_core import NOW, build_facts, build_issue, build_issues
from tests.fakes_core import MemoryIssues

PLENTY = 10_000
PYTHON, GO, RUST = (IssueSearch(language=name) for name in ("Python", "Go", "Rust"))
LIMIT = LimitReached("GitHub's limit is reached.", "Wait an hour.")


def plan(*searches):
    return Plan((), searches)


def found_numbers(harvest):
    return {issue.ref.number for issue in harvest.issues}


def pages(source):
    return [asked for asked in source.asked if asked[0] in ("search_issues", "list_issues")]


def test_a_search_within_the_cap_is_read_page_by_page():
    source = MemoryIssues(build_issues(250))

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert found_numbers(harvest) == set(range(1, 251))
    assert pages(source) == [("search_issues", PYTHON.text(), at) for at in (None, "100", "200")]
    assert harvest.is_complete


def test_3500_issues_of_one_search_are_all_found_through_the_cap():
    source = MemoryIssues(build_issues(3_500))

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert found_numbers(harvest) == set(range(1, 3_501))
    assert harvest.is_complete
    assert len(pages(source)) == len(set(pages(source)))
    assert len(pages(source)) <= 4 * 10


def test_exactly_1000_issues_need_no_second_slice():
    source = MemoryIssues(build_issues(1_000))

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert len(harvest.issues) == 1_000
    assert source.questions("search_issues") == [PYTHON.text()]


def test_issues_of_the_same_second_are_found_on_both_sides_of_a_slice():
    tied = [build_issue(5_000 + n, created_at=NOW - timedelta(minutes=980)) for n in range(60)]
    source = MemoryIssues(build_issues(1_400) + tied)

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert {issue.ref for issue in tied} <= {issue.ref for issue in harvest.issues}
    assert len(harvest.issues) == 1_460
    assert harvest.is_complete


def test_more_issues_of_one_second_than_github_shows_are_told_as_missing():
    source = MemoryIssues(build_issues(1_200, every=timedelta(0)))

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert len(harvest.issues) == 1_000
    assert [line for line in harvest.missing if "Python" in line] == list(harvest.missing)
    assert "1,000" in harvest.missing[0]


def test_a_search_that_finds_nothing_costs_one_page():
    source = MemoryIssues()

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert (harvest.issues, harvest.missing) == ((), ())
    assert len(source.asked) == 1


def test_an_issue_that_two_searches_find_is_there_once():
    issues = [build_issue(1, title="Print tide tables")]
    source = MemoryIssues(issues)

    harvest = collect(plan(PYTHON, IssueSearch(words="tide tables")), source, PLENTY)

    assert [issue.ref for issue in harvest.issues] == [issues[0].ref]


def test_the_harvest_is_ordered_whatever_the_order_of_the_searches():
    issues = build_issues(3) + build_issues(3, "Go", name="anchor-guild/knots")

    one = collect(plan(PYTHON, GO), MemoryIssues(issues), PLENTY)
    other = collect(plan(GO, PYTHON), MemoryIssues(issues[::-1]), PLENTY)

    assert one.issues == other.issues
    assert [issue.ref for issue in one.issues] == sorted(issue.ref for issue in one.issues)


def test_searches_take_a_page_each_in_turn():
    source = MemoryIssues(build_issues(150) + build_issues(150, "Go", name="anchor-guild/knots"))

    collect(plan(PYTHON, GO), source, PLENTY)

    languages = ["Python" if "Python" in query else "Go" for _, query, _ in pages(source)]
    assert languages == ["Python", "Go", "Python", "Go"]


def test_a_small_budget_ends_fairly_and_says_which_searches_are_cut():
    n_of = {"Python": 400, "Go": 400, "Rust": 100}
    issues = [
        one for name, n in n_of.items() for one in build_issues(n, name, name=f"lumen-lab/{name}")
    ]
    source = MemoryIssues(issues)

    harvest = collect(plan(PYTHON, GO, RUST), source, budget=10)

    n_pages = {name: sum(name in query for _, query, _ in pages(source)) for name in n_of}
    assert n_pages == {"Python": 3, "Go": 3, "Rust": 1}
    assert [name for name in n_of if name in " ".join(harvest.missing)] == ["Python", "Go"]
    assert not harvest.is_complete


def test_a_search_whose_last_page_took_the_last_point_is_whole():
    source = MemoryIssues(build_issues(300))

    harvest = collect(plan(PYTHON), source, budget=4)

    assert len(harvest.issues) == 300
    assert harvest.missing == ()


def test_a_harvest_stays_within_its_budget():
    issues = [one for n in range(300) for one in build_issues(4, name=f"lumen-lab/charts-{n}")]
    source = MemoryIssues(issues, price={**dict.fromkeys(Step, 2), Step.PAGE: 4})

    collect(plan(PYTHON), source, budget=40)

    assert points_spent(source) <= 40


def test_an_error_midway_keeps_what_was_found():
    source = MemoryIssues(build_issues(250) + build_issues(50, "Go", name="anchor-guild/knots"))
    source.fail_at(3, LIMIT)

    harvest = collect(plan(PYTHON, GO), source, PLENTY)

    assert len(harvest.issues) == 150
    assert harvest.missing[0] == (
        "Older issues of the search for Python are missing. GitHub's limit is reached."
    )
    assert "Go" not in " ".join(harvest.missing)
    assert not harvest.is_complete


@pytest.mark.parametrize("error", [LIMIT, Refused("The token expired.", "Make a new one.")])
def test_after_a_limit_or_a_refusal_nothing_more_is_asked(error):
    source = MemoryIssues(build_issues(250)).fail_at(2, error)

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert harvest.is_refused
    assert len(source.asked) == 2
    assert harvest.missing[1] == "Facts of all projects are missing. GitHub answers no more."


def test_after_an_outage_the_facts_are_tried():
    source = MemoryIssues(build_issues(250)).fail_at(2, Outage("GitHub is silent.", "Wait."))

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert not harvest.is_refused
    assert len(harvest.missing) == 1
    assert {issue.repository.facts for issue in harvest.issues} == {build_facts()}


def test_an_error_at_once_is_raised():
    source = MemoryIssues(build_issues(3)).fail_at(1, LIMIT)

    with pytest.raises(LimitReached):
        collect(plan(PYTHON), source, PLENTY)


def test_what_github_hides_is_counted():
    source = MemoryIssues(build_issues(150), n_hidden=7)

    assert collect(plan(PYTHON), source, PLENTY).n_hidden == 7


def test_every_issue_gets_its_projects_facts():
    issues = build_issues(3) + build_issues(2, name="anchor-guild/knots")

    harvest = collect(plan(PYTHON), MemoryIssues(issues), PLENTY)

    assert {issue.repository.facts for issue in harvest.issues} == {build_facts()}


def test_a_project_is_asked_for_once():
    source = MemoryIssues(build_issues(120) + build_issues(30, name="anchor-guild/knots"))

    collect(plan(PYTHON), source, PLENTY)

    asked = [one for ids in source.ids_asked for one in ids]
    assert sorted(asked) == ["R-anchor-guild/knots", "R-lumen-lab/starcharts"]


def test_a_project_that_github_hides_has_unknown_facts():
    source = MemoryIssues(build_issues(1), gone=frozenset({"R-lumen-lab/starcharts"}))

    (issue,) = collect(plan(PYTHON), source, PLENTY).issues

    assert issue.repository.facts is None


def test_an_error_over_the_facts_keeps_the_issues_and_is_told():
    source = MemoryIssues(build_issues(3)).fail_at(2, Outage("GitHub is silent.", "Wait."))

    harvest = collect(plan(PYTHON), source, PLENTY)

    assert [issue.repository.facts for issue in harvest.issues] == [None] * 3
    assert harvest.missing == ("Facts of 1 projects are missing. GitHub is silent.",)


def test_facts_that_were_too_dear_are_told():
    issues = [build_issue(1, repository=f"lumen-lab/charts-{n}") for n in range(250)]
    source = MemoryIssues(issues, price={**dict.fromkeys(Step, 1), Step.REPOSITORIES: 50})

    harvest = collect(plan(PYTHON), source, budget=100)

    assert harvest.missing == (
        "Facts of 50 projects are missing. The points for this step are spent.",
    )
    assert sum(issue.repository.facts is None for issue in harvest.issues) == 50


@pytest.mark.parametrize(
    ("points", "left"), [(700, 630), (40, 20), (150, 130), (200, 180), (1000, 900)]
)
def test_a_tenth_of_the_points_and_at_least_20_are_kept_for_verification(points, left):
    assert harvest_budget(points) == left
