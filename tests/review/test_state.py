"""Where a digest stands with its mentors, and what may go."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.state import in_order, may_go, state_of, waits_until
from bot.review.verdict import ReviewState, VerdictKind
from bot.subscriptions.club import Review
from tests.review.steps import POSTED_AT, ref, verdict

APPROVE, HOLD, DROP, NOTE = (
    VerdictKind.APPROVE,
    VerdictKind.HOLD,
    VerdictKind.DROP,
    VerdictKind.NOTE,
)
HOURS = 24.0


def state(*verdicts, posted_at=POSTED_AT, hours=1.0):
    now = POSTED_AT + timedelta(hours=hours)
    return state_of(verdicts, posted_at, now, HOURS)


def test_nobody_is_asked_until_a_post_stands():
    assert state(posted_at=None, hours=1_000) is ReviewState.UNASKED


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, "waiting"), (23.99, "waiting"), (24, "silent")]
)
def test_time_without_a_word_ends_the_waiting(hours, expected):
    assert state(hours=hours) is ReviewState(expected)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([APPROVE], "approved"),
        ([HOLD], "held"),
        ([HOLD, APPROVE], "approved"),
        ([APPROVE, HOLD], "held"),
        ([APPROVE, DROP, NOTE], "approved"),
        ([DROP, NOTE], "waiting"),
    ],
)
def test_the_last_word_counts_and_drops_and_notes_are_none(kinds, expected):
    said = [verdict(kind, hours=n, ref=ref(1)) for n, kind in enumerate(kinds)]
    assert state(*reversed(said)) is ReviewState(expected)


def test_of_one_comment_the_last_line_counts():
    said = [verdict(HOLD, position=0), verdict(APPROVE, position=1)]
    assert state(*reversed(said)) is ReviewState.APPROVED


def test_a_word_counts_however_late_and_without_a_post():
    assert state(verdict(HOLD, hours=30), hours=31) is ReviewState.HELD
    assert state(verdict(APPROVE), posted_at=None) is ReviewState.APPROVED


#: What goes: by setting and state; `silence` where `on_silence` decides.
GOES = {
    "off": {"unasked": True, "waiting": True, "approved": True, "held": True, "silent": True},
    "notify": {"unasked": True, "waiting": True, "approved": True, "held": False, "silent": True},
    "approve": {
        "unasked": False,
        "waiting": False,
        "approved": True,
        "held": False,
        "silent": "silence",
    },
}


@pytest.mark.parametrize(("review", "where"), list(product(Review, ReviewState)))
def test_what_may_go(review, where):
    expected = GOES[review][where]
    assert may_go(where, review, "send") is (True if expected == "silence" else expected)
    assert may_go(where, review, "hold") is (False if expected == "silence" else expected)


def test_only_digests_that_wait_have_an_end_to_it():
    assert waits_until(Review.APPROVE, POSTED_AT, 24) == POSTED_AT + timedelta(days=1)
    assert waits_until(Review.APPROVE, None, 24) is None
    assert waits_until(Review.NOTIFY, POSTED_AT, 24) is None


@given(
    st.lists(st.tuples(st.sampled_from(list(VerdictKind)), st.integers(0, 3), st.integers(0, 3))),
    st.integers(0, 48),
)
def test_the_order_in_which_words_are_read_changes_nothing(said, hours):
    words = [verdict(kind, hours=at, position=n, ref=ref(1)) for kind, at, n in dict.fromkeys(said)]
    unique = list({(one.at, one.position): one for one in words}.values())
    assert state(*unique, hours=hours) is state(*reversed(unique), hours=hours)
    assert in_order(unique) == in_order(reversed(unique))
