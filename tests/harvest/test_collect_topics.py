"""Harvests by topic: repositories first, then their labelled issues."""

from datetime import timedelta

from bot.harvest.budget import Allowance
from bot.harvest.collect import collect as collect_from
from bot.harvest.plan import IssueSearch, Plan, TopicSearch
from bot.harvest.reading import INDEX_LAG, Reading
from bot.harvest.store import Kept
from tests.builders_core import NOW, build_facts, build_issue, build_repository, days_ago
from tests.fakes_core import MemoryIssues

TIDES, RUST_TIDES = TopicSearch("tides"), TopicSearch("tides", frozenset({"Rust"}))
PYTHON = IssueSearch(language="Python")
NOTHING_KEPT = Kept()


def collect(source, *topics, searches=(), budget=10_000, kept=NOTHING_KEPT, now=NOW):
    keys = frozenset(one.key for one in (*searches, *topics))
    plan = Plan(topics, tuple(searches), {"ada-example": keys})
    return collect_from(plan, source, kept, Allowance(budget), now)


def build_tides(name, language="Go", **facts):
    """A repository with the topic."""
    return build_repository(name, language=language, facts=build_facts(topics=("tides",), **facts))


def test_a_topics_projects_are_found_and_listed():
    knots = build_tides("anchor-guild/knots")
    source = MemoryIssues([build_issue(n, repository=knots) for n in range(1, 151)])

    harvest = collect(source, TIDES)

    assert len(harvest.issues) == 150
    assert source.asked == [
        ("search_repositories", TIDES.text(Reading(NOW)), None),
        ("list_issues", knots.id, None),
        ("list_issues", knots.id, "100"),
    ]


def test_projects_with_about_as_many_issues_are_listed_together():
    sizes = [1] * 120 + [3] * 50 + [40] * 7
    source = MemoryIssues(
        build_issue(n, repository=build_tides(f"anchor-guild/n{place}"))
        for place, size in enumerate(sizes)
        for n in range(1, size + 1)
    )
    source.issues = list(source.issues)

    harvest = collect(source, TIDES)

    listed = [ids.split() for ids in source.questions("list_issues")]
    assert len(harvest.issues) == sum(sizes)
    assert sorted(one for ids in listed for one in ids) == sorted(
        f"R-anchor-guild/n{place}" for place in range(len(sizes))
    )
    assert len(listed) <= 6
    assert max(map(len, listed)) <= 100


def test_a_topics_projects_without_labelled_issues_are_not_listed():
    source = MemoryIssues(of_topic={"tides": [build_repository("anchor-guild/empty")]})

    collect(source, TIDES)

    assert source.questions("list_issues") == []


def test_of_projects_in_other_languages_only_those_that_hold_a_wanted_one_are_listed():
    some = {
        "main": build_tides("anchor-guild/main", "Rust"),
        "part": build_tides("anchor-guild/part", "C++", languages=("C++", "Rust")),
        "none": build_tides("anchor-guild/none", "C++", languages=("C++", "C")),
    }
    source = MemoryIssues([build_issue(1, repository=one) for one in some.values()])

    harvest = collect(source, RUST_TIDES)

    assert {one.ref.repository for one in harvest.issues} == {
        "anchor-guild/main",
        "anchor-guild/part",
    }
    assert source.ids_asked == [("R-anchor-guild/none", "R-anchor-guild/part")]
    assert {one.id for one in harvest.news.repositories} == set(source.ids_asked[0])


def test_a_project_of_two_topics_is_listed_once():
    facts = build_facts(topics=("tides", "charts"))
    knots = build_repository("anchor-guild/knots", facts=facts)
    source = MemoryIssues([build_issue(1, repository=knots)])

    collect(source, TIDES, TopicSearch("charts"))

    assert source.questions("list_issues") == [knots.id]


def test_what_a_languages_search_has_read_whole_is_not_listed_again():
    issues = [
        build_issue(1, repository=build_tides("anchor-guild/python", "Python")),
        build_issue(1, repository=build_tides("anchor-guild/go", "Go")),
    ]
    source = MemoryIssues(issues)

    harvest = collect(source, TIDES, searches=[PYTHON])

    assert len(harvest.issues) == 2
    assert source.questions("list_issues") == ["R-anchor-guild/go"]


