"""A look over the whole corpus, for what no single issue shows: floods, series, and standing.

Comes in: all issues of a harvest. Goes out: a `Survey` that the farm rules ask. One pass, linear.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.harvest.issue import Issue

#: A number behind a capital belongs to a name (ERC20, SHA256), so it does not count a series.
_NUMBER = re.compile(r"(?<![A-Z\d])\d+")
#: A number behind fewer words is a version or a date rather than a series.
MIN_SERIES_WORDS = 2
_NO_WORD = re.compile(r"\W+")
#: Stands for every number: no other sign outlives `_NO_WORD`.
_ANY = "#"
#: Hacktoberfest's organizers file an issue under this name in repositories that they exclude.
WARNER = "hacktoberfest-team"


@dataclass(frozen=True, slots=True)
class Survey:
    """Counts over the corpus, by repository or owner."""

    n_of_repository: Counter[str]
    n_of_repository_on: Counter[tuple[str, date]]
    n_of_owner_on: Counter[tuple[str, date]]
    n_of_title: Counter[tuple[str, str]]
    n_of_series: Counter[tuple[str, str]]
    #: The stars of an owner's best known project: what else of theirs people follow.
    stars_of_owner: dict[str, int]
    #: Repositories that Hacktoberfest's organizers warned of.
    warned_of: frozenset[str]

    def standing(self, issue: Issue) -> int | None:
        """The most stars that a project of the issue's owner has; None where nobody knows."""
        facts = issue.repository.facts
        best = self.stars_of_owner.get(issue.ref.owner)
        if facts is None or best is None:
            return best if facts is None else facts.stars
        return max(best, facts.stars)


@lru_cache(maxsize=2**17)
def title_shape(title: str) -> str:
    """A title without case, punctuation and numbers: templated titles share one shape."""
    return _NUMBER.sub(_ANY, _NO_WORD.sub(" ", title)).strip().casefold()


def series_of(title: str) -> str | None:
    """The numbered series that a title seems to belong to (`add lesson #`), or None."""
    head, number, _ = title_shape(title).partition(_ANY)
    return f"{head}{number}" if number and len(head.split()) >= MIN_SERIES_WORDS else None


def survey(issues: Iterable[Issue]) -> Survey:
    """Count what was opened where and when, which titles recur, and who is followed."""
    found = Survey(Counter(), Counter(), Counter(), Counter(), Counter(), {}, frozenset())
    warned_of: set[str] = set()
    for issue in issues:
        _count(issue, found)
        if issue.author == WARNER:
            warned_of.add(issue.ref.repository)
    return replace(found, warned_of=frozenset(warned_of))


def _count(issue: Issue, found: Survey) -> None:
    repository, owner, day = issue.ref.repository, issue.ref.owner, issue.created_at.date()
    found.n_of_repository[repository] += 1
    found.n_of_repository_on[repository, day] += 1
    found.n_of_owner_on[owner, day] += 1
    found.n_of_title[repository, title_shape(issue.title)] += 1
    number = series_of(issue.title)
    if number is not None:
        found.n_of_series[repository, number] += 1
    standing = found.standing(issue)
    if standing is not None:
        found.stars_of_owner[owner] = standing
