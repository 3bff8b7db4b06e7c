"""A question that is too heavy is asked smaller, never again unchanged; what came is used."""

from collections.abc import Iterator

import pytest

from bot.adapters.github_pace import N_GOOD, Pace
from bot.errors import Outage
from bot.harvest.source import Step
from bot.sandbox import faults
from bot.sandbox.fault_nulls import null_nodes, partial_data
from bot.sandbox.faults import Fault, Match
from bot.sandbox.messages import Answer, Request
from tests.adapters.asking import (
    DETAILS,
    LISTING,
    SEARCHES,
    Asked,
    asking,
    issue_ids,
    repository_ids,
)


@pytest.fixture
def asked() -> Iterator[Asked]:
    with asking() as asked:
        yield asked


def _said(message: str, kind: str | None) -> Fault:
    error = {"message": message} | ({"type": kind} if kind else {})
    return Fault("said", before=lambda _: Answer(200, {"data": None, "errors": [error]}))


def _of_size(first: int) -> Match:
    def has_size(request: Request) -> bool:
        return request.variables.get("first") == first

    return Match(operation="SearchIssues", where=has_size)


@pytest.mark.parametrize(
    "fault",
    [
        faults.bad_gateway(),
        faults.gateway_timeout(),
        _said("Resource limits for this query exceeded.", "RESOURCE_LIMITS_EXCEEDED"),
        _said("Something went wrong. This may be the result of a timeout.", None),
        faults.truncated_body(),
    ],
    ids=["502", "504", "resources", "words", "broken off"],
)
def test_a_page_that_is_too_heavy_is_halved_and_not_repeated(asked: Asked, fault: Fault) -> None:
    asked.sandbox.faults.add(fault, SEARCHES, times=2)
    page = asked.search()
    assert asked.sizes() == [100, 50, 25]
    assert (len(page.issues), page.n_hidden) == (25, 0)


def test_a_search_that_was_halved_loses_nothing_and_finds_nothing_twice(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), SEARCHES, skip=1)
    found = [issue.id for issue in asked.search_all()]
    assert asked.sizes() == [100, 100, 50]
    assert len(set(found)) == len(found) == 130
    assert asked.repeated() == []


def test_the_next_page_does_not_begin_with_the_size_that_failed(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), SEARCHES)
    assert len(asked.search_all()) == 130
    assert asked.sizes() == [100, 50, 50, 50]


def test_pages_grow_again_after_several_good_ones(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), SEARCHES, times=2)
    assert len(asked.search_all()) == 130
    assert asked.sizes() == [100, 50, *(N_GOOD * [25]), 50]


def test_a_growth_that_fails_is_tried_half_as_often() -> None:
    pace = Pace()
    pace.was_too_heavy(100)
    for _ in range(N_GOOD):
        pace.was_good()
    assert pace.most == 100
    pace.was_too_heavy(100)
    for _ in range(2 * N_GOOD - 1):
        pace.was_good()
    assert pace.most == 50
    pace.was_good()
    assert pace.most == 100


def test_a_pace_that_was_never_too_fast_stays_as_it_is() -> None:
    pace = Pace()
    for _ in range(3 * N_GOOD):
        pace.was_good()
    pace.was_too_heavy(100)
    assert (pace.most, pace.n_wanted) == (50, N_GOOD)


def test_another_document_keeps_its_own_size(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), SEARCHES)
    asked.search()
    asked.source.search_repositories("topic:sailing", LISTING, None)
    assert asked.sizes() == [100, 50, 100]


def test_a_page_that_is_too_heavy_at_the_floor_is_an_outage(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), SEARCHES, times=4)
    with pytest.raises(Outage, match="ran out of time") as error:
        asked.search()
    assert asked.sizes() == [100, 50, 25, 12]
    assert error.value.advice
    asked.search()
    assert asked.sizes()[4:] == [12]


def test_failures_are_counted_as_spent(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.gateway_timeout(), SEARCHES, times=2)
    asked.search()
    cost = asked.source.spent()[Step.PAGE]
    assert (cost.requests, cost.points) == (3, 3)


