"""What a run tells of itself: its report, from what became of every digest.

Comes in: a session, dispatches, costs. Goes out: a `RunReport`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.allocation.rules import FLOOR
from bot.dispatch import Dispatch
from bot.errors import (
    BotError,
    ChannelStopped,
    DeliveryDeferred,
    DeliveryInDoubt,
    GitHubError,
    ReviewError,
)
from bot.harvest.source import Cost, Step
from bot.pipeline import Prepared
from bot.rendering.words import load_words
from bot.report import RunReport, StudentReport, StudentStatus
from bot.schedule import channel_of
from bot.screening.reasons import DropCause
from bot.session import Session
from bot.subscriptions.student import Subscription


@dataclass(frozen=True, slots=True)
class Work:
    """What a run did."""

    session: Session
    #: Why nothing was due, by login, or None.
    whys: Mapping[str, str | None]
    spent: Mapping[Step, Cost]
    prepared: Prepared | None = None
    dispatches: Sequence[Dispatch] = ()
    #: Why nothing could be prepared, or None.
    failure: GitHubError | None = None
    #: What went wrong with students who have no digest to send, by login, folded.
    troubles: Mapping[str, BotError] = field(default_factory=dict)
    #: What the channels say went less well than it should.
    notes: Sequence[str] = ()


def report_run(work: Work) -> RunReport:
    """The run's report, with a line for every student that it was about."""
    session, prepared = work.session, work.prepared
    told = {one.digest.student.casefold(): _tell(one) for one in work.dispatches}
    harvest = prepared.harvest if prepared else None
    return RunReport(
        week=str(session.run.week),
        live=session.request.live,
        complete=work.failure is None
        and (harvest is None or harvest.is_complete)
        and all(one.digest.complete for one in work.dispatches),
        issues=len(harvest.issues) if harvest else 0,
        by_step={step: work.spent.get(step, Cost()) for step in Step},
        dropped=_by_code(prepared.n_dropped) if prepared else {},
        students=tuple(
            told.get(one.login.casefold()) or _tell_without_digest(work, one)
            for one in session.students
        ),
        notes=(*_notes(prepared), *work.notes),
    )


def _tell_without_digest(work: Work, student: Subscription) -> StudentReport:
    why, status = work.whys[student.login], StudentStatus.SKIPPED
    trouble = work.troubles.get(student.login.casefold())
    if trouble is not None:
        status = StudentStatus.HELD if isinstance(trouble, _HOLDS) else StudentStatus.FAILED
    if why is None and work.failure is not None:
        why, status = work.failure.message, StudentStatus.HELD
    return StudentReport(
        login=student.login,
        status=status,
        picks=0,
        channel=channel_of(work.session.club, student),
        why=why or "nothing is prepared yet; `foothold prepare --live` does that",
    )


def _notes(prepared: Prepared | None) -> tuple[str, ...]:
    harvest = prepared.harvest if prepared else None
    notes = [*harvest.missing, *harvest.notes] if harvest else []
    notes += prepared.notes if prepared else ()
    if prepared and prepared.harvest.n_hidden:
        notes.append(f"GitHub did not let us see {prepared.harvest.n_hidden} of the results.")
    if prepared and any(prepared.lost):
        notes.append(_told_lost(prepared.lost))
    return tuple(notes)


def _told_lost(lost: Sequence[float]) -> str:
    """What the students lost to each other, without names: a log may be public."""
    told = (
        f"Shared out over the club, a student's week is {sum(lost) / len(lost):.0%} below a week "
        f"alone on average, {max(lost):.0%} at most"
    )
    few = 1 - max(lost) < FLOOR
    return f"{told}; there are too few issues for what the club asks for." if few else f"{told}."


def _by_code(n_dropped: Mapping[DropCause, int]) -> dict[str, int]:
    codes: Counter[str] = Counter()
    for cause, count in n_dropped.items():
        codes[cause.code] += count
    return {str(code): count for code, count in codes.most_common()}


def _tell(dispatch: Dispatch) -> StudentReport:
    """One student's line of the report."""
    digest, error, receipt = dispatch.digest, dispatch.error, dispatch.receipt
    n_picks = len(digest.offered)
    why = error.message if error else (receipt.place if receipt else dispatch.why_not)
    if receipt and dispatch.message is None:
        why = f"posted already: {why}"
    if receipt and dispatch.refusal:
        why = f"{why} ({dispatch.refusal.message})"
    if dispatch.waits:
        status, why = StudentStatus.HELD, dispatch.waits
    elif isinstance(error, _HOLDS):
        status = StudentStatus.HELD
    elif error is not None:
        status = StudentStatus.FAILED
    elif dispatch.why_not:
        status = StudentStatus.SKIPPED
    elif not n_picks:
        status, why = StudentStatus.QUIET, " ".join(map(load_words().say, digest.notes))
    else:
        status = StudentStatus.SENT if receipt else StudentStatus.PREPARED
    return StudentReport(digest.student, status, n_picks, dispatch.channel, why)


#: What a later run may bring out.
_HOLDS = (GitHubError, DeliveryInDoubt, DeliveryDeferred, ChannelStopped, ReviewError)
