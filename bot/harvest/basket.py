"""The basket: what the walks of a harvest bring home, on top of what is kept.

Comes in: pages, one after the other. Goes out: every issue once, as it is known now.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.harvest.issue import Issue, Repository, RepositoryFacts, merge_repository


@dataclass(slots=True)
class Basket:
    """Issues and repositories by GitHub's id; `news` and `told` say which are new or changed."""

    issues: dict[str, Issue]
    #: Facts that were read before are too old.
    facts_since: datetime
    repositories: dict[str, Repository] = field(default_factory=dict)
    news: set[str] = field(default_factory=set)
    #: Repositories whose facts were read for the harvest.
    told: set[str] = field(default_factory=set)
    #: Repositories whose issues were listed, and since when: None stands for all of them.
    listed: dict[str, datetime | None] = field(default_factory=dict)
    #: What cannot be read whatever it costs, in words.
    gaps: list[str] = field(default_factory=list)
    n_put: int = 0
    n_hidden: int = 0
    #: Results that GitHub counted: a token that finds nothing at all cannot search.
    n_counted: int = 0

    @classmethod
    def of(cls, kept: Iterable[Issue], facts_since: datetime) -> "Basket":
        """A basket with what is kept in it."""
        issues = {issue.id: issue for issue in kept}
        repositories = {one.repository.id: one.repository for one in issues.values()}
        return cls(issues, facts_since, repositories)

    def of_topic(self, topic: str) -> Iterator[Repository]:
        """The repositories that are known to have a topic."""
        for repository in self.repositories.values():
            if topic in ((repository.facts and repository.facts.topics) or ()):
                yield repository

    def put(self, issues: Iterable[Issue], n_hidden: int = 0) -> None:
        """Take in what a page shows."""
        for issue in issues:
            repository = self._repository(issue.repository)
            known = self.issues.get(issue.id)
            details = known.details if known is not None and _still_holds(known, issue) else None
            self.issues[issue.id] = replace(issue, repository=repository, details=details)
            self.news.add(issue.id)
            self.n_put += 1
        self.n_hidden += n_hidden

    def add_facts(self, facts: Mapping[str, RepositoryFacts], asked: Iterable[Repository]) -> None:
        """Take in what was read of the repositories that were asked for."""
        for repository in asked:
            if repository.id in facts:
                told = replace(repository, facts=facts[repository.id])
                known = self.repositories.get(repository.id)
                self.repositories[repository.id] = merge_repository(known, told)
                self.told.add(repository.id)

    def known(self, repository: Repository) -> Repository:
        """The repository with what was read of it."""
        return self.repositories.get(repository.id, repository)

    def has_facts(self, repository_id: str) -> bool:
        """Whether the repository's languages and topics were read, and not too long ago."""
        known = self.repositories.get(repository_id)
        read_at = known.facts.read_at if known and known.facts else None
        return read_at is not None and read_at >= self.facts_since

    def _repository(self, shown: Repository) -> Repository:
        """The one object of a repository: as the page shows it, with what was read before."""
        known = self.repositories.get(shown.id)
        merged = merge_repository(known, shown)
        if known is not None and merged == known:
            return known
        self.repositories[shown.id] = merged
        return merged

    def is_listed(self, repository_id: str, since: datetime | None) -> bool:
        """Was all that changed since then listed? A project of two topics is listed once."""
        if repository_id not in self.listed:
            return False
        known = self.listed[repository_id]
        return known is None or (since is not None and known <= since)

    def note_listed(self, ids: Iterable[str], since: datetime | None) -> None:
        """Write down what was listed."""
        for one in ids:
            if not self.is_listed(one, since):
                self.listed[one] = since

    def found(self) -> tuple[Issue, ...]:
        """All issues by reference; those of one repository share its newest object."""
        current = (
            one
            if one.repository is self.repositories[one.repository.id]
            else replace(one, repository=self.repositories[one.repository.id])
            for one in self.issues.values()
        )
        return tuple(sorted(current, key=lambda issue: (issue.ref, issue.id)))


def _still_holds(known: Issue, shown: Issue) -> bool:
    """Do the details that are known hold for what a search shows now, open and free?"""
    details = known.details
    if details is None or shown.updated_at > details.read_at:
        return False
    is_linked = any(pull.closes for pull in details.pull_requests or ())
    return details.is_open and not details.assigned and not is_linked
