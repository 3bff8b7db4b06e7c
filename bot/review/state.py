"""Where a digest stands with its mentors, and whether it may go out from there.

Comes in: the verdicts on it, since when its mentors were asked, the clock. Goes out: its
`ReviewState`, and yes or no. The README has the diagram; a change here is one there.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from bot.review.verdict import ReviewState, Verdict, VerdictKind
from bot.subscriptions.club import Review

_SPOKEN = {VerdictKind.APPROVE: ReviewState.APPROVED, VerdictKind.HOLD: ReviewState.HELD}


def in_order(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Oldest first, as the book keeps them: the last word counts."""
    return tuple(sorted(verdicts, key=lambda one: (one.at, one.source, one.position)))


def state_of(
    verdicts: Iterable[Verdict], shown_at: datetime | None, now: datetime, review_hours: float
) -> ReviewState:
    """The state of one student's digest.

    A word counts whenever it was said, and whoever of the student's mentors said it; without one
    the time since `shown_at` decides: when the first of them was shown what the digest holds.
    """
    words = [one for one in in_order(verdicts) if one.kind in _SPOKEN]
    if words:
        return _SPOKEN[words[-1].kind]
    if shown_at is None:
        return ReviewState.UNASKED
    is_over = now >= shown_at + timedelta(hours=review_hours)
    return ReviewState.SILENT if is_over else ReviewState.WAITING


def may_go(state: ReviewState, review: Review, on_silence: Literal["send", "hold"]) -> bool:
    """May a digest in that state be sent?

    `notify` holds nothing but what a mentor holds; with `off` nobody is listened to. With `approve`
    nothing goes that nobody was asked about; where there is nobody to ask, all is silence.
    """
    if review is Review.OFF:
        return True
    if review is Review.NOTIFY:
        return state is not ReviewState.HELD
    if state is ReviewState.SILENT:
        return on_silence == "send"
    return state is ReviewState.APPROVED


def waits_until(review: Review, shown_at: datetime | None, review_hours: float) -> datetime | None:
    """When silence begins to decide; None where no digest waits, or nobody was asked yet."""
    if review is not Review.APPROVE or shown_at is None:
        return None
    return shown_at + timedelta(hours=review_hours)
