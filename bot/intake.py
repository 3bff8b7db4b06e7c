"""Intake: what students told by form is taken up before anything is sent.

Comes in: open forms of the club's repository. Goes out: stops, pauses and codes in the register.
Only the author of a form is believed, and only about themselves. What is for people stays open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.errors import GitHubError
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
    is_open: bool = True


class FormDesk(Protocol):
    """Where forms are handed in."""

    def slips(self, *, settled_too: bool) -> tuple[Slip, ...]:
        """All that are not settled yet, or simply all, oldest first.

        GitHubError where they cannot be read.
        """

    def settle(self, slip: Slip) -> None:
        """Close it as done; often is once. GitHubError if that fails."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What an intake did with the open slips: so many counted, and are closed or not; the rest.

    A slip that could not be closed counts again in the next run, to the same end.
    """

    n_closed: int = 0
    n_unclosed: int = 0
    n_for_people: int = 0


def take_up(
    desk: FormDesk,
    students: Mapping[str, Subscription],
    register: Register,
    zone: ZoneInfo,
    *,
    settled_too: bool = False,
) -> TakenUp:
    """Write down all that students told, then close what is done.

    `students` are by login, folded. A run killed in between does it once more, to the same end: all
    counts from the time at which it was told. With `settled_too` closed slips are read as well, for
    a register that was lost.
    """
    done: list[Slip] = []
    n_for_people = 0
    for slip in desk.slips(settled_too=settled_too):
        student = students.get(slip.author.casefold())
        if student is not None and record_slip(slip, student.login, register, zone):
            done.append(slip)
        elif slip.is_open:
            n_for_people += 1
    closed = [_is_closed(desk, slip) for slip in done if slip.is_open]
    return TakenUp(sum(closed), len(closed) - sum(closed), n_for_people)


def _is_closed(desk: FormDesk, slip: Slip) -> bool:
    """Whether it could be closed; what it says counts all the same."""
    try:
        desk.settle(slip)
    except GitHubError:
        return False
    return True


def record_slip(slip: Slip, login: str, register: Register, zone: ZoneInfo) -> bool:
    """Whether all of it could be written down; a newer stop is not undone by an older one.

    To subscribe takes back an older stop, as a resume does; the wishes in it are another's to read
    (`enrolling`), and a form that is open was not read yet.
    """
    form = slip.form
    if form.kind is FormKind.SUBSCRIBE and not slip.is_open:
        resume(login, slip.at, register, zone)
        return False
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


def resume(login: str, at: datetime, register: Register, zone: ZoneInfo) -> bool:
    """Take back a stop or a pause that was told before, nothing told later; was there one?

    What is written is a pause that is over on its own day, as in `halting`.
    """
    known, day = register.stop_of(login), at.astimezone(zone).date()
    is_stopped = known is not None and known.at < at and (known.until is None or known.until > day)
    if is_stopped:
        register.record_stop(Stop(login, at, day))
    return is_stopped
