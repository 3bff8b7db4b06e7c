"""Due: which picks are looked at now, and how closely.

Comes in: progress and the time. Goes out: whether a pick is read whole, or only asked whether it
changed.

An issue's `updatedAt` does not move when a pull request mentions it: a controlled test is told in
github.com/josegonzalez/python-github-backup, issue 168 and pull request 528. So it cannot move
either when that pull request is reviewed, closed, or merged without closing the issue. Comments and
labels move it (github.com/apache/burr/pull/823 says any change of the issue itself does; of labels
github.com/apache/devlake/issues/7510 saw it, isaacs/github#1676 of 2019 did not); of assignments
alone we found no test. Therefore a pick is read whole while it is young, when most work is begun,
and while the student's own pull request is open; later the stamp saves reading what rests, but for
no longer than four weeks: by then every pull request and assignment is found.
"""

from datetime import datetime, timedelta

from bot.outcomes.progress import Outcome, Progress

#: So many weeks a pick is followed, and counts in figures (README, How it learns).
N_WEEKS = 12
FOLLOWED_FOR = timedelta(weeks=N_WEEKS)
#: So long every reading is whole.
YOUNG_FOR = timedelta(weeks=4)
#: Runs of a day share what one of them read.
FRESH_FOR = timedelta(hours=20)
#: No stamp is believed for longer; a run that comes a little earlier than the last need not wait
#: for another week.
RESTS_FOR = timedelta(weeks=4) - FRESH_FOR

#: A pull request of the student's is open: its reviews and its end leave no stamp on the issue.
_AT_WORK = frozenset({Outcome.PULL_REQUEST, Outcome.REVIEWED})


def is_followed(pick: Progress, now: datetime) -> bool:
    """Is it asked for at all? What is settled, old or of unknown id is not.

    Nor what was sent or looked at within a day: there is nothing new to see of it.
    """
    is_in_time = now - pick.offered_at <= FOLLOWED_FOR
    is_fresh = _is_within(pick.read_at or pick.offered_at, now, FRESH_FOR)
    return is_in_time and not pick.is_settled and bool(pick.node_id) and not is_fresh


def is_read_whole(pick: Progress, now: datetime) -> bool:
    """Of those that are followed: is it read whatever its stamp says?"""
    is_young = now - pick.offered_at <= YOUNG_FOR
    is_in_doubt = pick.outcome in _AT_WORK or pick.missed_at is not None
    return is_young or is_in_doubt or not _is_within(pick.read_at, now, RESTS_FOR)


def is_asked(pick: Progress, now: datetime) -> bool:
    """Of the others: has no run of this day asked for its stamp?"""
    return not _is_within(pick.asked_at, now, FRESH_FOR)


def urgency(pick: Progress) -> tuple[bool, float]:
    """What to sort by: first what the student has begun with, then the youngest."""
    has_begun = pick.last_sign_at is not None or pick.outcome in {Outcome.TOOK, Outcome.DONE}
    return not has_begun, -pick.offered_at.timestamp()


def _is_within(moment: datetime | None, now: datetime, span: timedelta) -> bool:
    return moment is not None and now - moment < span
