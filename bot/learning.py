"""Learning: what students said and what became of picks, taken up before anything is made of it.

Comes in: a run's means. Goes out: `Lessons`. Without `live` the same is learned and nothing is
written down, so that a dry run shows what a live one would do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.feedback.weights import said_of
from bot.harvest.store import News
from bot.ladder import StatedLevel
from bot.lessons import Learned, Lessons
from bot.listening import Listening, take_up_answers
from bot.office import Office
from bot.outcomes.due import N_WEEKS
from bot.outcomes.follow import Followed, follow, new_progress
from bot.outcomes.progress import Outcome, Progress
from bot.safeguards import numbers_of
from bot.schedule import Run
from bot.terms import IssueRef

#: Points that a week's runs may spend on outcomes, a student; and what each run gets in any case.
POINTS_A_STUDENT, POINTS_AT_LEAST = 0.3, 10


def recall(office: Office) -> Lessons:
    """What was learned until now."""
    stated = _stated(office)
    return Lessons(
        answers=office.books.answers.answers(),
        progress=office.books.progress.progress(),
        verdicts=office.books.reviews.verdicts(),
        stated={login: one for login, one in stated.items() if one is not None},
    )


def hear_students(run: Run, office: Office, lessons: Lessons, *, live: bool) -> Learned:
    """What students answered since the last run."""
    if live:
        _record_levels(run, office)
    if office.desks.answers is None:
        return Learned(lessons)
    places = {
        login: numbers_of(office.journal.places(one.login), office.desks.answers.repository)
        for login, one in office.students.items()
    }
    heard = take_up_answers(
        Listening(
            desk=office.desks.answers,
            book=office.books.answers,
            register=office.register,
            students=office.students,
            places=places,
            sent=office.journal.sent_since(str(run.week.before(N_WEEKS))),
            zone=run.club.zone,
            now=run.now,
            locale=run.club.locale,
        ),
        live=live,
    )
    return Learned(replace(lessons, answers=heard.answers, signs=heard.signs), heard.notes)


def follow_picks(run: Run, office: Office, lessons: Lessons, *, live: bool) -> Learned:
    """What became of the picks of the last twelve weeks."""
    known = _followed_picks(run, office, lessons)
    if office.aftermath is None or not known:
        return Learned(replace(lessons, progress=known))
    book, week = office.books.progress, str(run.week)
    left = round(POINTS_A_STUDENT * len(office.students)) - book.points(week)
    allowance = max(POINTS_AT_LEAST, left)
    done = follow(known, office.aftermath, _said(lessons), run.now, allowance)
    if live:
        book.record_progress(done.progress)
        if done.points:
            book.record_points(week, done.points)
            office.store.keep(News(points={week: done.points}))
    return Learned(replace(lessons, progress=_merged(known, done)), done.notes, done.error)


def _said(lessons: Lessons) -> dict[tuple[str, IssueRef], tuple[Outcome, datetime]]:
    """What students said of their picks (`/took`, `/done`), by login and issue, folded."""
    return {
        (login, ref): (Outcome(kind), at)
        for login in {one.login.casefold() for one in lessons.answers}
        for ref, (kind, at) in said_of(lessons.answers_by(login)).items()
    }


def _followed_picks(run: Run, office: Office, lessons: Lessons) -> tuple[Progress, ...]:
    """All that is followed: what is known already, and what went out since."""
    known = {(one.login.casefold(), one.ref.folded): one for one in lessons.progress}
    sent = office.journal.sent_since(str(run.week.before(N_WEEKS)))
    for one in new_progress(sent):
        known.setdefault((one.login.casefold(), one.ref.folded), one)
    return tuple(known.values())


def _merged(known: Iterable[Progress], done: Followed) -> tuple[Progress, ...]:
    news = {(one.login.casefold(), one.ref.folded): one for one in done.progress}
    return tuple(news.get((one.login.casefold(), one.ref.folded), one) for one in known)


def _stated(office: Office) -> Mapping[str, StatedLevel | None]:
    return {login: office.register.stated_level(login) for login in office.students}


def _record_levels(run: Run, office: Office) -> None:
    """Keep what the files state, and since when: work that is merged later counts on from there."""
    for login, known in _stated(office).items():
        student = office.students[login]
        if known is None or known.level is not student.level:
            office.register.record_stated_level(StatedLevel(login, student.level, run.now))
