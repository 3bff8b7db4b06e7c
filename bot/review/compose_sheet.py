"""Composes a mentor's sheet: the week's digests of their students, with what to look at.

Comes in: an `Occasion`, each student's week as a `Pupil`, who was sent what. Goes out: a `Sheet`.
Picks are numbered as they were prepared, and keep the numbers that they once had in the post, so
that what was said of them keeps its meaning.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from bot.digest import Digest, Pick
from bot.review.flags import Crowds, flags_of_crowd, flags_of_silence, flags_of_size
from bot.review.mentoring import students_of
from bot.review.sheet import NO_TALLY, Flag, Section, Sheet, SheetLine, Tally
from bot.review.state import waits_until
from bot.review.steer import notes_of
from bot.review.ticks import ticks_in
from bot.review.verdict import Line, ReviewPost, ReviewState, Verdict, VerdictKind
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, IssueRef, Level

#: Ends of waiting are told in such steps, rounded down, so that a post once out stays as it is.
_CLOCK_STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student's week, as it was prepared, and what a mentor should know around it."""

    digest: Digest
    subscription: Subscription
    #: The level that counts.
    level: Level
    channel: ChannelName
    state: ReviewState = ReviewState.UNASKED
    tally: Tally = NO_TALLY
    #: All that mentors decided on this digest, in whichever post.
    verdicts: tuple[Verdict, ...] = ()
    #: When digests of the last twelve weeks went out.
    sent_at: tuple[datetime, ...] = ()
    #: The last digest could not be delivered.
    is_undelivered: bool = False
    #: So many pull requests were reviewed, and wait for the student.
    n_pulls_waiting: int = 0


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who is asked of which week, and when."""

    week: str
    mentor: str
    club: Club
    now: datetime
    #: The post, if it stands already.
    post: ReviewPost | None = None


def make_sheet(occasion: Occasion, pupils: Iterable[Pupil], crowds: Crowds) -> Sheet:
    """The mentor's sheet: of all `pupils` theirs, by login.

    A student with several mentors is in each one's sheet.
    """
    club, post = occasion.club, occasion.post
    known = {one.subscription.login: one for one in pupils}
    students = {login: pupil.subscription for login, pupil in known.items()}
    mine = (known[one.login] for one in students_of(occasion.mentor, club, students))
    asked_at = post.posted_at if post else occasion.now
    return Sheet(
        week=occasion.week,
        mentor=occasion.mentor,
        club=club.name,
        timezone=club.timezone,
        sections=tuple(_section(pupil, occasion, crowds) for pupil in mine),
        answer_by=_rounded(waits_until(club.review, asked_at, club.review_hours)),
        sends_on_silence=club.on_silence == "send",
        locale=club.locale,
    )


def lines_of(
    sheet: Sheet, post: ReviewPost | None = None, shown_at: datetime | None = None
) -> tuple[Line, ...]:
    """What the numbers of a sheet mean, as a `ReviewPost` keeps it; and of the post before it.

    What the post before it did not show stands there since `shown_at`.
    """
    before = {_place(one.login, one.ref): one for one in (post.lines if post is not None else ())}
    since = {place: one.shown_at for place, one in before.items()}
    lines = {
        _place(section.login, line.pick.ref): Line(
            login=section.login,
            n=line.n,
            ref=line.pick.ref,
            spare=line.pick.spare,
            shown_at=since.get(_place(section.login, line.pick.ref), shown_at),
        )
        for section in sheet.sections
        for line in section.lines
    }
    return (*lines.values(), *(one for place, one in before.items() if place not in lines))


def _place(login: str, ref: IssueRef) -> tuple[str, IssueRef]:
    """By what a pick is known again in a post."""
    return login.casefold(), ref.folded


def _numbered(digest: Digest, post: ReviewPost | None) -> Iterator[tuple[int, Pick]]:
    """The picks, then the spares, each with its number: the one in the post, or a new one."""
    login = digest.student.casefold()
    known = post.lines if post is not None else ()
    numbers = {one.ref.folded: one.n for one in known if one.login.casefold() == login}
    unused = count(max(numbers.values(), default=0) + 1)
    for pick in (*digest.offered, *digest.spares):
        yield numbers.get(pick.ref.folded) or next(unused), pick


def _section(pupil: Pupil, occasion: Occasion, crowds: Crowds) -> Section:
    digest, subscription = pupil.digest, pupil.subscription
    ticked_off, said_off = _dropped(pupil.verdicts, occasion.post)
    return Section(
        login=subscription.login,
        called=subscription.called,
        level=pupil.level,
        channel=pupil.channel,
        lines=tuple(
            SheetLine(
                n=n,
                pick=pick,
                is_ticked=pick.ref.folded not in ticked_off,
                flags=tuple(_flags_of_pick(pick, pupil, crowds)),
                is_out=pick.ref.folded in said_off - ticked_off,
            )
            for n, pick in _numbered(digest, occasion.post)
        ),
        flags=tuple(_flags_of_student(pupil, occasion.now)),
        tally=pupil.tally,
        notes=() if digest.offered else digest.notes,
        state=pupil.state,
        words=notes_of(pupil.verdicts),
    )


def _dropped(
    verdicts: Iterable[Verdict], post: ReviewPost | None
) -> tuple[Set[IssueRef], Set[IssueRef]]:
    """What was ticked off in this post, and what was dropped in other ways; folded."""
    drops = [one for one in verdicts if one.kind is VerdictKind.DROP and one.ref is not None]
    here = {one for one in drops if post is not None and one.source == ticks_in(post.number)}
    ticked_off = {one.ref.folded for one in here if one.ref}
    return ticked_off, {one.ref.folded for one in drops if one.ref and one not in here}


def _flags_of_pick(pick: Pick, pupil: Pupil, crowds: Crowds) -> Iterator[Flag]:
    yield from flags_of_size(pick, pupil.level, pupil.subscription.hours)
    yield from flags_of_crowd(pick, pupil.subscription.login, crowds)


def _flags_of_student(pupil: Pupil, now: datetime) -> Iterator[Flag]:
    if pupil.n_pulls_waiting:
        yield Flag("pull_waits", pupil.n_pulls_waiting)
    yield from flags_of_silence(pupil.sent_at, pupil.tally.last_sign_at, now)
    if pupil.is_undelivered:
        yield Flag("undelivered")


def _rounded(at: datetime | None) -> datetime | None:
    """The moment, or up to a quarter of an hour before it."""
    if at is None:
        return None
    past = timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
    return at - past % _CLOCK_STEP
