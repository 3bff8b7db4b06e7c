"""Asking: who gets mail is asked for consent first, each address once.

Comes in: students whose digests go by mail. Goes out: who gets none yet and why, as `Asked`.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from bot.consent import WHY, Standing, ask_once, question
from bot.dispatch import no_channel
from bot.errors import (
    BotError,
    DeliveryDeferred,
    DeliveryError,
    DeliveryInDoubt,
    StudentsFailed,
)
from bot.office import Office
from bot.pledging import attest
from bot.register import Consent
from bot.schedule import Run
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking; all by login, folded."""

    #: Who gets no digest yet, and why.
    whys: dict[str, str] = field(default_factory=dict)
    #: What went wrong with whom; each has a `why` too.
    errors: dict[str, BotError] = field(default_factory=dict)
    #: Whose address takes no mail: nobody waits for their code.
    refused: frozenset[str] = frozenset()


def ask_consents(
    run: Run, students: Iterable[Subscription], office: Office, again: Collection[str] = ()
) -> Asked:
    """Ask those who have not said yes; who is named in `again` is asked once more."""
    named = {login.casefold() for login in again}
    students = tuple(students)
    attest(office.witness, questions=_questions(run, students, office, named))
    whys: dict[str, str] = {}
    errors: dict[str, BotError] = {}
    refused = set()
    for one in students:
        login = one.login.casefold()
        try:
            standing = _ask(run, one, office, is_again=login in named)
        except (DeliveryError, StudentsFailed) as error:
            whys[login], errors[login] = error.message, error
            continue
        if standing is Standing.REFUSED:
            refused.add(login)
        elif standing is not Standing.CONFIRMED:
            whys[login] = WHY[standing]
        trouble = _trouble(one.login, standing)
        if trouble is not None:
            errors[login] = trouble
    return Asked(whys, errors, frozenset(refused))


def _questions(
    run: Run, students: Iterable[Subscription], office: Office, named: Collection[str]
) -> Iterator[Consent]:
    """What is about to be asked; whose address cannot be used is told when it is asked."""
    room = office.mailroom
    for one in students if room is not None else ():
        assert room is not None
        with suppress(StudentsFailed):
            asked = question(one, room.consents, run.now, resend=one.login.casefold() in named)
            if asked is not None:
                yield asked


def _ask(run: Run, student: Subscription, office: Office, *, is_again: bool) -> Standing:
    room = office.mailroom
    if room is None:
        raise no_channel(student.login, ChannelName.EMAIL, office)
    return ask_once(student, room.consents, room.asker, run.now, resend=is_again)


def _trouble(login: str, standing: Standing) -> BotError | None:
    """What a person should know of a question that may not have arrived."""
    if standing is Standing.IN_DOUBT:
        return DeliveryInDoubt(
            f"The mail that asks {login} for consent may be lost.",
            f"Ask {login}; to send it again: foothold deliver --live --resend {login}.",
        )
    if standing is Standing.DEFERRED:
        return DeliveryDeferred(
            f"The mail server put off the mail that asks {login} for consent.",
            "Nothing to do: the next run tries again.",
        )
    return None