def test_where_a_languages_search_is_cut_topics_still_get_their_share():
    issues = [
        build_issue(n, created_at=NOW - n * timedelta(minutes=1), repository="lumen-lab/many")
        for n in range(1, 3_000)
    ]
    old = build_issue(1, repository=build_tides("anchor-guild/python", "Python"))
    source = MemoryIssues([*issues, old])

    harvest = collect(source, TIDES, searches=[PYTHON], budget=20)

    assert old.ref in {one.ref for one in harvest.issues}
    assert len(harvest.missing) == 1
    assert "Python" in harvest.missing[0]


def test_a_topic_of_many_projects_is_searched_page_by_page():
    repositories = [build_tides(f"anchor-guild/n{n}", stars=n) for n in range(130)]
    source = MemoryIssues([build_issue(1, repository=one) for one in repositories])

    harvest = collect(source, TIDES)

    cursors = [after for name, _, after in source.asked if name == "search_repositories"]
    assert cursors == [None, "100"]
    assert len(harvest.issues) == 130


def test_a_topic_of_more_projects_than_github_shows_is_walked_down_the_stars():
    repositories = [build_tides(f"anchor-guild/n{n}", stars=n // 3) for n in range(2_500)]
    source = MemoryIssues([build_issue(1, repository=one) for one in repositories])

    harvest = collect(source, TIDES)

    assert len(harvest.issues) == 2_500
    assert harvest.is_complete


def test_more_projects_of_as_many_stars_than_github_shows_are_halved_by_age():
    repositories = [
        build_tides(f"anchor-guild/n{n}", stars=0, created_at=days_ago(n)) for n in range(2_500)
    ]
    starred = [build_tides(f"anchor-guild/s{n}", stars=9) for n in range(40)]
    source = MemoryIssues([build_issue(1, repository=one) for one in (*repositories, *starred)])

    harvest = collect(source, TIDES)

    assert len(harvest.issues) == 2_540
    assert harvest.is_complete


def test_a_level_of_equals_that_is_cut_goes_on_where_it_was():
    repositories = [
        build_tides(f"anchor-guild/n{n}", stars=0, created_at=days_ago(n)) for n in range(2_500)
    ]
    issues = [build_issue(1, repository=one) for one in repositories]
    kept, runs = NOTHING_KEPT, []
    for minutes in range(40):
        now = NOW + timedelta(minutes=minutes)
        source = MemoryIssues(issues)
        harvest = collect(source, TIDES, budget=60, kept=kept, now=now)
        kept = Kept(harvest.issues, {**kept.progress, **harvest.news.progress})
        runs.append(len(harvest.issues))
        if harvest.is_complete:
            break

    assert runs[-1] == 2_500
    assert runs == sorted(runs)
    assert 2 < len(runs) < 10


def test_projects_that_came_in_one_second_beyond_the_cap_are_told_as_missing():
    repositories = [build_tides(f"anchor-guild/n{n}", stars=0) for n in range(1_200)]
    fewer = build_tides("anchor-guild/fewer", stars=0, created_at=days_ago(2))
    source = MemoryIssues([build_issue(1, repository=one) for one in (*repositories, fewer)])

    harvest = collect(source, TIDES)

    assert "topic tides" in harvest.missing[0]
    assert "over 1,000" in harvest.missing[0]
    assert len(harvest.missing) == 1
    assert len(harvest.issues) >= 1_000
    assert any(one.ref.repository == "anchor-guild/fewer" for one in harvest.issues)


def test_a_topic_cut_by_the_points_goes_on_below_the_stars_it_reached():
    repositories = [build_tides(f"anchor-guild/n{n}", stars=n) for n in range(330)]
    source = MemoryIssues([build_issue(1, repository=one) for one in repositories])

    first = collect(source, TIDES, budget=10)
    n_first = len(source.asked)
    kept = Kept(first.issues, first.news.progress)
    second = collect(source, TIDES, kept=kept, now=NOW + timedelta(hours=1))

    assert 0 < len(first.issues) < 330
    assert "projects of up to" in first.missing[0]
    assert len(second.issues) == 330
    assert second.is_complete
    assert "stars:<=" in source.asked[n_first][1]


def test_projects_that_move_up_over_a_pages_border_are_not_lost():
    repositories = [build_tides(f"anchor-guild/n{n}", stars=1_000 - n) for n in range(250)]
    issues = [build_issue(1, repository=one) for one in repositories]
    source = MemoryIssues(issues)
    ask = source.search_repositories

    def search(query, listing, after):
        page = ask(query, listing, after)
        if len(source.asked) == 1:
            source.issues = issues[5:]
        return page

    source.search_repositories = search

    found = {one.ref.repository for one in collect(source, TIDES).issues}
    assert found == {f"anchor-guild/n{n}" for n in range(5, 250)}


def test_a_whole_reading_lists_what_a_reading_of_changes_listed_in_part():
    repositories = [build_tides(f"anchor-guild/n{n}", stars=n) for n in range(330)]
    issues = [build_issue(1, repository=one, updated_at=days_ago(60)) for one in repositories]
    first = collect(MemoryIssues(issues), TIDES, budget=10, now=days_ago(7))
    changed = [
        build_issue(2, repository=one, created_at=days_ago(60), updated_at=days_ago(1))
        for one in repositories
    ]

    second = collect(
        MemoryIssues([*issues, *changed]), TIDES, kept=Kept(first.issues, first.news.progress)
    )

    assert not first.is_complete
    assert second.is_complete
    assert len(second.issues) == 660


def test_a_language_that_was_looked_at_earlier_does_not_stand_in_for_a_topic():
    old, new = (build_tides(f"anchor-guild/{name}", "Python") for name in ("old", "new"))
    then = MemoryIssues([build_issue(1, repository=old)])
    first = collect(then, searches=[PYTHON], now=NOW - timedelta(hours=15))
    source = MemoryIssues([build_issue(1, repository=old), build_issue(2, repository=new)])

    second = collect(source, TIDES, searches=[PYTHON], kept=Kept(first.issues, first.news.progress))

    assert len(second.issues) == 2


def test_a_project_that_rose_past_the_cut_is_found_by_the_resumed_walk():
    repositories = [build_tides(f"anchor-guild/n{n}", stars=100 + n) for n in range(330)]
    first = collect(
        MemoryIssues([build_issue(1, repository=one) for one in repositories]), TIDES, budget=10
    )
    reached = int(first.news.progress[TIDES.key].unfinished[0].below.partition("<=")[2])
    risen = [
        build_tides(one.name, stars=one.facts.stars + 3) if one.facts.stars == reached - 1 else one
        for one in repositories
    ]
    source = MemoryIssues([build_issue(1, repository=one) for one in risen])

    second = collect(
        source,
        TIDES,
        kept=Kept(first.issues, first.news.progress),
        now=NOW + timedelta(hours=1),
    )

    assert len(second.issues) == 330


def test_changes_of_a_topic_are_listed_since_the_last_look():
    old, new = build_tides("anchor-guild/old"), build_tides("anchor-guild/new")
    source = MemoryIssues(
        [
            build_issue(1, repository=old, updated_at=days_ago(9)),
            build_issue(2, repository=new, updated_at=days_ago(1)),
        ]
    )
    first = collect(source, TIDES, now=days_ago(7))
    source.asked.clear()

    collect(source, TIDES, kept=Kept(first.issues, first.news.progress))

    assert source.questions("list_issues") == ["R-anchor-guild/new"]


def test_changes_of_a_topic_of_too_many_projects_are_sought_where_somebody_pushed():
    repositories = [build_tides(f"anchor-guild/n{n}", stars=n) for n in range(1_100)]
    source = MemoryIssues([build_issue(1, repository=one) for one in repositories])
    first = collect(source, TIDES, now=days_ago(7))
    source.asked.clear()

    collect(source, TIDES, kept=Kept(first.issues, first.news.progress))

    since = (days_ago(7) - INDEX_LAG).date()
    searches = [query for name, query, _ in source.asked if name == "search_repositories"]
    assert searches
    assert all(f"pushed:>={since}" in query for query in searches)
