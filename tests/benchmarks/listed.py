"""Real listings as issues that a harvest brought home; what a listing does not tell is unknown.

Comes in: `newcomer_issues.jsonl.gz` and `issues.jsonl`. Goes out: issues by their row's number.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from bot.harvest.issue import Details, Issue, Repository, RepositoryFacts
from bot.resources import data
from bot.sandbox.listings import guess_main_language
from bot.terms import IssueRef
from tests.benchmarks.listings import newest_listings, read_listings

#: Rows of `issues.jsonl` are numbered behind those of the other file.
SECOND_FILE = 1_000_000
#: What is added to the numbers of issues that stand for others.
LAP = 10_000_000
#: Facts always have stars; so many count neither for nor against a project.
UNKNOWN_STARS = 10
#: `issues.jsonl` does not say when it was listed; its newest rows are of this day.
LISTED_AT = datetime(2025, 7, 13, tzinfo=UTC)


def read_listed(folder: Path) -> dict[int, Issue]:
    """Every issue once, by its row, counted from 1; a repository is one object."""
    known: dict[tuple[Any, ...], Repository] = {}
    first = newest_listings(read_listings(folder / "newcomer_issues.jsonl.gz"))
    issues = {
        number: listed_issue(row, known) for number, row in first.values() if not row["assignees"]
    }
    taken = {issue.ref.folded for issue in issues.values()}
    for number, row in read_listings(folder / "issues.jsonl"):
        issue = _curated(row, known)
        if issue.ref.folded not in taken:
            issues[SECOND_FILE + number] = issue
    return issues


def read_rows(path: Path, n: int) -> list[Issue]:
    """`n` issues of a file of listings; beyond its end the same again under other numbers."""
    known: dict[tuple[Any, ...], Repository] = {}
    read = [listed_issue(row, known) for _, row in read_listings(path)]
    laps = range(-(-n // len(read)))
    every = (
        replace(issue, ref=IssueRef(issue.ref.repository, issue.ref.number + lap * LAP))
        for lap in laps
        for issue in read
    )
    return list(islice(every, n))


def listed_issue(row: dict[str, Any], known: dict[tuple[Any, ...], Repository]) -> Issue:
    """The issue that a row tells of; rows that tell the same of a project share its object."""
    languages = tuple(row["languages"])
    key = (row["repo"], row["stars"], row["description"], languages)
    if key not in known:
        facts = _facts(row["description"], None, languages, row["stars"])
        known[key] = Repository(row["repo"], row["repo"], guess_main_language(languages), facts)
    seen_at = datetime.fromisoformat(row["seen_at"])
    created_at = datetime.fromisoformat(row["created_at"].replace("Z", "+00:00"))
    return _issue(known[key], row, tuple(row["labels"]), (created_at, seen_at))


def _curated(row: dict[str, Any], known: dict[tuple[Any, ...], Repository]) -> Issue:
    """A row whose tags are labels and topics together: what GitHub knows as a topic is one."""
    topics = tuple(sorted(set(row["tags"]) & _topics()))
    labels = tuple(tag for tag in row["tags"] if tag not in topics)
    language = row.get("language") or next(_languages(topics), None)
    key = (row["repo"], topics)
    if key not in known:
        facts = _facts(
            row.get("description"), topics, (language,) if language else (), row.get("stars")
        )
        known[key] = Repository(row["repo"], row["repo"], language, facts)
    created_at = datetime.fromisoformat(row["created"]).replace(tzinfo=UTC)
    return _issue(known[key], row, labels, (created_at, LISTED_AT))


@cache
def _topics() -> frozenset[str]:
    """The topics that GitHub's explorers describe, and ours."""
    names = ("topics.json", "own_topics.json")
    return frozenset().union(*(json.loads(data(name).read_text("utf-8")) for name in names))


def _languages(topics: tuple[str, ...]) -> Iterator[str]:
    """The languages that a project names among its topics, the rarer ones first."""
    named = {"julia": "Julia", "rust": "Rust", "fortran": "Fortran", "cpp": "C++", "java": "Java"}
    named |= {"javascript": "JavaScript", "r": "R", "python": "Python", "c": "C"}
    return (language for topic, language in named.items() if topic in topics)


def _issue(
    repository: Repository,
    row: dict[str, Any],
    labels: tuple[str, ...],
    when: tuple[datetime, datetime],
) -> Issue:
    created_at, seen_at = when
    details = Details(True, False, (), None, None, None, 0, seen_at, n_comments=row.get("comments"))
    return Issue(
        id=f"{row['repo']}#{row['number']}",
        ref=IssueRef(row["repo"], row["number"]),
        repository=repository,
        title=row["title"],
        created_at=created_at,
        updated_at=seen_at,
        labels=labels,
        is_locked=False,
        is_pinned=False,
        author=None,
        seen_at=seen_at,
        details=details,
    )


def _facts(
    description: str | None,
    topics: tuple[str, ...] | None,
    languages: tuple[str, ...],
    stars: int | None,
) -> RepositoryFacts:
    return RepositoryFacts(
        description=description,
        topics=topics,
        languages=languages,
        stars=UNKNOWN_STARS if stars is None else stars,
        forks=None,
        licence=None,
        created_at=None,
        pushed_at=None,
        is_archived=False,
        is_fork=False,
        is_mirror=False,
        is_template=False,
        guide=None,
        has_discussions=False,
    )
