"""Verification: are the picks still free at the moment they are sent (README, promise 1)?

Comes in: a prepared digest and fresh details of its issues. Goes out: the digest that may be sent:
picks that failed, or cannot be seen any more, are replaced by spares that passed, or left out.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.digest import Digest, Pick
from bot.harvest.issue import Details
from bot.screening.claims import live_claim
from bot.screening.taken import STARTED
from bot.screening.tasks import NOT_A_TASK, filed, invite
from bot.terms import IssueRef


def why_not_free(details: Details, now: datetime) -> str | None:
    """The first sign that an issue is not free, or None."""
    pulls, labels = details.pull_requests or (), filed(details.labels or ())
    is_told = details.labels is not None
    signs = {
        "it was closed": not details.is_open,
        "it was locked": details.is_locked,
        "somebody was assigned": details.assigned,
        "there is a pull request for it": any(
            pull.closes and pull.state != "CLOSED" for pull in pulls
        ),
        "it waits for other work": details.n_blocked_by or "blocked" in labels,
        "a label says that somebody is on it": labels & STARTED,
        "a label says that it is no task": labels & NOT_A_TASK,
        "its beginner label was taken off": is_told and not invite(details.labels or ()),
        "somebody said in a comment that they are on it": live_claim(details.comments or (), now),
    }
    return next((why for why, is_so in signs.items() if is_so), None)


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
    sign = why_not_free(details, now)
    free = False if sign else (True if is_told else None)
    return replace(pick, free=free, verified_at=details.read_at)


def _told(n_lost: int) -> tuple[str, ...]:
    if not n_lost:
        return ()
    picks = "One pick is" if n_lost == 1 else f"{n_lost} picks are"
    return (f"{picks} no longer known to be free, and nothing as good was left.",)
