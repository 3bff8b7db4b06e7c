"""Proofs: keyed hashes of what no post tells, so that it outlives the state (decision 0024).

Comes in: facts, and the club's key. Goes out: tokens, on pages of one issue in the club's
repository. Only who has the key can tell what a token stands for, by trying; others see how many
there are, in eights.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.consent import keyed_token
from bot.errors import GitHubError

#: The pages that tell of people whatever the week, and of their addresses; the others are named by
#: their week.
PEOPLE, ADDRESSES = "people", "addresses"
#: Tokens that stand for nothing fill a page up, so that their number says less.
N_PADDED = 8


class Proof(StrEnum):
    """What a token may stand for, and which facts belong to it."""

    #: Week, login: the server took the mail of that digest.
    MAILED = "mailed"
    #: Week, login: the mail is about to be sent, or nobody knows what became of it.
    TRIED = "tried"
    #: Login, and the first day after a pause; of a stop an empty text.
    HALTED = "halted"
    #: Login, the address's fingerprint: was asked for consent.
    ASKED = "asked"
    #: Login, the address's fingerprint: takes no mail.
    REFUSED = "refused"
    #: Page, number: nothing.
    PAD = "pad"


@dataclass(frozen=True, slots=True)
class ProofPage:
    """A page as it stands."""

    tokens: frozenset[str]
    #: When it was begun, and when it was written last.
    begun_at: datetime
    written_at: datetime


class ProofDesk(Protocol):
    """Where the pages stand; an instance serves one run. Each method may raise GitHubError."""

    def pages(self) -> Mapping[str, ProofPage]:
        """All pages by name, read once; none where nothing was ever kept."""

    def write(self, name: str, tokens: Collection[str]) -> None:
        """Put a page there, in the place of an older text of it."""


@dataclass(frozen=True, slots=True)
class ProofRoom:
    """The pages, and the key that makes and reads them."""

    desk: ProofDesk
    key: str = field(repr=False)

    def token(self, proof: Proof, *facts: str) -> str:
        """The token of these facts; a login is the same in any case."""
        return keyed_token(self.key, f"proof {proof}", *(one.casefold() for one in facts))

    def has(self, name: str, proof: Proof, *facts: str) -> bool:
        """Does it stand on that page? GitHubError if the page cannot be read."""
        page = self.desk.pages().get(name)
        return page is not None and self.token(proof, *facts) in page.tokens

    def keep(self, name: str, tokens: Collection[str]) -> None:
        """Make the page hold these and nothing else; what holds them already is left alone."""
        page = self.desk.pages().get(name)
        if page is None and not tokens:
            return
        wanted = self._padded(name, tokens)
        if page is None or page.tokens != wanted:
            self.desk.write(name, wanted)

    def _padded(self, name: str, tokens: Collection[str]) -> frozenset[str]:
        n_missing = -len(set(tokens)) % N_PADDED
        pads = (self.token(Proof.PAD, name, str(n)) for n in range(n_missing))
        return frozenset(tokens) | frozenset(pads)


def is_proven(room: ProofRoom, week: str, login: str) -> bool:
    """Did that digest surely go out by mail? No where nobody can look: no mail waits for that."""
    try:
        return room.has(week, Proof.MAILED, week, login)
    except GitHubError:
        return False
