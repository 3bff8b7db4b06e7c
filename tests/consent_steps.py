"""A register in memory that can die at any write, and an asker that fails by script."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.consent import Address, ConsentRequest, Consents, make_address
from bot.register import Consent, Stop
from bot.subscriptions.student import Subscription

AT = datetime(2026, 11, 29, 5, 23, tzinfo=UTC)
KEY = "AGE-SECRET-KEY-1TEST"
ADDRESS = make_address(KEY, "ada-example", "ada.private@reader.example.org")


class Killed(BaseException):
    """The machine stopped."""


class ScriptedRegister:
    """Keeps consents and codes; `dies_at` the n-th write it is killed before writing."""

    def __init__(self) -> None:
        self.consents: dict[tuple[str, str], Consent] = {}
        self.codes: dict[str, str] = {}
        self.n_writes = 0
        self.dies_at = 0

    def consent(self, login: str, address: str) -> Consent | None:
        return self.consents.get((login.casefold(), address))

    def record_consent(self, consent: Consent) -> None:
        self.n_writes += 1
        if self.n_writes == self.dies_at:
            raise Killed
        self.consents[consent.login.casefold(), consent.address] = consent

    def code_given(self, login: str) -> str | None:
        return self.codes.get(login.casefold())

    def record_code(self, login: str, code: str) -> None:
        self.codes[login.casefold()] = code

    def stop_of(self, login: str) -> Stop | None:
        raise AssertionError("consent asks for no stops")

    def record_stop(self, stop: Stop) -> None:
        raise AssertionError("consent records no stops")

    def lift_stop(self, login: str) -> None:
        raise AssertionError("consent lifts no stops")

    def forget(self, login: str) -> None:
        raise AssertionError("consent forgets nobody")

    def posters(self) -> frozenset[str]:
        return frozenset()

    def record_poster(self, login: str) -> None:
        raise AssertionError("consent knows no posters")


class ScriptedAsker:
    """Counts what it was asked to send; each of `errors` is raised once, None sends."""

    def __init__(self, *errors: BaseException | None, arrives: bool = True) -> None:
        self.errors = list(errors)
        self.arrives = arrives
        self.sent: list[ConsentRequest] = []

    def ask(self, request: ConsentRequest) -> None:
        error = self.errors.pop(0) if self.errors else None
        if error is None or isinstance(error, Killed):
            self.sent.append(request)
        if error is not None:
            raise error


class OneAddress:
    """A book in which everybody lives at one place."""

    def __init__(self, address_of: Callable[[str], Address] = lambda login: ADDRESS) -> None:
        self._address_of = address_of

    def address_of(self, student: Subscription) -> Address:
        return self._address_of(student.login)


def student(**changes: Any) -> Subscription:
    keys = {"login": "ada-example", "interests": ("maps",), "email": "age:c2VhbGVk"}
    return Subscription(**(keys | changes))


def consents(register: ScriptedRegister, address: Address = ADDRESS) -> Consents:
    book = OneAddress(lambda login: address)
    return Consents(book, register, "Campus Open Source Club", "campus-club/digests")
