"""Track records of a shortlist's projects: asked last, kept for weeks, and never waited for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import LimitReached, Outage
from bot.harvest.budget import Allowance
from bot.harvest.enrich import add_facts, add_records, enrich
from bot.harvest.source import Cost, Step
from tests.builders_core import (
    NOW,
    build_details,
    build_facts,
    build_issue,
    build_record,
    build_repository,
    days_ago,
)
from tests.fakes_core import MemoryIssues

PLENTY = Allowance(10_000)
LIMIT = LimitReached("GitHub's limit is reached.", "Wait an hour.")
OUTAGE = Outage("GitHub is silent.", "Wait.")
SINCE = NOW - timedelta(days=28)


def of(name, number=1, **facts):
    """An issue of a project with these facts."""
    return build_issue(number, repository=build_repository(name, facts=build_facts(**facts)))


def unrecorded(issues):
    """The issues as they are known before anybody asked for a record."""
    return [
        replace(
            one,
            repository=replace(one.repository, facts=replace(one.repository.facts, record=None)),
        )
        for one in issues
    ]


def methods(source):
    return [name for name, _, _ in source.asked]


def record_of(issue):
    return issue.repository.facts.record


def test_every_issue_gets_its_projects_record_and_they_share_it():
    issues = [of("lumen-lab/a", 1), of("lumen-lab/a", 2), of("lumen-lab/b")]
    source = MemoryIssues(issues)

    enriched = add_records(unrecorded(issues), source, PLENTY, SINCE)

    assert source.ids_asked == [("R-lumen-lab/a", "R-lumen-lab/b")]
    assert {record_of(one) for one in enriched.issues.values()} == {build_record(read_at=NOW)}
    assert len({id(one.repository) for one in enriched.issues.values()}) == 2
    assert [one.id for one in enriched.news.repositories] == ["R-lumen-lab/a", "R-lumen-lab/b"]
    assert source.spent() == {Step.REPOSITORIES: Cost(1, 1, 0.0)}


def test_records_are_read_33_at_a_time():
    issues = [of(f"lumen-lab/r{n}") for n in range(70)]
    source = MemoryIssues(issues)

    add_records(unrecorded(issues), source, PLENTY, SINCE)

    assert [len(ids) for ids in source.ids_asked] == [33, 33, 4]


def test_a_record_holds_for_four_weeks():
    fresh, old = (
        of(f"lumen-lab/{age}", record=build_record(read_at=days_ago(age))) for age in (27, 29)
    )
    source = MemoryIssues([fresh, old])

    enriched = enrich([fresh, old], source, PLENTY, NOW)

    assert source.ids_asked == [("R-lumen-lab/29",)]
    assert enriched.issues[fresh.ref] == fresh
    assert record_of(enriched.issues[old.ref]).read_at == NOW


def test_records_are_asked_after_the_details_and_of_what_is_left_only():
    issues = [of("lumen-lab/a"), of("lumen-lab/gone")]
    source = MemoryIssues(issues, gone=frozenset({issues[1].id}))

    pages = [replace(one, details=None) for one in unrecorded(issues)]
    enriched = enrich(pages, source, PLENTY, NOW)

    assert methods(source) == ["read_details", "read_records"]
    assert source.ids_asked[1] == ("R-lumen-lab/a",)
    (issue,) = enriched.issues.values()
    assert (issue.details, record_of(issue)) == (build_details(), build_record(read_at=NOW))


def test_a_project_without_facts_is_not_asked_for():
    hidden = build_issue(1, repository=build_repository("lumen-lab/hidden", facts=None))
    source = MemoryIssues([hidden])

    enriched = add_records([hidden], source, PLENTY, SINCE)

    assert (source.asked, enriched.issues) == ([], {hidden.ref: hidden})


def test_what_github_does_not_show_has_no_record_and_is_not_told_as_missing():
    (page,) = unrecorded([of("lumen-lab/a")])
    source = MemoryIssues([page])

    enriched = add_records([page], source, PLENTY, SINCE)

    assert methods(source) == ["read_records"]
    assert (enriched.issues, enriched.missing) == ({page.ref: page}, ())
    assert enriched.news.repositories == ()


def test_the_last_points_are_left_to_details():
    issues = [of(f"lumen-lab/r{n}") for n in range(60)]
    source = MemoryIssues(issues, price={**dict.fromkeys(Step, 1), Step.DETAILS: 48})

    pages = [replace(one, details=None) for one in unrecorded(issues)]
    enriched = enrich(pages, source, Allowance(100), NOW)

    assert methods(source) == ["read_details", "read_details"]
    assert all(one.details for one in enriched.issues.values())
    assert (enriched.missing, enriched.has_ended) == ((), False)


def test_an_outage_over_a_few_records_is_no_loss():
    issues = unrecorded([of(f"lumen-lab/r{n}") for n in range(40)])
    recorded = [of(f"lumen-lab/r{n}") for n in range(40)]
    source = MemoryIssues(recorded).fail_at(1, OUTAGE)

    enriched = add_records(issues, source, PLENTY, SINCE)

    assert sum(record_of(one) is not None for one in enriched.issues.values()) == 7
    assert (enriched.missing, enriched.has_ended) == ((), False)


def test_a_limit_over_the_records_ends_the_work_and_is_told():
    issues = [of(f"lumen-lab/r{n}") for n in range(40)]
    source = MemoryIssues(issues).fail_at(2, LIMIT)

    enriched = enrich(unrecorded(issues), source, PLENTY, NOW)

    assert enriched.has_ended
    assert enriched.missing == ("Records of 7 projects are missing. GitHub's limit is reached.",)
    assert len(enriched.issues) == 40


def test_old_records_serve_where_new_ones_cannot_be_had():
    old = of("lumen-lab/a", record=build_record(read_at=days_ago(60)))
    source = MemoryIssues([old]).fail_at(1, LIMIT)

    enriched = add_records([old], source, PLENTY, SINCE)

    assert enriched.issues == {old.ref: old}
    assert (enriched.missing, enriched.has_ended) == ((), True)


def test_after_a_limit_over_the_details_no_records_are_asked_for():
    issues = [of("lumen-lab/a")]
    source = MemoryIssues(issues).fail_at(1, LIMIT)

    pages = [replace(one, details=None) for one in unrecorded(issues)]
    enriched = enrich(pages, source, PLENTY, NOW)

    assert methods(source) == ["read_details"]
    assert enriched.missing == ("Details of 1 issues are missing. GitHub's limit is reached.",)


@pytest.mark.parametrize("keeps_facts", [True, False], ids=["records", "facts"])
def test_what_is_read_of_one_kind_keeps_the_other(keeps_facts):
    known = of("lumen-lab/a", read_at=days_ago(29), record=build_record(read_at=days_ago(29)))
    source = MemoryIssues([of("lumen-lab/a", topics=("new",), record=build_record(n_commits=9))])
    ask = add_records if keeps_facts else add_facts

    enriched = ask([known], source, PLENTY, SINCE)

    (told,) = (one.facts for one in enriched.news.repositories)
    (kept,) = (one.repository.facts for one in enriched.issues.values())
    assert told == kept
    if keeps_facts:
        assert kept == replace(
            known.repository.facts, record=build_record(n_commits=9, read_at=NOW)
        )
    else:
        assert (kept.topics, kept.read_at) == (("new",), NOW)
        assert kept.record == record_of(known)
