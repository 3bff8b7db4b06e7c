"""E-mail addresses as SMTP carries them: ASCII, the domain IDNA-encoded, one recipient each.

Comes in: what a person wrote. Goes out: the address as it is sent, or why it cannot be. No error
holds the address.
"""

from dataclasses import dataclass

from bot.errors import ConfigurationError
from bot.rendering.neutral import neutral

#: The longest name beside an address.
_NAME_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One line of a letter's head: a name, empty for none, and an address in ASCII."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def ascii_address(text: str) -> str:
    """The address as SMTP carries it; ValueError with a reason that does not repeat it."""
    local, _, _ = text.strip().rpartition("@")
    if not local.isascii():
        raise ValueError(
            "has letters before the @ that many mail servers do not take; use one that is "
            "written with a to z there"
        )
    address = _validated(text.strip())
    if address is None:
        raise ValueError("is no e-mail address such as ada@example.org")
    return address


def read_mailbox(text: str, key: str) -> Mailbox:
    """A mailbox of club.yaml, `Name <address>` or the address alone; ConfigurationError."""
    name, bracket, rest = text.rpartition("<")
    try:
        address, wrong = ascii_address(rest.rstrip(">") if bracket else text), ""
    except ValueError as error:
        address, wrong = "", str(error)
    if wrong:
        raise ConfigurationError(
            f"The address at `{key}` in club.yaml {wrong}.", "Write another address there."
        )
    return Mailbox(neutral(name.strip().strip('"'), _NAME_LIMIT), address)


def _validated(text: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return found.ascii_email
