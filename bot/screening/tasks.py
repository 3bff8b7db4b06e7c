"""What is no task, waits for something, or is kept for somebody.

Comes in: an issue. Goes out: why there is nothing to start on, in a clause, or None.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.harvest.issue import Issue
from bot.vocabulary import (
    NEWCOMER_LABELS,
    is_invitation_label,
    is_newcomer_label,
    normalise_label,
)

_SEARCHED = frozenset(label.casefold() for label in NEWCOMER_LABELS)
#: Not here: "rfc" and "roadmap". Measured on the listings of 2021-2026, 11 of 12 issues labelled so
#: and still left were tasks of their own, as were the three on a roadmap.
NOT_A_TASK = frozenset(
    {"duplicate", "invalid", "question", "wontfix", "wont fix", "won t fix", "support", "spam"}
    | {"tracking", "tracking issue", "tracker", "meta", "epic", "umbrella"}
    | {"discussion", "needs discussion", "for discussion", "announcement", "stale"}
    | {"needs info", "needs more info"}
)
#: Words before such a label that only file it; others change its meaning ("never stale").
_CATEGORY = frozenset({"type", "kind", "status", "state", "resolution", "category", "triage"})
#: Programmes whose participants alone are assigned: the summers and winters of code that the
#: listings name, and the waves that pay (OnlyDust, Stellar, GrantFox).
_PROGRAMME = re.compile(
    r"\b(?:(?:gs|s|v|ec|hs|hcs|b|k|lgm ?)soc(?![a-z])|(?:s|k|j|i|d|hcs)woc|osswave|"
    r"odhack|onlydust|grantfox|(?:stellar|drips) wave|hackt?oberfest accepted)"
)
#: Some projects file every wish as RFC or META: what says what to do is a task.
_TO_DO = r"(?!\W+(?:add|implement|support|set ?up|remove|fix|create|update|use|write|move)\w*\b)"
_TRACKER = re.compile(
    rf"^\W*(?:tracking|tracker|(?:meta|rfc){_TO_DO}|epic|umbrella|roadmap|discussion|announcement)"
    r"(?:\s*(?:$|[\]):|–—])|\s+-|[\s-]+issues?\b)|"
    r"^\W*(?:(?:roadmap|epic)\s+(?:for\s+)?(?!\d+/\d)[vq]?\d|welcome\s+new\b)",
    re.IGNORECASE,
)
_BOX = re.compile(r"^[ \t]*[-*][ \t]+\[[ xX]\]", re.MULTILINE)
#: A list of so many boxes tracks other work.
MAX_BOXES = 15
#: Somebody tried out how issues work.
_TRIAL = re.compile(
    r"(?:(?:this is )?(?:an?|my|the|some|first|new|awesome|good|sample|example|dummy|test|1st) )*"
    r"(?:issues?|test|titles?|untitled|help wanted|hello(?: world)?|hi|asdf?)"
    r"[\W\d]*",
    re.IGNORECASE,
)


def not_a_task_label(issue: Issue) -> str | None:
    """A label says that there is nothing to do yet, or at all."""
    found = filed_labels(issue) & NOT_A_TASK
    return f"it is labelled {min(found)!r}" if found else None


def tracker(issue: Issue) -> str | None:
    """It tracks other work, talks it over, or announces it."""
    if _TRACKER.search(issue.title):
        return "its title says that it tracks other work"
    boxes = len(_BOX.findall((issue.details and issue.details.body) or ""))
    return f"it is a list of {boxes} boxes" if boxes > MAX_BOXES else None


def nameless(issue: Issue) -> str | None:
    """Its title names no work: signs alone, or somebody's trial."""
    has_word = any(char.isalnum() for char in issue.title)
    is_trial = _TRIAL.fullmatch(issue.title.strip()) is not None
    return "its title says nothing" if is_trial or not has_word else None


def pinned(issue: Issue) -> str | None:
    """Projects pin what everybody should read."""
    return "it is pinned, as announcements are" if issue.is_pinned else None


def locked(issue: Issue) -> str | None:
    """Nobody from outside may even ask."""
    is_locked = issue.details.is_locked if issue.details else issue.is_locked
    return "it is locked" if is_locked else None


def blocked(issue: Issue) -> str | None:
    """It waits for other work."""
    if "blocked" in filed_labels(issue) or (issue.details and issue.details.n_blocked_by):
        return "it waits for other work"
    return None


def reserved(issue: Issue) -> str | None:
    """It is kept for a programme's participants."""
    is_programme = any(_is_programme(label) for label in current_labels(issue))
    return "it is reserved for a contribution programme's participants" if is_programme else None


def withdrawn(issue: Issue) -> str | None:
    """Its invitation was taken back since the search: projects do so when a crowd comes."""
    newest = issue.details.labels if issue.details else None
    return "its beginner label was taken off" if newest is not None and not invite(newest) else None


def invite(labels: Iterable[str]) -> bool:
    """Does one of these labels invite newcomers, or anybody?"""
    return any(
        label.casefold() in _SEARCHED or is_newcomer_label(label) or is_invitation_label(label)
        for label in labels
    )


def current_labels(issue: Issue) -> tuple[str, ...]:
    """The labels as they were read last."""
    newest = issue.details.labels if issue.details else None
    return issue.labels if newest is None else newest


def filed_labels(issue: Issue) -> frozenset[str]:
    """The labels with and without the category that they are filed under (`status: blocked`)."""
    return filed(current_labels(issue))


def filed(labels: Iterable[str]) -> frozenset[str]:
    """The same for labels alone."""
    return frozenset().union(*map(_filed, labels))


@lru_cache(maxsize=2**14)
def _filed(label: str) -> frozenset[str]:
    words = normalise_label(label)
    head, _, rest = words.partition(" ")
    return frozenset({words, rest if head in _CATEGORY else words})


@lru_cache(maxsize=2**14)
def _is_programme(label: str) -> bool:
    return _PROGRAMME.search(normalise_label(label)) is not None
