"""Picks are followed for few points: an issue is asked once, and what rests only for its stamp."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.digest import Sent
from bot.errors import LimitReached, Outage
from bot.outcomes.aftermath import N_FOLLOWED, N_STAMPED
from bot.outcomes.follow import Followed, follow, new_progress
from bot.outcomes.progress import Outcome, Progress
from bot.terms import IssueRef
from tests.builders import build_digest, build_pick
from tests.builders_cohort import NOW, build_progress, days_ago
from tests.fakes_outcomes import (
    MemoryAftermaths,
    build_aftermath,
    build_merged_pull,
    build_own_pull,
    build_pull_review,
    build_refused_pull,
    build_remark,
)

POINTS = 60
LIMIT = LimitReached("GitHub's rate limit is reached.", "Run it again in an hour.")
OUTAGE = Outage("GitHub did not answer.", "Run it again later.")


def build_young(n: int, first: int = 1, **changes: object) -> list[Progress]:
    """So many picks of this week, of one student each."""
    return [
        build_progress(number=number, login=f"student-{number}-example", **changes)
        for number in range(first, first + n)
    ]


def build_resting(n: int = 1, **changes: object) -> list[Progress]:
    """Picks of six weeks ago that were read whole a week ago."""
    rested = {"offered_at": days_ago(42), "read_at": days_ago(7), "updated_at": days_ago(40)}
    return build_young(n, **{**rested, **changes})


def build_source(known: Iterable[Progress], **changes: object) -> MemoryAftermaths:
    """A source that knows all of these issues; they stand as they were last seen."""
    aftermaths = {
        one.node_id: build_aftermath(
            one.ref.number, **{"updated_at": one.updated_at or days_ago(9), **changes}
        )
        for one in known
    }
    return MemoryAftermaths(aftermaths)


def followed(
    known: Sequence[Progress], source: MemoryAftermaths, points: int = POINTS, **more: object
) -> Followed:
    return follow(known, source, more.get("said", {}), more.get("now", NOW), points)


def after(known: Sequence[Progress], done: Followed) -> list[Progress]:
    """All that is known once it was taken up."""
    news = {(one.login, one.ref): one for one in done.progress}
    return [news.get((one.login, one.ref), one) for one in known]


def test_what_was_offered_is_followed_and_spares_are_not() -> None:
    picks = (build_pick(), build_pick(number=13, spare=True))
    sent = Sent(build_digest(picks=picks), NOW)

    (progress,) = new_progress([sent])

    assert (progress.login, progress.week) == (sent.digest.student, sent.digest.week)
    assert (progress.ref, progress.offered_at) == (picks[0].ref, NOW)
    assert (progress.node_id, progress.title) == (picks[0].node_id, picks[0].title)
    assert (progress.outcome, progress.read_at) == (Outcome.OPEN, None)


def test_young_picks_are_read_whole_in_batches() -> None:
    known = build_young(N_FOLLOWED + 20)
    source = build_source(known)

    done = followed(known, source)

    assert [(name, len(ids)) for name, ids in source.asked] == [
        ("aftermaths", N_FOLLOWED),
        ("aftermaths", 20),
    ]
    assert (done.points, done.n_read, done.notes, done.error) == (2, N_FOLLOWED + 20, (), None)
    assert {one.read_at for one in done.progress} == {NOW}


def test_an_issue_of_two_students_is_asked_once_and_judged_for_each() -> None:
    known = [build_progress(), build_progress(login="bea-example")]
    source = build_source(known, comments=(build_remark("How is it built?"),))

    done = followed(known, source)

    assert source.ids_of("aftermaths") == [known[0].node_id]
    assert [one.outcome for one in done.progress] == [Outcome.COMMENTED, Outcome.OPEN]


def test_what_rests_is_asked_for_its_stamp_only() -> None:
    known = build_resting(N_STAMPED + 1)
    source = build_source(known)

    done = followed(known, source)

    assert [(name, len(ids)) for name, ids in source.asked] == [
        ("stamps", N_STAMPED),
        ("stamps", 1),
    ]
    assert (done.n_read, done.points) == (0, 2)
    assert after(known, done) == [replace(one, asked_at=NOW) for one in known]


def test_what_moved_is_read() -> None:
    known = build_resting(3)
    source = build_source(known)
    moved = known[1].node_id
    source.aftermaths[moved] = build_aftermath(2, updated_at=days_ago(1), is_open=False)

    done = followed(known, source)

    assert source.ids_of("aftermaths") == [moved]
    outcomes = [one.outcome for one in after(known, done)]
    assert outcomes == [Outcome.OPEN, Outcome.CLOSED, Outcome.OPEN]


def test_what_has_no_stamp_any_more_is_looked_at_twice_and_gone() -> None:
    source = MemoryAftermaths()

    once = followed(build_resting(), source)
    twice = followed(once.progress, source, now=NOW + timedelta(days=7))

    assert [name for name, _ in source.asked] == ["stamps", "aftermaths", "aftermaths"]
    assert [one.outcome for one in (*once.progress, *twice.progress)] == [
        Outcome.OPEN,
        Outcome.GONE,
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"read_at": days_ago(28)},
        {"read_at": None},
        {"outcome": Outcome.PULL_REQUEST},
        {"outcome": Outcome.REVIEWED},
    ],
)
def test_what_no_stamp_would_tell_is_read_whole(changes: dict) -> None:
    known = build_resting(**changes)
    source = build_source(known)

    followed(known, source)

    assert [name for name, _ in source.asked] == ["aftermaths"]


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": Outcome.MERGED},
        {"outcome": Outcome.CLOSED},
        {"outcome": Outcome.GONE},
        {"offered_at": days_ago(85)},
        {"read_at": NOW - timedelta(hours=19)},
        {"node_id": ""},
    ],
)
def test_what_is_settled_old_fresh_or_unknown_is_not_asked(changes: dict) -> None:
    known = [build_progress(**changes)]
    source = build_source(known)

    assert followed(known, source) == Followed((), 0, 0)
    assert source.asked == []


def test_a_word_is_taken_up_without_asking() -> None:
    known = [build_progress(login="Ada-Example", read_at=NOW - timedelta(hours=2))]
    word = (Outcome.TOOK, NOW - timedelta(hours=1))

    done = followed(known, MemoryAftermaths(), said={("ada-example", known[0].ref.folded): word})

    assert [(one.outcome, one.changed_at) for one in done.progress] == [(Outcome.TOOK, NOW)]


def test_reviews_are_asked_of_own_pull_requests_that_tell_news() -> None:
    pulls = (
        build_own_pull(id="PR_open"),
        build_own_pull(id="PR_others", author="bea-example"),
        build_refused_pull(id="PR_ended", closed_at=days_ago(1)),
        build_refused_pull(id="PR_ended_before", closed_at=days_ago(3)),
    )
    known = [build_progress(read_at=days_ago(2))]
    source = build_source(known, pulls=pulls)
    source.reviews["PR_open"] = (build_pull_review(),)

    done = followed(known, source)

    assert source.ids_of("reviews") == ["PR_open", "PR_ended"]
    assert [one.outcome for one in done.progress] == [Outcome.REVIEWED]
    later = followed(done.progress, source, now=NOW + timedelta(days=7))
    assert source.ids_of("reviews") == ["PR_open", "PR_ended"]
    assert [one.outcome for one in later.progress] == [Outcome.REVIEWED]


@pytest.mark.parametrize("n_outages", [1, 2])
def test_reviews_that_failed_are_asked_again_also_of_what_ended(n_outages: int) -> None:
    pull = build_refused_pull(closed_at=days_ago(1))
    known: Sequence[Progress] = [build_progress(read_at=days_ago(2))]
    source = build_source(known, pulls=(pull,))
    source.reviews[pull.id] = (build_pull_review(1.5),)
    source.failures = dict.fromkeys(range(2, 2 * n_outages + 1, 2), OUTAGE)

    for hours in range(n_outages + 1):
        known = after(known, followed(known, source, now=NOW + timedelta(hours=hours)))

    assert source.ids_of("reviews") == [pull.id] * (n_outages + 1)
    (one,) = known
    assert (one.outcome, one.reviewed_at) == (Outcome.NOT_MERGED, days_ago(1.5))
    assert one.read_at == NOW + timedelta(hours=n_outages)


def test_when_the_points_are_used_up_what_is_left_is_said_without_names() -> None:
    known = build_young(5 * N_FOLLOWED)
    source = build_source(known, pulls=(build_own_pull(author="student-1-example"),))

    done = followed(known, source, points=3)

    assert [name for name, _ in source.asked] == ["aftermaths", "aftermaths", "reviews"]
    assert (done.points, done.error) == (3, None)
    (note,) = done.notes
    assert note == "What became of 300 picks is not known yet. The points for this step are spent."
    assert after(known, done)[200:] == known[200:]


def test_one_point_still_reads() -> None:
    known = build_young(1)
    assert followed(known, build_source(known), points=1).n_read == 1
    assert followed(known, build_source(known), points=0).n_read == 0


def test_what_was_begun_with_comes_first_and_then_the_youngest() -> None:
    begun = build_resting(1, read_at=None, commented_at=days_ago(30))
    old = [build_progress(number=200, offered_at=days_ago(20))]
    new = [build_progress(number=300, offered_at=days_ago(1))]
    known = [*old, *new, *begun]

    source = build_source(known)
    followed(known, source)

    assert source.ids_of("aftermaths") == [one.node_id for one in (*begun, *new, *old)]


def test_a_limit_ends_the_asking_and_what_was_read_counts() -> None:
    known = build_young(3 * N_FOLLOWED)
    source = build_source(known)
    source.failures[2] = LIMIT

    done = followed(known, source)

    assert len(source.asked) == 2
    assert (done.error, len(done.progress)) == (LIMIT, N_FOLLOWED)
    assert done.notes == (f"What became of 200 picks is not known yet. {LIMIT.message}",)


def test_an_outage_costs_its_batch_only() -> None:
    known = build_young(3 * N_FOLLOWED)
    source = build_source(known)
    source.failures[2] = OUTAGE

    done = followed(known, source)

    assert (len(source.asked), len(done.progress), done.error) == (3, 200, OUTAGE)


def test_what_is_not_told_in_full_stays_as_it_was() -> None:
    known = build_young(2)
    source = build_source(known, is_open=False)
    source.untold = frozenset([known[1].node_id])

    done = followed(known, source)

    assert [one.outcome for one in after(known, done)] == [Outcome.CLOSED, Outcome.OPEN]
    assert done.notes == (
        "What became of 1 picks is not known yet. GitHub did not tell of them in full.",
    )


def test_three_outages_in_a_row_end_the_asking() -> None:
    known = [*build_young(5 * N_FOLLOWED), *build_resting(1, first=900)]
    source = build_source(known)
    source.failures = dict.fromkeys((2, 3, 4), OUTAGE)

    done = followed(known, source)

    assert (len(source.asked), len(done.progress)) == (4, N_FOLLOWED)


def test_outages_that_are_not_in_a_row_do_not_end_it() -> None:
    known = build_young(6 * N_FOLLOWED)
    source = build_source(known)
    source.failures = dict.fromkeys((1, 3, 5), OUTAGE)

    done = followed(known, source)

    assert (len(source.asked), len(done.progress)) == (6, 3 * N_FOLLOWED)


def test_what_failed_is_asked_again_by_the_next_run_of_the_day() -> None:
    known = [*build_young(2 * N_FOLLOWED), *build_resting(1, first=900)]
    source = build_source(known)
    source.failures[1] = OUTAGE

    known = after(known, followed(known, source))
    again = followed(known, source, now=NOW + timedelta(hours=1))

    assert [(name, len(ids)) for name, ids in source.asked[3:]] == [("aftermaths", N_FOLLOWED)]
    assert (again.notes, again.error) == ((), None)


_OUTCOMES = st.sampled_from(list(Outcome))
_KNOWN = st.lists(
    st.builds(
        build_progress,
        _OUTCOMES,
        number=st.integers(1, 6),
        login=st.sampled_from(["ada-example", "bea-example"]),
        offered_at=st.integers(0, 90).map(days_ago),
        read_at=st.none() | st.integers(1, 60).map(days_ago),
        changed_at=st.none() | st.integers(1, 60).map(days_ago),
        updated_at=st.none() | st.just(days_ago(40)),
    ),
    max_size=8,
    unique_by=lambda one: (one.login, one.ref),
)
_PULLS = st.sampled_from([build_own_pull(), build_merged_pull(), build_refused_pull()])
_AFTERMATHS = st.dictionaries(
    st.integers(1, 6).map(lambda number: build_progress(number=number).node_id),
    st.builds(
        build_aftermath,
        updated_at=st.sampled_from([days_ago(40), days_ago(1)]),
        is_open=st.booleans(),
        assigned=st.sampled_from([(), ("ada-example",), ("cleo-example",)]),
        comments=st.lists(st.just(build_remark()), max_size=1).map(tuple),
        pulls=st.lists(_PULLS, max_size=1).map(tuple),
    ),
)
_SAID = st.dictionaries(
    st.tuples(
        st.sampled_from(["ada-example", "bea-example"]),
        st.integers(1, 6).map(lambda number: IssueRef("lumen-lab/starcharts", number)),
    ),
    st.tuples(st.sampled_from([Outcome.TOOK, Outcome.DONE]), st.integers(0, 9).map(days_ago)),
)


@settings(max_examples=200, deadline=None)
@given(_KNOWN, _AFTERMATHS, _SAID)
def test_a_second_run_of_the_day_asks_and_changes_nothing(known, aftermaths, said) -> None:
    source = MemoryAftermaths(aftermaths)
    first = followed(known, source, said=said)
    # What a blind token says is asked again.
    assume(first.error is None)
    known = after(known, first)
    n_asked = len(source.asked)

    again = followed(known, source, said=said, now=NOW + timedelta(hours=3))

    assert (again.progress, again.points, again.notes) == ((), 0, ())
    assert len(source.asked) == n_asked


@settings(max_examples=200, deadline=None)
@given(_KNOWN, st.lists(_AFTERMATHS, max_size=3), _SAID, st.integers(0, 5))
def test_a_merge_stays_and_no_more_is_spent_than_allowed(known, worlds, said, points) -> None:
    now = NOW
    for world in worlds:
        merged = {(one.login, one.ref) for one in known if one.outcome is Outcome.MERGED}
        done = followed(known, MemoryAftermaths(world), points, said=said, now=now)
        known, now = after(known, done), now + timedelta(days=7)
        still = {(one.login, one.ref) for one in known if one.outcome is Outcome.MERGED}
        assert merged <= still
        assert done.points <= points
