"""Verification: are the picks still free at the moment they are sent (README, promise 1)?

Comes in: a prepared digest and fresh details of its issues. Goes out: the digest that may be sent:
picks that failed, or cannot be seen any more, are replaced by spares that passed, or left out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.digest import Digest, Pick
from bot.harvest.issue import Details
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
    kept = [pick for pick in free if not pick.spare]
    spares = [pick for pick in free if pick.spare]
    n_missing = len(digest.offered) - len(kept)
    stepping_in = [replace(pick, spare=False) for pick in spares[:n_missing]]
    notes = digest.notes + _told(n_missing - len(stepping_in))
    return replace(digest, picks=(*kept, *stepping_in, *spares[n_missing:]), notes=notes)


def _check(pick: Pick, details: Details | None, now: datetime) -> Pick:
    """The pick with what was seen; `free` is None where pull requests or comments are not told."""
    if details is None or not details.are_of(pick.ref):
        return replace(pick, free=False)
    is_told = details.pull_requests is not None and details.comments is not None
    sign = why_not_free(details, pick.labels, now)
    free = False if sign else (True if is_told else None)
    return replace(pick, free=free, verified_at=details.read_at)


def _told(n_lost: int) -> tuple[str, ...]:
    if not n_lost:
        return ()
    picks = "One pick is" if n_lost == 1 else f"{n_lost} picks are"
    return (f"{picks} no longer known to be free, and nothing as good was left.",)
