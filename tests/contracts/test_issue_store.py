"""What every store of harvested issues promises; one suite over the fake and the real one."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from bot.adapters.database import SqlJournal
from bot.adapters.database_tables import metadata
from bot.harvest.issue import (
    Comment,
    Details,
    Issue,
    PullRequest,
    Repository,
    RepositoryFacts,
    TrackRecord,
)
from bot.harvest.reading import Headway, Reading
from bot.harvest.store import FACTS_HOLD, IssueStore, News
from bot.terms import IssueRef
from tests.fakes_store import MemoryIssueStore

#: As in this folder's conftest: the address of an empty database, whose tables are dropped.
SERVER = os.environ.get("FOOTHOLD_TEST_STATE")
NOW = datetime(2026, 11, 22, 5, 30, 15, 250_000, tzinfo=UTC)

RECORD = TrackRecord(1_200, None, n_merged_lately=40, n_from_newcomers=8, read_at=NOW)
FACTS = RepositoryFacts(
    description="Star charts for small telescopes",
    topics=("astronomy", "charts"),
    languages=("Python", "Shell"),
    stars=240,
    forks=31,
    licence="MIT",
    created_at=NOW - timedelta(days=900),
    pushed_at=NOW - timedelta(days=3),
    is_archived=False,
    is_fork=True,
    is_mirror=False,
    is_template=True,
    guide="https://example.org/CONTRIBUTING.md",
    has_discussions=True,
    read_at=NOW,
    language_shares=(0.9, 0.1),
    record=RECORD,
)
#: The same as a page tells it a day later.
PAGE = replace(
    FACTS,
    stars=250,
    forks=None,
    topics=None,
    languages=None,
    guide=None,
    read_at=None,
    language_shares=None,
    record=None,
)
CHARTS = Repository("R_1", "lumen-lab/starcharts", "Python", FACTS)
DETAILS = Details(
    is_open=True,
    is_locked=False,
    assigned=("quick-example",),
    body="Steps.\r\n\t🪐 星図",
    comments=(Comment("bea-example", "NONE", "May I?", NOW, is_hidden=False),),
    pull_requests=(PullRequest(IssueRef("lumen-lab/sky", 4), "OPEN", closes=True),),
    n_blocked_by=1,
    read_at=NOW,
    labels=("easy",),
    n_comments=1,
)


def issue_of(number: int, repository: Repository = CHARTS, **changes: object) -> Issue:
    issue = Issue(
        id=f"I_{number}",
        ref=IssueRef(repository.name, number),
        repository=repository,
        title=f"Draw star {number}",
        created_at=NOW - timedelta(days=2),
        updated_at=NOW - timedelta(days=1),
        labels=("good first issue", "docs"),
        is_locked=False,
        is_pinned=True,
        author="mira-example",
        seen_at=NOW,
        association="MEMBER",
        details=DETAILS,
    )
    return replace(issue, **changes)


@pytest.fixture(params=["memory", "sqlite", *(["server"] if SERVER else [])])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[IssueStore]:
    if request.param == "memory":
        yield MemoryIssueStore()
        return
    url = f"sqlite:///{tmp_path}/state.db"
    if request.param == "server":
        url = SERVER or ""
        engine = create_engine(url)
        metadata.drop_all(engine)
        engine.dispose()
    with SqlJournal.open(url) as journal:
        yield journal.issue_store()


def facts_of(store: IssueStore) -> RepositoryFacts | None:
    """What is kept of the one repository of all kept issues."""
    (repository,) = {issue.repository for issue in store.recall().issues}
    return repository.facts


def test_an_empty_store_holds_nothing(store: IssueStore) -> None:
    store.keep(News())
    assert store.recall().issues == ()
    assert store.recall().progress == {}


def test_an_issue_that_is_known_is_replaced_and_others_stay(store: IssueStore) -> None:
    store.keep(News((issue_of(1), issue_of(2))))
    changed = issue_of(2, title="Draw two stars", labels=(), author=None, details=None)
    store.keep(News((changed,)))
    assert store.recall().issues == (issue_of(1), changed)


def test_of_an_issue_that_is_told_twice_the_last_is_kept(store: IssueStore) -> None:
    store.keep(News((issue_of(1), issue_of(1, title="Again"))))
    assert store.recall().issues == (issue_of(1, title="Again"),)


def test_a_forgotten_issue_is_gone_even_if_it_is_new(store: IssueStore) -> None:
    store.keep(News((issue_of(1), issue_of(2))))
    store.keep(News((issue_of(3),), forgotten=frozenset({"I_1", "I_3", "I_never"})))
    assert store.recall().issues == (issue_of(2),)


def test_issues_of_one_repository_share_it_and_its_newest_name(store: IssueStore) -> None:
    store.keep(News((issue_of(1),)))
    renamed = replace(CHARTS, name="lumen-labs/charts", language="Rust")
    store.keep(News((issue_of(2, renamed),)))
    first, second = store.recall().issues
    assert first.repository is second.repository
    assert first.repository == renamed
    assert [str(one.ref) for one in (first, second)] == [
        "lumen-labs/charts#1",
        "lumen-labs/charts#2",
    ]


def test_progress_is_put_in_place_of_what_was_known_of_that_search(store: IssueStore) -> None:
    unfinished = (Reading(NOW, NOW - timedelta(days=7), "created:<=2026-10-01"), Reading(NOW))
    both = {"go": Headway(NOW, NOW, unfinished, 7), "rust": Headway(None, NOW, (), 1)}
    store.keep(News(progress=both))
    store.keep(News(progress={"rust": Headway(NOW, NOW)}))
    assert store.recall().progress == {"go": both["go"], "rust": Headway(NOW, NOW)}


def test_unknown_facts_take_none_away(store: IssueStore) -> None:
    store.keep(News((issue_of(1),)))
    stub = replace(CHARTS, facts=None)
    store.keep(News((issue_of(2, stub),), (stub,)))
    assert facts_of(store) == FACTS


def test_a_page_s_facts_replace_what_a_page_tells_and_nothing_else(store: IssueStore) -> None:
    store.keep(News((issue_of(1),)))
    store.keep(News((issue_of(1, replace(CHARTS, facts=PAGE)),)))
    assert facts_of(store) == replace(FACTS, stars=250)


def test_facts_that_were_read_replace_all_that_was_known_but_the_record(store: IssueStore) -> None:
    store.keep(News((issue_of(1),)))
    read = replace(
        FACTS,
        topics=(),
        languages=("Rust",),
        language_shares=None,
        guide=None,
        forks=None,
        description=None,
        record=None,
    )
    store.keep(News(repositories=(replace(CHARTS, facts=read),)))
    assert facts_of(store) == replace(read, record=RECORD)


@pytest.mark.parametrize("facts", [FACTS, PAGE], ids=["all facts", "a page's"])
def test_of_two_records_the_newer_is_kept_whatever_else_is_told(
    store: IssueStore, facts: RepositoryFacts
) -> None:
    newer = replace(RECORD, n_commits=1_300, read_at=NOW + timedelta(days=28))
    store.keep(News((issue_of(1),)))
    told = replace(CHARTS, facts=replace(facts, record=newer))
    stale = replace(CHARTS, facts=FACTS)
    store.keep(News((issue_of(1),), (told, stale)))
    kept = facts_of(store)
    assert kept is not None
    assert (kept.record, kept.topics) == (newer, FACTS.topics)


def test_a_page_s_facts_and_read_ones_of_one_harvest_come_together(store: IssueStore) -> None:
    page = replace(CHARTS, facts=PAGE)
    store.keep(News((issue_of(1, page), issue_of(2, replace(CHARTS, facts=None))), (CHARTS,)))
    assert facts_of(store) == FACTS


@pytest.mark.parametrize(("age", "is_known"), [(FACTS_HOLD, True), (FACTS_HOLD * 2, False)])
def test_facts_outlive_their_last_issue_until_they_are_old(
    store: IssueStore, age: timedelta, is_known: bool
) -> None:
    store.keep(News((issue_of(1),)))
    newer = replace(FACTS, read_at=NOW + age)
    other = Repository("R_2", "lumen-lab/sky", None, newer)
    store.keep(News(repositories=(other,), forgotten=frozenset({"I_1"})))
    store.keep(News((issue_of(1, replace(CHARTS, facts=None)),)))
    assert facts_of(store) == (FACTS if is_known else None)


def test_facts_of_a_page_end_with_the_last_issue(store: IssueStore) -> None:
    store.keep(News((issue_of(1, replace(CHARTS, facts=PAGE)),)))
    store.keep(News(forgotten=frozenset({"I_1"})))
    store.keep(News((issue_of(1, replace(CHARTS, facts=None)),)))
    assert facts_of(store) is None


def test_news_that_cannot_be_kept_changes_nothing(store: IssueStore) -> None:
    store.keep(News((issue_of(1),), progress={"go": Headway(NOW)}))
    before = store.recall()
    naive = issue_of(2, seen_at=NOW.replace(tzinfo=None))
    news = News((issue_of(3), naive), progress={"go": Headway()}, forgotten=frozenset({"I_1"}))
    with pytest.raises(ValueError, match="time zone"):
        store.keep(news)
    assert store.recall() == before


def test_text_that_no_database_holds_is_kept_as_well_as_can_be(store: IssueStore) -> None:
    odd = "half \ud83e and nothing \x00 of it"
    comment = replace(DETAILS.comments[0], body=odd)
    details = replace(DETAILS, comments=(comment,), n_comments=None)
    told = replace(CHARTS, facts=replace(FACTS, description=odd, topics=(odd,)))
    issue = issue_of(1, told, title=odd, author=odd, labels=(odd, "docs"), details=details)
    store.keep(News((issue, issue_of(2, told)), progress={odd: Headway(NOW)}))
    first, second = store.recall().issues
    assert first.title.startswith("half ")
    assert first.title.endswith(" of it")
    assert first.labels[1] == "docs"
    assert first.details is not None
    assert first.details.labels == DETAILS.labels
    assert second.title == "Draw star 2"
    assert list(store.recall().progress.values()) == [Headway(NOW)]
    store.keep(News(forgotten=frozenset({"I_1", "I_2"})))
    assert store.recall().issues == ()


def test_points_of_a_week_are_added_up(store: IssueStore) -> None:
    for points in ({"2026-W47": 30}, {"2026-W47": 12}, {"2026-W48": 3}):
        store.keep(News(points=points))
    assert store.recall().points == {"2026-W47": 42, "2026-W48": 3}
