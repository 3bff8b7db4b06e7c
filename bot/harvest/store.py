"""The store: what harvests brought home, kept from run to run.

Comes in: what is new of a harvest. Goes out: all that is kept. What is lost costs points, nothing
else.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.harvest.issue import Issue, Repository
from bot.harvest.reading import Headway

#: So long what was seen of an issue or a project is believed; then, if it is wanted for a digest,
#: it is asked for again. Of fresh issues one in four is gone after three days (GoodFirstIssues'
#: snapshots of 2021 to 2024: 5 to 8 % assigned, 17 to 19 % closed or relabelled).
BELIEVED_FOR = timedelta(days=3)
#: A project's topics, languages and guide change seldom: our judgement.
FACTS_HOLD = timedelta(days=28)
#: What no search has shown for so long is forgotten, however the searches fare: our judgement.
MAX_KEPT = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept: issues with what is known of them, by reference, and the searches."""

    issues: tuple[Issue, ...] = ()
    #: By the search's key.
    progress: Mapping[str, Headway] = field(default_factory=dict)
    #: What the harvests of a week have cost so far, in points.
    points: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """What a harvest changes of what is kept."""

    #: New ones, and those that changed; each with its repository.
    issues: tuple[Issue, ...] = ()
    #: Repositories whose facts were read.
    repositories: tuple[Repository, ...] = ()
    progress: Mapping[str, Headway] = field(default_factory=dict)
    #: Ids of issues that are not kept any longer.
    forgotten: frozenset[str] = frozenset()
    #: What it has cost, by week: added to what is known.
    points: Mapping[str, int] = field(default_factory=dict)

    def followed_by(self, later: "News") -> "News":
        """Both, in their order."""
        issues = {one.id: one for one in (*self.issues, *later.issues)}
        return News(
            issues=tuple(issues.values()),
            repositories=(*self.repositories, *later.repositories),
            progress={**self.progress, **later.progress},
            forgotten=self.forgotten | later.forgotten,
            points=Counter(self.points) + Counter(later.points),
        )


class IssueStore(Protocol):
    """Keeps what was harvested; each method happens whole or not at all, or raises JournalError."""

    def recall(self) -> Kept:
        """All that is kept. Issues of one repository share one object for it."""

    def keep(self, news: News) -> None:
        """Take in what is new. An issue that is known is replaced; `progress` is put in place of
        what was known of the searches that it names; a repository without facts takes none away;
        points are added.
        """
