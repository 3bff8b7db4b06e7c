"""The rules by which a project's figures follow from its pull requests, as plainly as can be.

Comes in: a script's pull requests. Goes out: answerers, median and share. Nothing of `bot` is used,
so that two readings of the rules meet.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf
from statistics import median

from tests.community.script import Pull

NEW = {"FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "NONE"}
OURS = {"OWNER", "MEMBER", "COLLABORATOR"}


def newcomers(pulls: Iterable[Pull]) -> list[Pull]:
    """Those of newcomers, the newest first."""
    newest = sorted(pulls, key=lambda pull: pull.opened_days_ago)[:50]
    times = Counter(pull.author for pull in newest)
    return [
        pull
        for pull in newest
        if pull.author is not None
        and not pull.author.endswith("[bot]")
        and pull.opened_days_ago <= 180
        and (
            pull.association in NEW
            or (pull.association == "CONTRIBUTOR" and times[pull.author] == 1)
        )
    ]


def first_reply(pull: Pull) -> tuple[float, str] | None:
    """After how many hours the project's first word came, and whose it was."""
    for word in pull.said():
        is_person = not word.login.endswith("[bot]")
        if is_person and word.association in OURS and word.login != pull.author:
            return word.after_hours, word.login
    return None


def reckon(
    pulls: Sequence[Pull],
) -> tuple[tuple[tuple[str, int], ...], float | None, float | None]:
    """Answerers, median of hours, share of merges."""
    theirs = newcomers(pulls)
    told = [p for p in theirs if p.end != "open" or p.opened_days_ago > 14]
    merged = [p for p in told if p.end == "merged"]
    share = len(merged) / len(told) if len(told) >= 3 else None
    replies = [(pull, first_reply(pull)) for pull in theirs[:6]]
    hours = [r[0] if r else inf for p, r in replies if r or p.opened_days_ago >= 7]
    middle = median(hours) if len(hours) >= 3 else inf
    names = Counter(reply[1] for _, reply in replies if reply)
    answerers = tuple(sorted(names.items(), key=lambda pair: (-pair[1], pair[0])))
    return answerers, None if middle == inf else middle, share
