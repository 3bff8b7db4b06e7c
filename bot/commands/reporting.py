"""Reporting: how a club's students fare, and what one of them can show; nothing is recorded.

Comes in: a session. Goes out: a `Cohort` or a `Portfolio`, and where its pages were written.
"""

from pathlib import Path

from bot.adapters.folder import write_pages
from bot.cohort.cohort import Cohort, Records, make_cohort
from bot.cohort.portfolio import Deeds, Portfolio, make_portfolio
from bot.cohort.standing import Enrolled
from bot.digest import Sent
from bot.errors import ConfigurationError
from bot.lessons import Lessons
from bot.outcomes.follow import new_progress
from bot.outcomes.progress import Progress
from bot.rendering.pages import Pages
from bot.review.mentoring import mentors_of
from bot.schedule import silence_of
from bot.session import Session
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription

#: So much is kept (README, Environment): a portfolio has no shorter memory than the journal.
_N_WEEKS_KEPT = 53


def report_cohort(session: Session, mentor: str | None = None) -> Cohort:
    """The students of the command, or of one mentor; ConfigurationError for who is none."""
    club = session.club
    mentor = None if mentor is None else _spelled(mentor, club)
    sent = _sent(session)
    progress = _progress(session, sent)
    lessons = _lessons(session, progress)
    records = Records(
        club=club.name,
        timezone=club.timezone,
        now=session.run.now,
        students=tuple(_enrolled(one, session, lessons) for one in session.students),
        progress=progress,
        sent=sent,
        answers=lessons.answers,
        mentor=mentor,
        is_part=bool(session.request.logins),
    )
    return make_cohort(records)


def _spelled(mentor: str, club: Club) -> str:
    """The mentor as club.yaml spells them; ConfigurationError for who is none."""
    logins = tuple(one.github for one in club.mentors)
    for login in logins:
        if login.casefold() == mentor.casefold():
            return login
    known = ", ".join(logins) or "nobody yet"
    raise ConfigurationError(
        f"There is no mentor {mentor!r}.",
        f"Mentors in club.yaml are: {known}.",
        names=(mentor, *logins),
    )


def report_student(session: Session, login: str) -> Portfolio:
    """What a student can show; with a token, more than came of the digests.

    ConfigurationError for a stranger, GitHubError where GitHub does not answer.
    """
    student = session.student(login)
    sent = _sent(session)
    folded = student.login.casefold()
    since = min(
        (one.delivered_at for one in sent if one.digest.student.casefold() == folded), default=None
    )
    source = session.work_source()
    deeds = Deeds(
        student=student,
        club=session.club.name,
        timezone=session.club.timezone,
        now=session.run.now,
        since=since,
        progress=_progress(session, sent),
        more=None if source is None else source.read_works(student.login, since),
    )
    return make_portfolio(deeds)


def write_report(folder: Path, pages: Pages) -> tuple[Path, ...]:
    """Write a page in all its formats; DeliveryError if that fails."""
    return write_pages(folder, pages.name, {"md": pages.md, "html": pages.html, "json": pages.json})


def _sent(session: Session) -> tuple[Sent, ...]:
    return session.journal.sent_since(str(session.run.week.before(_N_WEEKS_KEPT)))


def _progress(session: Session, sent: tuple[Sent, ...]) -> tuple[Progress, ...]:
    """All that was offered: as it was last seen, else as it began."""
    known = {(one.login.casefold(), one.ref.folded): one for one in new_progress(sent)}
    kept = session.books.progress.progress()
    return tuple((known | {(one.login.casefold(), one.ref.folded): one for one in kept}).values())


def _lessons(session: Session, progress: tuple[Progress, ...]) -> Lessons:
    stated = [session.register.stated_level(one.login) for one in session.students]
    return Lessons(
        answers=session.books.answers.answers(),
        progress=progress,
        stated={one.login.casefold(): one for one in stated if one is not None},
    )


def _enrolled(student: Subscription, session: Session, lessons: Lessons) -> Enrolled:
    return Enrolled(
        subscription=student,
        level=lessons.level(student),
        mentors=mentors_of(student.login, session.club),
        halted=silence_of(student, session.register, session.run),
    )
