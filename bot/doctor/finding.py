"""A finding: one thing that was looked at, how bad it is, why it matters, and what to do.

Comes in: what the other modules of the doctor judge. Goes out: values; nothing here asks anybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How bad it is; the worst last."""

    OK = "ok"
    #: Nobody could look, so nobody knows.
    UNSEEN = "unseen"
    #: It works today.
    WARNING = "warning"
    #: Something does not work, or will not in a few days.
    FAULT = "fault"


class Part(StrEnum):
    """What of a club is looked at, in the order of the screen."""

    CONFIGURATION = "configuration"
    TOKENS = "tokens"
    MAIL = "mail"
    WORKFLOWS = "workflows"
    REPOSITORY = "repository"
    PEOPLE = "people"
    JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Finding:
    """`why` and `todo` are empty where nothing is wrong; `names` are the logins in it."""

    part: Part
    severity: Severity
    what: str
    why: str = ""
    todo: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen(Generic[T]):
    """What was looked at; where nobody could look, `blind` says why, and `value` is None."""

    value: T | None = None
    blind: str = ""


def fine(part: Part, what: str, names: Iterable[str] = ()) -> Finding:
    """All is well with it."""
    return Finding(part, Severity.OK, what, names=tuple(names))


def unseen(part: Part, what: str, blind: str) -> Finding:
    """Nobody could look; `what` is what was looked for."""
    return Finding(part, Severity.UNSEEN, f"Could not look {what}: {blind}.")


def n_days(n: int) -> str:
    """A number of days in words."""
    return "1 day" if n == 1 else f"{n} days"


def listed(names: Iterable[str]) -> str:
    """Names for one line, a few of them in full."""
    every = sorted(names, key=str.casefold)
    if len(every) <= _N_NAMED:
        return ", ".join(every)
    return f"{', '.join(every[:_N_NAMED])} and {len(every) - _N_NAMED} more"


#: So many names fit on a line or two.
_N_NAMED = 5
