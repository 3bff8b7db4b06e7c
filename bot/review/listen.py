"""Reads a review post whole: comments in their order and the boxes, folded into verdicts.

Comes in: what stands in and under a post. Goes out: all that is decided there now. Nothing is
remembered, so reading twice gives the same, and what was taken back is gone.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.remarks import Echo, Remark
from bot.review.desk import ReviewTalk
from bot.review.mentoring import mentors_of
from bot.review.ticks import ticks_in, ticks_of
from bot.review.understand import understand
from bot.review.verdict import ReviewPost, Verdict, VerdictKind
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription


@dataclass(frozen=True, slots=True)
class Understood:
    """All that was decided in one post."""

    #: By remark, then the boxes; `state.in_order` puts them by time.
    verdicts: tuple[Verdict, ...]
    #: What to answer to each remark that had a command, oldest first.
    echoes: tuple[tuple[Remark, tuple[Echo, ...]], ...] = ()
    #: Who edited the post and is no mentor of a student whose box is not ticked, which counts for
    #: nothing because of them.
    strangers: tuple[str, ...] = ()


def verdicts_of(
    talk: ReviewTalk,
    review: ReviewPost,
    club: Club,
    students: Mapping[str, Subscription],
    ours: Collection[str] = (),
) -> Understood:
    """Everything that a post decides now.

    A box that is not ticked drops its pick; ticked again it does not. A box counts only if all who
    edited the post are mentors of its student, or ours: `ours` are the bot's own logins.
    """
    verdicts: list[Verdict] = []
    echoes: list[tuple[Remark, tuple[Echo, ...]]] = []
    for remark in sorted(talk.remarks, key=lambda one: (one.edited_at, one.id)):
        said, told = understand(remark, review, club, students)
        verdicts += said
        if told:
            echoes.append((remark, told))
    drops, strangers = _unticked(talk, review, club, ours)
    return Understood((*verdicts, *drops), tuple(echoes), strangers)


def _unticked(
    talk: ReviewTalk, review: ReviewPost, club: Club, ours: Collection[str]
) -> tuple[list[Verdict], tuple[str, ...]]:
    """What boxes drop, and who edited the post although the box is not theirs to untick."""
    posted, bots = talk.posted, {login.casefold() for login in ours}
    editors = [login for login in posted.editors if login.casefold() not in bots]
    drops: list[Verdict] = []
    strangers: dict[str, None] = {}
    for line in ticks_of(posted.parts, review):
        theirs = {login.casefold() for login in mentors_of(line.login, club)}
        if others := [login for login in editors if login.casefold() not in theirs]:
            strangers |= dict.fromkeys(others)
            continue
        drops.append(
            Verdict(
                week=review.week,
                login=line.login,
                mentor=editors[0] if editors else review.mentor,
                kind=VerdictKind.DROP,
                at=posted.edited_at or posted.posted_at,
                source=ticks_in(posted.number),
                position=len(drops),
                ref=line.ref,
            )
        )
    return drops, tuple(strangers)
