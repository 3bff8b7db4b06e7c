"""The catalogue: a corpus put into columns, so that tens of thousands of issues are asked at once.

Comes in: issues. Goes out: a `Catalogue`; a row is an issue's place in it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.corpus.texts import Ints, Texts, index_texts
from bot.corpus.words import PART_BREAK
from bot.harvest.issue import Issue, Repository
from bot.terms import IssueRef

Floats: TypeAlias = NDArray[np.float64]

#: The fields of an issue, and of a project.
TITLE, LABELS, BODY = range(3)
ABOUT, TOPICS = range(2)
#: A language that is held beside others and whose share nobody knows counts as so much of the
#: project, the first one after the main one; each further one half of it.
UNKNOWN_SHARE = 0.2
#: Only the main language counts whole.
MOST_HELD = 0.99


@dataclass(frozen=True)
class Catalogue:
    """n issues in a fixed order, and their projects, each once."""

    issues: tuple[Issue, ...]
    repositories: tuple[Repository, ...]
    #: The project of each issue, by its place among `repositories`.
    project_of: Ints

    def __len__(self) -> int:
        return len(self.issues)

    @cached_property
    def order(self) -> Ints:
        """Each issue's place by reference: what breaks ties, whatever the corpus' order."""
        places = np.empty(len(self), np.int32)
        refs = [(issue.ref.repository, issue.ref.number) for issue in self.issues]
        by_ref = sorted(range(len(self)), key=refs.__getitem__)
        places[by_ref] = np.arange(len(self), dtype=np.int32)
        return places

    @cached_property
    def row_of(self) -> dict[IssueRef, int]:
        """The row of each issue."""
        return {issue.ref: row for row, issue in enumerate(self.issues)}

    def rows(self, issues: Iterable[Issue]) -> Ints:
        """The rows of these issues, in their order."""
        return np.array([self.row_of[issue.ref] for issue in issues], np.int32)

    @cached_property
    def texts(self) -> Texts:
        """Titles, labels, and bodies where they were read."""
        return index_texts(map(_fields, self.issues), 3)

    @cached_property
    def projects(self) -> Texts:
        """The projects' names with their descriptions, and their topics."""
        return index_texts(map(_project_fields, self.repositories), 2)

    @cached_property
    def _issues_of(self) -> tuple[Ints, NDArray[np.int64]]:
        """Rows grouped by project, and where each project's group begins."""
        rows = np.argsort(self.project_of, kind="stable").astype(np.int32)
        return rows, np.searchsorted(self.project_of[rows], np.arange(len(self.repositories) + 1))

    def spread(self, projects: Ints) -> tuple[Ints, Ints]:
        """The rows of these projects' issues, and for each the place of its project in the list."""
        rows, starts = self._issues_of
        sizes = starts[projects + 1] - starts[projects]
        which = np.repeat(np.arange(len(projects), dtype=np.int32), sizes)
        ends = np.cumsum(sizes)
        within = np.arange(len(which)) - np.repeat(ends - sizes, sizes)
        return rows[starts[projects][which] + within], which

    @cached_property
    def _speakers(self) -> dict[str, tuple[Ints, Floats]]:
        """By language, the projects that hold it, with its share: 1 for the main one."""
        held: dict[str, dict[int, float]] = {}
        for place, repository in enumerate(self.repositories):
            for name, share in language_shares(repository):
                held.setdefault(name, {}).setdefault(place, share)
        return {
            name: (np.array(list(of), np.int32), np.array(list(of.values())))
            for name, of in held.items()
        }

    def speakers(self, language: str) -> tuple[Ints, Floats]:
        """The projects that hold a language, and its share in [0, 1]; 1 for the main one."""
        return self._speakers.get(language, (np.empty(0, np.int32), np.empty(0)))

    def column(self, value: Callable[[Issue], float]) -> Floats:
        """A value of each issue."""
        return np.fromiter(map(value, self.issues), np.float64, len(self))

    def project_column(self, value: Callable[[Repository], float]) -> Floats:
        """A value of each issue's project, asked once a project."""
        told = np.fromiter(map(value, self.repositories), np.float64, len(self.repositories))
        return told[self.project_of]


def build_catalogue(issues: Iterable[Issue]) -> Catalogue:
    """The issues in the order in which they come."""
    rows = tuple(issues)
    places: dict[int, int] = {}
    repositories: list[Repository] = []
    project_of = np.empty(len(rows), np.int32)
    for row, issue in enumerate(rows):
        place = places.setdefault(id(issue.repository), len(repositories))
        if place == len(repositories):
            repositories.append(issue.repository)
        project_of[row] = place
    return Catalogue(rows, tuple(repositories), project_of)


def language_shares(repository: Repository) -> Sequence[tuple[str, float]]:
    """A project's languages: the main one counts whole, the others by their share of the code."""
    facts, main = repository.facts, repository.language
    told = [(main, 1.0)] if main else []
    names = [name for name in (facts and facts.languages) or () if name != main]
    if facts and facts.languages and facts.language_shares:
        shares = dict.fromkeys(facts.languages, 0.0)
        shares |= zip(facts.languages, facts.language_shares, strict=False)
        return [*told, *((name, min(shares[name], MOST_HELD)) for name in names)]
    return [*told, *((name, UNKNOWN_SHARE / 2**place) for place, name in enumerate(names))]


def _fields(issue: Issue) -> tuple[str, str, str]:
    body = (issue.details and issue.details.body) or ""
    return issue.title, PART_BREAK.join(issue.labels), body


def _project_fields(repository: Repository) -> tuple[str, str]:
    facts = repository.facts
    name = repository.name.partition("/")[2]
    if facts is None:
        return name, ""
    return f"{name}{PART_BREAK}{facts.description or ''}", PART_BREAK.join(facts.topics or ())
