"""Pages of proofs, and an archive of posts, in memory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import GitHubError
from bot.proofs import ProofDesk, ProofPage
from bot.recollecting import OldPost, PostArchive
from tests.builders_core import NOW


@dataclass
class MemoryProofs(ProofDesk):
    """Keeps what is written; `error` is raised by everything."""

    standing: dict[str, ProofPage] = field(default_factory=dict)
    #: The names of pages, each time that one was written.
    written: list[str] = field(default_factory=list)
    now: datetime = NOW
    error: GitHubError | None = None

    def pages(self) -> Mapping[str, ProofPage]:
        if self.error is not None:
            raise self.error
        return dict(self.standing)

    def write(self, name: str, tokens: Collection[str]) -> None:
        if self.error is not None:
            raise self.error
        known = self.standing.get(name)
        begun_at = known.begun_at if known else self.now
        self.standing[name] = ProofPage(frozenset(tokens), begun_at, self.now)
        self.written.append(name)


@dataclass
class MemoryArchive(PostArchive):
    """Posts as a test wrote them."""

    old: tuple[OldPost, ...] = ()
    error: GitHubError | None = None

    def posts(self) -> tuple[OldPost, ...]:
        if self.error is not None:
            raise self.error
        return self.old