def test_a_partial_answer_says_itself_what_it_cost(asked: Asked) -> None:
    ids = issue_ids(asked.world, 50)
    asked.sandbox.faults.add(partial_data(("nodes", 3)), DETAILS)
    asked.details(ids)
    cost = asked.source.spent()[Step.VERIFICATION]
    assert (cost.requests, cost.points) == (2, 3 + 1)


def test_details_are_asked_in_halves(asked: Asked) -> None:
    ids = issue_ids(asked.world, 50)
    asked.sandbox.faults.add(faults.bad_gateway(), DETAILS)
    assert asked.details(ids) == set(ids)
    assert asked.sizes() == [50, 25, 25]
    assert asked.repeated() == []


def test_details_that_are_too_heavy_at_the_floor_are_an_outage(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.gateway_timeout(), DETAILS, times=None)
    with pytest.raises(Outage, match="ran out of time"):
        asked.details(issue_ids(asked.world, 50))
    assert asked.sizes() == [50, 25, 12]


def test_a_handful_of_details_is_not_asked_any_smaller(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), DETAILS, times=None)
    with pytest.raises(Outage):
        asked.details(issue_ids(asked.world, 5))
    assert asked.sizes() == [5]


def test_facts_are_asked_in_halves(asked: Asked) -> None:
    ids = repository_ids(asked.world)
    asked.sandbox.faults.add(faults.bad_gateway(), Match(operation="ReadRepositories"))
    assert set(asked.source.read_repositories(ids)) == set(ids)
    assert asked.sizes() == [13, 12, 1]


def test_a_listing_is_asked_for_fewer_repositories_at_a_time(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), Match(operation="ListIssues"))
    listed = asked.source.list_issues(repository_ids(asked.world), LISTING, 10)
    assert asked.sizes() == [13, 6, 6, 1]
    assert (len(listed.issues), listed.n_hidden, dict(listed.cursors)) == (130, 0, {})


def test_the_listing_of_one_repository_is_asked_for_fewer_issues_at_a_time(asked: Asked) -> None:
    asked.sandbox.faults.add(faults.bad_gateway(), Match(operation="ListIssues"))
    one = repository_ids(asked.world)[0]
    listed = asked.source.list_issues([one], LISTING, 16)
    assert [each.variables["first"] for each in asked.sandbox.requests] == [16, 12]
    assert len(listed.issues) == 10


def test_a_partial_page_is_asked_again_smaller_until_it_comes_whole(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("search", "nodes", 3)), SEARCHES, times=2)
    found = [issue.id for issue in asked.search_all()]
    assert asked.sizes()[:3] == [100, 50, 25]
    assert len(set(found)) == len(found) == 130


def test_a_page_that_stays_partial_uses_what_came_and_counts_the_rest(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("search", "nodes", 3)), SEARCHES, times=None)
    page = asked.search()
    assert asked.sizes() == [100, 50, 25, 12]
    assert (len(page.issues), page.n_hidden) == (11, 1)
    assert page.cursor is not None


def test_what_only_a_larger_question_told_is_kept(asked: Asked) -> None:
    for size, place in ((100, 3), (50, 5), (25, 5), (12, 5)):
        fault = partial_data(("search", "nodes", place))
        asked.sandbox.faults.add(fault, _of_size(size), times=None)
    page = asked.search()
    assert (len(page.issues), page.n_hidden) == (12, 0)
    assert len({issue.id for issue in page.issues}) == 12


def test_a_partial_page_is_used_when_smaller_ones_bring_nothing(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("search", "nodes", 3)), SEARCHES)
    asked.sandbox.faults.add(faults.bad_gateway(), SEARCHES, times=3, skip=1)
    page = asked.search()
    assert asked.sizes() == [100, 50, 25, 12]
    assert (len(page.issues), page.n_hidden) == (99, 1)
    asked.sandbox.faults.clear()
    assert len(asked.search(page.cursor).issues) == 12


