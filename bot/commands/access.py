"""Access: do the tokens work, does the search find anything, may digests stand where they would?

Comes in: a session. Goes out: a line for each thing that is right; the first thing that is wrong
leaves as an error with its advice.
"""

from collections.abc import Iterator

from bot.errors import Refused
from bot.events.agenda import read_location
from bot.events.source import name_of
from bot.events.window import Window
from bot.review.mentoring import mentors_of
from bot.safeguards import require_consent, require_mentors, require_place, require_private
from bot.schedule import channel_of
from bot.session import Session
from bot.subscriptions.calendars import is_address
from bot.subscriptions.club import Review
from bot.terms import ChannelName

#: A search that must find something; a token that is not allowed to search finds nothing
#: (evidence on GITHUB_TOKEN and search over other repositories is contradictory).
CANARY = 'is:issue is:open is:public label:"good first issue"'


def warnings(session: Session) -> Iterator[str]:
    """What is allowed and yet keeps digests from going out."""
    club, students, settings = session.club, session.configuration.students, session.settings
    if not students:
        yield "nobody is subscribed yet: students send the form, or add a file to students/."
    if club.example:
        yield "`example: true` keeps --live from posting anywhere but on this machine."
    if club.review is not Review.OFF:
        yield from _unmentored(session)
    mailed = [one for one in students if channel_of(club, one) is ChannelName.EMAIL]
    missing = [
        name
        for name, value in (("FOOTHOLD_SMTP", settings.smtp), ("FOOTHOLD_KEY", settings.key))
        if value is None
    ]
    if mailed and missing:
        yield f"{' and '.join(missing)} must be set where digests are mailed from; not so here."
    for one in mailed:
        if not one.confirmed and session.register.code_given(one.login) is None:
            yield f"{one.login} gets a mail that asks for consent, and no other without the code."


def _unmentored(session: Session) -> Iterator[str]:
    """Students about whom nobody can be asked."""
    club = session.club
    for student in session.configuration.students:
        if not mentors_of(student.login, club):
            yield f"{student.login} has no mentor: `on_silence: {club.on_silence}` decides alone."


def check_access(session: Session) -> Iterator[str]:
    """Try the search, then look at the club's repository."""
    page = session.issue_source(is_fresh=True).search_issues(CANARY, None)
    if not page.n_total:
        raise Refused(
            "The token searches, but finds nothing at all.",
            "Set HARVEST_TOKEN to a personal access token that may read public repositories.",
        )
    yield f"The search works: {page.n_total:,} open issues are labelled good first issue."
    yield from _check_mail(session)
    yield from _check_review(session)
    yield from check_calendars(session, is_offline=False)
    posted = tuple(
        one for one in session.students if channel_of(session.club, one) is ChannelName.ISSUE
    )
    if not posted:
        return
    require_place(session.club, session.settings.github_token)
    posts, repository = session.posting.posts(), session.club.repository
    if posts is None or repository is None:
        return
    if posts.is_private():
        yield f"{repository} is private and can be read."
    else:
        require_consent(posted, repository)
        yield f"{repository} is public, and all its students agreed to that."


def check_calendars(session: Session, *, is_offline: bool) -> Iterator[str]:
    """Can the club's ICS calendars be read? Either its files, or what is behind addresses."""
    calendars, run = session.calendars(), session.run
    for location in calendars.locations if calendars else ():
        if calendars is not None and is_address(location) is not is_offline:
            window = Window(run.now, run.club.zone)
            found, note = read_location(location, calendars.desk, window)
            ahead = "1 event lies" if len(found) == 1 else f"{len(found)} events lie"
            yield note or f"The calendar of {name_of(location)} can be read: {ahead} ahead."


def _check_review(session: Session) -> Iterator[str]:
    """May review posts stand where they would?"""
    require_mentors(session.club)
    desk, repository = session.posting.reviews(), session.club.review_repository
    if desk is not None and repository is not None:
        require_private(repository, is_private=desk.is_private())
        yield f"{repository} is private, so mentors can be shown digests there."


def _check_mail(session: Session) -> Iterator[str]:
    """Are server and key of a shape that can be used? Nobody is connected to, nothing is opened."""
    mailing = session.mailing
    if mailing.is_wanted(session.configuration.students):
        mailing.channel(mailing.consents(), session.student).close()
        yield "The mail server's address and the key for students' addresses can be used."
