"""Reviewing: mentors are shown the week's digests.

Comes in: a run's means, digests, what was learned. Goes out: review posts. Without `live` nothing
is posted or written down.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.errors import GitHubError
from bot.journal import JournalEntry
from bot.lessons import Lessons
from bot.office import Office
from bot.outcomes.due import N_WEEKS
from bot.pupils import pupils_of
from bot.rendering.review import render_review
from bot.review.compose_sheet import Occasion, lines_of, make_sheet
from bot.review.desk import ReviewDesk, ReviewMessage
from bot.review.flags import crowds_of
from bot.review.sheet import Sheet
from bot.review.verdict import Line, ReviewPost
from bot.schedule import Run
from bot.subscriptions.club import Review


@dataclass(frozen=True, slots=True)
class Shown:
    """What mentors were, or would be, shown; and what went wrong."""

    messages: tuple[ReviewMessage, ...] = ()
    errors: tuple[GitHubError, ...] = ()
    #: Weeks of which a post stood there already that no run knew of, so that nobody heard it yet.
    unheard: frozenset[str] = frozenset()


def show_mentors(
    run: Run, entries: Sequence[JournalEntry], office: Office, lessons: Lessons, *, live: bool
) -> Shown:
    """Show each mentor the digests that wait; a post that stands is written anew for new ones only.

    It shows all of the week's digests of its students then, for a mentor's boxes stand in it.
    """
    desk, club, book = office.desks.reviews, run.club, office.books.reviews
    waiting = {one.digest.student.casefold() for one in entries}
    if club.review is Review.OFF or not waiting:
        return Shown()
    of_week = {one.digest.student.casefold(): one for one in office.journal.entries(str(run.week))}
    of_week |= {one.digest.student.casefold(): one for one in entries}
    messages: list[ReviewMessage] = []
    errors: list[GitHubError] = []
    unheard: set[str] = set()
    sent = office.journal.sent_since(str(run.week.before(N_WEEKS)))
    pupils, crowds = pupils_of(run, of_week.values(), office, lessons, sent), crowds_of(sent)
    posts = {one.mentor.casefold(): one for one in posts_of_week(run, office) if one.is_open}
    for mentor in dict.fromkeys(one.github for one in club.mentors):
        post = posts.get(mentor.casefold())
        asked = post or (_asked_before(run, mentor, desk) if live and desk is not None else None)
        sheet = make_sheet(Occasion(str(run.week), mentor, club, run.now, asked), pupils, crowds)
        if _is_shown(sheet, post, waiting):
            continue
        message = render_review(sheet)
        messages.append(message)
        if not live or desk is None:
            continue
        try:
            standing = _show(message, sheet, post, desk)
        except GitHubError as error:
            errors.append(error)
            continue
        book.record_review(standing)
        unheard |= {standing.week} if post is None and standing.posted_at < run.now else set()
    return Shown(tuple(messages), tuple(errors), frozenset(unheard))


def _asked_before(run: Run, mentor: str, desk: ReviewDesk) -> ReviewPost | None:
    """A post that stands there and no book knows of, for the books were lost.

    It waits as long as it says, and what is written there anew is the same, so that what was said
    of it counts.
    """
    try:
        posted = desk.find(str(run.week), mentor)
    except GitHubError:
        # Who cannot look cannot post either, and that is told.
        return None
    if posted is None:
        return None
    where = desk.repository, posted.number, posted.place
    return ReviewPost(str(run.week), mentor, *where, posted.posted_at, lines=())


def posts_of_week(run: Run, office: Office) -> tuple[ReviewPost, ...]:
    """The week's review posts, where the club has its own now: in no other can mentors be heard."""
    here = (run.club.review_repository or "").casefold()
    reviews = office.books.reviews.reviews(str(run.week))
    return tuple(one for one in reviews if one.repository == here)


def _is_shown(sheet: Sheet, post: ReviewPost | None, waiting: Collection[str]) -> bool:
    """Do the waiting students' picks stand in the post, by these numbers? Logins are folded."""
    wanted = {_said_by(line) for line in lines_of(sheet) if line.login.casefold() in waiting}
    return wanted <= {_said_by(line) for line in (post.lines if post is not None else ())}


def _said_by(line: Line) -> Line:
    """What a line says, however the login is spelled and whenever it came."""
    return replace(line, login=line.login.casefold(), shown_at=None)


def _show(
    message: ReviewMessage, sheet: Sheet, post: ReviewPost | None, desk: ReviewDesk
) -> ReviewPost:
    """Post it; what is new in a post that stood already stands there since it was edited."""
    posted = desk.post(message)
    return ReviewPost(
        week=message.week,
        mentor=message.mentor,
        repository=desk.repository,
        number=posted.number,
        place=posted.place,
        posted_at=posted.posted_at,
        lines=lines_of(sheet, post, posted.edited_at),
    )
