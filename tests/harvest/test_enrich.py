"""Details of a shortlist: in groups, within the points, and what is missing is told."""

from dataclasses import replace
from datetime import timedelta

from bot.errors import LimitReached, Outage
from bot.harvest.budget import Allowance
from bot.harvest.enrich import add_facts, enrich, read_details
from bot.harvest.source import Cost, Step, batched_ids
from bot.terms import IssueRef
from tests.builders_core import (
    NOW,
    build_details,
    build_facts,
    build_issue,
    build_issues,
    build_repository,
    days_ago,
)
from tests.fakes_core import MemoryIssues

PLENTY = Allowance(10_000)
LIMIT = LimitReached("GitHub's limit is reached.", "Wait an hour.")


def test_a_question_holds_at_most_100_ids():
    groups = list(batched_ids([str(n) for n in range(230)], 100))

    assert [len(group) for group in groups] == [100, 100, 30]
    assert [one for group in groups for one in group] == [str(n) for n in range(230)]


def unknown(issues):
    return [replace(one, details=None) for one in issues]


def test_details_are_read_50_at_a_time():
    issues = build_issues(120)
    source = MemoryIssues(issues)

    enriched = read_details(unknown(issues), source, PLENTY, NOW)

    assert [len(ids) for ids in source.ids_asked] == [50, 50, 20]
    assert {ref: one.details for ref, one in enriched.issues.items()} == {
        one.ref: one.details for one in issues
    }
    assert enriched.missing == ()
    assert source.spent() == {Step.DETAILS: Cost(3, 3, 0.0)}


def test_details_of_the_last_three_days_are_believed():
    fresh, old = (
        build_issue(n, details=build_details(read_at=days_ago(age)))
        for n, age in ((1, 2.9), (2, 3.1))
    )
    source = MemoryIssues([fresh, old])

    enriched = read_details([fresh, old], source, PLENTY, NOW)

    assert source.ids_asked == [(old.id,)]
    assert enriched.issues[fresh.ref] is fresh
    assert enriched.issues[old.ref].details.read_at == NOW


def test_details_replace_what_was_known_and_tell_the_labels():
    stale = build_issue(1, details=build_details(read_at=days_ago(4)))
    fresh = build_details(assigned=("bea-example",), labels=("wontfix",), n_comments=7)
    source = MemoryIssues([build_issue(1, details=fresh)])

    (issue,) = read_details([stale], source, PLENTY, NOW).issues.values()

    assert (issue.details, issue.labels) == (fresh, ("wontfix",))


def test_labels_stay_where_details_do_not_tell_them():
    source = MemoryIssues([build_issue(1, details=build_details(labels=None))])

    (issue,) = read_details(unknown(source.issues), source, PLENTY, NOW).issues.values()

    assert issue.labels == ("good first issue",)


def test_an_issue_that_is_gone_has_no_place_among_the_details():
    issues = build_issues(3)
    source = MemoryIssues(issues, gone=frozenset({issues[1].id}))

    enriched = read_details(unknown(issues), source, PLENTY, NOW)

    assert set(enriched.issues) == {issues[0].ref, issues[2].ref}
    assert enriched.missing == ()


def test_an_issue_whose_id_leads_elsewhere_has_no_place_among_the_details():
    elsewhere = build_details(ref=IssueRef("anchor-guild/knots", 1))
    source = MemoryIssues([build_issue(1, details=elsewhere)])

    assert read_details(unknown(source.issues), source, PLENTY, NOW).issues == {}


def test_what_turns_out_to_be_closed_is_not_kept():
    free, closed = build_issue(1), build_issue(2, details=build_details(is_open=False))
    source = MemoryIssues([free, closed])

    news = read_details(unknown([free, closed]), source, PLENTY, NOW).news

    assert news.forgotten == {closed.id}
    assert [one.id for one in news.issues] == [free.id]


def test_details_end_with_the_points_and_the_rest_stays_unknown():
    issues = [build_issue(n) for n in range(1, 81)]

    enriched = read_details(unknown(issues), MemoryIssues(issues), Allowance(1), NOW)

    assert sum(issue.details is None for issue in enriched.issues.values()) == 30
    assert enriched.missing == (
        "Details of 30 issues are missing. The points for this step are spent.",
    )


def test_an_error_over_the_details_keeps_those_that_were_read():
    issues = [build_issue(n) for n in range(1, 81)]
    source = MemoryIssues(issues).fail_at(2, LIMIT)

    enriched = read_details(unknown(issues), source, PLENTY, NOW)

    assert sum(issue.details is not None for issue in enriched.issues.values()) == 50
    assert enriched.missing == ("Details of 30 issues are missing. GitHub's limit is reached.",)
    assert enriched.has_ended


