"""Harvests by topic: repositories first, then their labelled issues."""

from bot.harvest.collect import collect
from bot.harvest.plan import Plan, TopicSearch
from tests.builders_core import NOW, build_facts, build_issue, build_repository
from tests.fakes_core import MemoryIssues

PLENTY = 10_000
TIDES = TopicSearch("tides", NOW.date(), None)


def plan(*topics):
    return Plan(topics, ())


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
