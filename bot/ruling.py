"""Ruling: whether a prepared digest may go out now, and as what, by what its mentors decided.

Comes in: a digest, the verdicts, the clock. Goes out: a `Ruling`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import ReviewError
from bot.journal import JournalEntry
from bot.lessons import Lessons
from bot.review.mentoring import mentors_of
from bot.review.state import in_order, may_go, state_of, waits_until
from bot.review.steer import steer
from bot.review.verdict import ReviewPost, ReviewState, Verdict, VerdictKind
from bot.schedule import Run
from bot.subscriptions.club import Review


@dataclass(frozen=True, slots=True)
class Ruling:
    """A digest as mentors steered it; with neither `why` nor `error` it may go out."""

    entry: JournalEntry
    #: What it waits for, in words.
    why: str = ""
    error: ReviewError | None = None

    @property
    def may_go(self) -> bool:
        return not self.why and self.error is None


def rule(run: Run, entry: JournalEntry, posts: Iterable[ReviewPost], lessons: Lessons) -> Ruling:
    """What the digest's mentors, or their silence, decided; `posts` are the week's review posts.

    A quiet week waits for nobody, for there is nothing to approve; a mentor may hold it all the
    same. Of a student without a mentor, `on_silence` decides at once.
    """
    club, login = run.club, entry.digest.student
    if club.review is Review.OFF:
        return Ruling(entry)
    mine = [one for one in lessons.verdicts_on(login) if one.week == entry.digest.week]
    steered = replace(entry, digest=steer(entry.digest, mine))
    if entry.digest.week in lessons.unheard:
        return Ruling(steered, "waits until every review post was read")
    mentors = mentors_of(login, club)
    shown_at = _shown_at(entry, mentors, posts)
    state = state_of(mine, shown_at, run.now, club.review_hours) if mentors else ReviewState.SILENT
    is_quiet = not entry.digest.offered and state is not ReviewState.HELD
    if is_quiet or may_go(state, club.review, club.on_silence):
        return Ruling(steered)
    if state is ReviewState.SILENT:
        return Ruling(steered, error=_silence(login, mentors, entry, run))
    named, until = " or ".join(mentors), waits_until(club.review, shown_at, club.review_hours)
    whys = {
        ReviewState.HELD: f"held by {_holder(mine)}",
        ReviewState.WAITING: f"waits for {named} until {_told(until, run)}",
    }
    return Ruling(steered, whys.get(state, f"waits until {named} can be asked"))


def _shown_at(
    entry: JournalEntry, mentors: Iterable[str], posts: Iterable[ReviewPost]
) -> datetime | None:
    """When the first of these mentors was shown all that the digest holds; None if nobody was."""
    digest, theirs = entry.digest, {login.casefold() for login in mentors}
    wanted = {pick.ref.folded for pick in digest.picks}
    moments: list[datetime] = []
    for post in posts:
        if post.mentor.casefold() in theirs:
            since = post.shown_since(digest.student)
            if wanted and wanted <= since.keys():
                moments.append(max(since[ref] for ref in wanted))
    return min(moments, default=None)


def _holder(verdicts: list[Verdict]) -> str:
    holds = [one.mentor for one in in_order(verdicts) if one.kind is VerdictKind.HOLD]
    return (holds or ["nobody"])[-1]


def _told(until: datetime | None, run: Run) -> str:
    return "then" if until is None else f"{until.astimezone(run.club.zone):%a %d %b %H:%M}"


def _silence(login: str, mentors: tuple[str, ...], entry: JournalEntry, run: Run) -> ReviewError:
    """Nobody said a word, and the club wants to hear one."""
    if not mentors:
        return ReviewError(
            f"{login} has no mentor who could approve the digest for {entry.digest.week}.",
            "Name one under `mentors` in club.yaml, or write `on_silence: send` there.",
            names=(login,),
        )
    return ReviewError(
        f"Nobody approved {login}'s digest for {entry.digest.week} within"
        f" {run.club.review_hours:g} hours.",
        f"Ask {' or '.join(mentors)} to write /approve under the review post, or let silence mean"
        " yes: `on_silence: send` in club.yaml.",
        names=(login, *mentors),
    )
