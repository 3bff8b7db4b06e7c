"""Why an issue is dropped: the closed set of codes, and a drop with its sentence."""

from dataclasses import dataclass
from enum import StrEnum

from bot.harvest.issue import Issue


class DropCode(StrEnum):
    """One code for one cause; digests count them and templates put them into words."""

    TAKEN = "taken"
    CLOSED = "closed"
    NOT_A_TASK = "not-a-task"
    BLOCKED = "blocked"
    FARM = "farm"
    RESERVED = "reserved"
    ABANDONED = "abandoned"
    COPY = "copy"
    AVOIDED = "avoided"
    SEEN = "seen"
    CLUBMATE = "clubmate"
    OWN = "own"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class DropCause:
    """A code and the rule behind it, to count by."""

    code: DropCode
    rule: str


@dataclass(frozen=True, slots=True)
class Drop:
    """An issue that fell away: the rule that said so, its code, and why in one clause."""

    issue: Issue
    code: DropCode
    rule: str
    why: str
