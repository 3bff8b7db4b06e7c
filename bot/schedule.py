"""The schedule: who is due for a new digest in a run, and why another is not.

Comes in: a run, a student, the journal. Goes out: a reason in words, or None.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.journal import DigestState, Journal, JournalEntry
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription
from bot.terms import Week

#: `every` in ISO weeks: whole weeks count, so that a slot that came late does not cost one.
_EVERY_WEEKS = {"week": 1, "2 weeks": 2, "4 weeks": 4}


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for one run."""

    club: Club
    week: Week
    now: datetime
    #: Picks whose pull requests or comments nobody can see are kept: for a corpus of listings.
    accepts_unseen: bool = False


def why_not_due(student: Subscription, journal: Journal, run: Run) -> str | None:
    """Why a student gets no new digest in this run, or None."""
    if is_paused(student, run):
        return f"paused until {student.paused_until}"
    entry = journal.entry(str(run.week), student.login)
    if entry is not None and not _is_half_read(entry, journal):
        return f"the digest of {run.week} is there already"
    last, n_weeks = journal.last_delivered_at(student.login), _EVERY_WEEKS[student.every]
    if last is None or n_weeks == 1:
        return None
    rest = run.week.monday_on - Week.of(last, run.club.zone).monday_on
    if rest < timedelta(weeks=n_weeks):
        return f"gets a digest every {student.every}; the last was sent on {last.date()}"
    return None


def _is_half_read(entry: JournalEntry, journal: Journal) -> bool:
    """Was it prepared from a harvest that was cut short, and not tried to send?"""
    is_waiting = entry.state is DigestState.PREPARED and entry not in journal.in_doubt()
    return is_waiting and not entry.digest.complete


def is_paused(student: Subscription, run: Run) -> bool:
    """Has the student paused, by the calendar at the club's place?"""
    today = run.now.astimezone(run.club.zone).date()
    return student.paused_until is not None and today < student.paused_until
