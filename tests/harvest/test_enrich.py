"""Details of a shortlist: in groups, within the points, and what is missing is told."""

from bot.errors import LimitReached
from bot.harvest.enrich import batched_ids, read_details
from bot.harvest.source import Cost, Step
from tests.builders_core import build_details, build_issue, build_issues
from tests.fakes_core import MemoryIssues

PLENTY = 10_000
LIMIT = LimitReached("GitHub's limit is reached.", "Wait an hour.")


def test_a_question_holds_at_most_100_ids():
    groups = list(batched_ids([str(n) for n in range(230)], 100))

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
    assert missing == ("Details of 30 issues are missing. The points for this step are spent.",)


def test_an_error_over_the_details_keeps_those_that_were_read():
    issues = [build_issue(n, details=None) for n in range(1, 81)]
    source = MemoryIssues([build_issue(n) for n in range(1, 81)]).fail_at(2, LIMIT)

    detailed, missing = read_details(issues, source, PLENTY)

    assert sum(issue.details is not None for issue in detailed.values()) == 50
    assert missing == ("Details of 30 issues are missing. GitHub's limit is reached.",)
