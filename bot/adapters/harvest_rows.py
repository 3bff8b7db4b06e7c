"""Rows of the harvest's tables: what was harvested as a database takes it, and back.

Comes in: issues, repositories, progress; or rows. Goes out: the other. A value that no database
can hold is replaced; a row that cannot be read is None, and facts or details that cannot are
unknown.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from bot.harvest.issue import Details, Issue, Repository, RepositoryFacts
from bot.harvest.reading import Headway, Reading
from bot.terms import IssueRef

T = TypeVar("T")

#: UTF-8 has no half of a surrogate pair, and PostgreSQL's text no NUL; JSON may bring both.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")

_FACTS = TypeAdapter(RepositoryFacts)
_DETAILS = TypeAdapter(Details)
_LABELS = TypeAdapter(tuple[str, ...])
_READINGS = TypeAdapter(tuple[Reading, ...])

#: How a value fails that this module never wrote: in its form, its type, its repository or its
#: calendar.
_UNREADABLE = (ValueError, TypeError, KeyError, OverflowError)


def writable(text: str) -> str:
    """The text with U+FFFD for what a database cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)


def repository_row(repository: Repository) -> dict[str, object]:
    """The columns of `harvested_repositories`."""
    facts = repository.facts
    return {
        "id": writable(repository.id),
        "name": writable(repository.name),
        "language": repository.language and writable(repository.language),
        "facts": None if facts is None else to_json(_FACTS, facts),
        "read_at": None if facts is None else _stored(facts.read_at),
    }


def issue_row(issue: Issue) -> dict[str, object]:
    """The columns of `harvested_issues`; the repository's own are elsewhere."""
    return {
        "id": writable(issue.id),
        "repository_id": writable(issue.repository.id),
        "number": issue.ref.number,
        "title": writable(issue.title),
        "created_at": _stored(issue.created_at),
        "updated_at": _stored(issue.updated_at),
        "seen_at": _stored(issue.seen_at),
        "labels": to_json(_LABELS, issue.labels),
        "author": issue.author and writable(issue.author),
        "association": writable(issue.association),
        "is_locked": issue.is_locked,
        "is_pinned": issue.is_pinned,
        "details": None if issue.details is None else to_json(_DETAILS, issue.details),
    }


def progress_row(search: str, progress: Headway) -> dict[str, object]:
    """The columns of `harvest_progress`."""
    return {
        "search": writable(search),
        "read_at": _stored(progress.read_at),
        "looked_at": _stored(progress.looked_at),
        "unfinished": to_json(_READINGS, progress.unfinished),
        "n_found": progress.n_found,
    }


def repository_of(row: Sequence[Any]) -> Repository | None:
    """The repository of a row; its facts are unknown where they cannot be read."""
    id_, name, language, facts, _ = row
    try:
        return Repository(
            _text(id_),
            _text(name),
            None if language is None else sys.intern(language),
            _facts(facts),
        )
    except TypeError:
        return None


def progress_of(row: Sequence[Any]) -> Headway | None:
    """The progress of a row; without it a search is read afresh."""
    _, read_at, looked_at, unfinished, n_found = row
    try:
        return Headway(
            None if read_at is None else _moment(read_at),
            None if looked_at is None else _moment(looked_at),
            _readings(unfinished),
            _number(n_found),
        )
    except _UNREADABLE:
        return None


def points_of(row: Sequence[Any]) -> int:
    """The points of a week's row; what is no number counts as none."""
    points = row[1]
    return points if isinstance(points, int) else 0


class IssueRows:
    """Reads many issues: those of one repository share it, and equal labels are one tuple."""

    def __init__(self, repositories: Mapping[str, Repository]) -> None:
        self._repositories = repositories
        self._labels: dict[str, tuple[str, ...]] = {}
        self._moments: dict[str, datetime] = {}

    def issue(self, row: Sequence[Any]) -> Issue | None:
        """The issue of a row; its details are unknown where they cannot be read."""
        try:
            return self._issue(row)
        except _UNREADABLE:
            return None

    def _issue(self, row: Sequence[Any]) -> Issue:
        id_, repository_id, number, title, created_at, updated_at, seen_at, labels, *rest = row
        author, association, is_locked, is_pinned, details = rest
        repository = self._repositories[repository_id]
        return Issue(
            _text(id_),
            # A renamed project renames its issues: its old name may be another's by now.
            IssueRef(repository.name, _number(number)),
            repository,
            _text(title),
            _moment(created_at),
            _moment(updated_at),
            self._shared_labels(labels),
            is_locked,
            is_pinned,
            None if author is None else _text(author),
            self._shared_moment(seen_at),
            sys.intern(association),
            _details(details),
        )

    def _shared_labels(self, text: str) -> tuple[str, ...]:
        if text not in self._labels:
            names = _LABELS.validate_json(text, strict=True)
            self._labels[text] = tuple(sys.intern(name) for name in names)
        return self._labels[text]

    def _shared_moment(self, text: str) -> datetime:
        if text not in self._moments:
            self._moments[text] = _moment(text)
        return self._moments[text]


def to_json(kind: TypeAdapter[T], value: T) -> str:
    """The value as JSON that every database can hold."""
    try:
        return kind.dump_json(value).decode()
    except PydanticSerializationError:
        plain = kind.dump_python(value, mode="json")
        return writable(json.dumps(plain, ensure_ascii=False))


def _facts(text: str | None) -> RepositoryFacts | None:
    try:
        facts = None if text is None else _FACTS.validate_json(text, strict=True)
        if facts is not None:
            record = facts.record
            moments = facts.created_at, facts.pushed_at, facts.read_at
            _require_sound(*moments, record.read_at if record else None)
    except _UNREADABLE:
        return None
    return facts


def _details(text: str | None) -> Details | None:
    try:
        details = None if text is None else _DETAILS.validate_json(text, strict=True)
        if details is not None:
            _require_sound(details.read_at, *(one.created_at for one in details.comments or ()))
    except _UNREADABLE:
        return None
    return details


def _readings(text: str) -> tuple[Reading, ...]:
    readings = _READINGS.validate_json(text, strict=True)
    for reading in readings:
        _require_sound(reading.begun_at, reading.since)
    return readings


def _stored(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC, which sorts as it is; ValueError for a moment without a zone."""
    return None if moment is None else _in_utc(moment).isoformat()


def _in_utc(moment: datetime) -> datetime:
    """OverflowError where UTC has no such moment, as in the first hours of year 1 in the east."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    _require_sound(moment)
    return moment


def _require_sound(*moments: datetime | None) -> None:
    """What is read can be written again; ValueError or OverflowError if not."""
    for moment in moments:
        if moment is not None:
            _in_utc(moment)


# SQLite keeps whatever was put into a column, of any type.
def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("no number")
    return value
