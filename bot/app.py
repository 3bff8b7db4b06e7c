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


def run_week(session: Session, *, prepare: bool, deliver: bool) -> Result:
    """Prepare what is due, deliver what is prepared, or both; only a live run records anything.

    A live run holds the journal's lease, so that no two work on one state.
    """
    if not session.request.live:
        with session.office() as office:
            return _work(session, office, prepare=prepare, deliver=deliver)
    with session.journal.lease():
        is_public = require_safety(session, prepare=prepare)
        # A slip in --week or --now must not forget what is young.
        week = min(session.run.week, session.real_week)
        session.journal.forget_before(str(week.before(N_WEEKS_KEPT)))
        with session.office(is_public=is_public) as office:
            told = take_up_forms(session, office)
            settle_doubts(session.run, office)
            release(session.run, session.request.again, office)
            result = _work(session, office, prepare=prepare, deliver=deliver)
    return replace(result, report=replace(result.report, notes=(*told, *result.report.notes)))


def _work(session: Session, office: Office, *, prepare: bool, deliver: bool) -> Result:
    asked = Asked()
    if deliver and session.request.live:
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


def _mailed(session: Session) -> tuple[Subscription, ...]:
    """Who gets mail and is due, has a digest waiting, or has not said yes."""
    waiting = {
        one.digest.student.casefold()
        for one in session.journal.entries(str(session.run.week))
        if one.state is DigestState.PREPARED
    }
    return tuple(
        one
        for one in session.students
        if is_mailed(one, session.club)
        and why_halted(one, session.register, session.run) is None
        and (
            one.login.casefold() in waiting
            or why_silent(one, session.register, session.run)
            or why_not_due(one, session.journal, session.register, session.run) is None
        )
    )


def _why_not_due(session: Session, student: Subscription, asked: Asked) -> str | None:
    login = student.login.casefold()
    return asked.whys.get(login) or why_not_due(
        student,
        session.journal,
        session.register,
        session.run,
        needs_consent=login not in asked.refused,
    )


def _prepare(session: Session, due: Sequence[Subscription], office: Office) -> Prepared:
    prepared = prepare_week(session.run, due, office)
    if session.request.live:
        channels = {one.login: channel_of(session.club, one) for one in due}
        record_week(session.run, prepared.digests, channels, session.journal)
    return prepared


def _entries(
    session: Session, prepared: Prepared | None, office: Office, asked: Asked
) -> tuple[JournalEntry, ...]:
    """The digests of this run's students that are to be sent, by login.

    None of who paused, stopped or has yet to say yes; what is out only where it is asked for again.
    """
    named = {one.login.casefold(): one for one in session.students}
    again = {login.casefold() for login in session.request.again}
    entries = {
        login: by_present_choice(session.run, entry, office)
        if entry.state is DigestState.PREPARED
        else entry
        for entry in session.journal.entries(str(session.run.week))
        if (login := entry.digest.student.casefold()) in named
        and (entry.state is DigestState.PREPARED or login in again)
    }
    for digest in prepared.digests if prepared else ():
        login = digest.student.casefold()
        channel = channel_of(session.club, named[login])
        entries[login] = JournalEntry(digest, channel, DigestState.PREPARED)
    return tuple(
        entries[login] for login in sorted(entries) if _may_go(session, named[login], asked)
    )


def _may_go(session: Session, student: Subscription, asked: Asked) -> bool:
    login = student.login.casefold()
    needs_consent = login not in asked.refused
    silent = why_silent(student, session.register, session.run, needs_consent=needs_consent)
    return silent is None and login not in asked.whys


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


def show_digest(session: Session, login: str) -> Message:
    """The student's digest of the week, rendered, and written to `--out` where that is given."""
    message = render_message(_compose_letter(session, login))
    if session.request.out is not None:
        write_message(session.request.out, message)
    return message


def _compose_letter(session: Session, login: str) -> Letter:
    """The journal's digest, else one composed without recording it.

    It is composed for the whole club, because clubmates share the issues.
    """
    student = session.student(login)
    entry = session.journal.entry(str(session.run.week), student.login)
    if entry is not None:
        return letter_to(student, entry.digest, session.club, entry.channel)
    everyone = session.configuration.students
    others = (
        one
        for one in everyone
        if why_not_due(one, session.journal, session.register, session.run) is None
    )
    due = sorted({one.login: one for one in (*others, student)}.values(), key=lambda one: one.login)
    with session.office() as office:
        prepared = prepare_week(session.run, due, office)
    digests = {digest.student: digest for digest in prepared.digests}
    if prepared.failure is not None and student.login not in digests:
        raise prepared.failure
    channel = channel_of(session.club, student)
    return letter_to(student, digests[student.login], session.club, channel)


def explain(session: Session, login: str, ref: IssueRef) -> Explanation:
    """Why the issue is, or is not, for this student."""
    student = session.student(login)
    allowance = harvest_budget(session.club.points_budget)
    offers = session.journal.offers()
    task = Task(session.club, (student,), offers, session.run.week, session.run.now, allowance)
    return explain_issue(task, student, ref, session.issue_source())
