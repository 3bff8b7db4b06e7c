"""What the commands do: the pipeline put to work on a session's means.

Comes in: a `Session`. Goes out: a `Result`, a letter or an explanation; nothing here prints or
exits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.adapters.folder import write_message
from bot.asking import Asked, ask_consents
from bot.digest import Letter
from bot.dispatch import Dispatch, by_present_choice, letter_to, preview
from bot.errors import BotError, DeliveryError, GitHubError, ReviewError, exit_code_of
from bot.explanation import Explanation, explain_issue
from bot.harvest.budget import harvest_budget
from bot.journal import DigestState, JournalEntry
from bot.office import Office
from bot.pipeline import (
    Prepared,
    deliver_week,
    prepare_week,
    record_week,
    release,
    settle_doubts,
)
from bot.preflight import require_safety, take_up_forms
from bot.rendering.message import Message
from bot.rendering.render import render_message
from bot.report import RunReport
from bot.safeguards import require_review
from bot.schedule import channel_of, is_mailed, why_halted, why_not_due, why_silent
from bot.selection import Task
from bot.session import Session
from bot.subscriptions.student import Subscription
from bot.summary import Work, report_run
from bot.terms import IssueRef

#: What was sent is forgotten after twelve months: digests of weeks before this many are.
N_WEEKS_KEPT = 53


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did: its report, what became of each digest, and what went wrong."""

    report: RunReport
    dispatches: tuple[Dispatch, ...]
    prepared: Prepared | None
    errors: tuple[BotError, ...]
    #: The logins of students and mentors, which not every log may tell.
    people: frozenset[str] = frozenset()

    @property
    def exit_code(self) -> int:
        return exit_code_of(self.errors)


def run_week(session: Session, jobs: Collection[Job]) -> Result:
    """Do these jobs; only a live run records anything.

    A live run holds the journal's lease, so that no two work on one state.
    """
    if not session.request.live:
        with session.office() as office:
            return _work(session, office, jobs)
    with session.journal.lease():
        is_public = require_safety(session, prepare=Job.PREPARE in jobs)
        # A slip in --week or --now must not forget what is young.
        week = min(session.run.week, session.real_week)
        forget_before(session, week.before(N_WEEKS_KEPT))
        with session.office(is_public=is_public) as office:
            told = take_up_forms(session, office)
            settle_doubts(session.run, office)
            release(session.run, session.request.again, office)
            result = _work(session, office, jobs)
    return replace(result, report=replace(result.report, notes=(*told, *result.report.notes)))


def _work(session: Session, office: Office, jobs: Collection[Job]) -> Result:
    heard = hear(session.run, office, jobs, live=session.request.live)
    asked = Asked()
    if Job.DELIVER in jobs and session.request.live:
        asked = ask_consents(session.run, _mailed(session), office, session.request.again)
    whys = {one.login: _why_not_due(session, one, asked) for one in session.students}
    due = tuple(one for one in session.students if whys[one.login] is None)
    prepared, failure = None, None
    try:
        prepared = _prepare(session, due, office) if prepare and due else None
        failure = prepared.failure if prepared else None
    except GitHubError as error:
        # Who is prepared already is served all the same.
        failure = error
    entries = _entries(session, prepared, office, asked)
    dispatches, errors = _dispatches(session, entries, office, deliver=deliver)
    errors += _write_out(session, dispatches, office)
    notes = tuple(note for channel in office.channels.values() for note in channel.notes)
    work = Work(
        session=session,
        whys=whys,
        spent=office.source.spent(),
        prepared=prepared,
        dispatches=dispatches,
        failure=failure,
        troubles=asked.errors,
        notes=notes,
    )
    errors = ((failure,) if failure else ()) + (*asked.errors.values(), *errors)
    return Result(report_run(work), dispatches, prepared, errors, _people(session))


def _people(session: Session) -> frozenset[str]:
    """All logins that a public log must not tell of."""
    students = {one.login for one in session.configuration.students}
    return frozenset(students | {one.github for one in session.club.mentors})


def _prepare(session: Session, due: Sequence[Subscription], office: Office) -> Prepared:
    prepared = prepare_week(session.run, due, office)
    if session.request.live:
        channels = {one.login: channel_of(session.club, one) for one in due}
        record_week(session.run, prepared.digests, channels, session.journal)
    return prepared


def _dispatches(
    session: Session, entries: Sequence[JournalEntry], office: Office, *, deliver: bool
) -> tuple[tuple[Dispatch, ...], tuple[BotError, ...]]:
    """What became of the digests, and all that went wrong."""
    if not deliver:
        return _previews(session, entries, office), ()
    try:
        require_review(session.club)
        dispatches = deliver_week(session.run, entries, office, live=session.request.live)
    except (ReviewError, DeliveryError) as error:
        return _previews(session, entries, office), (error,)
    return dispatches, tuple(one.error for one in dispatches if one.error is not None)


def _previews(
    session: Session, entries: Sequence[JournalEntry], office: Office
) -> tuple[Dispatch, ...]:
    return tuple(preview(session.run, entry, office) for entry in entries)


def _write_out(
    session: Session, dispatches: Sequence[Dispatch], office: Office
) -> tuple[BotError, ...]:
    """Write the week's digests to `--out`, those of earlier runs too; one error if that fails."""
    folder = session.request.out
    if folder is None:
        return ()
    made = {
        one.digest.student.casefold(): one.message for one in dispatches if one.message is not None
    }
    known = {one.login.casefold() for one in session.students} - made.keys()
    entries = session.journal.entries(str(session.run.week))
    old = [one for one in entries if one.digest.student.casefold() in known]
    previews = _previews(session, old, office)
    try:
        for message in (*made.values(), *(one.message for one in previews)):
            if message is not None:
                write_message(folder, message)
    except DeliveryError as error:
        return (error,)
    return ()
