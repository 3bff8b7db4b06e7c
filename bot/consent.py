"""Consent: no digest by mail but to an address whose reader gave the code that was mailed there.

Comes in: a student's file, and the register. Goes out: the `Address` to write to, or what is still
missing. Address and code are the same wherever the club's key is, so nothing else is kept of them.
"""

import hashlib
import hmac
from base64 import b32encode
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.delivery import MAX_DEFERRALS
from bot.errors import (
    AlreadyRefused,
    DeliveryDeferred,
    DeliveryError,
    DeliveryInDoubt,
    DeliveryRefused,
    StudentsFailed,
)
from bot.register import Consent, Register
from bot.rendering.confirmation import Confirmation, Invitation, consent_text, render_confirmation
from bot.subscriptions.student import Subscription
from bot.terms import Locale

#: Letters and digits that nobody mistakes for others (Crockford's base 32), and how they are read.
_PLAIN = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
_READ_AS = str.maketrans("OIL", "011", "- \t")
#: Half of a code; together 50 bits, which nobody guesses through a pull request.
_HALF = 5
#: So many hexadecimal digits of an HMAC stand for a person: 64 bits.
TOKEN_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Address:
    """Where a student's mail goes; of it only the `id` may be kept or shown."""

    #: Its keyed fingerprint.
    id: str
    #: What its reader gives to say yes.
    code: str = field(repr=False)
    mailbox: str = field(repr=False)


class AddressBook(Protocol):
    """Opens the addresses that stand encrypted in the students' files."""

    def address_of(self, student: Subscription) -> Address:
        """StudentsFailed where there is none, or none that can be used."""


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """The mail that asks, and where it goes."""

    login: str
    address: Address
    letter: Confirmation


class Asker(Protocol):
    """Sends the mail that asks; raises what a `Channel` raises when it delivers."""

    def ask(self, request: ConsentRequest) -> None: ...


@dataclass(frozen=True, slots=True)
class Consents:
    """What questions of consent are answered from."""

    book: AddressBook
    register: Register
    club: str
    #: Where the subscriptions stand, for the mail's links.
    repository: str | None = None
    #: The language of students who do not say.
    locale: Locale = Locale.EN

    def locale_of(self, student: Subscription) -> Locale:
        """The language in which a student is asked."""
        return student.locale or self.locale


class Standing(StrEnum):
    """How far a student's consent has come."""

    CONFIRMED = "confirmed"
    ASKED_NOW = "asked now"
    WAITING = "waiting"
    WRONG_CODE = "wrong code"
    IN_DOUBT = "in doubt"
    DEFERRED = "deferred"
    REFUSED = "refused"


#: What the run's report says of those who get no digest yet.
WHY = {
    Standing.ASKED_NOW: "asked for consent by mail just now",
    Standing.WAITING: "asked for consent by mail before; no code was given yet",
    Standing.WRONG_CODE: "the code that was given is not the one for this address",
    Standing.IN_DOUBT: "the mail that asks for consent may be lost; --resend sends it again",
    Standing.DEFERRED: "the mail server put off the mail that asks for consent",
    Standing.REFUSED: "the address takes no mail; it needs another",
}


def keyed_token(key: str, purpose: str, *facts: str) -> str:
    """A name for facts that only the key's owner can make; the same wherever the key is."""
    return _keyed(key, purpose, *facts).hex()[:TOKEN_LENGTH]


def make_address(key: str, login: str, mailbox: str) -> Address:
    """The address with what follows from it; a login is the same in any case."""
    facts = (login.casefold(), mailbox)
    letters = b32encode(_keyed(key, "code", *facts)).decode().translate(_PLAIN)
    return Address(
        id=keyed_token(key, "address", *facts),
        code=f"{letters[:_HALF]}-{letters[_HALF : 2 * _HALF]}",
        mailbox=mailbox,
    )


def is_code(given: str, code: str) -> bool:
    """Whether somebody gave this code, however they wrote it."""
    return hmac.compare_digest(_read(given), _read(code))


def confirmed_address(student: Subscription, consents: Consents, now: datetime) -> Address:
    """Where the student's digest goes; the first time, the consent is written down.

    DeliveryRefused where the address takes no mail, StudentsFailed where there is no address or
    not its code.
    """
    address = consents.book.address_of(student)
    known = _known(student, address, consents)
    standing = _standing(student, address, known, consents)
    if standing is Standing.CONFIRMED:
        _record_yes(known, consents, now)
        return address
    if standing is Standing.REFUSED:
        raise AlreadyRefused(
            f"The address of {student.login} takes no mail, and is not tried again.",
            f"Ask {student.login} for another address or channel; if it is mended: "
            f"foothold deliver --live --resend {student.login}.",
        )
    raise _unconfirmed(student, is_code_given=standing is Standing.WRONG_CODE)


