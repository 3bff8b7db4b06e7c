"""Nudges: which students need a word from their mentor, by one small rule each.

Comes in: what is known of one student's picks and signs of life. Goes out: `Nudged`s, each with
since when it holds and the pick that it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.outcomes.progress import Outcome, Progress

#: Our judgement, like each number here: a week is what a maintainer, or a student with three hours
#: a week, may take without anybody wondering; a first review may take two.
_A_WEEK, _TWO_WEEKS = timedelta(weeks=1), timedelta(weeks=2)
#: Three weeks, and a day for digests that went out late.
_THREE_WEEKS = timedelta(weeks=3, days=1)
_N_DIGESTS = 3

#: The student is on it, and there is no pull request. A comment counts: whether it was a claim is
#: not kept, and who only asked and waits for a week needs a word as well.
_BEGUN = frozenset({Outcome.COMMENTED, Outcome.ASSIGNED, Outcome.TOOK})
#: Outcomes that the student told us themselves: seen when they said so.
_TOLD = frozenset({Outcome.TOOK, Outcome.DONE})


class Nudge(StrEnum):
    """Why a student needs a word from their mentor; `[codes.nudges]` has the words."""

    #: A pull request was reviewed, and nothing followed for a week.
    REVIEW_WAITS = "review-waits"
    #: A pull request has been open for two weeks, and nobody reviewed it.
    NOT_REVIEWED = "not-reviewed"
    #: On it (assigned, commented, said so) for a week, no pull request, and nothing else begun
    #: since.
    STUCK = "stuck"
    #: A pull request was closed without merging, and nothing since.
    REFUSED = "refused"
    #: Three digests or more in three weeks, and no sign of life.
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Nudged:
    """A reason to speak to a student: since when it holds, and which pick it is about."""

    nudge: Nudge
    since: datetime
    about: Progress | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """What the rules look at of one student."""

    picks: tuple[Progress, ...]
    #: When digests went out, oldest first.
    digests_at: tuple[datetime, ...]
    #: What was seen last, under a pick or in an answer to us.
    last_sign_at: datetime | None
    #: False of who paused or stopped: from them no sign is expected.
    gets_digests: bool = True


def sign_of(pick: Progress) -> datetime | None:
    """When the student was last seen to do, or heard to have done, something about a pick."""
    told = pick.changed_at if pick.outcome in _TOLD else None
    return max((at for at in (pick.last_sign_at, told) if at is not None), default=None)


def nudges_of(life: Life, now: datetime) -> tuple[Nudged, ...]:
    """All that holds, in the order of `Nudge`, of one kind the longest first."""
    found = [one for pick in life.picks if (one := _nudge_about(pick, life, now)) is not None]
    order = tuple(Nudge)
    found.sort(key=lambda one: (order.index(one.nudge), one.since))
    return (*found, *_silent(life, now))


def _nudge_about(pick: Progress, life: Life, now: datetime) -> Nudged | None:
    """What a pick's outcome calls for; each outcome has one rule at most."""
    if pick.outcome is Outcome.REVIEWED:
        return review_waits(pick, now)
    if pick.outcome is Outcome.PULL_REQUEST:
        return not_reviewed(pick, now)
    if pick.outcome is Outcome.NOT_MERGED:
        return refused(pick, life)
    return stuck(pick, life, now) if pick.outcome in _BEGUN else None


def review_waits(pick: Progress, now: datetime) -> Nudged | None:
    """Reviewed a week ago or more, and the student was not seen since."""
    at, sign = pick.reviewed_at, sign_of(pick)
    if at is None or at > now - _A_WEEK or (sign is not None and sign > at):
        return None
    return Nudged(Nudge.REVIEW_WAITS, at, pick)


def not_reviewed(pick: Progress, now: datetime) -> Nudged | None:
    """Open for two weeks or more, and no review."""
    at = pick.pulled_at
    if at is None or at > now - _TWO_WEEKS or pick.reviewed_at is not None:
        return None
    return Nudged(Nudge.NOT_REVIEWED, at, pick)


def stuck(pick: Progress, life: Life, now: datetime) -> Nudged | None:
    """Begun a week ago or more, and the student moved on to no other pick."""
    at = sign_of(pick) or pick.changed_at
    if at is None or at > now - _A_WEEK:
        return None
    others = (sign_of(one) for one in life.picks if one is not pick)
    if any(sign is not None and sign > at for sign in others):
        return None
    return Nudged(Nudge.STUCK, at, pick)


def refused(pick: Progress, life: Life) -> Nudged | None:
    """Closed without merging, and no sign of life since, whatever about."""
    at = pick.refused_at or pick.changed_at
    if at is None or (life.last_sign_at is not None and life.last_sign_at > at):
        return None
    return Nudged(Nudge.REFUSED, at, pick)


def _silent(life: Life, now: datetime) -> Iterator[Nudged]:
    """Digests came for three weeks, and nothing was seen in that time."""
    begin = now - _THREE_WEEKS
    lately = [at for at in life.digests_at if begin <= at <= now]
    is_seen = life.last_sign_at is not None and life.last_sign_at >= begin
    if life.gets_digests and len(lately) >= _N_DIGESTS and not is_seen:
        yield Nudged(Nudge.SILENT, life.last_sign_at or life.digests_at[0])
