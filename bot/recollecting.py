"""Recollecting: what a lost journal knew, as far as our own posts tell it.

Comes in: all posts that bear a marker, whoever wrote them. Goes out: digests as the journal takes
them back, and what was not believed, or not whole. A post is a text that anybody may have written
or edited, so nothing in it can break a promise of the journal, or end the work.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.delivery import Receipt
from bot.digest import REBUILT, Digest, Pick
from bot.journal import PastDigest
from bot.rendering.imprint import read_picks
from bot.rendering.marker import is_as_written, parse_marker, parse_thread_marker
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, IssueRef, Week


@dataclass(frozen=True, slots=True)
class OldPost:
    """A post with a marker of ours, as it stands now."""

    body: str
    #: Its address for people.
    place: str
    is_comment: bool
    poster: str
    #: Whether its author is believed.
    is_ours: bool
    posted_at: datetime


class PostArchive(Protocol):
    """Where posts stand."""

    def posts(self) -> tuple[OldPost, ...]:
        """All with a marker of a digest or a thread, of any age; GitHubError."""


class Flaw(StrEnum):
    """Why a post does not count, or not whole."""

    #: By somebody who is not believed.
    FOREIGN = "foreign"
    #: Of somebody who is not subscribed.
    LEFT = "left"
    #: Of a week that is none, or has not begun.
    STRANGE = "strange"
    #: Edited since it was posted: its picks count as far as they can be read.
    EDITED = "edited"
    #: A second one of a week and student; an issue that another post offered already.
    DOUBLED = "doubled"


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A post with a flaw, and where it stands."""

    flaw: Flaw
    place: str
    poster: str = ""


@dataclass(frozen=True, slots=True)
class Recollected:
    """What posts tell."""

    #: Oldest week first, by login.
    past: tuple[PastDigest, ...]
    #: By login, folded: where posts for the student stand, of any age.
    places: Mapping[str, tuple[str, ...]]
    doubtful: tuple[Doubtful, ...]
    #: Whose posts counted.
    posters: frozenset[str]


@dataclass
class _Findings:
    """What was found so far."""

    students: Mapping[str, Subscription]
    #: By week and login, folded.
    digests: dict[tuple[str, str], list[OldPost]] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    doubtful: list[Doubtful] = field(default_factory=list)
    posters: set[str] = field(default_factory=set)
    #: Names of issues that were offered, to whom or in which week.
    offered: set[tuple[str, IssueRef | str]] = field(default_factory=set)

    def doubt(self, flaw: Flaw, post: OldPost) -> None:
        self.doubtful.append(Doubtful(flaw, post.place, post.poster))


def recollect(
    posts: Iterable[OldPost], students: Mapping[str, Subscription], oldest: Week, current: Week
) -> Recollected:
    """The digests from `oldest` up to `current` that our posts tell of; logins are folded.

    Of several for one week and student the one counts that a channel would find, and what the
    others offered was offered, too.
    """
    found = _Findings(students)
    for post in posts:
        _sort_in(post, found, oldest, current)
    past = tuple(_past(key, found) for key in sorted(found.digests))
    return Recollected(
        past,
        {login: tuple(places) for login, places in found.places.items()},
        tuple(found.doubtful),
        frozenset(found.posters),
    )


def rebuilt_digest(week: str, student: str, at: datetime, picks: tuple[Pick, ...] = ()) -> Digest:
    """A digest of which only this is known."""
    return Digest(
        schema=1,
        week=week,
        student=student,
        taken_at=at,
        complete=True,
        considered=0,
        dropped={},
        points=0,
        picks=picks,
        notes=(REBUILT,),
    )


def _sort_in(post: OldPost, found: _Findings, oldest: Week, current: Week) -> None:
    marker, thread = parse_marker(post.body), parse_thread_marker(post.body)
    login = (marker.login if marker else thread or "").casefold()
    if not post.is_ours:
        found.doubt(Flaw.FOREIGN, post)
        return
    if login not in found.students:
        found.doubt(Flaw.LEFT, post)
        return
    found.places.setdefault(login, []).append(post.place)
    found.posters.add(post.poster)
    if marker is None:
        return
    try:
        week = Week.parse(marker.week)
    except ValueError:
        found.doubt(Flaw.STRANGE, post)
        return
    if week > current:
        found.doubt(Flaw.STRANGE, post)
    elif week >= oldest:
        found.digests.setdefault((str(week), login), []).append(post)


def _past(key: tuple[str, str], found: _Findings) -> PastDigest:
    week, login = key
    newest_first = sorted(found.digests[key], key=lambda one: one.posted_at, reverse=True)
    post, *others = sorted(newest_first, key=lambda one: one.is_comment)
    for other in others:
        found.doubt(Flaw.DOUBLED, other)
    if not is_as_written(post.body):
        found.doubt(Flaw.EDITED, post)
    picks = _new_picks(key, (post, *others), found)
    student, at = found.students[login].login, post.posted_at
    receipt = Receipt(week, student, ChannelName.ISSUE, post.place, at)
    digest = rebuilt_digest(week, student, at, picks)
    return PastDigest(digest, ChannelName.ISSUE, at, (receipt,))


def _new_picks(
    key: tuple[str, str], posts: Iterable[OldPost], found: _Findings
) -> tuple[Pick, ...]:
    """What these posts offered, without what the journal could not hold a second time."""
    picks: list[Pick] = []
    for post in posts:
        for pick in read_picks(post.body):
            names: list[IssueRef | str] = [
                pick.ref.folded,
                *([pick.node_id] if pick.node_id else []),
            ]
            taken = {(whose, name) for whose in key for name in names}
            if found.offered.isdisjoint(taken):
                picks.append(pick)
                found.offered |= taken
            elif not any(one.ref.folded == pick.ref.folded for one in picks):
                found.doubt(Flaw.DOUBLED, post)
    return tuple(picks)
