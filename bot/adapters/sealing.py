"""Seals addresses and files to the club's public key, opens them with its identity (age, X25519).

Comes in: a login and an address, or the line that stands in a student's file; or a file's bytes.
Goes out: that line, or the `Address`; the bytes. No error holds the address, not even in what it
was raised from.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyrage

from bot.adapters.mail_address import ascii_address
from bot.consent import Address, AddressBook, make_address
from bot.errors import ConfigurationError, StudentsFailed
from bot.subscriptions.student import Subscription

#: How a sealed line begins.
PREFIX = "age:"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The key that closes addresses, for everybody to see, and the one that opens them."""

    public_key: str
    identity: str = field(repr=False)


def make_key_pair() -> KeyPair:
    """A new pair."""
    identity = pyrage.x25519.Identity.generate()
    return KeyPair(str(identity.to_public()), str(identity))


def seal(login: str, address: str, public_key: str) -> str:
    """The line for the student's file; ValueError for no address, without repeating it."""
    recipient = _parsed(pyrage.x25519.Recipient, public_key)
    if recipient is None:
        raise _no_recipient()
    closed = pyrage.encrypt(f"{login} {ascii_address(address)}".encode(), [recipient])
    return PREFIX + base64.b64encode(closed).decode()


class SealedAddresses(AddressBook):
    """The addresses in the students' files, opened with the club's identity."""

    def __init__(
        self, key: str | None, public_key: str | None, mask: Callable[[str], None]
    ) -> None:
        """`mask` is told each address that was opened, before anything else; ConfigurationError."""
        self._identity = _identity(key)
        self._mask = mask
        if public_key is not None and str(self._identity.to_public()) != public_key:
            raise ConfigurationError(
                "FOOTHOLD_KEY does not belong to the `public_key` in club.yaml.",
                "Set the identity that `foothold keygen` printed together with that key.",
            )

    def address_of(self, student: Subscription) -> Address:
        login = student.login
        plain = _opened(student.email or "", self._identity)
        if plain is None:
            raise StudentsFailed(
                f"The encrypted address of {login} cannot be opened.",
                "Encrypt it again with the club's present `public_key`: "
                f"foothold encrypt --student {login}.",
            )
        owner, _, written = plain.partition(" ")
        # Whoever reads the log learns nothing, whatever becomes of the address.
        if written:
            self._mask(written)
        if owner.casefold() != login.casefold():
            raise StudentsFailed(
                f"The encrypted address of {login} was encrypted for another login.",
                f"Nobody can use another's: foothold encrypt --student {login}.",
            )
        return make_address(str(self._identity), login, self._checked(login, written))

    def _checked(self, login: str, written: str) -> str:
        try:
            address, wrong = ascii_address(written), ""
        except ValueError as error:
            address, wrong = "", str(error)
        if wrong:
            raise StudentsFailed(
                f"The encrypted address of {login} {wrong}.",
                f"Encrypt a right one: foothold encrypt --student {login}.",
            )
        if address != written:
            self._mask(address)
        return address


def _identity(key: str | None) -> Any:  # noqa: ANN401 - pyrage has no types
    """The identity in the text, which may be a whole file of `age-keygen`."""
    lines = [line.strip() for line in (key or "").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    identity = _parsed(pyrage.x25519.Identity, lines[0]) if len(lines) == 1 else None
    if identity is None:
        wrong = "is not an identity that opens addresses" if key else "is not set"
        raise ConfigurationError(
            f"FOOTHOLD_KEY {wrong}, but something is encrypted to the club's key.",
            "Set it to the line AGE-SECRET-KEY-1... that `foothold keygen` printed.",
        )
    return identity


def _parsed(kind: Any, text: str) -> Any:  # noqa: ANN401
    try:
        return kind.from_str(text)
    except (pyrage.IdentityError, pyrage.RecipientError):
        return None


def _opened(line: str, identity: Any) -> str | None:  # noqa: ANN401
    """The plaintext, one line of a login and an address; None where it is none."""
    if not line.startswith(PREFIX):
        return None
    try:
        closed = base64.b64decode(line.removeprefix(PREFIX), validate=True)
        plain: str = pyrage.decrypt(closed, [identity]).decode().removesuffix("\n")
    except (binascii.Error, ValueError, pyrage.DecryptError):
        return None
    is_one_line = plain.isprintable() and len(plain.split()) > 1
    return plain if is_one_line else None


def seal_file(data: bytes, public_key: str) -> bytes:
    """A file that only the identity's owner can read; ConfigurationError for no public key."""
    recipient = _parsed(pyrage.x25519.Recipient, public_key)
    if recipient is None:
        raise _no_recipient()
    sealed: bytes = pyrage.encrypt(data, [recipient])
    return sealed


def open_file(data: bytes, key: str) -> bytes | None:
    """What `seal_file` closed; None where this key does not open it, ConfigurationError if none."""
    try:
        opened: bytes = pyrage.decrypt(data, [_identity(key)])
    except pyrage.DecryptError:
        return None
    return opened


def public_key_of(key: str) -> str:
    """The public key that belongs to an identity; ConfigurationError for none."""
    return str(_identity(key).to_public())


def _no_recipient() -> ConfigurationError:
    return ConfigurationError(
        "The `public_key` in club.yaml is none that can be encrypted to.",
        "Write the one that `foothold keygen` prints.",
    )
