"""Who needs a word: each rule holds from its day on, and ends with a sign of life."""

import pytest

from bot.cohort.nudge import Life, Nudge, Nudged, nudges_of, sign_of
from bot.outcomes.progress import Outcome
from tests.builders_cohort import NOW, build_progress, days_ago


def codes(*picks, digests=(), sign=None, gets_digests=True):
    life = Life(picks, tuple(map(days_ago, digests)), sign, gets_digests)
    return [one.nudge for one in nudges_of(life, NOW)]


def reviewed(days, **changes):
    times = {"pulled_at": days_ago(days + 3), "reviewed_at": days_ago(days)}
    return build_progress(Outcome.REVIEWED, **times, **changes)


def test_who_does_nothing_and_got_little_is_left_alone():
    assert codes(build_progress(), digests=(5,)) == []


@pytest.mark.parametrize(("days", "holds"), [(6.9, False), (7, True), (40, True)])
def test_a_review_waits_from_its_seventh_day_on(days, holds):
    assert (codes(reviewed(days)) == [Nudge.REVIEW_WAITS]) is holds


def test_a_review_that_the_student_came_back_after_does_not_wait():
    assert codes(reviewed(10, commented_at=days_ago(9))) == []


def test_a_sign_elsewhere_does_not_answer_a_review():
    other = build_progress(Outcome.COMMENTED, 13, commented_at=days_ago(1))
    assert codes(reviewed(10), other, sign=days_ago(1)) == [Nudge.REVIEW_WAITS]


@pytest.mark.parametrize(("days", "holds"), [(13.9, False), (14, True)])
def test_a_pull_request_may_wait_two_weeks_for_its_first_review(days, holds):
    pick = build_progress(Outcome.PULL_REQUEST, pulled_at=days_ago(days))
    assert (codes(pick) == [Nudge.NOT_REVIEWED]) is holds


@pytest.mark.parametrize(("days", "holds"), [(6.9, False), (7, True)])
@pytest.mark.parametrize(
    ("outcome", "moment"),
    [
        (Outcome.COMMENTED, "commented_at"),
        (Outcome.ASSIGNED, "assigned_at"),
        (Outcome.TOOK, "changed_at"),
    ],
)
def test_who_began_and_has_no_pull_request_is_stuck_after_a_week(outcome, moment, days, holds):
    pick = build_progress(outcome, **{moment: days_ago(days)})
    assert (codes(pick) == [Nudge.STUCK]) is holds


def test_who_moved_on_to_another_pick_is_not_stuck_at_the_first():
    first = build_progress(Outcome.ASSIGNED, assigned_at=days_ago(30))
    second = build_progress(Outcome.MERGED, 13, merged_at=days_ago(8), commented_at=days_ago(20))
    assert codes(first, second) == []


def test_of_two_that_were_begun_the_last_is_what_somebody_is_stuck_at():
    first = build_progress(Outcome.COMMENTED, commented_at=days_ago(30))
    second = build_progress(Outcome.COMMENTED, 13, commented_at=days_ago(9))
    [nudged] = nudges_of(Life((first, second), (), days_ago(9)), NOW)
    assert nudged == Nudged(Nudge.STUCK, days_ago(9), second)


@pytest.mark.parametrize(("sign", "holds"), [(None, True), (11, True), (9, False)])
def test_a_refusal_calls_for_a_word_until_the_student_is_seen(sign, holds):
    pick = build_progress(Outcome.NOT_MERGED, refused_at=days_ago(10))
    seen = None if sign is None else days_ago(sign)
    assert (codes(pick, sign=seen) == [Nudge.REFUSED]) is holds


@pytest.mark.parametrize(
    ("digests", "sign", "holds"),
    [
        ((1, 8, 15), None, True),
        ((7, 14, 21), None, True),
        ((1, 8), None, False),
        ((8, 15, 30), None, False),
        ((1, 8, 15), 16, False),
        ((1, 8, 15), 23, True),
    ],
)
def test_three_digests_without_a_sign_of_life_are_silence(digests, sign, holds):
    seen = None if sign is None else days_ago(sign)
    assert (codes(digests=sorted(digests, reverse=True), sign=seen) == [Nudge.SILENT]) is holds


def test_silence_counts_from_the_last_sign_else_from_the_first_digest():
    never = Life((), tuple(map(days_ago, (15, 8, 1))), None)
    once = Life((), tuple(map(days_ago, (15, 8, 1))), days_ago(50))
    assert [one.since for one in nudges_of(never, NOW)] == [days_ago(15)]
    assert [one.since for one in nudges_of(once, NOW)] == [days_ago(50)]


def test_no_sign_is_expected_of_who_paused():
    assert codes(digests=(15, 8, 1), gets_digests=False) == []


def test_a_review_waits_for_who_paused_as_well():
    assert codes(reviewed(9), gets_digests=False) == [Nudge.REVIEW_WAITS]


def test_the_longest_of_a_kind_comes_first_and_kinds_in_their_order():
    stuck = build_progress(Outcome.COMMENTED, 3, commented_at=days_ago(8))
    picks = (stuck, reviewed(9, login="a"), reviewed(12, login="b"))
    assert codes(*picks) == [Nudge.REVIEW_WAITS, Nudge.REVIEW_WAITS, Nudge.STUCK]
    assert [one.since for one in nudges_of(Life(picks, (), None), NOW)][:2] == [
        days_ago(12),
        days_ago(9),
    ]


@pytest.mark.parametrize(
    "outcome", [Outcome.OPEN, Outcome.TAKEN, Outcome.CLOSED, Outcome.MERGED, Outcome.DONE]
)
def test_what_is_at_an_end_or_was_never_begun_calls_for_nothing(outcome):
    pick = build_progress(outcome, changed_at=days_ago(60), commented_at=days_ago(60))
    assert codes(pick) == []


def test_what_was_only_told_is_a_sign_too():
    assert sign_of(build_progress(Outcome.TOOK, changed_at=days_ago(3))) == days_ago(3)
    assert sign_of(build_progress(Outcome.TAKEN, changed_at=days_ago(3))) is None
