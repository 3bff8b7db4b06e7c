"""The schedule: who is due for a new digest in a run, and why another is not.

Comes in: a run, a student, the journal. Goes out: a reason in words, or None.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digest import is_rebuilt
from bot.journal import DigestState, Journal, JournalEntry
from bot.register import Register
from bot.sayings import Saying
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, Locale, Week

#: `every` in ISO weeks: whole weeks count, so that a slot that came late does not cost one.
_EVERY_WEEKS = {"week": 1, "2 weeks": 2, "4 weeks": 4}
#: What halts a student in the words of the run's report, which are English (decision 0020).
_REPORTED = {
    "halt_paused": "paused until {day}",
    "halt_stopped": "stopped on {day}",
    "halt_unconfirmed": "waits until the student confirms the address",
}


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for one run."""

    club: Club
    week: Week
    now: datetime
    #: Picks whose pull requests or comments nobody can see are kept: for a corpus of listings.
    accepts_unseen: bool = False


def channel_of(club: Club, student: Subscription) -> ChannelName:
    """The student's own choice, else the club's."""
    return student.channel or club.channel


def pause_of(student: Subscription) -> timedelta:
    """How long after a digest the student's next one is due."""
    return timedelta(weeks=_EVERY_WEEKS[student.every])


def locale_of(club: Club, student: Subscription) -> Locale:
    """The student's own language, else the club's."""
    return student.locale or club.locale


def why_not_due(
    student: Subscription,
    journal: Journal,
    register: Register,
    run: Run,
    *,
    needs_consent: bool = True,
) -> str | None:
    """Why a student gets no new digest in this run, or None."""
    if why := why_silent(student, register, run, needs_consent=needs_consent):
        return why
    entry = journal.entry(str(run.week), student.login)
    if entry is not None and not (_is_half_read(entry, journal) or is_empty_again(entry, journal)):
        return f"the digest of {run.week} is there already"
    last, n_weeks = journal.last_delivered_at(student.login), _EVERY_WEEKS[student.every]
    if last is None or n_weeks == 1:
        return None
    rest = run.week.monday_on - Week.of(last, run.club.zone).monday_on
    if rest < timedelta(weeks=n_weeks):
        return f"gets a digest every {student.every}; the last was sent on {last.date()}"
    return None


def _is_half_read(entry: JournalEntry, journal: Journal) -> bool:
    """Was it prepared from a harvest that was cut short, and never tried to send?"""
    if entry.digest.complete or entry.state is not DigestState.PREPARED:
        return False
    week, login = entry.digest.week, entry.digest.student
    return all(journal.delivery(week, login, name) is None for name in ChannelName)


def is_empty_again(entry: JournalEntry, journal: Journal) -> bool:
    """Was it read back without its picks, and did a person say since that it is not out?

    Then it is made anew.
    """
    if entry.state is not DigestState.PREPARED or not is_rebuilt(entry.digest):
        return False
    week, login = entry.digest.week, entry.digest.student
    known = (journal.delivery(week, login, name) for name in ChannelName)
    return not any(one is not None and one.is_in_doubt for one in known)


def halt_of(student: Subscription, register: Register, run: Run) -> Saying | None:
    """What keeps a student from wanting anything now, by the calendar at the club's place."""
    today = run.now.astimezone(run.club.zone).date()
    if student.paused_until is not None and today < student.paused_until:
        return Saying("halt_paused", {"day": str(student.paused_until)})
    stop = register.stop_of(student.login)
    if stop is not None and stop.until is None:
        return Saying("halt_stopped", {"day": str(stop.at.astimezone(run.club.zone).date())})
    if stop is not None and stop.until is not None and today < stop.until:
        return Saying("halt_paused", {"day": str(stop.until)})
    return None


def has_left(student: Subscription, register: Register) -> bool:
    """Did the student stop for good?"""
    stop = register.stop_of(student.login)
    return stop is not None and stop.until is None


def why_halted(student: Subscription, register: Register, run: Run) -> str | None:
    """Why a student wants nothing now, as the run's report says it, or None."""
    return _reported(halt_of(student, register, run))


def is_mailed(student: Subscription, club: Club) -> bool:
    """Do the student's digests go by mail?"""
    return channel_of(club, student) is ChannelName.EMAIL


def silence_of(
    student: Subscription, register: Register, run: Run, *, needs_consent: bool = True
) -> Saying | None:
    """Why no digest may go to a student now: halted, or mail without a code; or None."""
    if halt := halt_of(student, register, run):
        return halt
    is_asked = needs_consent and is_mailed(student, run.club)
    if is_asked and not student.confirmed and register.code_given(student.login) is None:
        return Saying("halt_unconfirmed")
    return None


def why_silent(
    student: Subscription, register: Register, run: Run, *, needs_consent: bool = True
) -> str | None:
    """The same as the run's report says it."""
    return _reported(silence_of(student, register, run, needs_consent=needs_consent))


def _reported(halt: Saying | None) -> str | None:
    return _REPORTED[halt.key].format(**halt.values) if halt else None
