"""Which mail server carries the digests: what FOOTHOLD_SMTP says.

Comes in: `smtps://user:pass@host:465`, `smtp+starttls://user:pass@host:587`, or `smtp://host` on
this machine. Goes out: an `SmtpServer`. No error repeats the text, which holds a password.
"""

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from bot.errors import ConfigurationError

_SHAPE = "smtps://user:pass@host:465 or smtp+starttls://user:pass@host:587"


class Security(StrEnum):
    """How the connection is kept from strangers, by the address's scheme."""

    TLS = "smtps"
    STARTTLS = "smtp+starttls"
    NONE = "smtp"


_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A server, and who we are to it; without a user there is no login."""

    host: str
    port: int
    security: Security
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def is_on_this_machine(self) -> bool:
        return is_loopback(self.host)

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def parse_smtp(text: str | None) -> SmtpServer:
    """The server; ConfigurationError for anything that is not one of the three shapes."""
    if not text:
        raise _unusable("is not set, but digests go by e-mail", f"Set it to {_SHAPE}.")
    parts, port = _split(text)
    if parts is None or parts.scheme not in list(Security) or not parts.hostname:
        raise _unusable("is no address of a mail server", f"Set it to {_SHAPE}.")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        wrong = "has something behind host and port"
        raise _unusable(wrong, f"Percent-encode / ? # and @ in the password: {_SHAPE}.")
    security = Security(parts.scheme)
    if security is Security.NONE and not is_loopback(parts.hostname):
        wrong = "would send without encryption, which only this machine's own server may get"
        raise _unusable(wrong, f"Use {_SHAPE}.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise _unusable("has a user or a password alone", f"Give both or neither: {_SHAPE}.")
    if not (user + password).isascii() or not (user + password).isprintable():
        wrong = "has a user or password with letters that mail servers do not take"
        raise _unusable(wrong, "Ask for a password of plain letters, digits and signs.")
    return SmtpServer(parts.hostname, port or _PORTS[security], security, user, password)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its own name or number."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _split(text: str) -> tuple[SplitResult | None, int | None]:
    """The parts and the port; no parts where there is no telling them apart."""
    try:
        parts = urlsplit(text)
        port = parts.port
        # A name that no look-up could take.
        (parts.hostname or "").encode("idna")
    except ValueError:
        return None, None
    is_plain = text.isprintable() and " " not in text and port != 0
    return (parts if is_plain else None), port


def _unusable(wrong: str, advice: str) -> ConfigurationError:
    return ConfigurationError(f"FOOTHOLD_SMTP {wrong}.", advice)
