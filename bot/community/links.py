"""The web addresses in a guide or README, with the words around them.

Comes in: a text in Markdown, reStructuredText, AsciiDoc, HTML or plain. Goes out: its `Link`s in
order, without pictures, code and comments, each safe to show: https, a host of letters, no user.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: So much of a text and so many of its links are read; places stand near the top.
MAX_TEXT, MAX_LINES, MAX_LINKS = 100_000, 5_000, 400
#: An address that is longer is not shown; the longest of the rooms read for this had 130.
MAX_URL = 200

_SHOWN = re.compile(r"<!--.*?(?:-->|\Z)|```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.DOTALL)
_PICTURE = re.compile(
    r"!\[[^\[\]]{0,300}\](?:\([^()]{0,500}\)|\[[^\[\]]{0,100}\])|\.\. image:: \S{1,300}|"
    r"\b(?:img|image)[^<>]{0,200}?src=[\"'][^\"'<>]{0,300}[\"']"
)
_URL = re.compile(r"https?://([A-Za-z0-9.-]{1,100})(?![\w:@])([^\s<>\"'`|()\[\]{}\\^]{0,250})")
_UNSAFE = re.compile(r"[^\w~.%/!:#?=&+,@-]|%(?![0-9A-Fa-f]{2})", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\Z")
_HEADING = re.compile(r"\s{0,3}(?:#{1,6}|={2,6})\s+(.{1,200})")
_RULE = re.compile(r"\s{0,3}(?:={3,}|-{3,}|~{3,}|\^{3,})\s*\Z")
#: The words around a link are those of its line and of the one before it, so far.
_AROUND = 300


@dataclass(frozen=True, slots=True)
class Link:
    """An address and what is said where it stands, in lower case."""

    host: str
    #: What follows the host, `/path?query#fragment`.
    rest: str
    around: str
    heading: str


def read_links(text: str) -> Iterator[Link]:
    """The first `MAX_LINKS` links of a text that are safe to show."""
    n_links, heading, before = 0, "", ""
    for line in _PICTURE.sub(" ", _SHOWN.sub(" ", text[:MAX_TEXT])).splitlines()[:MAX_LINES]:
        titled = _HEADING.match(line)
        if titled or _RULE.match(line):
            heading = (titled[1] if titled else before).lower()[:_AROUND]
        for found in _URL.finditer(line):
            n_links += 1
            if n_links > MAX_LINKS:
                return
            start = max(0, found.start() - _AROUND)
            said = f"{before[-_AROUND:]} {line[start : found.end() + _AROUND // 3]}"
            link = _link(found, said.lower(), heading)
            if link:
                yield link
        before = line if line.strip() else ""


def _link(found: re.Match[str], around: str, heading: str) -> Link | None:
    # What ends a sentence is no part of an address, be it only a host.
    host = found[1].lower().removeprefix("www.").rstrip(".")
    rest = found[2].rstrip(".,;:!?*_~")
    is_safe = _HOST.match(host) and not _UNSAFE.search(rest) and len(host + rest) <= MAX_URL
    if not is_safe or (rest and rest[0] not in "/?#"):
        return None
    return Link(host, rest, around, heading)
