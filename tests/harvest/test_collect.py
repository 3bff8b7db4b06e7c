from datetime import timedelta

import pytest

from bot.errors import LimitReached, Outage
from bot.harvest.collect import batched_ids, collect, harvest_budget, read_details
from bot.harvest.plan import IssueSearch, Plan, TopicSearch
from bot.harvest.source import Cost, Step, points_spent
from tests.builders_core import NOW, build_details, build_facts, build_issue, build_repository
from tests.fakes_core import MemoryIssues

PLENTY = 10_000
PYTHON, GO, RUST = (IssueSearch(language=name) for name in ("Python", "Go", "Rust"))
TIDES = TopicSearch("tides", NOW.date(), None)
LIMIT = LimitReached("GitHub's limit is reached.", "Wait an hour.")


def plan(*searches):
    topics = tuple(one for one in searches if isinstance(one, TopicSearch))
    return Plan(topics, tuple(one for one in searches if isinstance(one, IssueSearch)))


def build_issues(n, language="Python", *, every=timedelta(minutes=1), name="lumen-lab/starcharts"):
    """So many issues of a language, newest first, `every` apart."""
    repository = build_repository(name, language=language)
    return [
        build_issue(number, repository=repository, created_at=NOW - number * every)
        for number in range(1, n + 1)
    ]


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
    assert [line.partition(":")[0] for line in harvest.missing] == ["Python"]
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
    names = {"Python": "lumen-lab/charts", "Go": "anchor-guild/knots", "Rust": "anchor-guild/oars"}
    issues = [
        one for language, name in names.items() for one in build_issues(400, language, name=name)
    ]
    issues = [one for one in issues if one.repository.language != "Rust" or one.ref.number <= 100]
    source = MemoryIssues(issues)

    harvest = collect(plan(PYTHON, GO, RUST), source, budget=10)

    n_pages = {
        language: sum(language in query for _, query, _ in pages(source)) for language in names
    }
    assert n_pages == {"Python": 3, "Go": 3, "Rust": 1}
    assert [line.partition(":")[0] for line in harvest.missing] == ["Python", "Go"]
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
    assert harvest.missing == (
        "Python: older issues are missing, because GitHub's limit is reached.",
    )
    assert not harvest.is_complete


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
    assert harvest.missing == ("facts of 1 projects are missing, because GitHub is silent.",)


def test_facts_that_were_too_dear_are_told():
    issues = [build_issue(1, repository=f"lumen-lab/charts-{n}") for n in range(250)]
    source = MemoryIssues(issues, price={**dict.fromkeys(Step, 1), Step.REPOSITORIES: 50})

    harvest = collect(plan(PYTHON), source, budget=100)

    assert harvest.missing == ("facts of 50 projects are missing: the points are spent",)
    assert sum(issue.repository.facts is None for issue in harvest.issues) == 50


def test_a_topics_projects_are_found_and_listed():
    facts = build_facts(topics=("tides",))
    knots = build_repository("anchor-guild/knots", language="Go", facts=facts)
    source = MemoryIssues([build_issue(n, repository=knots) for n in range(1, 151)])

    harvest = collect(plan(TIDES), source, PLENTY)

    assert len(harvest.issues) == 150
    assert source.asked[:3] == [
        ("search_repositories", TIDES.text(), None),
        ("list_issues", "anchor-guild/knots", None),
        ("list_issues", "anchor-guild/knots", "100"),
    ]


def test_a_topics_projects_without_labelled_issues_are_not_listed():
    empty = build_repository("anchor-guild/empty")
    source = MemoryIssues(of_topic={"tides": [empty]})

    collect(plan(TIDES), source, PLENTY)

    assert source.questions("list_issues") == []


def test_a_topics_projects_in_other_languages_are_not_listed():
    facts = build_facts(topics=("tides",))
    issues = [
        build_issue(
            1, repository=build_repository(f"anchor-guild/{name}", language=name, facts=facts)
        )
        for name in ("Go", "Rust")
    ]
    source = MemoryIssues(issues)

    collect(plan(TopicSearch("tides", NOW.date(), frozenset({"Rust"}))), source, PLENTY)

    assert source.questions("list_issues") == ["anchor-guild/Rust"]


def test_a_project_of_two_topics_is_listed_once():
    facts = build_facts(topics=("tides", "charts"))
    knots = build_repository("anchor-guild/knots", facts=facts)
    source = MemoryIssues([build_issue(1, repository=knots)])

    collect(plan(TIDES, TopicSearch("charts", NOW.date(), None)), source, PLENTY)

    assert source.questions("list_issues") == ["anchor-guild/knots"]


def test_a_topic_of_many_projects_is_searched_page_by_page():
    facts = build_facts(topics=("tides",))
    repositories = [build_repository(f"anchor-guild/n{n}", facts=facts) for n in range(130)]
    source = MemoryIssues([build_issue(1, repository=one) for one in repositories])

    harvest = collect(plan(TIDES), source, PLENTY)

    cursors = [after for name, _, after in source.asked if name == "search_repositories"]
    assert cursors == [None, "100"]
    assert len(harvest.issues) == 130


@pytest.mark.parametrize(
    ("points", "left"), [(700, 630), (40, 20), (150, 130), (200, 180), (1000, 900)]
)
def test_a_tenth_of_the_points_and_at_least_20_are_kept_for_verification(points, left):
    assert harvest_budget(points) == left


def test_a_question_holds_at_most_100_ids():
    groups = list(batched_ids([str(n) for n in range(230)]))

    assert [len(group) for group in groups] == [100, 100, 30]
    assert [one for group in groups for one in group] == [str(n) for n in range(230)]


def test_details_are_read_50_at_a_time():
    issues = build_issues(120)
    source = MemoryIssues(issues)

    detailed, missing = read_details(issues, source, PLENTY)

    assert [len(ids) for ids in source.ids_asked] == [50, 50, 20]
    assert detailed == {issue.ref: issue for issue in issues}
    assert missing == ()
    assert source.spent() == {Step.DETAILS: Cost(3, 3, 0.0)}


def test_details_replace_what_was_known():
    stale = build_issue(1, details=None)
    fresh = build_details(assigned=("bea-example",))
    source = MemoryIssues([build_issue(1, details=fresh)])

    detailed, _ = read_details([stale], source, PLENTY)

    assert detailed[stale.ref].details == fresh


def test_an_issue_that_is_gone_has_no_place_among_the_details():
    issues = build_issues(3)
    source = MemoryIssues(issues, gone=frozenset({issues[1].id}))

    detailed, missing = read_details(issues, source, PLENTY)

    assert set(detailed) == {issues[0].ref, issues[2].ref}
    assert missing == ()


def test_details_end_with_the_points_and_the_rest_stays_unknown():
    issues = [build_issue(n, details=None) for n in range(1, 81)]
    source = MemoryIssues([build_issue(n) for n in range(1, 81)])

    detailed, missing = read_details(issues, source, budget=1)

    assert sum(issue.details is None for issue in detailed.values()) == 30
    assert missing == ("details of 30 issues are missing: the points are spent",)


def test_an_error_over_the_details_keeps_those_that_were_read():
    issues = [build_issue(n, details=None) for n in range(1, 81)]
    source = MemoryIssues([build_issue(n) for n in range(1, 81)]).fail_at(2, LIMIT)

    detailed, missing = read_details(issues, source, PLENTY)

    assert sum(issue.details is not None for issue in detailed.values()) == 50
    assert missing == ("details of 30 issues are missing, because GitHub's limit is reached.",)
