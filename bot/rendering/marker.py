"""The marker that makes our own posts known again: the first line of all that we post.

Comes in: week, login and content, or a post's body. Goes out: the line, or what it says.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.remarks import Remark
from bot.review.ticks import without_ticks

#: More than any marker has: a login of 39 characters, an enterprise's suffix, and the frame.
MARKER_LENGTH = 200

_MARKER = re.compile(
    r"<!-- foothold:v1 week=([0-9]{4}-W[0-9]{2})"
    r" student=([A-Za-z0-9_-]{1,100}) sha=([0-9a-f]{16}) -->"
)
_REPLY = re.compile(r"<!-- foothold:v1 reply to=((?:[0-9]{1,20}:[0-9a-f]{8},?){1,300}) -->")
_THREAD = re.compile(r"<!-- foothold:v1 thread student=([A-Za-z0-9_-]{1,100}) -->")
_REVIEW = re.compile(
    r"<!-- foothold:v1 review week=([0-9]{4}-W[0-9]{2}) mentor=([A-Za-z0-9_-]{1,100})"
    r" part=([1-9][0-9]{0,3}) sha=([0-9a-f]{16}) -->"
)
_FORM = re.compile(r"<!-- foothold:v1 form sha=([0-9a-f]{16}) -->")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a marker says: whose digest of which week, and the fingerprint of its content."""

    week: str
    login: str
    sha: str


def make_marker(week: str, login: str, content: str) -> str:
    """The line for a digest; ValueError for a week or login that a marker cannot carry."""
    sha = _fingerprint(content)
    line = f"<!-- foothold:v1 week={week} student={login} sha={sha} -->"
    if parse_marker(line) is None:
        raise ValueError(f"no marker can be made of week {week!r} and login {login!r}")
    return line


def parse_marker(body: str) -> Marker | None:
    """The marker of a post; None unless it is the whole very first line.

    Anyone can paste a marker: the caller has still to look at who wrote the post.
    """
    match = _MARKER.fullmatch(_first_line(body))
    return Marker(match[1], match[2], match[3]) if match else None


def is_as_written(body: str) -> bool:
    """Does a post say what its marker was made for? False for one that somebody edited since.

    How lines end, and blank ones behind the last, make no difference.
    """
    marker, content = parse_marker(body), body.partition("\n")[2].replace("\r\n", "\n")
    ended = content.rstrip("\n") + "\n"
    return marker is not None and marker.sha in {_fingerprint(content), _fingerprint(ended)}


def make_thread_marker(login: str) -> str:
    """The line for a student's thread; ValueError for a login that a marker cannot carry."""
    line = f"<!-- foothold:v1 thread student={login} -->"
    if parse_thread_marker(line) is None:
        raise ValueError(f"no marker can be made of login {login!r}")
    return line


def parse_thread_marker(body: str) -> str | None:
    """Whose thread an issue is, by its whole very first line; as little proof as a digest's."""
    match = _THREAD.fullmatch(_first_line(body))
    return match[1] if match else None


@dataclass(frozen=True, slots=True)
class ReviewMarker:
    """What a review post's marker says: whose, of which week, which part; `sha` knows no ticks."""

    week: str
    mentor: str
    part: int
    sha: str


def make_review_marker(week: str, mentor: str, part: int, content: str) -> str:
    """The line for a part of a review post; ValueError for what a marker cannot carry.

    Whether a box is ticked is for the mentor to say, so it is no part of the fingerprint.
    """
    sha = _fingerprint(without_ticks(content))
    line = f"<!-- foothold:v1 review week={week} mentor={mentor} part={part} sha={sha} -->"
    if parse_review_marker(line) is None:
        raise ValueError(f"no marker can be made of week {week!r} and mentor {mentor!r}")
    return line


def parse_review_marker(body: str) -> ReviewMarker | None:
    """The marker of a review post's part, if it is the whole very first line; as little proof."""
    match = _REVIEW.fullmatch(_first_line(body))
    return ReviewMarker(match[1], match[2], int(match[3]), match[4]) if match else None


def make_reply_marker(remarks: Iterable[Remark]) -> str:
    """The line for an answer: which remarks it answers, and what they said then."""
    answered = ",".join(f"{one.id}:{_said(one)}" for one in remarks)
    return f"<!-- foothold:v1 reply to={answered} -->"


def parse_reply_marker(body: str) -> frozenset[str]:
    """The remarks that a post answers, as `is_answered` compares; empty for any other post."""
    match = _REPLY.fullmatch(_first_line(body))
    return frozenset(match[1].split(",")) if match else frozenset()


def is_answered(remark: Remark, answered: Collection[str]) -> bool:
    """Was the remark answered as it stands? One that was edited since is news."""
    return f"{remark.id}:{_said(remark)}" in answered


def form_fingerprint(kind: str, body: str) -> str:
    """What tells one text of a form from another, whatever its line ends."""
    return _fingerprint("\n".join((kind, *body.strip().splitlines())))


def make_form_marker(sha: str) -> str:
    """The line for an answer to a form, by the fingerprint of what was said there."""
    return f"<!-- foothold:v1 form sha={sha} -->"


def parse_form_marker(body: str) -> str | None:
    """The fingerprint that an answer to a form bears, by its whole very first line."""
    match = _FORM.fullmatch(_first_line(body))
    return match[1] if match else None


def _said(remark: Remark) -> str:
    return hashlib.sha256(remark.body.encode()).hexdigest()[:8]


def _fingerprint(content: str) -> str:
    return hashlib.sha256(content.encode(errors="replace")).hexdigest()[:16]


def _first_line(body: str) -> str:
    return body.partition("\n")[0].removesuffix("\r")
