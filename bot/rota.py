"""The rota: whom a run is about to serve, and why not the others.

Comes in: a session, what consents are still asked for. Goes out: who is mailed to, why somebody is
not due, and the digests that are to be sent.
"""

from collections.abc import Iterable

from bot.asking import Asked
from bot.digest import Digest
from bot.dispatch import by_present_choice
from bot.journal import DigestState, JournalEntry
from bot.lessons import Lessons
from bot.office import Office
from bot.review.state import state_of
from bot.review.verdict import ReviewState
from bot.schedule import channel_of, is_empty_again, is_mailed, why_halted, why_not_due, why_silent
from bot.session import Session
from bot.subscriptions.club import Review
from bot.subscriptions.student import Subscription


def mailed(session: Session) -> tuple[Subscription, ...]:
    """Who gets mail and is due, has a digest waiting, or has not said yes."""
    waiting = {
        one.digest.student.casefold()
        for one in session.journal.entries(str(session.run.week))
        if one.state is DigestState.PREPARED
    }
    return tuple(
        one
        for one in session.students
        if is_mailed(one, session.club)
        and why_halted(one, session.register, session.run) is None
        and (
            one.login.casefold() in waiting
            or why_silent(one, session.register, session.run)
            or why_not_due(one, session.journal, session.register, session.run) is None
        )
    )


def why_waiting(
    session: Session, student: Subscription, asked: Asked, lessons: Lessons
) -> str | None:
    """Why nothing is prepared for the student in this run, or None."""
    login = student.login.casefold()
    return (
        asked.whys.get(login)
        or why_not_due(
            student,
            session.journal,
            session.register,
            session.run,
            needs_consent=login not in asked.refused,
        )
        or _why_decided(session, student, lessons)
    )


def _why_decided(session: Session, student: Subscription, lessons: Lessons) -> str | None:
    """What a mentor approved is sent as it is, however little of the search it was made from."""
    week, club = str(session.run.week), session.club
    words = [one for one in lessons.verdicts_on(student.login) if one.week == week]
    state = state_of(words, None, session.run.now, club.review_hours)
    is_approved = club.review is not Review.OFF and state is ReviewState.APPROVED
    if is_approved and session.journal.entry(week, student.login) is not None:
        return f"the digest of {week} is approved already"
    return None


def entries_to_send(
    session: Session, prepared: Iterable[Digest], office: Office, asked: Asked
) -> tuple[JournalEntry, ...]:
    """The digests of this run's students that are to be sent, by login.

    None of who paused, stopped or has yet to say yes; what is out only where it is asked for again.
    """
    named = {one.login.casefold(): one for one in session.students}
    again = {login.casefold() for login in session.request.again}
    entries = {
        login: by_present_choice(session.run, entry, office)
        if entry.state is DigestState.PREPARED
        else entry
        for entry in session.journal.entries(str(session.run.week))
        if (login := entry.digest.student.casefold()) in named
        and (entry.state is DigestState.PREPARED or login in again)
        and not is_empty_again(entry, session.journal)
    }
    for digest in prepared:
        login = digest.student.casefold()
        channel = channel_of(session.club, named[login])
        entries[login] = JournalEntry(digest, channel, DigestState.PREPARED)
    return tuple(
        entries[login] for login in sorted(entries) if _may_go(session, named[login], asked)
    )


def _may_go(session: Session, student: Subscription, asked: Asked) -> bool:
    login = student.login.casefold()
    needs_consent = login not in asked.refused
    silent = why_silent(student, session.register, session.run, needs_consent=needs_consent)
    return silent is None and login not in asked.whys
