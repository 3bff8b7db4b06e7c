"""What is no task, waits for something, or is kept for somebody.

Comes in: an issue; for what may change until it is sent, what was seen of it last. Goes out: why
there is nothing to start on, in a clause, or None. What "measured" says: on GoodFirstIssues'
listings (iedr/goodfirstissues) of six months from 2021-06 to 2026-08.
"""

import re
from functools import lru_cache

from bot.harvest.issue import Issue
from bot.screening.labels import filed, has_invitation
from bot.screening.seen import Seen
from bot.vocabulary import normalise_label

#: Not here: "rfc" and "roadmap". Measured: of what no rule drops 26 issues are labelled "rfc", each
#: a task of its own, all of one project; and three "roadmap", two of them plain tasks by title.
NOT_A_TASK = frozenset(
    {"duplicate", "invalid", "question", "wontfix", "wont fix", "won t fix", "support", "spam"}
    | {"tracking", "tracking issue", "tracker", "meta", "epic", "umbrella"}
    | {"discussion", "needs discussion", "for discussion", "announcement", "stale"}
    | {"needs info", "needs more info"}
)
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
#: A list of more boxes tracks other work: our judgement.
MAX_BOXES = 15
#: Somebody tried out how issues work.
_TRIAL = re.compile(
    r"(?:(?:this is )?(?:an?|my|the|some|first|new|awesome|good|sample|example|dummy|test|1st) )*"
    r"(?:issues?|test|titles?|untitled|help wanted|hello(?: world)?|hi|asdf?)"
    r"[\W\d]*",
    re.IGNORECASE,
)


def not_a_task_label(seen: Seen) -> str | None:
    """A label says that there is nothing to do yet, or at all."""
    found = filed(seen.labels) & NOT_A_TASK
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


def locked(seen: Seen) -> str | None:
    """Nobody from outside may even ask."""
    return "it is locked" if seen.is_locked else None


def blocked(seen: Seen) -> str | None:
    """It waits for other work."""
    is_waiting = seen.details is not None and seen.details.n_blocked_by > 0
    return "it waits for other work" if is_waiting or "blocked" in filed(seen.labels) else None


def reserved(seen: Seen) -> str | None:
    """It is kept for a programme's participants."""
    is_programme = any(map(_is_programme, seen.labels))
    return "it is reserved for a contribution programme's participants" if is_programme else None


def withdrawn(seen: Seen) -> str | None:
    """Its invitation was taken back since the search: projects do so when a crowd comes."""
    newest = seen.details.labels if seen.details else None
    is_withdrawn = newest is not None and not has_invitation(newest)
    return "its beginner label was taken off" if is_withdrawn else None


@lru_cache(maxsize=2**14)
def _is_programme(label: str) -> bool:
    return _PROGRAMME.search(normalise_label(label)) is not None
