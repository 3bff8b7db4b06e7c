"""Steers a digest as mentors decided: what they dropped falls away, what they noted goes on top.

Comes in: a digest and the verdicts on it. Goes out: the digest that may be verified and sent. Doing
it twice changes nothing, and a verdict that was taken back leaves no trace: a digest is steered
each time from how it was prepared.
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.digest import Digest, MentorNote, fill_up
from bot.review.state import in_order
from bot.review.verdict import Verdict, VerdictKind
from bot.sayings import Saying, as_written
from bot.terms import IssueRef

#: What a student is told whose mentor dropped everything.
NOTHING_LEFT = Saying("nothing_left")
#: The same in a journal of before there were sayings: no public post may hold it either.
_AS_IT_WAS = as_written(
    "Your mentor looked through what was found for you this week, and took all of it out"
)


def steer(digest: Digest, verdicts: Iterable[Verdict]) -> Digest:
    """The digest without what was dropped, spares stepping in, with the mentors' notes on top.

    Of the verdicts those on this digest count.
    """
    mine = [one for one in in_order(verdicts) if _is_of(digest, one)]
    gone = steered(mine)
    left = [pick for pick in digest.picks if pick.ref.folded not in gone]
    picks = fill_up(left, len(digest.offered))
    is_emptied = digest.offered and not any(not pick.spare for pick in picks)
    known = tuple(NOTHING_LEFT if is_nothing_left(one) else one for one in digest.notes)
    told = (NOTHING_LEFT,) if is_emptied and NOTHING_LEFT not in known else ()
    notes = known + told
    return replace(digest, picks=picks, notes=notes, mentor_notes=notes_of(mine))


def is_nothing_left(note: Saying) -> bool:
    """Does it say that a mentor dropped everything, in whatever version's words?"""
    return note in (NOTHING_LEFT, _AS_IT_WAS)


def steered(verdicts: Iterable[Verdict]) -> frozenset[IssueRef]:
    """What mentors dropped of a student's digests: folded references."""
    return frozenset(
        one.ref.folded for one in verdicts if one.kind is VerdictKind.DROP and one.ref is not None
    )


def notes_of(verdicts: Iterable[Verdict]) -> tuple[MentorNote, ...]:
    """The newest note of each mentor, by login; an empty one took an older one back."""
    newest = {
        one.mentor.casefold(): MentorNote(one.mentor, one.text)
        for one in in_order(verdicts)
        if one.kind is VerdictKind.NOTE
    }
    return tuple(note for _, note in sorted(newest.items()) if note.text)


def _is_of(digest: Digest, verdict: Verdict) -> bool:
    return (verdict.week, verdict.login.casefold()) == (digest.week, digest.student.casefold())
