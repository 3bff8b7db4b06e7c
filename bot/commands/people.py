"""People: what an officer writes down for somebody, and takes out of the state for good.

Comes in: a session, a login. Goes out: what is so now, as values; nothing here prints.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bot.adapters.state_refusals import unjoined
from bot.digest import without_person
from bot.register import Stop
from bot.session import Session
from bot.terms import ChannelName, Week

#: What was sent is forgotten after twelve months: digests of weeks before this many are.
N_WEEKS_KEPT = 53


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Who was forgotten, and what the state cannot take back."""

    login: str
    #: Whether the state knew anything.
    was_known: bool
    #: Where digests and review posts stood or went: addresses of posts, paths, `mail <id>`.
    places: tuple[str, ...]
    #: Posts and files of clubmates whose digests name this person.
    named_in: tuple[str, ...]
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
    """Take all that is known of a login out of the state, subscribed or not.

    JournalError where the state is elsewhere, on a branch that this journal never knew.
    """
    folded = login.casefold()
    is_subscribed = any(one.login.casefold() == folded for one in session.configuration.students)
    if not session.branch.is_pulled and session.branch.has_tip:
        # Joined with the branch, this journal would learn all of them again.
        raise unjoined()
    with session.journal.lease():
        books = session.books
        places = (*session.journal.places(login), *books.reviews.places(login))
        named_in = _named_in(session, login)
        n_digests = session.journal.forget(login) + session.communities.forget(login)
        n_told = session.register.forget(login)
        n_told += sum(book.forget(login) for book in (books.answers, books.progress, books.reviews))
        session.branch.begin_anew()
    was_known = n_digests + n_told + len(named_in) > 0
    return Forgotten(login, was_known, places, named_in, is_subscribed)


def _named_in(session: Session, login: str) -> tuple[str, ...]:
    """Where digests stand that went to others and name this person; a mail is its reader's own."""
    folded, journal = login.casefold(), session.journal
    named = [
        one.digest
        for one in journal.sent_since("")
        if one.digest.student.casefold() != folded
        and without_person(one.digest, login) != one.digest
    ]
    known = [journal.delivery(one.week, one.student, name) for one in named for name in ChannelName]
    places = (one.receipt.place for one in known if one is not None and one.receipt is not None)
    return tuple(dict.fromkeys(one for one in places if not one.startswith("mail ")))


def forget_before(session: Session, week: Week) -> None:
    """Forget what was prepared, sent, said and seen in earlier weeks."""
    session.journal.forget_before(str(week))
    session.books.progress.forget_before(str(week))
    session.books.reviews.forget_before(str(week))
    monday_at = datetime.combine(week.monday_on, time(), session.club.zone)
    session.books.answers.forget_before(monday_at.astimezone(UTC))
