"""Reviewing: mentors are shown the week's digests, and heard.

Comes in: a run's means, digests, what was learned. Goes out: review posts and verdicts. Without
`live` nothing is posted or written down.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import GitHubError
from bot.journal import JournalEntry
from bot.lessons import Learned, Lessons
from bot.office import Office
from bot.pupils import crowds_until, pupils_of
from bot.remarks import Echo, Remark, Reply, read_commands
from bot.rendering.marker import is_answered
from bot.rendering.replies import render_reply
from bot.rendering.review import render_review
from bot.review.compose_sheet import Occasion, lines_of, make_sheet
from bot.review.desk import ReviewDesk, ReviewMessage, ReviewTalk
from bot.review.listen import Understood, verdicts_of
from bot.review.state import in_order
from bot.review.ticks import ticks_in
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
            heard, out = _understand(talk, review, run, office), _sent_at(review, office)
            verdicts = _as_decided(heard.verdicts, review, out, book)
            if live:
                book.record_verdicts(review.week, review.mentor, verdicts)
                if talk is not None:
                    _answer(review, talk, heard, out, desk)
                _close_if_over(review, talk, run, office)
        except GitHubError as error:
            notes.append(f"A review post was not heard out: {error.message} The next run tries.")
            continue
        fresh += verdicts
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


def _sent_at(review: Review, office: Office) -> dict[str, datetime]:
    """When the digests of a post's week went out, by login, folded."""
    entries = office.journal.entries(review.week)
    return {
        one.digest.student.casefold(): one.delivered_at
        for one in entries
        if one.delivered_at is not None
    }


def _as_decided(
    heard: Iterable[Verdict], review: Review, out: Mapping[str, datetime], book: ReviewBook
) -> tuple[Verdict, ...]:
    """What stands in a post now, but of digests that are out what was decided of them then."""
    lines = {(line.login.casefold(), line.ref.folded) for line in review.lines}
    fresh = [one for one in heard if one.login.casefold() not in out]
    sources = {one.source for one in heard} | {ticks_in(review.number)}
    stays = (
        one
        for one in book.verdicts(review.week)
        if one.login.casefold() in out
        and (one.source in sources or (one.ref and (one.login.casefold(), one.ref.folded) in lines))
    )
    return in_order((*fresh, *stays))


def show_mentors(
    run: Run, entries: Sequence[JournalEntry], office: Office, lessons: Lessons, *, live: bool
) -> Shown:
    """Show each mentor the digests that wait; a post that stands is written anew for new ones only.

    It shows all of the week's digests of its students then, for a mentor's boxes stand in it.
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
            _show(message, lines_of(sheet, post), desk, book)
        except GitHubError as error:
            errors.append(error)
    return Shown(tuple(messages), tuple(errors))


def _post_of(mentor: str, run: Run, book: ReviewBook) -> Review | None:
    folded = mentor.casefold()
    reviews = book.reviews(str(run.week))
    return next((one for one in reviews if one.mentor.casefold() == folded and one.is_open), None)


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


def _answer(
    review: Review,
    talk: ReviewTalk,
    heard: Understood,
    out: Mapping[str, datetime],
    desk: ReviewDesk,
) -> None:
    """One comment for all that was not answered yet."""
    new = [
        (remark, told) for remark, told in heard.echoes if not is_answered(remark, talk.answered)
    ]
    if new:
        remarks = tuple(remark for remark, _ in new)
        echoes = tuple(echo for _, told in new for echo in told)
        echoes += tuple(_too_late(remarks, heard, out))
        desk.reply(review.number, render_reply(Reply(review.number, remarks, echoes)))


def _too_late(
    remarks: Iterable[Remark], heard: Understood, out: Mapping[str, datetime]
) -> Iterator[Echo]:
    """What changes nothing any more, because the digest went out before it was said."""
    for remark in remarks:
        source = f"comment {remark.id}"
        logins = {one.login.casefold() for one in heard.verdicts if one.source == source}
        late = sorted(one for one in logins if one in out and remark.edited_at > out[one])
        if late:
            command = str(read_commands(remark.body)[0])
            yield Echo(command, "mentor_too_late", (("students", ", ".join(late)),), False)


def _close_if_over(review: Review, talk: ReviewTalk | None, run: Run, office: Office) -> None:
    """Close a post whose week is over, or whose mentor is none any more; one may be gone."""
    mentors = {one.github.casefold() for one in run.club.mentors}
    is_over = review.week < str(run.week) or review.mentor.casefold() not in mentors
    if talk is not None and is_over and office.desks.reviews is not None:
        office.desks.reviews.close(review.number)
    if talk is None or is_over:
        office.books.reviews.record_review(replace(review, is_open=False))
