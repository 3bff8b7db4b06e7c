"""One issue, looked at as a run would."""

import pytest

from bot.allocation.offer import Offer
from bot.errors import ConfigurationError
from bot.explanation import explain_issue
from bot.harvest.budget import Allowance
from bot.ranking.rank import score_issue
from bot.screening.reasons import DropCode
from bot.selection import Task
from bot.terms import IssueRef, Week
from tests.builders_core import (
    NOW,
    build_club,
    build_comment,
    build_details,
    build_issue,
    build_repository,
    build_student,
    days_ago,
)
from tests.fakes_core import MemoryIssues

ADA = build_student()
ISSUE = build_issue(12, details=build_details(n_comments=0))
WEEK = Week(2026, 47)


def explained(*issues, ref=ISSUE.ref, student=ADA, offers=()):
    task = Task(build_club(), (student,), offers, WEEK, NOW, Allowance(10_000))
    return explain_issue(task, student, ref, MemoryIssues(issues))


def code(explanation):
    return explanation.drop and explanation.drop.code


def test_a_free_issue_is_explained_by_its_whole_score():
    explanation = explained(ISSUE)

    assert (explanation.student, explanation.drop, explanation.is_candidate) == (ADA, None, True)
    assert explanation.ranked.reasons == score_issue(ISSUE, ADA, NOW).reasons


def test_an_issue_that_no_harvest_finds_is_an_error_that_says_why():
    with pytest.raises(ConfigurationError, match="lumen-lab/starcharts#99") as refused:
        explained(ISSUE, ref=IssueRef("lumen-lab/starcharts", 99))

    assert "good first issue" in refused.value.advice


def test_a_dropped_issue_is_explained_with_its_score():
    taken = build_issue(12, details=build_details(build_comment("I'll take this")))

    explanation = explained(taken)

    assert code(explanation) is DropCode.TAKEN
    assert explanation.ranked.issue.details == taken.details


def test_an_address_in_another_case_is_the_same_issue():
    taken = build_issue(12, details=build_details(build_comment("I'll take this")))
    source = MemoryIssues([taken])
    source.list_labelled = lambda name, labels, after: MemoryIssues.list_labelled(
        source, "lumen-lab/starcharts", labels, after
    )
    task = Task(build_club(), (ADA,), (), WEEK, NOW, Allowance(10_000))

    explanation = explain_issue(task, ADA, IssueRef("Lumen-Lab/StarCharts", 12), source)

    assert code(explanation) is DropCode.TAKEN


def test_a_flood_is_seen_among_its_siblings():
    siblings = [build_issue(n, title=f"Round {'x' * n}") for n in range(20, 130)]

    assert code(explained(ISSUE, *siblings)) is DropCode.FARM


def test_what_the_journal_holds_is_told():
    mine = Offer("ada-example", ISSUE.ref, "2026-W40", days_ago(50))
    theirs = Offer("bea-example", ISSUE.ref, "2026-W46", days_ago(7))

    own = explained(ISSUE, offers=[mine])
    assert (own.offer, own.drop) == (mine, None)
    others = explained(ISSUE, offers=[theirs])
    assert others.offer is None
    assert code(others) is DropCode.CLUBMATE


def test_an_issue_that_nobody_asked_for_is_no_candidate():
    knots = build_issue(12, repository=build_repository(language="Go"))

    explanation = explained(knots)

    assert (explanation.is_candidate, explanation.drop) == (False, None)


def test_what_only_an_issues_text_speaks_of_makes_no_candidate_for_a_run_chooses_by_pages():
    written = build_issue(12, details=build_details(body="The tides are rounded twice."))
    titled = build_issue(13, title="Round the tides")
    student = build_student(interests=["tides"])

    by_text = explained(written, student=student)
    assert not by_text.is_candidate
    assert "interest" in {one.feature for one in by_text.ranked.reasons}
    assert explained(titled, ref=titled.ref, student=student).is_candidate


def test_a_project_whose_facts_are_hidden_is_explained_by_what_its_page_tells():
    source = MemoryIssues([ISSUE], gone=frozenset({ISSUE.repository.id}))
    task = Task(build_club(), (ADA,), (), WEEK, NOW, Allowance(10_000))

    explanation = explain_issue(task, ADA, ISSUE.ref, source)

    assert explanation.ranked.issue.repository.facts.topics is None
    assert code(explanation) is None
