"""A look over the whole corpus, for what no single issue shows: floods and templated titles.

Comes in: all issues of a harvest. Goes out: a `Survey` that the farm rules ask.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.harvest.issue import Issue

_NUMBER = re.compile(r"\d+")
#: A number behind fewer words is a version or a date rather than a series.
MIN_SERIES_WORDS = 2
_NO_WORD = re.compile(r"\W+")
#: Stands for every number: a digit, because nothing but a number may look like one ("C#").
_ANY = "0"


@dataclass(frozen=True, slots=True)
class Survey:
    """Counts over the corpus, by repository or owner."""

    n_of_repository_on: Counter[tuple[str, date]]
    n_of_owner_on: Counter[tuple[str, date]]
    n_of_title: Counter[tuple[str, str]]
    n_of_series: Counter[tuple[str, str]]


def title_shape(title: str) -> str:
    """A title without case, punctuation and numbers: templated titles share one shape."""
    return _NO_WORD.sub(" ", _NUMBER.sub(_ANY, title.casefold())).strip()


def series_of(title: str) -> str | None:
    """The numbered series that a title seems to belong to (`add lesson 0`), or None."""
    head, number, _ = title_shape(title).partition(_ANY)
    return f"{head}{number}" if number and len(head.split()) >= MIN_SERIES_WORDS else None


def survey(issues: Iterable[Issue]) -> Survey:
    """Count what was opened where and when, and which titles recur."""
    repositories: Counter[tuple[str, date]] = Counter()
    owners: Counter[tuple[str, date]] = Counter()
    titles: Counter[tuple[str, str]] = Counter()
    series: Counter[tuple[str, str]] = Counter()
    for issue in issues:
        day = issue.created_at.date()
        repositories[issue.ref.repository, day] += 1
        owners[issue.ref.owner, day] += 1
        titles[issue.ref.repository, title_shape(issue.title)] += 1
        number = series_of(issue.title)
        if number is not None:
            series[issue.ref.repository, number] += 1
    return Survey(repositories, owners, titles, series)
