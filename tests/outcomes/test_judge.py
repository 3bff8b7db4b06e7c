"""What became of a pick is told by what happened since the offer, and by nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outcomes.aftermath import Aftermath
from bot.outcomes.judge import Seen, hear, judge
from bot.outcomes.progress import Outcome, Progress
from bot.terms import IssueRef
from tests.builders_cohort import NOW, build_progress, days_ago
from tests.fakes_outcomes import (
    build_aftermath,
    build_merged_pull,
    build_own_pull,
    build_pull_review,
    build_refused_pull,
    build_remark,
)

CLAIM = "I would like to work on this, I will send a PR."
OTHERS = {"id": "PR_401", "author": "bea-example", "url": "https://github.com/l/s/pull/401"}
ELSEWHERE = IssueRef("tidepool/boats", 3)


def judged(before: Progress | None = None, **changes: object) -> Progress:
    """What becomes of an untouched pick; `reviews` and `said` beside what the issue shows."""
    told = {name: changes.pop(name) for name in ("reviews", "said") if name in changes}
    return judge(before or build_progress(), Seen(build_aftermath(**changes), **told), NOW)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.OPEN),
        ({"comments": (build_remark(),)}, Outcome.COMMENTED),
        ({"comments": (build_remark(CLAIM),)}, Outcome.COMMENTED),
        ({"comments": (build_remark(author="ADA-Example"),)}, Outcome.COMMENTED),
        ({"comments": (build_remark(days=7),)}, Outcome.OPEN),
        ({"comments": (build_remark("How is it built?", author="bea-example"),)}, Outcome.OPEN),
        ({"comments": (build_remark("How is it built?", author=None),)}, Outcome.OPEN),
        ({"assigned": ("Ada-example",)}, Outcome.ASSIGNED),
        ({"assigned": ("ada-example", "bea-example")}, Outcome.ASSIGNED),
        ({"assigned": ("bea-example",)}, Outcome.TAKEN),
        ({"comments": (build_remark(CLAIM, author="bea-example"),)}, Outcome.TAKEN),
        ({"comments": (build_remark(CLAIM, 16, author="bea-example"),)}, Outcome.OPEN),
        ({"pulls": (build_own_pull(**OTHERS),)}, Outcome.TAKEN),
        ({"pulls": (build_own_pull(**OTHERS, closes=False),)}, Outcome.OPEN),
        ({"pulls": (build_refused_pull(**OTHERS),)}, Outcome.OPEN),
        ({"pulls": (build_merged_pull(**OTHERS),), "is_open": False}, Outcome.CLOSED),
        ({"is_open": False}, Outcome.CLOSED),
        ({"is_open": False, "assigned": ("ada-example",)}, Outcome.CLOSED),
        ({"pulls": (build_own_pull(),)}, Outcome.PULL_REQUEST),
        ({"pulls": (build_own_pull(author="ADA-EXAMPLE"),)}, Outcome.PULL_REQUEST),
        ({"pulls": (build_own_pull(closes=False),)}, Outcome.PULL_REQUEST),
        ({"pulls": (build_own_pull(closes=False, ref=ELSEWHERE),)}, Outcome.OPEN),
        ({"pulls": (build_own_pull(ref=ELSEWHERE),)}, Outcome.PULL_REQUEST),
        ({"pulls": (build_own_pull(opened_at=days_ago(6)),)}, Outcome.OPEN),
        ({"pulls": (build_own_pull(),), "is_open": False}, Outcome.PULL_REQUEST),
        ({"pulls": (build_own_pull(), build_own_pull(**OTHERS))}, Outcome.PULL_REQUEST),
        ({"pulls": (build_merged_pull(),)}, Outcome.MERGED),
        ({"pulls": (build_merged_pull(),), "is_open": False}, Outcome.MERGED),
        ({"pulls": (build_refused_pull(),)}, Outcome.NOT_MERGED),
        ({"pulls": (build_refused_pull(),), "is_open": False}, Outcome.NOT_MERGED),
        ({"pulls": (build_refused_pull(), build_own_pull(id="PR_402"))}, Outcome.PULL_REQUEST),
        ({"pulls": (build_merged_pull(), build_refused_pull(id="PR_402"))}, Outcome.MERGED),
    ],
)
def test_the_furthest_that_is_seen_is_the_outcome(changes: dict, outcome: Outcome) -> None:
    assert judged(**changes).outcome is outcome


def test_the_moments_are_those_of_the_pull_request_that_is_told() -> None:
    refused = build_refused_pull()
    again = build_own_pull(id="PR_402", url="https://github.com/l/s/pull/402", opened_at=NOW)
    reviews = {"PR_400": (build_pull_review(1.5),)}
    before = judged(pulls=(refused,), reviews=reviews)

    after = judged(before, pulls=(refused, again), reviews=reviews)
    closed = replace(again, state="CLOSED", closed_at=NOW + timedelta(days=1))
    twice = judge(after, Seen(build_aftermath(pulls=(refused, closed))), NOW + timedelta(days=2))

    assert (before.pulled_at, before.reviewed_at) == (days_ago(2), days_ago(1.5))
    assert (after.outcome, after.pull_url) == (Outcome.PULL_REQUEST, again.url)
    assert (after.pulled_at, after.reviewed_at, after.refused_at) == (NOW, None, days_ago(1))
    assert (twice.outcome, twice.refused_at) == (Outcome.NOT_MERGED, closed.closed_at)


@pytest.mark.parametrize(
    ("author", "outcome"),
    [
        ("mira-example", Outcome.REVIEWED),
        (None, Outcome.REVIEWED),
        ("Ada-Example", Outcome.PULL_REQUEST),
        ("helper[bot]", Outcome.PULL_REQUEST),
    ],
)
def test_a_review_is_somebody_elses_and_no_apps(author: str | None, outcome: Outcome) -> None:
    reviews = {"PR_400": (build_pull_review(author=author),)}

    after = judged(pulls=(build_own_pull(),), reviews=reviews)

    assert after.outcome is outcome
    assert after.reviewed_at == (days_ago(1) if outcome is Outcome.REVIEWED else None)


def test_of_two_open_pull_requests_the_reviewed_one_is_told() -> None:
    newer = build_own_pull(id="PR_402", url="https://github.com/l/s/pull/402", opened_at=NOW)

    after = judged(
        pulls=(build_own_pull(), newer), reviews={"PR_400": (build_pull_review(),), "PR_402": ()}
    )

    assert (after.outcome, after.pull_url) == (Outcome.REVIEWED, build_own_pull().url)
    assert after.pulled_at == days_ago(2)


def test_a_review_that_was_seen_is_not_unseen_when_reviews_were_not_asked() -> None:
    before = judged(pulls=(build_own_pull(),), reviews={"PR_400": (build_pull_review(),)})

    assert judged(before, pulls=(build_own_pull(),)).outcome is Outcome.REVIEWED


def test_the_reviews_of_an_earlier_pull_request_are_not_the_new_ones() -> None:
    refused = build_refused_pull()
    again = build_own_pull(id="PR_402", url="https://github.com/l/s/pull/402", opened_at=NOW)
    before = judged(pulls=(refused,), reviews={"PR_400": (build_pull_review(),)})

    after = judged(judged(before, pulls=(refused, again)), pulls=(refused, again))

    assert (before.outcome, after.outcome) == (Outcome.NOT_MERGED, Outcome.PULL_REQUEST)


def test_moments_are_told_of_what_happened() -> None:
    comments = (
        build_remark("Welcome!", 4, "mira-example", association="MEMBER"),
        build_remark("May I?", 3),
        build_remark("Try /assign", 2.9, "helper[bot]", association="MEMBER"),
        build_remark("Spam", 2.8, "mira-example", association="MEMBER", is_hidden=True),
        build_remark("Me too", 2.7, "bea-example"),
        build_remark("Sure", 2.5, "mira-example", association="COLLABORATOR"),
        build_remark("Thanks", 2.4, association="MEMBER"),
    )
    assignments = (("bea-example", days_ago(4)), ("ADA-example", days_ago(2)))

    after = judged(
        comments=comments,
        assigned=("ada-example",),
        assignments=assignments,
        pulls=(build_refused_pull(),),
        updated_at=days_ago(1),
    )

    assert (after.commented_at, after.comment_url) == (days_ago(3), comments[1].url)
    assert (after.answered_at, after.assigned_at) == (days_ago(2.5), days_ago(2))
    assert (after.pulled_at, after.refused_at) == (days_ago(2), days_ago(1))
    assert (after.merged_at, after.taken_at, after.reviewed_at) == (None, None, None)
    assert (after.updated_at, after.read_at, after.changed_at) == (days_ago(1), NOW, NOW)


def test_moments_that_were_seen_once_stay() -> None:
    seen = {"comments": (build_remark(),), "pulls": (build_merged_pull(),)}
    before = judged(**seen)

    later = judge(before, Seen(build_aftermath()), NOW + timedelta(days=30))

    moments = ("commented_at", "comment_url", "pull_url", "pulled_at", "merged_at", "changed_at")
    assert [getattr(later, name) for name in moments] == [getattr(before, name) for name in moments]


def test_an_answer_is_found_when_the_students_comment_is_out_of_sight() -> None:
    before = build_progress(Outcome.COMMENTED, commented_at=days_ago(4))
    answer = build_remark("Sure", 2, "mira-example", association="OWNER")

    assert judged(before, comments=(answer,)).answered_at == days_ago(2)


def test_an_assignment_of_before_the_offer_is_no_progress() -> None:
    early = {"assigned": ("ada-example",), "assignments": (("ada-example", days_ago(8)),)}

    assert judged(**early).outcome is Outcome.OPEN


def test_what_somebody_let_go_of_is_free_again() -> None:
    taken = judged(assigned=("bea-example",))
    freed = judge(taken, Seen(build_aftermath()), NOW + timedelta(days=7))
    still = judge(freed, Seen(build_aftermath()), NOW + timedelta(days=14))

    assert [one.outcome for one in (taken, freed, still)] == [
        Outcome.TAKEN,
        Outcome.FREE_AGAIN,
        Outcome.FREE_AGAIN,
    ]
    assert (still.taken_at, still.changed_at) == (NOW, NOW + timedelta(days=7))


def test_a_student_whose_name_came_off_may_have_it_again() -> None:
    assigned = judged(assigned=("ada-example",), comments=(build_remark(),))

    dropped = judged(assigned, comments=(build_remark(),), released=("ada-example",))
    spoken = judged(
        replace(assigned, changed_at=days_ago(3.5)), comments=(build_remark(),), released=("x",)
    )

    assert (dropped.outcome, dropped.assigned_at) == (Outcome.FREE_AGAIN, NOW)
    assert spoken.outcome is Outcome.COMMENTED


@pytest.mark.parametrize("outcome", [Outcome.ASSIGNED, Outcome.TAKEN])
def test_who_was_on_it_is_until_the_newest_events_tell_otherwise(outcome: Outcome) -> None:
    before = build_progress(outcome, changed_at=days_ago(3))
    on_it = "ADA-example" if outcome is Outcome.ASSIGNED else "bea-example"
    talk = {"comments": (build_remark("How is it built?", author="cleo-example"),)}

    assert judged(before, **talk, is_whole=False).outcome is outcome
    assert judged(before, **talk, is_whole=True).outcome is Outcome.FREE_AGAIN
    let_go = judged(before, **talk, is_whole=False, released=(on_it,))
    assert let_go.outcome is Outcome.FREE_AGAIN


def test_who_speaks_up_after_it_was_let_go_has_commented() -> None:
    freed = build_progress(Outcome.FREE_AGAIN, changed_at=days_ago(3), taken_at=days_ago(4))

    assert judged(freed, comments=(build_remark(days=4),)).outcome is Outcome.FREE_AGAIN
    assert judged(freed, comments=(build_remark(days=2),)).outcome is Outcome.COMMENTED


def test_somebody_elses_merged_pull_request_of_before_the_offer_takes_nothing() -> None:
    old = build_merged_pull(**OTHERS, merged_at=days_ago(40))

    assert judged(pulls=(old,)).outcome is Outcome.OPEN


def test_what_cannot_be_seen_is_gone_but_for_what_was_merged() -> None:
    merged = judged(pulls=(build_merged_pull(),))

    for before, outcome in ((build_progress(), Outcome.GONE), (merged, Outcome.MERGED)):
        missed = judge(before, Seen(None), NOW)
        assert missed.outcome is before.outcome
        assert judge(missed, Seen(None), NOW + timedelta(hours=19)).outcome is before.outcome
        assert judge(missed, Seen(None), NOW + timedelta(hours=20)).outcome is outcome


def test_a_renamed_repository_is_the_rows_own() -> None:
    moved = IssueRef("lumen-lab/star-charts", 12)
    pull = build_own_pull(ref=IssueRef("lumen-lab/star-charts", 400), closes=False)

    after = judged(ref=moved, pulls=(pull,))

    assert (after.ref, after.outcome) == (build_progress().ref, Outcome.PULL_REQUEST)


def test_a_pull_request_that_fell_out_of_sight_still_counts() -> None:
    before = judged(pulls=(build_own_pull(),))

    assert judged(before).outcome is Outcome.PULL_REQUEST
    assert judged(before, is_open=False).outcome is Outcome.CLOSED


@pytest.mark.parametrize(
    ("changes", "took", "done"),
    [
        ({}, Outcome.TOOK, Outcome.DONE),
        ({"comments": (build_remark(),)}, Outcome.TOOK, Outcome.DONE),
        ({"assigned": ("ada-example",)}, Outcome.ASSIGNED, Outcome.DONE),
        ({"assigned": ("bea-example",)}, Outcome.TAKEN, Outcome.TAKEN),
        ({"pulls": (build_own_pull(),)}, Outcome.PULL_REQUEST, Outcome.PULL_REQUEST),
        ({"pulls": (build_refused_pull(),)}, Outcome.NOT_MERGED, Outcome.NOT_MERGED),
        ({"is_open": False}, Outcome.CLOSED, Outcome.DONE),
        (
            {"is_open": False, "pulls": (build_merged_pull(**OTHERS),)},
            Outcome.CLOSED,
            Outcome.CLOSED,
        ),
    ],
)
def test_a_students_word_counts_where_nothing_seen_tells_more(
    changes: dict, took: Outcome, done: Outcome
) -> None:
    assert judged(**changes, said=(Outcome.TOOK, days_ago(1))).outcome is took
    assert judged(**changes, said=(Outcome.DONE, days_ago(1))).outcome is done


def test_a_word_of_before_the_offer_is_of_something_else() -> None:
    early = (Outcome.DONE, days_ago(6))

    assert judged(said=early).outcome is Outcome.OPEN
    assert hear(build_progress(), early, NOW).outcome is Outcome.OPEN


def test_a_word_once_given_stays() -> None:
    assert judged(hear(build_progress(), (Outcome.TOOK, NOW), NOW)).outcome is Outcome.TOOK


def test_what_was_said_before_somebody_else_took_it_is_past_when_they_let_go() -> None:
    said = (Outcome.TOOK, days_ago(4))
    freed = build_progress(Outcome.FREE_AGAIN, changed_at=days_ago(2))

    assert hear(freed, said, NOW).outcome is Outcome.FREE_AGAIN
    assert judged(freed, said=said).outcome is Outcome.FREE_AGAIN
    assert hear(freed, (Outcome.TOOK, days_ago(1)), NOW).outcome is Outcome.TOOK


def test_a_word_is_heard_without_looking() -> None:
    heard = hear(build_progress(), (Outcome.DONE, days_ago(1)), NOW)

    assert (heard.outcome, heard.changed_at, heard.read_at) == (Outcome.DONE, NOW, None)


@pytest.mark.parametrize(
    "outcome", [Outcome.MERGED, Outcome.CLOSED, Outcome.GONE, Outcome.TAKEN, Outcome.NOT_MERGED]
)
def test_a_word_does_not_undo_what_was_seen(outcome: Outcome) -> None:
    before = build_progress(outcome)

    assert hear(before, (Outcome.DONE, days_ago(1)), NOW) == before


_MOMENTS = st.floats(0, 20).map(days_ago)
_LOGINS = st.sampled_from(["ada-example", "Ada-Example", "bea-example", "mira-example", None])
_PULLS = st.builds(
    build_own_pull,
    id=st.sampled_from(["PR_1", "PR_2", "PR_3"]),
    url=st.sampled_from(["https://github.com/l/s/pull/1", "https://github.com/l/s/pull/2"]),
    ref=st.sampled_from([IssueRef("lumen-lab/starcharts", 400), ELSEWHERE]),
    author=_LOGINS,
    state=st.sampled_from(["OPEN", "CLOSED", "MERGED"]),
    closes=st.booleans(),
    opened_at=_MOMENTS,
    merged_at=st.none() | _MOMENTS,
    closed_at=st.none() | _MOMENTS,
)
_REMARKS = st.builds(
    build_remark,
    st.sampled_from([CLAIM, "Any news?", "I am no longer working on this."]),
    st.floats(0, 20),
    _LOGINS,
    association=st.sampled_from(["NONE", "OWNER", "MEMBER"]),
)
_AFTERMATHS = st.builds(
    build_aftermath,
    is_open=st.booleans(),
    assigned=st.lists(_LOGINS.filter(bool), max_size=2).map(tuple),
    assignments=st.lists(st.tuples(_LOGINS.filter(bool), _MOMENTS), max_size=3).map(tuple),
    comments=st.lists(_REMARKS, max_size=4).map(
        lambda some: tuple(sorted(some, key=lambda one: one.comment.created_at))
    ),
    pulls=st.lists(_PULLS, max_size=3, unique_by=lambda one: one.id).map(tuple),
    released=st.lists(_LOGINS.filter(bool), max_size=1).map(tuple),
    is_whole=st.booleans(),
)
_WORDS = st.none() | st.tuples(st.sampled_from([Outcome.TOOK, Outcome.DONE]), _MOMENTS)
_REVIEWS = st.dictionaries(
    st.sampled_from(["PR_1", "PR_2"]),
    st.builds(build_pull_review, st.floats(0, 4), _LOGINS).map(lambda one: (one,)),
)
_SEEN = st.builds(Seen, st.none() | _AFTERMATHS, _REVIEWS, _WORDS)


@settings(max_examples=300, deadline=None)
@given(st.lists(_SEEN, min_size=1, max_size=4))
def test_looking_twice_changes_nothing(sights: list[Seen]) -> None:
    now, progress = NOW, build_progress()
    for seen in sights:
        now += timedelta(days=1)
        progress = judge(progress, seen, now)
        assert judge(progress, seen, now) == progress
        later = judge(progress, replace(seen, said=seen.said), now + timedelta(hours=1))
        assert replace(later, read_at=now, asked_at=now) == progress
        assert hear(progress, seen.said, now) == progress


@settings(max_examples=300, deadline=None)
@given(st.lists(_SEEN, min_size=1, max_size=4), _AFTERMATHS)
def test_nothing_undoes_a_merge(sights: list[Seen], first: Aftermath) -> None:
    merged = replace(first, pulls=(*first.pulls, build_merged_pull(id="PR_9")))
    progress = judge(build_progress(), Seen(merged), NOW)

    for seen in sights:
        progress = judge(progress, seen, NOW)
        assert (progress.outcome, progress.merged_at is None) == (Outcome.MERGED, False)
