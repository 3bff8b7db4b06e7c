"""The rows of a world file, as people write them.

Comes in: parsed JSON objects with a "type", and the world's clock (as validation context `now`).
Goes out: checked rows. Only names, numbers and titles are needed. A time is ISO 8601, or counted
back from the clock: "-3d" (m, h, d, w, y).
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationInfo,
    model_validator,
)

BACK = re.compile(r"-(\d+(?:\.\d+)?)([mhdwy])")
UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "y": timedelta(days=365),
}


def parse_moment(value: object, now: datetime) -> datetime:
    """Read a time that is ISO 8601 with a zone, or counted back from `now`."""
    text = str(value)
    back = BACK.fullmatch(text)
    if back:
        return now - float(back[1]) * UNITS[back[2]]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no time: write it as 2026-11-22T05:00:00Z or -3d") from None
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone: end it with Z")
    return moment.astimezone(UTC)


def _moment(value: object, info: ValidationInfo) -> datetime | None:
    return None if value is None else parse_moment(value, (info.context or {})["now"])


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


Moment = Annotated[datetime, BeforeValidator(_moment)]
FullName = Annotated[str, Field(pattern=r"^[\w.-]+/[\w.-]+$")]
Number = Annotated[int, Field(gt=0)]
Association = Literal[
    "COLLABORATOR",
    "CONTRIBUTOR",
    "FIRST_TIMER",
    "FIRST_TIME_CONTRIBUTOR",
    "MANNEQUIN",
    "MEMBER",
    "NONE",
    "OWNER",
]
Names = tuple[str, ...]


class Row(BaseModel):
    """What all rows share: nothing unknown in them, nothing changed later."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ClockRow(Row):
    """The moment at which the file's world stands."""

    type: Literal["clock"]
    now: str


class UserRow(Row):
    """An account which needs more than its login."""

    type: Literal["user"]
    login: str
    name: str | None = None
    bot: bool = False
    organization: bool = False


class RepositoryRow(Row):
    """A project; `contributing` is its guide's text, `code_of_conduct` the code's key.

    `files` has other files' texts by their paths.

    `merged_by` says who had pull requests merged that have no rows, as [login, association], the
    newest first; `closed_pull_requests` how many such were closed in all, merged or not.
    """

    type: Literal["repository"]
    name: FullName
    description: str | None = None
    language: str | None = None
    languages: dict[str, int] = {}
    topics: Names = ()
    stars: int = 0
    forks: int = 0
    licence: str | None = None
    created_at: Moment | None = Field("-2y", validate_default=True)
    pushed_at: Moment | None = Field("-1d", validate_default=True)
    archived: bool = False
    fork: bool = False
    mirror: bool = False
    template: bool = False
    disabled: bool = False
    private: bool = False
    has_issues: bool = True
    has_discussions: bool = False
    homepage: str | None = None
    contributing: str | None = None
    code_of_conduct: str | None = None
    files: dict[str, str] = {}
    collaborators: Names = ()
    commits: Annotated[int, Field(ge=0)] | None = None
    merged_by: tuple[tuple[str | None, Association], ...] = ()
    closed_pull_requests: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _has_closed_what_it_merged(self) -> "RepositoryRow":
        if self.merged_by and self.closed_pull_requests < len(self.merged_by):
            raise ValueError("closed_pull_requests is less than merged_by has")
        return self


class CommentRow(Row):
    """A comment; without a time it is as old as what it stands under."""

    author: str | None = None
    association: Association = "NONE"
    created_at: Moment | None = None
    body: str = ""


class ReviewRow(Row):
    """A review; without a time it is as old as its pull request."""

    author: str | None = None
    association: Association = "NONE"
    state: Annotated[
        Literal["APPROVED", "CHANGES_REQUESTED", "COMMENTED"], BeforeValidator(_upper)
    ] = "COMMENTED"
    submitted_at: Moment | None = None
    body: str = ""


class IssueRow(Row):
    """An issue; `body` or `comments` null means that they are unknown."""

    type: Literal["issue"]
    repository: FullName
    number: Number
    title: str
    body: str | None = ""
    author: str | None = None
    association: Association = "NONE"
    created_at: Moment = Field("-1w", validate_default=True)
    updated_at: Moment | None = None
    closed_at: Moment | None = None
    state: Annotated[Literal["OPEN", "CLOSED"], BeforeValidator(_upper)] = "OPEN"
    state_reason: Annotated[str | None, BeforeValidator(_upper)] = None
    labels: Names = ()
    assignees: Names = ()
    locked: bool = False
    pinned: bool = False
    milestone: str | None = None
    issue_type: str | None = None
    blocked_by: int = 0
    comments: tuple[CommentRow, ...] | None = ()


class PullRequestRow(Row):
    """A pull request, with the numbers of the issues it closes, or only mentions."""

    type: Literal["pull_request"]
    repository: FullName
    number: Number
    title: str
    body: str = ""
    author: str | None = None
    association: Association = "NONE"
    state: Annotated[Literal["OPEN", "CLOSED", "MERGED"], BeforeValidator(_upper)] = "OPEN"
    draft: bool = False
    created_at: Moment = Field("-1d", validate_default=True)
    updated_at: Moment | None = None
    merged_at: Moment | None = None
    closes: tuple[int, ...] = ()
    mentions: tuple[int, ...] = ()
    comments: tuple[CommentRow, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()


class SaidRow(CommentRow):
    """A comment in a discussion; of those that are the answer the last one counts."""

    answer: bool = False


class DiscussionRow(Row):
    """A discussion, with what was said to the whole of it; its author chose the answer."""

    type: Literal["discussion"]
    repository: FullName
    number: Number
    title: str
    body: str = ""
    author: str | None = None
    association: Association = "NONE"
    category: str = "Q&A"
    created_at: Moment = Field("-1w", validate_default=True)
    closed_at: Moment | None = None
    locked: bool = False
    labels: Names = ()
    comments: tuple[SaidRow, ...] = ()


AnyRow = UserRow | RepositoryRow | IssueRow | PullRequestRow | DiscussionRow | ClockRow
ANY_ROW: TypeAdapter[AnyRow] = TypeAdapter(Annotated[AnyRow, Field(discriminator="type")])
