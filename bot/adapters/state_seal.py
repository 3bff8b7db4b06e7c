"""How the state's files stand on the branch: as they are, or closed with the club's key.

Comes in: files and the club's keys. Goes out: the same as a branch holds them, or opened again. In
a public repository all is closed but the file that says what this is; names tell weeks, no logins.
"""

import gzip
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.adapters.sealing import open_file, public_key_of, seal_file
from bot.adapters.state_files import ABOUT
from bot.adapters.state_refusals import GIVE_UP
from bot.errors import ConfigurationError, JournalError

#: The names of what is packed, then closed.
SUFFIX = ".gz.age"


@dataclass(frozen=True, slots=True)
class Seal:
    """What files are closed and opened with."""

    #: Everybody can read the branch, or nobody knows.
    is_needed: bool
    public_key: str | None = None
    #: The identity that opens; only who pulls needs it.
    key: str | None = field(default=None, repr=False)

    @property
    def recipient(self) -> str | None:
        """What files are closed with now; None where they stand open."""
        return self.public_key if self.is_needed else None

    @property
    def own_recipient(self) -> str | None:
        """What the files that this key opens were closed with."""
        return None if self.key is None else public_key_of(self.key)

    def require(self) -> None:
        """ConfigurationError where the branch must be closed and there is no key for that."""
        if self.is_needed and self.public_key is None:
            raise ConfigurationError(
                "The branch foothold-state would stand in a public repository, or in one of which "
                "nobody can tell, and club.yaml has no `public_key` to close it with.",
                "If it is private, set GITHUB_TOKEN, and GITHUB_REPOSITORY where `origin` does not "
                "tell, so that GitHub can be asked. If it is public, run `foothold keygen` once "
                "and write its `public_key` into club.yaml.",
            )

    def close(self, path: str, data: bytes) -> bytes:
        """A file as it stands on the branch."""
        if not is_closed(self.path(path)):
            return data
        self.require()
        return seal_file(gzip.compress(data, mtime=0), self.public_key or "")

    def path(self, path: str) -> str:
        """A file's name on the branch."""
        return path_on_branch(path, is_sealed=self.is_needed)

    def opened(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """The files of a branch, readable; JournalError for one that this key does not open."""
        return {path.removesuffix(SUFFIX): self._opened(path, files[path]) for path in files}

    def _opened(self, path: str, data: bytes) -> bytes:
        if not is_closed(path):
            return data
        if self.key is None:
            raise ConfigurationError(
                "The branch foothold-state is closed with the club's key, and FOOTHOLD_KEY is not"
                " set.",
                "Set it to the line AGE-SECRET-KEY-1... that `foothold keygen` printed; in Actions "
                "it is a secret of that name.",
            )
        packed = open_file(data, self.key)
        try:
            plain = None if packed is None else gzip.decompress(packed)
        except (OSError, EOFError, zlib.error):
            plain = None
        if plain is None:
            raise JournalError(
                f"{path} on the branch foothold-state cannot be opened with this FOOTHOLD_KEY.",
                "Set the key that it was closed with: the one before, where `public_key` was"
                " changed since; the next push closes it with the new one. Where that key is lost,"
                f" give the branch up and read back what posts tell: {GIVE_UP}.",
            )
        return plain


def path_on_branch(path: str, *, is_sealed: bool) -> str:
    """A file's name, closed or not."""
    return path + SUFFIX if is_sealed and path != ABOUT else path


def is_closed(path: str) -> bool:
    return path.endswith(SUFFIX)
