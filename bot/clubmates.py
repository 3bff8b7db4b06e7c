"""Clubmates: who of the club is at work on something near, of those who agreed to be named.

Comes in: subscriptions of those who have not left, what became of picks, earlier digests. Goes out:
for each student one or two `Peer`s. Both sides have said `peers: true`, or nobody is told of
anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.digest import Digest, Peer, Pick, Sent
from bot.outcomes.progress import Outcome, Progress
from bot.subscriptions.student import Subscription

#: A digest names so many: two to talk to, no list of members.
N_PEERS = 2
#: Who was named is not named for the same project again for so long: our judgement.
NAMED_AGAIN_AFTER = timedelta(weeks=4)
#: With these somebody works on a pick, or has; what only was offered is nobody's work.
AT_WORK = frozenset(
    {
        *(Outcome.COMMENTED, Outcome.ASSIGNED, Outcome.TOOK, Outcome.DONE),
        *(Outcome.PULL_REQUEST, Outcome.REVIEWED, Outcome.MERGED),
    }
)


@dataclass(frozen=True, slots=True)
class Work:
    """A project that a clubmate works on, its topics, and when they last did something there."""

    login: str
    repository: str
    topics: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Circle:
    """Those who agreed, by login, folded, and what they work on."""

    members: Mapping[str, Subscription]
    works: Sequence[Work]


def build_circle(
    students: Iterable[Subscription], progress: Iterable[Progress], sent: Iterable[Sent]
) -> Circle:
    """The circle of those who said `peers: true`."""
    members = {one.login.casefold(): one for one in students if one.peers}
    topics = {
        pick.ref.folded: frozenset(map(_plain, pick.topics))
        for one in sent
        for pick in one.digest.picks
    }
    works = [
        Work(
            members[one.login.casefold()].login,
            one.ref.repository,
            topics.get(one.ref.folded, frozenset()),
            one.last_sign_at or one.changed_at or one.offered_at,
        )
        for one in progress
        if one.outcome in AT_WORK and one.login.casefold() in members
    ]
    return Circle(members, works)


def clubmates_of(
    student: Subscription, picks: Iterable[Pick], circle: Circle, told: Iterable[Peer] = ()
) -> tuple[Peer, ...]:
    """Whom the student could pair with: same project before same topic, the latest work first.

    `told` are those of the last digests, who are not named again for the same project.
    """
    me = student.login.casefold()
    if me not in circle.members:
        return ()
    offered = [pick for pick in picks if not pick.spare]
    mine = {one.repository.casefold() for one in circle.works if one.login.casefold() == me}
    projects = mine | {pick.repository.casefold() for pick in offered}
    topics = {_plain(topic) for pick in offered for topic in pick.topics}
    known = {(one.login.casefold(), one.near.casefold()) for one in told}
    near = [
        one
        for one in circle.works
        if one.login.casefold() != me
        and (one.login.casefold(), one.repository.casefold()) not in known
        and (
            one.repository.casefold() in projects
            or _common_interest(one, topics, student, circle.members[one.login.casefold()])
        )
    ]
    near.sort(key=lambda one: (one.repository.casefold() not in projects, _latest(one)))
    chosen: dict[str, Peer] = {}
    for one in near:
        chosen.setdefault(one.login, Peer(one.login, one.repository))
    return tuple(chosen.values())[:N_PEERS]


def told_lately(sent: Iterable[Sent], now: datetime) -> dict[str, list[Peer]]:
    """Who was named to whom in the last weeks, by the reader's login, folded."""
    told: dict[str, list[Peer]] = {}
    for one in sent:
        if one.delivered_at > now - NAMED_AGAIN_AFTER:
            told.setdefault(one.digest.student.casefold(), []).extend(one.digest.peers)
    return told


def still_agreed(
    digest: Digest, members: Mapping[str, Subscription], *, in_public: bool
) -> tuple[Peer, ...]:
    """Those of a digest's peers who agree now, as the reader does; in public, also to that."""

    def agrees(login: str) -> bool:
        one = members.get(login.casefold())
        return one is not None and one.peers and (one.public or not in_public)

    if not digest.peers or not agrees(digest.student):
        return ()
    return tuple(one for one in digest.peers if agrees(one.login))


def _common_interest(
    work: Work, topics: set[str], student: Subscription, clubmate: Subscription
) -> bool:
    """A topic that both meet and that one of them asked for."""
    # What every other project bears, such as a language's name, brings nobody near.
    wanted = {_plain(name) for one in (student, clubmate) for name in one.interests}
    return bool(work.topics & topics & wanted)


def _latest(work: Work) -> tuple[float, str, str]:
    return -work.at.timestamp(), work.login.casefold(), work.repository


def _plain(name: str) -> str:
    return name.casefold().replace("-", " ")
