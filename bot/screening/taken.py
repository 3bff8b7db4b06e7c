"""What somebody works on already, or what is done.

Comes in: an issue and, for claims, the time. Goes out: why it is not free, in a clause, or None.
"""

from datetime import datetime

from bot.harvest.issue import Issue
from bot.screening.claims import live_claim
from bot.screening.tasks import filed_labels

STARTED = frozenset(
    {"assigned", "in progress", "wip", "work in progress", "claimed", "taken", "has pr", "pr open"}
    | {"self assigned", "is assigned", "community contribution in progress", "in review"}
)


def closed(issue: Issue) -> str | None:
    """Closed since the search."""
    return "it is closed" if issue.details and not issue.details.is_open else None


def assigned(issue: Issue) -> str | None:
    """Somebody's name stands on it."""
    n_assigned = len(issue.details.assigned) if issue.details else issue.n_assigned
    return "somebody is assigned" if n_assigned else None


def started_label(issue: Issue) -> str | None:
    """A label says that somebody is on it."""
    started = filed_labels(issue) & STARTED
    return f"it is labelled {min(started)!r}" if started else None


def pull_request(issue: Issue) -> str | None:
    """A pull request would close it, or did the work."""
    pulls = (issue.details and issue.details.pull_requests) or ()
    if any(pull.state == "MERGED" and pull.closes for pull in pulls):
        return "a pull request for it was merged"
    is_open = any(pull.state == "OPEN" and pull.closes for pull in pulls)
    return "an open pull request would close it" if is_open else None


def claimed(issue: Issue, now: datetime) -> str | None:
    """A claim in a comment that holds at `now`."""
    comments = (issue.details and issue.details.comments) or ()
    claim = live_claim(comments, now)
    return "somebody said in a comment that they are on it" if claim else None
