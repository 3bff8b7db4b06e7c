"""What somebody works on already, or what is done.

Comes in: what was seen of an issue last. Goes out: why it is not free, in a clause, or None.
"""

from bot.screening.claims import live_claim
from bot.screening.labels import filed
from bot.screening.seen import Seen

STARTED = frozenset(
    {"assigned", "in progress", "wip", "work in progress", "claimed", "taken", "has pr", "pr open"}
    | {"self assigned", "is assigned", "community contribution in progress", "in review"}
)


def closed(seen: Seen) -> str | None:
    """Closed since the search."""
    return "it is closed" if seen.details and not seen.details.is_open else None


def assigned(seen: Seen) -> str | None:
    """Somebody's name stands on it."""
    return "somebody is assigned" if seen.details and seen.details.assigned else None


def started_label(seen: Seen) -> str | None:
    """A label says that somebody is on it."""
    started = filed(seen.labels) & STARTED
    return f"it is labelled {min(started)!r}" if started else None


def pull_request(seen: Seen) -> str | None:
    """A pull request would close it, or did the work."""
    pulls = (seen.details and seen.details.pull_requests) or ()
    if any(pull.state == "MERGED" and pull.closes for pull in pulls):
        return "a pull request for it was merged"
    is_open = any(pull.state == "OPEN" and pull.closes for pull in pulls)
    return "an open pull request would close it" if is_open else None


def claimed(seen: Seen) -> str | None:
    """A claim in a comment that still holds."""
    comments = (seen.details and seen.details.comments) or ()
    claim = live_claim(comments, seen.now)
    return "somebody said in a comment that they are on it" if claim else None
