"""temp"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    """A place where the project talks: `discussions`, `chat`, `forum`."""

    kind: str
    url: str


def find_places(
    texts: Sequence[str], repository: str, has_discussions: bool, homepage: str | None
) -> tuple[Contact, ...]:
    return ()
