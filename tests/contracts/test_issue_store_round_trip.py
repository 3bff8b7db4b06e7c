"""Whatever GitHub's answers hold comes back from a store of harvested issues as it went in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.database import SqlJournal
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
from bot.harvest.store import IssueStore, News
from bot.terms import IssueRef
from tests.fakes_store import MemoryIssueStore

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
MAYBE = st.none() | TEXTS
NAMES = st.lists(TEXTS, max_size=3).map(tuple)
COUNTS = st.integers(0, 2**31 - 1)
MOMENTS = st.datetimes(timezones=st.just(UTC))
COMMENTS = st.builds(Comment, MAYBE, TEXTS, TEXTS, MOMENTS, st.booleans())
PULLS = st.builds(PullRequest, st.builds(IssueRef, TEXTS, COUNTS), TEXTS, st.booleans())


def _maybe_several(one: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | st.lists(one, max_size=2).map(tuple)


DETAILED = st.builds(
    Details,
    is_open=st.booleans(),
    is_locked=st.booleans(),
    assigned=NAMES,
    body=MAYBE,
    comments=_maybe_several(COMMENTS),
    pull_requests=_maybe_several(PULLS),
    n_blocked_by=COUNTS,
    read_at=MOMENTS,
    labels=_maybe_several(TEXTS),
    n_comments=st.none() | COUNTS,
)
RECORDS = st.builds(TrackRecord, st.none() | COUNTS, st.none() | COUNTS, COUNTS, COUNTS, MOMENTS)
TOLD = st.builds(
    RepositoryFacts,
    description=MAYBE,
    topics=_maybe_several(TEXTS),
    languages=_maybe_several(TEXTS),
    stars=COUNTS,
    forks=st.none() | COUNTS,
    licence=MAYBE,
    created_at=st.none() | MOMENTS,
    pushed_at=st.none() | MOMENTS,
    is_archived=st.booleans(),
    is_fork=st.booleans(),
    is_mirror=st.booleans(),
    is_template=st.booleans(),
    guide=MAYBE,
    has_discussions=st.booleans(),
    read_at=st.none() | MOMENTS,
    language_shares=_maybe_several(st.floats(0, 1)),
    record=st.none() | RECORDS,
)


@st.composite
def _issues(draw: st.DrawFn) -> list[Issue]:
    one = st.builds(Repository, TEXTS, TEXTS, MAYBE, st.none() | TOLD)
    repositories = draw(st.lists(one, min_size=1, max_size=3, unique_by=lambda one: one.id))
    built = st.builds(
        lambda repository, number, **fields: Issue(
            ref=IssueRef(repository.name, number), repository=repository, **fields
        ),
        st.sampled_from(repositories),
        COUNTS,
        id=TEXTS,
        title=TEXTS,
        created_at=MOMENTS,
        updated_at=MOMENTS,
        labels=NAMES,
        is_locked=st.booleans(),
        is_pinned=st.booleans(),
        author=MAYBE,
        seen_at=MOMENTS,
        association=TEXTS,
        details=st.none() | DETAILED,
    )
    return draw(st.lists(built, max_size=4, unique_by=lambda one: one.id))


READINGS = st.builds(Reading, MOMENTS, st.none() | MOMENTS, MAYBE)
PROGRESSES = st.builds(
    Headway,
    st.none() | MOMENTS,
    st.none() | MOMENTS,
    st.lists(READINGS, max_size=3).map(tuple),
    COUNTS,
)


@contextmanager
def _sqlite() -> Iterator[IssueStore]:
    with SqlJournal.open("sqlite://") as journal:
        yield journal.issue_store()


@contextmanager
def _memory() -> Iterator[IssueStore]:
    yield MemoryIssueStore()


@settings(deadline=None, max_examples=40)
@pytest.mark.parametrize("opened", [_memory, _sqlite])
@given(issues=_issues(), progress=st.dictionaries(TEXTS, PROGRESSES, max_size=3))
def test_all_that_is_kept_comes_back_as_it_was(
    opened: Callable, issues: list[Issue], progress: dict[str, Headway]
) -> None:
    with opened() as store:
        store.keep(News(tuple(issues), progress=progress))
        kept = store.recall()
    assert kept.issues == tuple(sorted(issues, key=lambda one: one.id))
    assert kept.progress == progress
