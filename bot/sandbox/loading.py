"""Reads a world from a file of JSON lines (also .gz).

Comes in: rows of the world format (they have a "type", see `rows`), in any order, or listings (see
`listings`). Goes out: a `World` at the file's moment: the clock row's, the newest `seen_at`, or the
one handed in, from which relative times count then. In the world format silence means none: an
issue without comments has none, without pull requests none is linked.
Raises ValueError, as `path:line: what is wrong`.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from pydantic import ValidationError

from bot.sandbox.discussions import Discussion, DiscussionComment
from bot.sandbox.listings import LISTING_UNKNOWN, Listing, Listings
from bot.sandbox.rows import (
    ANY_ROW,
    AnyRow,
    CommentRow,
    DiscussionRow,
    IssueRow,
    PullRequestRow,
    RepositoryRow,
    ReviewRow,
    UserRow,
    parse_moment,
)
from bot.sandbox.things import Comment, Event, Issue, PullRequest, Repository, Review
from bot.sandbox.timeline import NEW_LABEL_COLOUR
from bot.sandbox.world import World

Located = tuple[int, dict[str, object]]


def load_world(path: Path | str, now: datetime | None = None) -> World:
    """Read a world file; `now` stands in for the file's own clock."""
    path = Path(path)
    world = World()
    listings = Listings(world)
    rows: list[Located] = []
    for line, row in _read(path):
        if "type" in row:
            rows.append((line, row))
        else:
            with _located(path, line):
                listings.add(Listing.model_validate(row))
                world.unknown = LISTING_UNKNOWN
    clock = now or _clock(path, rows) or listings.newest
    if clock is not None:
        world.set_now(clock)
    _add_rows(world, path, rows)
    return world


def _add_rows(world: World, path: Path, rows: Iterable[Located]) -> None:
    """Check the rows of a world, then add them: accounts and repositories first."""
    checked: list[tuple[int, AnyRow]] = []
    context = {"now": world.now}
    for line, facts in rows:
        with _located(path, line):
            checked.append((line, ANY_ROW.validate_python(facts, context=context)))
    for kind in (UserRow, RepositoryRow, IssueRow, PullRequestRow, DiscussionRow):
        for line, row in checked:
            if isinstance(row, kind):
                with _located(path, line):
                    _add(world, row)