def test_only_what_was_cut_off_is_asked_again(asked: Asked) -> None:
    ids = issue_ids(asked.world, 50)
    asked.sandbox.faults.add(partial_data(("nodes", 0), ("nodes", 49)), DETAILS)
    assert asked.details(ids) == set(ids)
    assert asked.sizes() == [50, 2]


def test_details_that_stay_cut_off_are_missing_and_the_others_told(asked: Asked) -> None:
    ids = issue_ids(asked.world, 50)
    asked.sandbox.faults.add(partial_data(("nodes", 0)), DETAILS, times=None)
    assert asked.details(ids) == set(ids[1:])
    assert asked.sizes() == [50, 1]


@pytest.mark.parametrize("inner", ["comments", "closedByPullRequestsReferences", "timelineItems"])
def test_details_of_which_a_part_is_cut_off_are_no_evidence(asked: Asked, inner: str) -> None:
    asked.sandbox.faults.add(partial_data(("nodes", 1, inner)), DETAILS, times=None)
    ids = issue_ids(asked.world, 3)
    assert asked.details(ids) == {ids[0], ids[2]}


def test_details_are_all_doubted_when_github_does_not_say_what_it_cut_off(asked: Asked) -> None:
    asked.sandbox.faults.add(partial_data(("elsewhere",)), DETAILS, times=None)
    assert asked.details(issue_ids(asked.world, 20)) == set()
    assert asked.sizes() == [20, 12, 8]


def test_facts_that_stay_cut_off_are_missing(asked: Asked) -> None:
    ids = repository_ids(asked.world)[:3]
    fault = partial_data(("nodes", 1, "repositoryTopics"))
    asked.sandbox.faults.add(fault, Match(operation="ReadRepositories"), times=None)
    assert set(asked.source.read_repositories(ids)) == {ids[0], ids[2]}


def test_a_listing_uses_what_came_of_it_and_counts_the_rest(asked: Asked) -> None:
    ids = repository_ids(asked.world)[:1]
    fault = partial_data(("nodes", 0, "issues", "nodes", 2))
    asked.sandbox.faults.add(fault, Match(operation="ListIssues"), times=None)
    listed = asked.source.list_issues(ids, LISTING, 10)
    assert (len(listed.issues), listed.n_hidden) == (9, 1)


@pytest.mark.parametrize("kind", ["FORBIDDEN", "NOT_FOUND", "INTERNAL"])
def test_results_that_are_hidden_are_counted_and_the_rest_used(asked: Asked, kind: str) -> None:
    paths = ("search", "nodes", 3), ("search", "nodes", 7)
    asked.sandbox.faults.add(partial_data(*paths, kind=kind), SEARCHES)
    page = asked.search()
    assert (len(page.issues), page.n_hidden) == (98, 2)
    assert asked.sizes() == [100]


def test_results_that_are_null_without_a_word_are_counted(asked: Asked) -> None:
    asked.sandbox.faults.add(null_nodes(("search", "nodes", 3)), SEARCHES)
    page = asked.search()
    assert (len(page.issues), page.n_hidden) == (99, 1)


@pytest.mark.parametrize("kind", ["FORBIDDEN", "NOT_FOUND"])
def test_an_issue_that_is_hidden_is_missing_from_the_details(asked: Asked, kind: str) -> None:
    ids = issue_ids(asked.world, 3)
    asked.sandbox.faults.add(partial_data(("nodes", 1), kind=kind), DETAILS)
    assert asked.details(ids) == {ids[0], ids[2]}
    assert asked.sizes() == [3]


def test_a_repository_that_is_hidden_is_counted_by_a_listing(asked: Asked) -> None:
    ids = repository_ids(asked.world)[:3]
    fault = partial_data(("nodes", 1), kind="FORBIDDEN")
    asked.sandbox.faults.add(fault, Match(operation="ListIssues"))
    listed = asked.source.list_issues(ids, LISTING, 10)
    assert (len(listed.issues), listed.n_hidden) == (20, 1)
