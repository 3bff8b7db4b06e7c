"""What a run tells of itself: its report, from what became of every digest.

Comes in: a session, outcomes, costs. Goes out: a `RunReport`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.errors import DeliveryInDoubt, GitHubError
from bot.harvest.source import Cost, Step
from bot.pipeline import Outcome, Prepared
from bot.report import RunReport, StudentReport, StudentStatus
from bot.safeguards import channel_of
from bot.screening.reasons import DropCause
from bot.session import Session
from bot.subscriptions.club import Review


def report_run(
    session: Session,
    prepared: Prepared | None,
    outcomes: Sequence[Outcome],
    whys: Mapping[str, str | None],
    spent: Mapping[Step, Cost],
) -> RunReport:
    """The run's report; `whys` says of each student why nothing was due, or None."""
    told = {one.digest.student.casefold(): _tell(one) for one in outcomes}
    students = tuple(
        told.get(one.login.casefold())
        or StudentReport(
            login=one.login,
            status=StudentStatus.SKIPPED,
            picks=0,
            channel=channel_of(session.club, one),
            why=whys[one.login] or "nothing is prepared yet; `foothold prepare` does that",
        )
        for one in session.students
    )
    harvest = prepared.harvest if prepared else None
    return RunReport(
        week=str(session.run.week),
        live=session.request.live,
        complete=harvest is None or harvest.is_complete,
        issues=len(harvest.issues) if harvest else 0,
        by_step={step: spent.get(step, Cost()) for step in Step},
        dropped=_by_code(prepared.n_dropped) if prepared else {},
        students=students,
        notes=_notes(session, prepared),
    )


def _notes(session: Session, prepared: Prepared | None) -> tuple[str, ...]:
    notes = list(prepared.harvest.missing) if prepared else []
    if prepared and prepared.harvest.n_hidden:
        notes.append(f"GitHub did not let us see {prepared.harvest.n_hidden} of the results.")
    if session.club.review is Review.NOTIFY:
        notes.append("`review: notify` posts nothing for mentors yet; digests go out as usual.")
    return tuple(notes)


def _by_code(n_dropped: Mapping[DropCause, int]) -> dict[str, int]:
    codes: Counter[str] = Counter()
    for cause, count in n_dropped.items():
        codes[cause.code] += count
    return {str(code): count for code, count in codes.most_common()}


def _tell(outcome: Outcome) -> StudentReport:
    """One student's line of the report."""
    digest, error = outcome.digest, outcome.error
    n_picks = len(digest.offered)
    why = error.message if error else (outcome.receipt.place if outcome.receipt else "")
    if isinstance(error, GitHubError | DeliveryInDoubt):
        status = StudentStatus.HELD
    elif error is not None:
        status = StudentStatus.FAILED
    elif not n_picks:
        status, why = StudentStatus.QUIET, " ".join(digest.notes)
    else:
        status = StudentStatus.SENT if outcome.receipt else StudentStatus.PREPARED
    return StudentReport(digest.student, status, n_picks, outcome.channel, why)