def _open(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _read(path: Path) -> Iterator[Located]:
    with _open(path) as file:
        for line, text in enumerate(file, start=1):
            if not text.strip():
                continue
            with _located(path, line):
                yield line, _parse(text)


def _parse(text: bytes) -> dict[str, object]:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise ValueError(f"this is no JSON: {error}") from error
    if isinstance(row, dict):
        return row
    raise ValueError("a row must be a JSON object")


@contextmanager
def _located(path: Path, line: int) -> Iterator[None]:
    """Say where a row stands if something is wrong with it."""
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{path}:{line}: {place}: {first['msg']}") from error
    except ValueError as error:
        raise ValueError(f"{path}:{line}: {error}") from error


def _clock(path: Path, rows: Iterable[Located]) -> datetime | None:
    for line, row in rows:
        if row["type"] == "clock":
            with _located(path, line):
                return parse_moment(row.get("now"), datetime.now(UTC))
    return None


def _add(world: World, row: AnyRow) -> None:
    match row:
        case UserRow():
            facts = row.model_dump(exclude={"type", "login"})
            world.add_user(row.login, **facts | {"bot": row.bot or row.login.endswith("[bot]")})
        case RepositoryRow():
            world.add_repository(row.name, **row.model_dump(exclude={"type", "name"}))
        case IssueRow():
            _add_issue(world, row)
        case PullRequestRow():
            _add_pull_request(world, row)
        case DiscussionRow():
            _add_discussion(world, row)


def _home(world: World, row: IssueRow | PullRequestRow | DiscussionRow) -> Repository:
    home = world.repository(row.repository)
    if home is None:
        raise ValueError(f"there is no row for the repository {row.repository}")
    return home


def _add_issue(world: World, row: IssueRow) -> None:
    """Add an issue; its newest sign of life is its `updated_at`, if no other is told."""
    said = [c.created_at for c in row.comments or () if c.created_at is not None]
    updated_at = row.updated_at or max([row.created_at, *said])
    home = _home(world, row)
    issue = Issue(world.next_id(), home, row.number, row.title, row.created_at, updated_at)
    for name in ("body", "author", "association", "state", "state_reason", "labels", "assignees"):
        setattr(issue, name, getattr(row, name))
    for name in ("locked", "pinned", "milestone", "issue_type", "blocked_by"):
        setattr(issue, name, getattr(row, name))
    issue.linked = []
    if issue.state == "CLOSED":
        issue.closed_at = row.closed_at or updated_at
        issue.state_reason = row.state_reason or "COMPLETED"
        issue.timeline.append(Event("ClosedEvent", issue.closed_at, subject=issue.state_reason))
    for login in row.assignees:
        issue.timeline.append(Event("AssignedEvent", updated_at, subject=login))
    for name in row.labels:
        home.labels.setdefault(name, NEW_LABEL_COLOUR)
    world.add(issue)
    issue.comments = None if row.comments is None else _comments(world, issue, row.comments)


def _comments(
    world: World, parent: Issue | PullRequest, rows: Iterable[CommentRow]
) -> list[Comment]:
    made = []
    for row in rows:
        at = row.created_at or parent.created_at
        comment = Comment(world.next_id(), row.author, row.body, at, row.association, at)
        comment.parent = parent
        world.nodes[comment.node_id] = comment
        made.append(comment)
    return sorted(made, key=lambda comment: comment.created_at)


def _reviews(world: World, pull: PullRequest, rows: Iterable[ReviewRow]) -> list[Review]:
    made = []
    for row in rows:
        at = row.submitted_at or pull.created_at
        review = Review(world.next_id(), pull, row.author, row.state, at, row.body)
        review.association = row.association
        world.nodes[review.node_id] = review
        made.append(review)
    return sorted(made, key=lambda review: review.submitted_at)


def _add_pull_request(world: World, row: PullRequestRow) -> None:
    updated_at = row.updated_at or row.merged_at or row.created_at
    home = _home(world, row)
    pull = PullRequest(world.next_id(), home, row.number, row.title, row.created_at, updated_at)
    for name in ("body", "author", "association", "state", "draft", "merged_at"):
        setattr(pull, name, getattr(row, name))
    if pull.state == "MERGED":
        pull.merged_at = row.merged_at or updated_at
    if pull.state != "OPEN":
        pull.closed_at = pull.merged_at or updated_at
    world.add(pull)
    pull.comments = _comments(world, pull, row.comments)
    pull.reviews = _reviews(world, pull, row.reviews)
    world.link(pull, row.closes)
    for number in row.mentions:
        issue = world.issue(row.repository, number)
        if issue is None:
            raise ValueError(f"there is no row for the issue {row.repository}#{number}")
        issue.timeline.append(
            Event("CrossReferencedEvent", row.created_at, row.author, pull_request=pull)
        )


def _add_discussion(world: World, row: DiscussionRow) -> None:
    """Add a discussion; its newest sign of life is its `updated_at`."""
    home = _home(world, row)
    if row.category not in home.categories:
        raise ValueError(f"{row.repository} has no discussions about {row.category}")
    if any(said.answer for said in row.comments) and not home.categories[row.category]:
        raise ValueError(f"{row.category} has no answers in {row.repository}")
    newest = row.closed_at or row.created_at
    made = Discussion(world.next_id(), home, row.number, row.title, row.created_at, newest)
    for name in ("body", "author", "association", "category", "closed_at", "locked", "labels"):
        setattr(made, name, getattr(row, name))
    made.state_reason = "RESOLVED" if row.closed_at else None
    world.add(made)
    for said in row.comments:
        at = said.created_at or row.created_at
        comment = DiscussionComment(world.next_id(), made, said.author, said.body, at)
        comment.association = said.association
        world.nodes[comment.node_id] = comment
        made.comments.append(comment)
        made.updated_at = max(made.updated_at, at)
        if said.answer:
            made.answer, made.answer_chosen_at, made.chooser = comment, at, row.author
    made.comments.sort(key=lambda comment: comment.created_at)
