"""The marker that makes our own posts known again: the first line of every digest and thread.

Comes in: week, login and content, or a post's body. Goes out: the line, or what it says.
"""

import hashlib
import re
from dataclasses import dataclass

#: More than any marker has: a login of 39 characters, an enterprise's suffix, and the frame.
MARKER_LENGTH = 200

_MARKER = re.compile(
    r"<!-- foothold:v1 week=([0-9]{4}-W[0-9]{2})"
    r" student=([A-Za-z0-9_-]{1,100}) sha=([0-9a-f]{16}) -->"
)
_THREAD = re.compile(r"<!-- foothold:v1 thread student=([A-Za-z0-9_-]{1,100}) -->")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a marker says: whose digest of which week, and the fingerprint of its content."""

    week: str
    login: str
    sha: str


def make_marker(week: str, login: str, content: str) -> str:
    """The line for a digest; ValueError for a week or login that a marker cannot carry."""
    sha = hashlib.sha256(content.encode()).hexdigest()[:16]
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


def _first_line(body: str) -> str:
    return body.partition("\n")[0].removesuffix("\r")
