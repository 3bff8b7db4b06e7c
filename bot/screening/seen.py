"""What was seen of an issue last: what its signs are read from, found by a search or asked afresh.

Comes in: an issue, or fresh details with the labels known before. Goes out: `Seen`.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.harvest.issue import Details, Issue
from bot.screening.labels import current_labels


@dataclass(frozen=True, slots=True)
class Seen:
    """What may change about an issue until it is sent, as it was read last."""

    #: None before they were read: what they would tell is unknown.
    details: Details | None
    labels: tuple[str, ...]
    is_locked: bool
    #: The moment for which is asked.
    now: datetime


def see_issue(issue: Issue, now: datetime) -> Seen:
    """An issue of the corpus; details say more than the page that it was found on."""
    details = issue.details
    is_locked = details.is_locked if details else issue.is_locked
    return Seen(details, current_labels(details, issue.labels), is_locked, now)


def see_details(details: Details, labels: tuple[str, ...], now: datetime) -> Seen:
    """An issue that was asked for again; `labels` hold where the details tell none."""
    return Seen(details, current_labels(details, labels), details.is_locked, now)
