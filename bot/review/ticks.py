"""Ticks: the boxes of a review post, read as they stand.

Comes in: a post's parts, and what its numbers mean. Goes out: the picks whose box is not ticked.
Each box carries a hidden note of its pick, so a mentor may write around it, or move it; a box whose
note is missing, forged or of another pick says nothing.
"""

import hashlib
import re
from collections.abc import Iterable

from bot.review.verdict import Line, ReviewPost
from bot.terms import IssueRef

#: As Renovate's dashboards have it: a note behind the box is no text to anybody.
_BOX = re.compile(
    r"^ {0,3}[-*+] \[([ xX])\][ \t]+"
    r"<!-- foothold:v1 pick ([A-Za-z0-9_-]{1,100})/(\d{1,3}) ([0-9a-f]{8}) -->",
    re.MULTILINE,
)


def tick_note(login: str, n: int, ref: IssueRef) -> str:
    """The hidden note behind a pick's box; it names no issue, which GitHub might link."""
    return f"<!-- foothold:v1 pick {login}/{n} {_key(ref)} -->"


def ticks_in(number: int) -> str:
    """The source of verdicts that boxes of an issue give."""
    return f"ticks {number}"


def without_ticks(body: str) -> str:
    """The body with each box ticked: what is the same whatever a mentor ticks off."""
    return _BOX.sub(lambda match: match[0].replace("[ ]", "[x]", 1), body)


def ticks_of(parts: Iterable[str], review: ReviewPost) -> tuple[Line, ...]:
    """The picks of a review whose boxes are not ticked, in its order.

    A box that stands there twice is unticked only if both are.
    """
    states: dict[tuple[str, str, str], set[bool]] = {}
    for box, login, n, key in _found("\n".join(parts)):
        states.setdefault((login.casefold(), n, key), set()).add(box != " ")
    return tuple(
        line
        for line in review.lines
        if states.get((line.login.casefold(), str(line.n), _key(line.ref))) == {False}
    )


def _found(body: str) -> list[tuple[str, str, str, str]]:
    return _BOX.findall(body.replace("\r", ""))


def _key(ref: IssueRef) -> str:
    return hashlib.sha256(str(ref.folded).encode()).hexdigest()[:8]
