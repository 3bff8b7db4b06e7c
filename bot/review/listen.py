"""Reads a review post whole: comments in their order and the boxes, folded into verdicts.

Comes in: what stands in and under a post. Goes out: all that is decided there now. Nothing is
remembered, so reading twice gives the same, and what was taken back is gone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.remarks import Echo, Remark
from bot.review.desk import ReviewTalk
from bot.review.mentoring import students_of
from bot.review.ticks import ticks_in, ticks_of
from bot.review.understand import understand
from bot.review.verdict import Review, Verdict, VerdictKind
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription


@dataclass(frozen=True, slots=True)
class Understood:
    """All that was decided in one post."""

    #: By remark, then the boxes; `state.in_order` puts them by time.
    verdicts: tuple[Verdict, ...]
    #: What to answer to each remark that had a command, oldest first.
    echoes: tuple[tuple[Remark, tuple[Echo, ...]], ...] = ()
    #: Who edited the post and is no mentor of its students: because of them no box counts.
    strangers: tuple[str, ...] = ()


def verdicts_of(
    talk: ReviewTalk,
    review: Review,
    club: Club,
    students: Mapping[str, Subscription],
    ours: Collection[str] = (),
) -> Understood:
    """Everything that a post decides now.

    A box that is not ticked drops its pick; ticked again it does not. Boxes count only if all who
    edited the post are mentors of its students, or ours: `ours` are the bot's own logins.
    """
    verdicts: list[Verdict] = []
    echoes: list[tuple[Remark, tuple[Echo, ...]]] = []
    for remark in sorted(talk.remarks, key=lambda one: (one.edited_at, one.id)):
        said, told = understand(remark, review, club, students)
        verdicts += said
        if told:
            echoes.append((remark, told))
    trusted = _mentors_here(review, club, students)
    known = trusted | {login.casefold() for login in ours}
    editors = talk.posted.editors
    strangers = tuple(login for login in editors if login.casefold() not in known)
    if not strangers:
        mentor = next((login for login in editors if login.casefold() in trusted), review.mentor)
        verdicts += _unticked(talk, review, mentor)
    return Understood(tuple(verdicts), tuple(echoes), strangers)


def _mentors_here(
    review: Review, club: Club, students: Mapping[str, Subscription]
) -> frozenset[str]:
    """The mentors of a student who stands in the post, and whose post it is."""
    shown = {line.login.casefold() for line in review.lines}
    return frozenset(
        one.github.casefold()
        for one in club.mentors
        if one.github.casefold() == review.mentor.casefold()
        or any(
            student.login.casefold() in shown for student in students_of(one.github, club, students)
        )
    )


def _unticked(talk: ReviewTalk, review: Review, mentor: str) -> list[Verdict]:
    posted = talk.posted
    return [
        Verdict(
            week=review.week,
            login=line.login,
            mentor=mentor,
            kind=VerdictKind.DROP,
            at=posted.edited_at or posted.posted_at,
            source=ticks_in(posted.number),
            position=position,
            ref=line.ref,
        )
        for position, line in enumerate(ticks_of(posted.parts, review))
    ]
