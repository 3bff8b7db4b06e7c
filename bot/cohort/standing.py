"""A standing: how one student fares, as their mentor reads it.

Comes in: a student as the club knows them, their picks, what was sent. Goes out: a `Standing`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cohort.funnel import Funnel, count_funnel, is_merged
from bot.cohort.nudge import Life, Nudged, nudges_of, sign_of
from bot.outcomes.progress import Outcome, Progress
from bot.sayings import Saying
from bot.subscriptions.student import Subscription
from bot.terms import Level

#: Begun and at no end; what was refused is under way again when there is a new pull request.
_AT_WORK = frozenset(
    {
        *(Outcome.COMMENTED, Outcome.ASSIGNED, Outcome.TOOK),
        *(Outcome.PULL_REQUEST, Outcome.REVIEWED),
    }
)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A student as the club knows them now."""

    subscription: Subscription
    #: The level that counts.
    level: Level
    #: Who looks after them.
    mentors: tuple[str, ...] = ()
    #: Until when paused, or why no digests go out; None for who gets them.
    halted: Saying | None = None

    @property
    def login(self) -> str:
        return self.subscription.login


@dataclass(frozen=True, slots=True)
class Standing:
    """One student's line."""

    login: str
    called: str
    level: Level
    mentors: tuple[str, ...]
    n_digests: int
    funnel: Funnel
    last_digest_at: datetime | None
    #: A comment, an answer, a thumb, a pull request: whatever was seen last.
    last_sign_at: datetime | None
    nudges: tuple[Nudged, ...] = ()
    #: Until when paused, or why no digests go out; None for who gets them.
    halted: Saying | None = None
    #: What they are at, the latest first: picks that are begun and at no end.
    at_work: tuple[Progress, ...] = ()
    #: What was merged of theirs, the latest first.
    merged: tuple[Progress, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one student in the weeks that count."""

    picks: tuple[Progress, ...] = ()
    #: When digests went out, in any order.
    digests_at: tuple[datetime, ...] = ()
    #: When the student last answered us.
    said_at: datetime | None = None


def make_standing(one: Enrolled, seen: Seen, now: datetime) -> Standing:
    """The student's line as of `now`."""
    digests_at = tuple(sorted(seen.digests_at))
    signs = (*(sign_of(pick) for pick in seen.picks), seen.said_at)
    last_sign_at = max((at for at in signs if at is not None), default=None)
    life = Life(seen.picks, digests_at, last_sign_at, gets_digests=not one.halted)
    return Standing(
        login=one.login,
        called=one.subscription.called,
        level=one.level,
        mentors=one.mentors,
        n_digests=len(digests_at),
        funnel=count_funnel(seen.picks),
        last_digest_at=digests_at[-1] if digests_at else None,
        last_sign_at=last_sign_at,
        nudges=nudges_of(life, now),
        halted=one.halted,
        at_work=_latest_first([pick for pick in seen.picks if pick.outcome in _AT_WORK]),
        merged=_latest_first([pick for pick in seen.picks if is_merged(pick)]),
    )


def _latest_first(picks: Sequence[Progress]) -> tuple[Progress, ...]:
    """By the student's last sign, the newest first; of one moment by issue."""
    in_order = sorted(picks, key=lambda pick: pick.ref)
    in_order.sort(key=lambda pick: pick.merged_at or sign_of(pick) or pick.offered_at, reverse=True)
    return tuple(in_order)
