"""How screening reads labels: the newest ones, with and without the category they are filed under.

Comes in: labels as projects write them. Goes out: their words, and whether they invite anybody.
"""

from collections.abc import Iterable
from functools import lru_cache

from bot.harvest.issue import Details
from bot.vocabulary import (
    NEWCOMER_LABELS,
    is_invitation_label,
    is_newcomer_label,
    normalise_label,
)

_SEARCHED = frozenset(label.casefold() for label in NEWCOMER_LABELS)
#: Words before a label that only file it; others change its meaning ("never stale").
_CATEGORY = frozenset({"type", "kind", "status", "state", "resolution", "category", "triage"})


def current_labels(details: Details | None, before: tuple[str, ...]) -> tuple[str, ...]:
    """The labels as they were read last: those of `before` where the details tell none."""
    newest = details.labels if details else None
    return before if newest is None else newest


def filed(labels: Iterable[str]) -> frozenset[str]:
    """The labels with and without the category that they are filed under (`status: blocked`)."""
    return frozenset().union(*map(_filed, labels))


def has_invitation(labels: Iterable[str]) -> bool:
    """Does one of these labels invite newcomers, or anybody?"""
    return any(
        label.casefold() in _SEARCHED or is_newcomer_label(label) or is_invitation_label(label)
        for label in labels
    )


@lru_cache(maxsize=2**14)
def _filed(label: str) -> frozenset[str]:
    words = normalise_label(label)
    head, _, rest = words.partition(" ")
    return frozenset({words, rest if head in _CATEGORY else words})
