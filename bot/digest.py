"""A digest: all that one student is told in one week, in one frozen object.

Comes in: a student's picks and what is known around them. Goes out: a `Digest`, the record of it
that the journal keeps, and a `Letter`, which adds what only the envelope knows. Codes and sayings
stay what they are: rendering puts them into words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Annotated

from pydantic import AliasChoices, Field, TypeAdapter

from bot.community.places import Contact
from bot.events.event import ClubEvent
from bot.sayings import Said, Saying
from bot.terms import ChannelName, Claiming, Effort, IssueRef, Kind, Locale


@dataclass(frozen=True, slots=True)
class DigestReason:
    """One contribution to a pick's score, in log-odds; `shown` marks those that the prose uses."""

    feature: str
    contribution: float
    #: Records of earlier versions hold its words, as `text`.
    saying: Annotated[Said, Field(validation_alias=AliasChoices("saying", "text"))]
    shown: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of a project who gave so many of its newest newcomers their first reply."""

    login: str
    n_answered: int
    n_newcomers: int


@dataclass(frozen=True, slots=True)
class Welcome:
    """How newcomers fared: hours to the first reply, share of their pull requests merged."""

    median_reply_hours: float | None
    newcomers_merged: float | None


@dataclass(frozen=True, slots=True)
class Pick:
    """One issue chosen for one student, with everything the digest says of it."""

    repository: str
    number: int
    title: str
    url: str
    description: str | None
    language: str | None
    stars: int
    licence: str | None
    labels: tuple[str, ...]
    spare: bool
    #: The sum of all contributions; `score` is its logistic, an order and not a probability.
    log_odds: float
    score: float
    reasons: tuple[DigestReason, ...]
    #: None until a delivery verified it.
    verified_at: datetime | None
    free: bool | None
    effort: Effort
    kind: Kind
    people: tuple[Person, ...] = ()
    welcome: Welcome | None = None
    channels: tuple[Contact, ...] = ()
    claiming: Claiming = Claiming.UNKNOWN
    ai_policy: str | None = None
    #: What the project wants to be written, where its rule is a command; kept in the journal.
    command: str = ""
    #: Addresses: the contributing guide, and the code of conduct.
    guide: str | None = None
    conduct: str | None = None
    #: GitHub's id, by which the pick is asked again; kept in the journal, not shown.
    node_id: str = ""
    #: The project's topics, by which an answer reaches its kin; kept in the journal, not shown.
    topics: tuple[str, ...] = ()

    @property
    def ref(self) -> IssueRef:
        return IssueRef(self.repository, self.number)


@dataclass(frozen=True, slots=True)
class Question:
    """An unanswered discussion that a student could answer."""

    repository: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Peer:
    """A clubmate who agreed to be named and works near `near`."""

    login: str
    near: str


@dataclass(frozen=True, slots=True)
class EarlierPick:
    """What became of a pick of an earlier week."""

    repository: str
    number: int
    outcome: str


@dataclass(frozen=True, slots=True)
class MentorNote:
    """A sentence of a mentor's, which goes on top; foreign text."""

    mentor: str
    text: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A student's week; `picks` are best first, spares behind them."""

    schema: int
    week: str
    student: str
    taken_at: datetime
    #: False when the harvest was cut short.
    complete: bool
    #: How many issues were looked at for this student, and why the others fell away.
    considered: int
    dropped: dict[str, int]
    #: GraphQL points that the whole run had spent when this digest was composed.
    points: int
    picks: tuple[Pick, ...]
    questions: tuple[Question, ...] = ()
    peers: tuple[Peer, ...] = ()
    events: tuple[ClubEvent, ...] = ()
    earlier: tuple[EarlierPick, ...] = ()
    notes: tuple[Said, ...] = ()
    mentor_notes: tuple[MentorNote, ...] = ()

    @property
    def offered(self) -> tuple[Pick, ...]:
        """The picks that the student sees."""
        return tuple(pick for pick in self.picks if not pick.spare)

    @property
    def spares(self) -> tuple[Pick, ...]:
        """The picks that step in for one that is no longer free."""
        return tuple(pick for pick in self.picks if pick.spare)


#: The note of a digest that was read back from its post, or of a mail of which only is known that
#: it went out: what it said beside its picks is not known any more.
REBUILT = Saying("rebuilt")


def is_rebuilt(digest: Digest) -> bool:
    """Was it read back after the journal was lost?"""
    return REBUILT in digest.notes


def without_person(digest: Digest, login: str) -> Digest:
    """Somebody else's digest as if that person had written nothing on top, and was not named.

    Neither as a clubmate nor as somebody of a project.
    """
    folded = login.casefold()
    return replace(
        digest,
        mentor_notes=tuple(one for one in digest.mentor_notes if one.mentor.casefold() != folded),
        peers=tuple(one for one in digest.peers if one.login.casefold() != folded),
        picks=tuple(
            replace(
                pick, people=tuple(one for one in pick.people if one.login.casefold() != folded)
            )
            for pick in digest.picks
        ),
    )


def fill_up(picks: Iterable[Pick], n_offered: int) -> tuple[Pick, ...]:
    """The picks that are left, spares last: of these, as many step in as are missing."""
    left = tuple(picks)
    kept = tuple(pick for pick in left if not pick.spare)
    spares = tuple(pick for pick in left if pick.spare)
    n_missing = max(0, n_offered - len(kept))
    stepping_in = tuple(replace(pick, spare=False) for pick in spares[:n_missing])
    return (*kept, *stepping_in, *spares[n_missing:])


@dataclass(frozen=True, slots=True)
class Sent:
    """A digest that went out, and when."""

    digest: Digest
    delivered_at: datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest in its envelope: what the templates print, one object for all formats."""

    digest: Digest
    #: What the student is called.
    greeting: str
    club: str
    #: `owner/name` of the club's repository, where the student's file is; None when unknown.
    club_repository: str | None
    #: The club's time zone, for dates that people read.
    timezone: str
    #: How it travels: only a mail can be answered.
    channel: ChannelName = ChannelName.ISSUE
    #: Whether the post greets with a live `@login`, which notifies the student.
    mentions: bool = False
    #: The student's language.
    locale: Locale = Locale.EN


_DIGEST: TypeAdapter[Digest] = TypeAdapter(Digest)


def digest_to_record(digest: Digest) -> str:
    """The digest as the journal keeps it: one line, whole."""
    return _DIGEST.dump_json(digest).decode()


@lru_cache(maxsize=4096)
def digest_from_record(text: str) -> Digest:
    """The digest that any version's `digest_to_record` wrote; else pydantic.ValidationError."""
    return _DIGEST.validate_json(text)
