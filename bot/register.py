"""The register: what people told the club of themselves, and whose posts are ours.

Comes in: stops, consents, codes, stated levels, posters. Goes out: the same. It stands beside the
journal of what was sent. No address is kept, only its keyed fingerprint (`Consent.address`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.ladder import StatedLevel


@dataclass(frozen=True, slots=True)
class Stop:
    """A student wants no digests; with `until`, none before that day."""

    login: str
    at: datetime
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """What a student said to mail at one address.

    `address` is the address's keyed fingerprint; `text` is what was agreed to, word for word.
    """

    login: str
    address: str
    text: str
    #: When the mail that asks was about to be sent; None when it surely is not out.
    asked_at: datetime | None = None
    #: When the server took that mail.
    mailed_at: datetime | None = None
    confirmed_at: datetime | None = None
    #: When the address refused mail for good.
    refused_at: datetime | None = None
    n_deferrals: int = 0


class Posters(Protocol):
    """The logins that our posts were made by, as GitHub's answers gave them."""

    def posters(self) -> frozenset[str]:
        """All that are kept, folded."""

    def record_poster(self, login: str) -> None:
        """Keep one; often is once."""


class Register(Posters, Protocol):
    """All that was told; a login is the same in any case, and every method happens whole."""

    def stop_of(self, login: str) -> Stop | None:
        """The student's stop or pause, also one that is over."""

    def record_stop(self, stop: Stop) -> None:
        """Write a stop or a pause down; the last one counts."""

    def lift_stop(self, login: str) -> None:
        """Take it back; nothing if there is none."""

    def consent(self, login: str, address: str) -> Consent | None:
        """What the student said to that address."""

    def record_consent(self, consent: Consent) -> None:
        """Write it down in the place of what was known of that student and address."""

    def code_given(self, login: str) -> str | None:
        """The code that the student gave in a form."""

    def record_code(self, login: str, code: str) -> None:
        """Keep a code; the last one counts."""

    def stated_level(self, login: str) -> StatedLevel | None:
        """The level that the student's file stated last, and since when."""

    def record_stated_level(self, stated: StatedLevel) -> None:
        """Write down what the file states from now on."""

    def forget(self, login: str) -> int:
        """Forget the student: stops, consents, codes, stated levels; how many.

        A poster is no student's data.
        """
