"""Intake: what students told by form is taken up before anything is sent.

Comes in: open forms of the club's repository. Goes out: stops, pauses and codes in the register.
Only the author of a form is believed, and only about themselves. What is for people stays open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.forms import Form, FormKind
from bot.register import Register, Stop
from bot.subscriptions.student import Subscription


@dataclass(frozen=True, slots=True)
class Slip:
    """A form as somebody handed it in: who, when, and the number of its issue."""

    number: int
    author: str
    at: datetime
    form: Form


class FormDesk(Protocol):
    """Where forms are handed in."""

    def open_slips(self) -> tuple[Slip, ...]:
        """All that are not settled yet, oldest first; GitHubError where they cannot be read."""

    def settle(self, slip: Slip) -> None:
        """Close it as done; often is once. GitHubError if that fails."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What an intake did: how many slips were settled, and how many are left for people."""

    n_settled: int
    n_for_people: int


def take_up(
    desk: FormDesk, students: Mapping[str, Subscription], register: Register, zone: ZoneInfo
) -> TakenUp:
    """Write down what students told, then close what is done.

    `students` are by login, folded. A run killed in between does it once more, to the same end: all
    counts from the time at which it was told.
    """
    n_settled, n_for_people = 0, 0
    for slip in desk.open_slips():
        student = students.get(slip.author.casefold())
        if student is not None and _record(slip, student.login, register, zone):
            desk.settle(slip)
            n_settled += 1
        else:
            n_for_people += 1
    return TakenUp(n_settled, n_for_people)


def _record(slip: Slip, login: str, register: Register, zone: ZoneInfo) -> bool:
    """Whether there was something to write down; a newer stop is not undone by an older one."""
    form = slip.form
    if form.kind is FormKind.CONFIRM and form.code:
        register.record_code(login, form.code)
        return True
    if form.kind is FormKind.STOP:
        stop = Stop(login, slip.at)
    elif form.kind is FormKind.PAUSE and form.weeks is not None:
        day = slip.at.astimezone(zone).date()
        stop = Stop(login, slip.at, day + timedelta(weeks=form.weeks))
    else:
        return False
    known = register.stop_of(login)
    if known is None or known.at < stop.at:
        register.record_stop(stop)
    return True