def ask_once(
    student: Subscription,
    consents: Consents,
    asker: Asker,
    now: datetime,
    *,
    resend: bool = False,
) -> Standing:
    """How far the consent has come; who was never asked is asked now.

    With `resend` everybody is asked again who has not said yes. A DeliveryError that is no answer
    of the other side leaves, and then nothing went out.
    """
    address = consents.book.address_of(student)
    known = _known(student, address, consents)
    if resend and known.refused_at is not None and _has_code(student, address, consents):
        # Who said yes is not asked again; a person says that the address takes mail now.
        known = replace(known, refused_at=None)
        consents.register.record_consent(known)
    standing = _standing(student, address, known, consents)
    if standing is Standing.CONFIRMED:
        _record_yes(known, consents, now)
        return standing
    if standing is not None and not resend:
        return standing
    request = ConsentRequest(student.login, address, _letter(student, address, consents))
    intent = _intent(student, known, consents, now)
    return _ask(known, intent, request, (consents.register, asker))


def question(
    student: Subscription, consents: Consents, now: datetime, *, resend: bool = False
) -> Consent | None:
    """What `ask_once` writes down right before it asks; None for who would not be asked."""
    address = consents.book.address_of(student)
    known = _known(student, address, consents)
    is_asked = _standing(student, address, known, consents) is None or resend
    if not is_asked or _has_code(student, address, consents):
        return None
    return _intent(student, known, consents, now)


def _intent(student: Subscription, known: Consent, consents: Consents, now: datetime) -> Consent:
    words = consent_text(consents.club, consents.locale_of(student))
    return replace(known, text=words, asked_at=now, mailed_at=None, refused_at=None)


def record_refusal(student: Subscription, consents: Consents, now: datetime) -> None:
    """Write down that the student's address refused a digest for good."""
    known = _known(student, consents.book.address_of(student), consents)
    if known.refused_at is None:
        consents.register.record_consent(replace(known, refused_at=now))


def _ask(
    known: Consent, intent: Consent, request: ConsentRequest, ways: tuple[Register, Asker]
) -> Standing:
    """Intend, send, record; what surely did not go out leaves all as it was `known`."""
    register, asker = ways
    register.record_consent(intent)
    try:
        asker.ask(request)
    except DeliveryInDoubt:
        return Standing.IN_DOUBT
    except DeliveryRefused:
        register.record_consent(replace(known, refused_at=intent.asked_at))
        return Standing.REFUSED
    except DeliveryDeferred:
        register.record_consent(replace(known, n_deferrals=known.n_deferrals + 1))
        return Standing.DEFERRED
    except DeliveryError:
        register.record_consent(known)
        raise
    register.record_consent(replace(intent, mailed_at=intent.asked_at, n_deferrals=0))
    return Standing.ASKED_NOW


def _standing(
    student: Subscription, address: Address, known: Consent, consents: Consents
) -> Standing | None:
    """What is the case before anybody is asked; None for who was never asked."""
    codes = _codes(student, consents)
    if known.refused_at is not None:
        return Standing.REFUSED
    if _has_code(student, address, consents):
        return Standing.CONFIRMED
    if known.asked_at is None:
        return Standing.REFUSED if known.n_deferrals >= MAX_DEFERRALS else None
    if known.mailed_at is None:
        return Standing.IN_DOUBT
    return Standing.WRONG_CODE if codes else Standing.WAITING


def _codes(student: Subscription, consents: Consents) -> list[str]:
    """The codes that the student gave, right or wrong."""
    given = (student.confirmed, consents.register.code_given(student.login))
    return [code for code in given if code]


def _has_code(student: Subscription, address: Address, consents: Consents) -> bool:
    return any(is_code(given, address.code) for given in _codes(student, consents))


def _known(student: Subscription, address: Address, consents: Consents) -> Consent:
    """What the register holds, or a blank sheet with today's words."""
    held = consents.register.consent(student.login, address.id)
    words = consent_text(consents.club, consents.locale_of(student))
    return held or Consent(student.login, address.id, words)


def _record_yes(known: Consent, consents: Consents, now: datetime) -> None:
    if known.confirmed_at is None:
        consents.register.record_consent(replace(known, confirmed_at=now))


def _letter(student: Subscription, address: Address, consents: Consents) -> Confirmation:
    return render_confirmation(
        Invitation(
            login=student.login,
            greeting=student.called,
            club=consents.club,
            code=address.code,
            repository=consents.repository,
            locale=consents.locale_of(student),
        )
    )


def _unconfirmed(student: Subscription, *, is_code_given: bool) -> StudentsFailed:
    if is_code_given:
        wrong = f"The code that {student.login} gave is not the one for the address in the file."
    else:
        wrong = f"{student.login} has not confirmed the address in the file."
    return StudentsFailed(
        wrong,
        "Write the code of the newest confirmation mail into `confirmed`; to send that mail again: "
        f"foothold deliver --live --resend {student.login}.",
    )


def _keyed(key: str, purpose: str, *facts: str) -> bytes:
    message = "\0".join(("foothold:v1", purpose, *facts))
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()


def _read(code: str) -> bytes:
    return code.upper().translate(_READ_AS).encode()
