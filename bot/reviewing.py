"""Reviewing: mentors are shown the week's digests, and heard.

Comes in: a run's means, digests, what was learned. Goes out: review posts and verdicts. Without
`live` nothing is posted or written down.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import GitHubError
from bot.journal import JournalEntry
from bot.lessons import Learned, Lessons
from bot.office import Office
from bot.pupils import crowds_until, pupils_of
from bot.remarks import Reply
from bot.rendering.marker import is_answered
from bot.rendering.replies import render_reply
from bot.rendering.review import render_review
from bot.review.compose_sheet import Occasion, lines_of, make_sheet
from bot.review.desk import ReviewDesk, ReviewMessage, ReviewTalk
from bot.review.listen import Understood, verdicts_of
from bot.review.state import in_order
from bot.review.verdict import Line, Review, ReviewBook, Verdict
from bot.schedule import Run
from bot.subscriptions.club import Review as ReviewWish

#: Told of a post whose boxes count for nothing, because of who edited it.
STRANGERS = "A review post was edited by somebody who is no mentor of its students: no box counts."


@dataclass(frozen=True, slots=True)
class Shown:
    """What mentors were, or would be, shown; and what went wrong."""

    messages: tuple[ReviewMessage, ...] = ()
    errors: tuple[GitHubError, ...] = ()


def hear_mentors(run: Run, office: Office, lessons: Lessons, *, live: bool) -> Learned:
    """What mentors decided since the last run; each remark is answered once.

    All that stands under a post is read anew each time, so what was edited or deleted counts as it
    stands now. Posts of earlier weeks are heard once more, and closed.
    """
    desk, book = office.desks.reviews, office.books.reviews
    if desk is None:
        return Learned(lessons)
    fresh: list[Verdict] = []
    heard_weeks: set[str] = set()
    notes: list[str] = []
    for review in book.open_reviews():
        if review.repository != desk.repository:
            continue
        try:
            talk = desk.listen(review.number)
            heard = _understand(talk, review, run, office)
            if live:
                book.record_verdicts(review.week, review.mentor, heard.verdicts)
                if talk is not None:
                    _answer(review, talk, heard, desk)
                _close_if_over(review, run, office, desk)
        except GitHubError as error:
            notes.append(f"A review post was not heard out: {error.message} The next run tries.")
            continue
        fresh += heard.verdicts
        heard_weeks.add(review.week)
        if heard.strangers:
            notes.append(STRANGERS)
    if live:
        return Learned(replace(lessons, verdicts=book.verdicts()), tuple(notes))
    kept = (one for one in lessons.verdicts if one.week not in heard_weeks)
    return Learned(replace(lessons, verdicts=in_order((*kept, *fresh))), tuple(notes))


def _understand(talk: ReviewTalk | None, review: Review, run: Run, office: Office) -> Understood:
    if talk is None:
        return Understood(())
    ours = office.register.posters()
    return verdicts_of(talk, review, run.club, office.students, ours)


def show_mentors(
    run: Run, entries: Sequence[JournalEntry], office: Office, lessons: Lessons, *, live: bool
) -> Shown:
    """Show each mentor the digests that wait; what stands there already is left alone.

    A post that has to be written anew shows all of the week's digests of its students.
    """
    desk, club, book = office.desks.reviews, run.club, office.books.reviews
    waiting = {one.digest.student.casefold() for one in entries}
    if club.review is ReviewWish.OFF or not waiting:
        return Shown()
    of_week = {one.digest.student.casefold(): one for one in office.journal.entries(str(run.week))}
    of_week |= {one.digest.student.casefold(): one for one in entries}
    messages: list[ReviewMessage] = []
    errors: list[GitHubError] = []
    pupils, crowds = pupils_of(run, of_week.values(), office, lessons), crowds_until(run, office)
    for mentor in dict.fromkeys(one.github for one in club.mentors):
        post = _post_of(mentor, run, book)
        occasion = Occasion(str(run.week), mentor, club, run.now, post)
        sheet = make_sheet(occasion, pupils, crowds)
        shown = set(post.lines) if post is not None else set()
        if all(line in shown for line in lines_of(sheet) if line.login.casefold() in waiting):
            continue
        message = render_review(sheet)
        messages.append(message)
        if not live or desk is None:
            continue
        try:
            _show(message, lines_of(sheet), desk, book)
        except GitHubError as error:
            errors.append(error)
    return Shown(tuple(messages), tuple(errors))


def _post_of(mentor: str, run: Run, book: ReviewBook) -> Review | None:
    folded = mentor.casefold()
    reviews = book.reviews(str(run.week))
    return next((one for one in reviews if one.mentor.casefold() == folded), None)


def _show(
    message: ReviewMessage, lines: tuple[Line, ...], desk: ReviewDesk, book: ReviewBook
) -> None:
    posted = desk.post(message)
    book.record_review(
        Review(
            week=message.week,
            mentor=message.mentor,
            repository=desk.repository,
            number=posted.number,
            place=posted.place,
            posted_at=posted.posted_at,
            lines=lines,
        )
    )


def _answer(review: Review, talk: ReviewTalk, heard: Understood, desk: ReviewDesk) -> None:
    """One comment for all that was not answered yet."""
    new = [
        (remark, told) for remark, told in heard.echoes if not is_answered(remark, talk.answered)
    ]
    if new:
        remarks = tuple(remark for remark, _ in new)
        echoes = tuple(echo for _, told in new for echo in told)
        desk.reply(review.number, render_reply(Reply(review.number, remarks, echoes)))


def _close_if_over(review: Review, run: Run, office: Office, desk: ReviewDesk) -> None:
    """Close a post whose week is over, and one of somebody who is no mentor any more."""
    mentors = {one.github.casefold() for one in run.club.mentors}
    if review.week < str(run.week) or review.mentor.casefold() not in mentors:
        desk.close(review.number)
        office.books.reviews.record_review(replace(review, is_open=False))
