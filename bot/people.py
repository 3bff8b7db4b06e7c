"""People: what an officer writes down for somebody, and takes out of the state for good.

Comes in: a session, a login. Goes out: what is so now, as values; nothing here prints.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bot.register import Stop
from bot.session import Session
from bot.terms import Week


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Who was forgotten, and what the state cannot take back."""

    login: str
    #: Whether the state knew anything.
    was_known: bool
    #: Where digests and review posts stood or went: addresses of posts, paths, `mail <id>`.
    places: tuple[str, ...]
    #: A file in the configuration subscribes them still.
    is_subscribed: bool


def stop_student(session: Session, login: str, until: date | None = None) -> Stop:
    """No digest to this student from now on, or before that day; ConfigurationError for a stranger.

    Without the lease, for a run that is under way shall stop too.
    """
    stop = Stop(session.student(login).login, session.run.now, until)
    session.register.record_stop(stop)
    return stop


def resume_student(session: Session, login: str) -> None:
    """Take a stop or a pause back; ConfigurationError for a stranger."""
    session.register.lift_stop(session.student(login).login)


def forget_student(session: Session, login: str) -> Forgotten:
    """Take all that is known of a login out of the state, subscribed or not."""
    folded = login.casefold()
    is_subscribed = any(one.login.casefold() == folded for one in session.configuration.students)
    with session.journal.lease():
        books = session.books
        places = (*session.journal.places(login), *books.reviews.places(login))
        n_digests = session.journal.forget(login)
        n_told = session.register.forget(login)
        n_told += sum(book.forget(login) for book in (books.answers, books.progress, books.reviews))
    return Forgotten(login, n_digests + n_told > 0, places, is_subscribed)


def forget_before(session: Session, week: Week) -> None:
    """Forget what was prepared, sent, said and seen in earlier weeks."""
    session.journal.forget_before(str(week))
    session.books.progress.forget_before(str(week))
    session.books.reviews.forget_before(str(week))
    monday_at = datetime.combine(week.monday_on, time(), session.club.zone)
    session.books.answers.forget_before(monday_at.astimezone(UTC))
