"""How newcomers fare in a project: who answers them, how soon, and how much of theirs is merged.

Comes in: a project's newest pull requests, and what was said under them. Goes out: figures, None
where there is too little to tell.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf, isinf
from statistics import median

from bot.community.source import N_LISTED, Pull, Reply
from bot.harvest.issue import INSIDERS

#: Newcomers' pull requests of so long ago say how a project is now (issue "The people behind the
#: issues").
WINDOW = timedelta(days=180)
#: The newest pull requests of a busy project, which go back less far, say neither who is new there
#: nor what is merged in the end: who has one in a week may have had a hundred before, and what is
#: decided in days is mostly what was easy. Our judgement.
TELLS_FROM = timedelta(days=60)
#: The replies to so many of them, the newest, are looked at: each costs a fiftieth of a point.
N_LOOKED_AT = 6
#: Fewer tell nothing of the next one: our judgement.
N_AT_LEAST = 3
#: Who got no reply in this time counts as never answered; before, nobody knows yet. Half of the
#: newcomers who comment hear from somebody experienced within 8.5 hours (arXiv 2302.05058).
PATIENCE = timedelta(days=7)
#: What is open for longer counts as not merged: our judgement.
DECIDED_AFTER = timedelta(days=14)

_NEW = frozenset({"FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "NONE"})


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody of the project who gave so many newcomers their first reply."""

    login: str
    n_answered: int


@dataclass(frozen=True, slots=True)
class Replies:
    """Who answered newcomers, and how soon."""

    answerers: tuple[Answerer, ...]
    n_looked_at: int
    median_hours: float | None


def newcomers_of(pulls: Sequence[Pull], now: datetime) -> tuple[Pull, ...]:
    """The pull requests of newcomers in the window, the newest first.

    Who had one merged is a CONTRIBUTOR from then on, so GitHub does not tell any longer who was
    new. What stands for it: one who has just one among these, if these go back far enough.
    """
    n_of = Counter(one.author for one in pulls)
    tells = goes_back(pulls, now)
    found = [
        one
        for one in pulls
        if one.author is not None
        and one.opened_at > now - WINDOW
        and (
            one.association in _NEW
            or (tells and one.association == "CONTRIBUTOR" and n_of[one.author] < 2)
        )
    ]
    return tuple(sorted(found, key=lambda one: (one.opened_at, one.id), reverse=True))


def goes_back(pulls: Sequence[Pull], now: datetime) -> bool:
    """Are these all that the project has had for long enough to tell newcomers from others?"""
    oldest = min((one.opened_at for one in pulls), default=now)
    return len(pulls) < N_LISTED or oldest <= now - TELLS_FROM


def looked_at(newcomers: Sequence[Pull]) -> tuple[Pull, ...]:
    """The ones whose replies are asked for."""
    return tuple(newcomers[:N_LOOKED_AT])


def measure_merged(newcomers: Sequence[Pull], now: datetime) -> float | None:
    """The share that was merged of those that are decided, or had their time."""
    told = [one for one in newcomers if not one.is_open or one.opened_at <= now - DECIDED_AFTER]
    return sum(one.is_merged for one in told) / len(told) if len(told) >= N_AT_LEAST else None


def measure_replies(
    newcomers: Sequence[Pull], replies: Mapping[str, Sequence[Reply]], now: datetime
) -> Replies:
    """Who gave the first replies, and the median of hours until then; no reply is never.

    A pull request whose replies are not among these was not shown, and is left out.
    """
    hours: list[float] = []
    answered: Counter[str] = Counter()
    for pull in looked_at(newcomers):
        if pull.id not in replies:
            continue
        first = _first_reply(pull, replies[pull.id])
        if first is not None and first.author is not None:
            answered[first.author] += 1
            hours.append((first.at - pull.opened_at) / timedelta(hours=1))
        elif pull.opened_at <= now - PATIENCE:
            hours.append(inf)
    middle = median(hours) if len(hours) >= N_AT_LEAST else inf
    by_number = sorted(answered.items(), key=lambda pair: (-pair[1], pair[0].casefold()))
    return Replies(
        tuple(Answerer(login, n) for login, n in by_number),
        len(hours),
        None if isinf(middle) else middle,
    )


def _first_reply(pull: Pull, replies: Sequence[Reply]) -> Reply | None:
    """The first word of a person of the project who is not the newcomer."""
    told = (
        one
        for one in replies
        if one.author is not None and one.association in INSIDERS and one.author != pull.author
    )
    return min(told, key=lambda one: one.at, default=None)
