"""Hearing: what mentors decided under their review posts is taken up, and answered.

Comes in: a run's means, what was learned. Goes out: verdicts. Without `live` nothing is answered or
written down.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import GitHubError
from bot.lessons import Learned, Lessons
from bot.office import Office
from bot.remarks import Echo, Remark, read_commands, replies_to
from bot.rendering.marker import is_answered
from bot.rendering.replies import render_reply
from bot.review.desk import ReviewDesk, ReviewTalk
from bot.review.listen import Understood, verdicts_of
from bot.review.mentoring import is_mentor
from bot.review.state import in_order
from bot.review.ticks import ticks_in
from bot.review.verdict import ReviewBook, ReviewPost, Verdict, VerdictKind
from bot.schedule import Run, channel_of
from bot.terms import ChannelName

#: Told of a post with boxes that count for nothing, because of who edited it.
STRANGERS = (
    "A review post was edited by somebody who is no mentor of a student whose box is not ticked:"
    " such boxes do not count."
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A review post as it was read in this run."""

    review: ReviewPost
    #: None where it is gone.
    talk: ReviewTalk | None
    understood: Understood
    #: When the digests of its week went out, by login, folded.
    out: Mapping[str, datetime]
    #: What stands there now, and of digests that are out what was decided then.
    verdicts: tuple[Verdict, ...]


def hear_mentors(run: Run, office: Office, lessons: Lessons, *, live: bool) -> Learned:
    """What mentors decided since the last run; each remark is answered once.

    All that stands under a post is read anew each time, so what was edited or deleted counts as it
    stands now. Posts of earlier weeks are heard once more, and closed.
    """
    desk, book = office.desks.reviews, office.books.reviews
    if desk is None:
        return Learned(lessons)
    readings: list[_Reading] = []
    unheard: set[str] = set()
    notes: list[str] = []
    trouble: GitHubError | None = None
    for known in book.open_reviews():
        try:
            reading = _read(known, run, office, desk)
        except GitHubError as error:
            notes.append(f"A review post could not be read: {error.message} The next run tries.")
            unheard.add(known.week)
            trouble = trouble or error
            continue
        if reading is None:
            continue
        readings.append(reading)
        notes += [STRANGERS] if reading.understood.strangers else []
        if live:
            book.record_review(reading.review)
            book.record_verdicts(known.week, known.mentor, reading.verdicts)
            notes += _let_know(reading, run, office, desk)
    verdicts = book.verdicts() if live else _with_fresh(lessons.verdicts, readings, unheard)
    learned = replace(lessons, verdicts=verdicts, unheard=frozenset(unheard))
    return Learned(learned, tuple(notes), trouble)


def _read(known: ReviewPost, run: Run, office: Office, desk: ReviewDesk) -> _Reading | None:
    """All that stands in a post; None if the club has its posts elsewhere, and not this one."""
    review = _as_it_stands(known, desk)
    if review is None:
        return None
    talk, out = desk.listen(review.number), _sent_at(review, office)
    understood = Understood(())
    if talk is not None:
        ours = office.register.posters()
        understood = verdicts_of(talk, review, run.club, office.students, ours)
    verdicts = _as_decided(understood.verdicts, review, out, office.books.reviews)
    return _Reading(review, talk, understood, out, verdicts)


def _as_it_stands(review: ReviewPost, desk: ReviewDesk) -> ReviewPost | None:
    """The post; of one that was written in a repository of another name, where it is found now."""
    if review.repository == desk.repository:
        return review
    posted = desk.find(review.week, review.mentor)
    if posted is None:
        return None
    return replace(review, repository=desk.repository, number=posted.number, place=posted.place)


def _with_fresh(
    known: Iterable[Verdict], readings: Iterable[_Reading], unheard: Collection[str]
) -> tuple[Verdict, ...]:
    """All verdicts as the book would hold them after a live run."""
    several = tuple(readings)
    heard = {one.review.week for one in several} - set(unheard)
    kept = (one for one in known if one.week not in heard)
    fresh = (one for reading in several for one in reading.verdicts)
    placed = {(one.week, one.source, one.position): one for one in (*kept, *fresh)}
    return in_order(placed.values())


def _sent_at(review: ReviewPost, office: Office) -> dict[str, datetime]:
    """When the digests of a post's week went out, by login, folded."""
    entries = office.journal.entries(review.week)
    return {
        one.digest.student.casefold(): one.delivered_at
        for one in entries
        if one.delivered_at is not None
    }


def _as_decided(
    heard: Iterable[Verdict], review: ReviewPost, out: Mapping[str, datetime], book: ReviewBook
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


def _let_know(reading: _Reading, run: Run, office: Office, desk: ReviewDesk) -> tuple[str, ...]:
    """Answer what was said, and close what is over; what went wrong, for the next run to do."""
    try:
        _answer(reading, run, office, desk)
        _close_if_over(reading, run, office, desk)
    except GitHubError as error:
        return (f"A review post was not answered or closed: {error.message} The next run tries.",)
    return ()


def _answer(reading: _Reading, run: Run, office: Office, desk: ReviewDesk) -> None:
    """Answer all that was not answered yet."""
    answered = reading.talk.answered if reading.talk is not None else frozenset()
    new = (
        (remark, (*told, *_too_late(remark, reading), *_unprinted(remark, reading, run, office)))
        for remark, told in reading.understood.echoes
        if not is_answered(remark, answered)
    )
    for reply in replies_to(reading.review.number, new):
        desk.reply(reply.number, render_reply(reply, run.club.locale))


def _too_late(remark: Remark, reading: _Reading) -> Iterator[Echo]:
    """What changes nothing any more, because the digest went out before it was said."""
    source, out = f"comment {remark.id}", reading.out
    said = (one for one in reading.understood.verdicts if one.source == source)
    logins = {one.login.casefold() for one in said}
    late = sorted(one for one in logins if one in out and remark.edited_at > out[one])
    if late:
        command = str(read_commands(remark.body)[0])
        yield Echo(command, "mentor_too_late", (("students", ", ".join(late)),), False)


def _unprinted(remark: Remark, reading: _Reading, run: Run, office: Office) -> Iterator[Echo]:
    """Notes that are printed nowhere, because the student's digest stands in public."""
    source = f"comment {remark.id}"
    notes = (
        one
        for one in reading.understood.verdicts
        if one.source == source and one.kind is VerdictKind.NOTE and one.text
    )
    posted = sorted(
        login
        for login in {one.login.casefold() for one in notes}
        if office.is_public
        and login in office.students
        and channel_of(run.club, office.students[login]) is ChannelName.ISSUE
    )
    if posted:
        values = (("students", ", ".join(posted)),)
        yield Echo("/note", "mentor_note_public", values, is_understood=False)


def _close_if_over(reading: _Reading, run: Run, office: Office, desk: ReviewDesk) -> None:
    """Close a post whose week is over, or whose mentor is none any more; one may be gone."""
    review = reading.review
    is_over = review.week < str(run.week) or not is_mentor(review.mentor, run.club)
    if reading.talk is not None and is_over:
        desk.close(review.number)
    if reading.talk is None or is_over:
        office.books.reviews.record_review(replace(review, is_open=False))