def test_old_details_serve_where_new_ones_cannot_be_had():
    old = build_issue(1, details=build_details(read_at=days_ago(9)))
    source = MemoryIssues([old]).fail_at(1, LIMIT)

    enriched = read_details([old], source, PLENTY, NOW)

    assert enriched.issues[old.ref] is old
    assert enriched.missing == ()


def told(name, **facts):
    return build_issue(1, repository=build_repository(name, facts=build_facts(**facts)))


def test_every_issue_gets_its_projects_facts_and_they_share_them():
    issues = build_issues(120) + build_issues(2, name="anchor-guild/knots")
    source = MemoryIssues(issues)
    pages = [source.on_a_page(one) for one in issues]

    enriched = add_facts(pages, source, PLENTY, NOW - timedelta(days=28))

    assert [sorted(ids) for ids in source.ids_asked] == [
        ["R-anchor-guild/knots", "R-lumen-lab/starcharts"]
    ]
    repositories = {id(one.repository): one.repository for one in enriched.issues.values()}
    assert {one.facts.topics for one in repositories.values()} == {("charts",)}
    assert len(repositories) == 2
    assert {one.id for one in enriched.news.repositories} == {
        "R-anchor-guild/knots",
        "R-lumen-lab/starcharts",
    }


def test_after_a_limit_over_the_facts_no_details_are_asked_for():
    issues = [build_issue(n, repository=f"lumen-lab/r{n}") for n in range(3)]
    source = MemoryIssues(issues).fail_at(1, LIMIT)
    pages = [source.on_a_page(one) for one in issues]

    enriched = enrich(pages, source, PLENTY, NOW)

    assert [name for name, _, _ in source.asked] == ["read_repositories"]
    assert enriched.has_ended
    assert enriched.missing[1] == "Details of 3 issues are missing. GitHub answers no more."


def test_facts_hold_for_a_while():
    fresh, old = (
        told("lumen-lab/a", read_at=days_ago(27)),
        told("lumen-lab/b", read_at=days_ago(29)),
    )
    source = MemoryIssues([fresh, old])

    enriched = add_facts([fresh, old], source, PLENTY, NOW - timedelta(days=28))

    assert source.ids_asked == [("R-lumen-lab/b",)]
    assert enriched.issues[fresh.ref] == fresh


def test_the_projects_of_the_newest_issues_are_asked_first():
    old = build_issue(1, repository="lumen-lab/old", created_at=days_ago(90))
    new = build_issue(1, repository="lumen-lab/new", created_at=days_ago(1))
    source = MemoryIssues([old, new])
    pages = [source.on_a_page(one) for one in (old, new)]

    add_facts(pages, source, PLENTY, NOW - timedelta(days=28))

    assert source.ids_asked == [("R-lumen-lab/new", "R-lumen-lab/old")]


def test_a_project_that_github_hides_keeps_what_the_page_told():
    source = MemoryIssues(build_issues(1), gone=frozenset({"R-lumen-lab/starcharts"}))
    (page,) = map(source.on_a_page, source.issues)

    enriched = add_facts([page], source, PLENTY, NOW - timedelta(days=28))

    assert enriched.issues[page.ref] == page
    assert enriched.missing == ()


def test_an_error_over_the_facts_keeps_the_issues_and_is_told():
    source = MemoryIssues(build_issues(3)).fail_at(1, Outage("GitHub is silent.", "Wait."))
    pages = [source.on_a_page(one) for one in source.issues]

    enriched = add_facts(pages, source, PLENTY, NOW - timedelta(days=28))

    assert list(enriched.issues.values()) == pages
    assert enriched.missing == ("Facts of 1 projects are missing. GitHub is silent.",)
    assert not enriched.has_ended


def test_facts_that_were_too_dear_are_told():
    issues = [build_issue(1, repository=f"lumen-lab/charts-{n}") for n in range(250)]
    source = MemoryIssues(issues, price={**dict.fromkeys(Step, 1), Step.REPOSITORIES: 50})
    pages = [source.on_a_page(one) for one in issues]

    enriched = add_facts(pages, source, Allowance(100), NOW - timedelta(days=28))

    assert enriched.missing == (
        "Facts of 50 projects are missing. The points for this step are spent.",
    )
    assert sum(one.repository.facts.topics is None for one in enriched.issues.values()) == 50
