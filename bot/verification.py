"""Verification: are the picks still free at the moment they are sent (README, promise 1)?

Comes in: a prepared digest and fresh details of its issues. Goes out: the digest that may be sent:
picks that failed, or cannot be seen any more, are replaced by spares that passed, or left out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.digest import Digest, Pick, fill_up
from bot.harvest.issue import Details
from bot.sayings import Saying
from bot.screening.free import why_not_free
from bot.terms import IssueRef


def verify_digest(
    digest: Digest,
    fresh: Mapping[IssueRef, Details],
    now: datetime,
    *,
    accepts_unseen: bool = False,
) -> Digest:
    """Keep what is free; a spare steps in at the end of the list for each pick that is not.

    Where pull requests or comments cannot be seen, a pick is not free. `accepts_unseen` keeps it,
    with `free` None: a corpus of listings tells neither, and nobody is sent its digests.
    """
    checked = [_check(pick, fresh.get(pick.ref), now) for pick in digest.picks]
    free = [pick for pick in checked if pick.free or (accepts_unseen and pick.free is None)]
    verified = replace(digest, picks=fill_up(free, len(digest.offered)))
    n_lost = len(digest.offered) - len(verified.offered)
    # A digest that waited for a mentor, or for its channel, tells of nothing that has begun since.
    events = tuple(one for one in digest.events if not one.has_passed(now))
    return replace(verified, notes=digest.notes + _told(n_lost), events=events)


def _check(pick: Pick, details: Details | None, now: datetime) -> Pick:
    """The pick with what was seen; `free` is None where pull requests or comments are not told."""
    if details is None or not details.are_of(pick.ref):
        return replace(pick, free=False)
    is_told = details.pull_requests is not None and details.comments is not None
    sign = why_not_free(details, pick.labels, now)
    free = False if sign else (True if is_told else None)
    return replace(pick, free=free, verified_at=details.read_at)


def _told(n_lost: int) -> tuple[Saying, ...]:
    return (Saying("lost", {"n": n_lost}),) if n_lost else ()
