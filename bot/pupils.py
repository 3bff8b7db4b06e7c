"""Pupils: what a mentor is shown of each student, put together from the journal and the lessons.

Comes in: the week's digests, what was learned. Goes out: `Pupil`s.
"""

from collections.abc import Iterable
from datetime import datetime

from bot.cohort.funnel import count_funnel
from bot.digest import Sent
from bot.journal import DigestState, JournalEntry
from bot.lessons import Lessons
from bot.office import Office
from bot.outcomes.due import N_WEEKS
from bot.outcomes.progress import Outcome, Progress
from bot.review.compose_sheet import Pupil
from bot.review.sheet import Tally
from bot.review.state import state_of
from bot.schedule import Run
from bot.terms import ChannelName, Week


def pupils_of(
    run: Run,
    entries: Iterable[JournalEntry],
    office: Office,
    lessons: Lessons,
    sent: Iterable[Sent],
) -> tuple[Pupil, ...]:
    """The students of these digests; `sent` are everybody's of the last twelve weeks."""
    sent_at: dict[str, list[datetime]] = {}
    for one in sent:
        sent_at.setdefault(one.digest.student.casefold(), []).append(one.delivered_at)
    return tuple(
        _pupil(run, entry, tuple(sent_at.get(entry.digest.student.casefold(), ())), office, lessons)
        for entry in entries
        if entry.digest.student.casefold() in office.students
    )


def _pupil(
    run: Run,
    entry: JournalEntry,
    sent_at: tuple[datetime, ...],
    office: Office,
    lessons: Lessons,
) -> Pupil:
    login = entry.digest.student
    student = office.students[login.casefold()]
    verdicts = tuple(one for one in lessons.verdicts_on(login) if one.week == entry.digest.week)
    first = str(run.week.before(N_WEEKS))
    picks = [one for one in lessons.progress_of(login) if one.week >= first]
    return Pupil(
        digest=entry.digest,
        subscription=student,
        level=lessons.level(student),
        channel=entry.channel,
        state=state_of(verdicts, None, run.now, run.club.review_hours),
        tally=_tally(picks, lessons.last_sign_at(login)),
        verdicts=verdicts,
        sent_at=sent_at,
        is_undelivered=_is_undelivered(login, run.week.before(1), office),
        n_pulls_waiting=sum(one.outcome is Outcome.REVIEWED for one in picks),
    )


def _tally(picks: Iterable[Progress], last_sign_at: datetime | None) -> Tally:
    """How far the picks came, by the report's count."""
    funnel = count_funnel(picks)
    counts = (funnel.n_offered, funnel.n_commented, funnel.n_pulls, funnel.n_merged)
    return Tally(*counts, last_sign_at)


def _is_undelivered(login: str, week: Week, office: Office) -> bool:
    """Was last week's digest tried, and is surely not out?"""
    entry = office.journal.entry(str(week), login)
    if entry is None or entry.state is DigestState.DELIVERED:
        return False
    tried = (office.journal.delivery(str(week), login, name) for name in ChannelName)
    return any(one is not None and one.setback is not None for one in tried)
