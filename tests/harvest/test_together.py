"""Small searches are read together; what cannot be is left to the walks."""

from datetime import timedelta

import pytest

from bot.errors import LimitReached, Outage
from bot.harvest.budget import Allowance
from bot.harvest.collect import collect as collect_from
from bot.harvest.plan import IssueSearch, Plan, TopicSearch
from bot.harvest.reading import INDEX_LAG
from bot.harvest.store import Kept
from tests.builders_core import NOW, build_facts, build_issue, build_issues, build_repository
from tests.fakes_core import MemoryIssues

WORDS = tuple(IssueSearch(words=f"tide {n:02}") for n in range(12))
TOPICS = tuple(TopicSearch(f"tides-{n}") for n in range(4))
NOTHING_KEPT = Kept()
SILENT = Outage("GitHub is silent.", "Wait.")


def collect(source, searches=(), topics=(), *, budget=10_000, kept=NOTHING_KEPT, now=NOW):
    keys = frozenset(one.key for one in (*searches, *topics))
    plan = Plan(tuple(topics), tuple(searches), {"ada-example": keys})
    return collect_from(plan, source, kept, Allowance(budget), now)


def about_tides(n_each=5):
    """Issues that the word searches find, so many each."""
    return [
        build_issue(100 * n + m, title=f"Print tide {n:02}")
        for n in range(len(WORDS))
        for m in range(n_each)
    ]


def of_topics(n_each=3, **facts):
    """Issues of so many projects for each topic."""
    return [
        build_issue(
            1,
            repository=build_repository(
                f"anchor-guild/n{n}-{m}", facts=build_facts(topics=(topic.topic,), **facts)
            ),
        )
        for n, topic in enumerate(TOPICS)
        for m in range(n_each)
    ]


def asked(source):
    return [name for name, _, _ in source.asked]


def test_small_searches_are_counted_and_read_ten_at_a_time():
    source = MemoryIssues(about_tides())

    harvest = collect(source, WORDS)

    assert len(harvest.issues) == 60
    assert harvest.is_complete
    assert asked(source) == [*["count_results"] * 2, *["search_issues_together"] * 2]


def test_searches_that_find_nothing_cost_their_count_only():
    source = MemoryIssues(build_issues(150))

    collect(source, [IssueSearch(language="Python"), *WORDS[:8]])

    assert asked(source) == ["count_results", "search_issues", "search_issues"]


def test_a_single_search_is_not_counted_first():
    source = MemoryIssues(about_tides())

    collect(source, WORDS[:1])

    assert asked(source) == ["search_issues"]


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_what_fails_together_is_asked_singly(nth):
    source = MemoryIssues(about_tides()).fail_at(nth, SILENT)

    harvest = collect(source, WORDS)

    assert len(harvest.issues) == 60
    assert harvest.is_complete
    assert "search_issues" in asked(source)


def test_a_limit_while_small_searches_are_read_ends_the_harvest():
    source = MemoryIssues(about_tides()).fail_at(3, LimitReached("Enough.", "Wait."))

    with pytest.raises(LimitReached):
        collect(source, WORDS, TOPICS)

    assert len(source.asked) == 3


def test_searches_of_a_page_or_more_are_left_to_the_walks():
    source = MemoryIssues(build_issues(100, "Go", name="lumen-lab/other") + about_tides())
    searches = (IssueSearch(language="Go"), IssueSearch(language="Rust"), WORDS[0])

    harvest = collect(source, searches)

    assert len(harvest.issues) == 105
    assert asked(source) == ["count_results", "search_issues_together", "search_issues"]


def test_projects_of_small_topics_are_listed_together():
    source = MemoryIssues(of_topics())

    harvest = collect(source, topics=TOPICS)

    assert len(harvest.issues) == 12
    assert asked(source) == ["count_results", "search_repositories_together", "list_issues"]
    assert harvest.is_complete


def test_a_listing_that_fails_together_is_tried_topic_by_topic():
    source = MemoryIssues(of_topics()).fail_at(3, SILENT)

    harvest = collect(source, topics=TOPICS)

    assert len(harvest.issues) == 12
    assert harvest.is_complete


def test_topics_that_the_points_do_not_reach_are_read_in_the_next_run():
    source = MemoryIssues(of_topics(n_each=90))

    cut = collect(source, topics=TOPICS, budget=8)
    kept = Kept(cut.issues, cut.news.progress)
    whole = collect(source, topics=TOPICS, kept=kept, now=NOW + timedelta(hours=1))

    assert not cut.is_complete
    assert len(whole.issues) == 360
    assert whole.is_complete


def test_changes_of_a_large_topic_are_sought_where_somebody_pushed_and_where_issues_are_known():
    projects = [
        build_repository(
            f"anchor-guild/n{n}",
            facts=build_facts(topics=("tides-0",), pushed_at=NOW - timedelta(days=100)),
        )
        for n in range(150)
    ]
    issues = [build_issue(1, repository=one) for one in projects[:20]]
    empty = {"tides-0": projects[20:]}
    first = collect(MemoryIssues(issues, of_topic=empty), topics=TOPICS[:1])
    later = NOW + timedelta(days=7)
    new = build_issue(2, repository=projects[0], created_at=later, updated_at=later)
    source = MemoryIssues([*issues, new], of_topic=empty, now=later)

    second = collect(
        source, topics=TOPICS[:1], kept=Kept(tuple(issues), first.news.progress), now=later
    )

    assert [one.id for one in second.news.issues] == [new.id]
    assert first.notes == ()
    assert second.notes[0].startswith("Projects of tides-0 that rest")
    since = f"pushed:>={(NOW - INDEX_LAG).date()}"
    queries = [query for name, query, _ in source.asked if name == "search_repositories"]
    assert all(since in query for query in queries)


def test_small_topics_that_fail_together_are_not_taken_for_large_ones():
    issues = of_topics(pushed_at=NOW - timedelta(days=100))
    first = collect(MemoryIssues(issues), topics=TOPICS)
    later = NOW + timedelta(days=7)
    new = build_issue(2, repository=issues[0].repository, created_at=later, updated_at=later)
    source = MemoryIssues([*issues, new], now=later).fail_at(2, SILENT)

    second = collect(source, topics=TOPICS, kept=Kept((), first.news.progress), now=later)

    assert second.notes == ()
    assert [one.id for one in second.news.issues] == [new.id]


def test_new_issues_of_a_resting_project_are_found_within_the_week():
    issues = of_topics(pushed_at=NOW - timedelta(days=100))
    first = collect(MemoryIssues(issues), topics=TOPICS)
    later = NOW + timedelta(days=7)
    new = build_issue(2, repository=issues[0].repository, created_at=later, updated_at=later)

    second = collect(
        MemoryIssues([*issues, new]),
        topics=TOPICS,
        kept=Kept(first.issues, first.news.progress),
        now=later,
    )

    assert [one.id for one in second.news.issues] == [new.id]
