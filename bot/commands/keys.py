"""Keys: a new pair for a club, and an address closed with the public one.

Comes in: the configuration's folder, a login, an address. Goes out: lines to copy. Neither needs a
session, a network or the journal.
"""

from pathlib import Path

from bot.adapters.sealing import KeyPair, make_key_pair, seal
from bot.errors import ConfigurationError
from bot.subscriptions.files import read_club


def new_keys() -> KeyPair:
    """A new pair; nothing keeps it."""
    return make_key_pair()


def seal_address(folder: Path, login: str, address: str) -> str:
    """The line for the student's file; ConfigurationError, which never repeats the address."""
    public_key = read_club(folder).public_key
    if public_key is None:
        raise ConfigurationError(
            "The club has no `public_key` to encrypt addresses to.",
            "Run `foothold keygen` once, and write the line that it prints into club.yaml.",
        )
    try:
        return seal(login, address, public_key)
    except ValueError as error:
        wrong = str(error)
    raise ConfigurationError(
        f"The address given for {login} {wrong}.", "Give one address, in one line."
    )
