"""A week of a club in figures that everybody may read: one small file, for good.

Comes in: counts, and how many people stand behind each. Goes out: `WeekFigures`, as a value, as
JSON and as the schema of that. No figure tells of fewer than five people (decision 0026).
"""

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

#: Figures about people come in steps of so many, rounded down; below, nothing is told.
STEP = 5
#: What stands in the place of a figure behind which fewer people stand.
FEW: Literal["under 5"] = "under 5"

Told = int | Literal["under 5"]
#: A figure about people: a multiple of five, rounded down.
Figure = Annotated[int, Field(ge=STEP, multiple_of=STEP)] | Literal["under 5"]
#: A figure about projects and searches, of which nobody is the subject.
Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Sending(_Part):
    """What became of the week's digests, each counted by its student."""

    sent: Figure
    """Went out, with picks."""
    quiet: Figure
    """Went out without a pick, and say so."""
    waiting: Figure
    """Are prepared, and not out yet; among them those of which nobody knows."""


class Channels(_Part):
    """How the digests that are out travelled."""

    issue: Figure
    """As a post."""
    email: Figure
    """By e-mail."""
    file: Figure
    """As a file."""


class Results(_Part):
    """How far the picks of twelve weeks have come; each figure holds the ones behind it."""

    offered: Figure
    """Picks in digests that went out."""
    commented: Figure
    """The student commented there, or was assigned."""
    pull_requests: Figure
    """The student opened a pull request."""
    merged: Figure
    """It was merged."""


class Search(_Part):
    """What was looked at for a student, on average: a sum would tell how many there are."""

    issues: Count
    """Issues that fit what the student asked for."""
    dropped: dict[str, Count]
    """How many of them fell away, by the code of the reason; no reason that is a person's own."""


class WeekFigures(_Part):
    """A club's week. A figure about people is rounded down to a multiple of five."""

    version: Literal[1] = 1
    """The version of this format."""
    week: Annotated[str, Field(pattern=r"^\d{4}-W\d{2}$")]
    """The ISO week."""
    foothold: str
    """The version of Foothold that wrote this."""
    students: Figure
    """Students whose digest went out."""
    digests: Sending
    """What became of the digests."""
    channels: Channels
    """How they travelled."""
    picks: Figure
    """Picks in the digests that went out."""
    picks_with_people: Figure
    """Those of them that introduce somebody of the project."""
    twelve_weeks: Results
    """What became of this week's picks and those of the eleven weeks before."""
    welcomed_by: tuple[str, ...] = ()
    """Projects that merged work of five students or more in these weeks."""
    searched: Search | None = None
    """What was looked at; null where fewer than five students were served."""
    points: Count | None = None
    """GraphQL points that the week's runs paid before the last digest was made; null if unknown."""
    issues_known: Count | None = None
    """Issues that the state knew when this was written; null if unknown."""

    def to_json(self) -> str:
        """The file's text: the same figures give the same bytes."""
        payload = self.model_dump(mode="json")
        return json.dumps(payload, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def figure_of(n: int, n_people: int) -> Told:
    """A count as it may be told, when so many people stand behind it."""
    return FEW if min(n, n_people) < STEP else n - n % STEP


def read_figures(text: str | bytes) -> WeekFigures:
    """The figures of a file's text; ValueError, in one line, for anything else."""
    try:
        return WeekFigures.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ValueError(f"{place}: {first['msg']}" if place else first["msg"]) from None


def history_schema() -> dict[str, Any]:
    """The schema of `history/<week>.json`."""
    schema = WeekFigures.model_json_schema()
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect} | schema | {"title": "A club's week in figures"}
