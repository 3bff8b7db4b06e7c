"""The filters of reports and portfolios: days, spans and lists, in one format.

Comes in: a style. Goes out: filters by name, beside those of digests.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cohort.funnel import merged_at
from bot.outcomes.progress import Progress
from bot.rendering.formats import DayLength
from bot.rendering.links import profile_address
from bot.rendering.style import Style
from bot.rendering.words import Words
from bot.terms import Week

_HOUR_S = 3600
_REPOSITORY = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")


def cohort_filters(style: Style) -> Mapping[str, Callable[..., object]]:
    """All filters that only reports and portfolios use."""

    def share(n: int, of: int) -> str:
        return style.words.percent(n / of if of else 0.0)

    def sums(groups: Iterable[tuple[str, int]]) -> str:
        return style.listed(style.say(key, n=n) for key, n in groups)

    def short(text: str, limit: int) -> str:
        return style.foreign(text, limit)

    return {
        "share": share,
        "sums": sums,
        "short": short,
        "listed": style.listed,
        "profile_address": profile_address,
        "work_address": work_address,
        "project_address": project_address,
        **_day_filters(style.words),
    }


def _day_filters(words: Words) -> Mapping[str, Callable[..., object]]:
    def day(at: datetime, zone: str, length: DayLength = "day") -> str:
        return words.day(at.astimezone(ZoneInfo(zone)).date(), length)

    def merge_day(pick: Progress, zone: str) -> str:
        return day(merged_at(pick), zone)

    def monday(week: str, length: DayLength = "day_short") -> str:
        return words.day(Week.parse(week).monday_on, length)

    def span(since: datetime, until: datetime) -> str:
        return words.hours((until - since).total_seconds() / _HOUR_S)

    return {"day": day, "merge_day": merge_day, "monday": monday, "span": span}


def work_address(pick: Progress) -> str | None:
    """Where the student's work on a pick is to be seen: the pull request, else the issue."""
    if pick.pull_url:
        return pick.pull_url
    return pick.ref.url if _REPOSITORY.fullmatch(pick.ref.repository) else None


def project_address(repository: str) -> str | None:
    """A project's page; None for what is no name of a repository."""
    return f"https://github.com/{repository}" if _REPOSITORY.fullmatch(repository) else None
