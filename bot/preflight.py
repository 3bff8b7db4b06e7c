"""Preflight: what must be so before a live run sends anything, and what it reads first.

Comes in: a session. Goes out: whether posts stand in public, and notes on the forms that were read.
"""

from bot.errors import GitHubError, Refused
from bot.intake import FormDesk, Slip, take_up
from bot.office import Office
from bot.proving import recall_people
from bot.safeguards import (
    repositories_of,
    require_consent,
    require_known_places,
    require_mentors,
    require_named,
    require_no_future,
    require_place,
    require_private,
    require_real_club,
    require_this_week,
)
from bot.schedule import channel_of, why_halted
from bot.session import Session
from bot.subscriptions.club import Review
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, Week


def require_safety(session: Session, *, prepare: bool) -> bool:
    """Every safeguard of a live run; ConfigurationError before anything is done.

    Whether the posts can be read by everybody: True also where nobody could look.
    """
    club, current = session.club, Week.of(session.run.now, session.club.zone)
    require_real_club(club, is_loopback=session.is_on_loopback)
    require_named(session.request.again, session.request.logins)
    if prepare:
        require_this_week(session.run.week, current)
    require_no_future(session.run.week, current)
    _require_review(session)
    posted = _posted(session)
    if posted:
        require_place(club, session.settings.github_token)
    _require_known_places(session, is_posting=bool(posted))
    posts = session.posting.posts()
    if posts is None or club.repository is None:
        return True
    try:
        is_private = posts.is_private()
    except GitHubError:
        if posted:
            raise
        # Nobody's digest goes there first; where nobody can look, it counts as public.
        return True
    if not is_private:
        require_consent(posted, club.repository)
    return not is_private


def _require_review(session: Session) -> None:
    """Mentors can be asked, in private."""
    club = session.club
    require_mentors(club)
    if club.review is Review.OFF:
        return
    require_place(club, session.settings.github_token)
    desk = session.posting.reviews()
    if desk is not None:
        require_private(desk.repository, is_private=desk.is_private())


def _require_known_places(session: Session, *, is_posting: bool) -> None:
    club = session.club
    wanted = [club.repository] if is_posting else []
    if club.review is not Review.OFF:
        wanted.append(club.review_repository)
    known = repositories_of(session.journal.places()) | {
        one.repository for one in session.books.reviews.open_reviews()
    }
    require_known_places([name for name in wanted if name], known)


def _posted(session: Session) -> tuple[Subscription, ...]:
    """Whose digests may be posted in this run: who chose it, and whose post is in doubt."""
    doubtful = {
        one.digest.student.casefold()
        for one in session.journal.in_doubt()
        if one.channel is ChannelName.ISSUE and one.digest.week == str(session.run.week)
    }
    return tuple(
        one
        for one in session.students
        if one.login.casefold() in doubtful
        or (
            channel_of(session.club, one) is ChannelName.ISSUE
            and why_halted(one, session.register, session.run) is None
        )
    )


def take_up_forms(session: Session, office: Office) -> tuple[str, ...]:
    """Take up what students handed in; what there is to tell of it, without names.

    A journal that remembers nothing was lost, or is new: then closed forms are read as well, and
    what proofs hold of people. It will not be new again: a GitHubError then ends the run, unless
    the token may never read them.
    """
    is_new = not session.journal.places() and not session.register.posters()
    told = _take_up(session, office, settled_too=is_new)
    return (*told, *(_recall(session, office) if is_new else ()))


class _KeptFirst(FormDesk):
    """A desk whose forms are closed when what they told stands on the branch, and not before.

    A machine may be lost at any time, and nobody reads a closed form again.
    """

    def __init__(self, desk: FormDesk, session: Session) -> None:
        self._desk, self._session = desk, session
        self._is_kept = False

    def slips(self, *, settled_too: bool) -> tuple[Slip, ...]:
        return self._desk.slips(settled_too=settled_too)

    def settle(self, slip: Slip) -> None:
        """JournalError where it cannot be kept."""
        if not self._is_kept:
            self._session.branch.keep("Told by form")
            self._is_kept = True
        self._desk.settle(slip)


def _recall(session: Session, office: Office) -> tuple[str, ...]:
    """Take up what proofs hold of people."""
    try:
        recall_people(session.run, office)
    except Refused as error:
        return (f"Proofs could not be read: {error.message} Stops in them do not count yet.",)
    return ()


def _take_up(session: Session, office: Office, *, settled_too: bool) -> tuple[str, ...]:
    if office.desks.forms is None:
        return ()
    try:
        done = take_up(
            _KeptFirst(office.desks.forms, session),
            office.students,
            office.register,
            session.club.zone,
            settled_too=settled_too,
        )
    except GitHubError as error:
        if settled_too and not isinstance(error, Refused):
            raise
        return (f"Forms could not be read: {error.message} Stops in them count in the next run.",)
    where = session.club.repository
    told = {
        "Forms taken up: {n}.": done.n_closed,
        f"Forms taken up that could not be closed in {where}: {{n}}.": done.n_unclosed,
        f"Forms that wait for a person in {where}: {{n}}.": done.n_for_people,
    }
    return tuple(note.format(n=n) for note, n in told.items() if n)
