"""What the commands do: the pipeline put to work on a session's means.

Comes in: a `Session`. Goes out: a `Result`, a letter or an explanation; nothing here prints or
exits.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.adapters.folder import write_message
from bot.digest import Letter
from bot.errors import BotError, DeliveryInDoubt, GitHubError, ReviewError, exit_code_of
from bot.explanation import Explanation, explain_issue
from bot.harvest.collect import harvest_budget
from bot.harvest.source import IssueSource
from bot.journal import DigestState, JournalEntry
from bot.pipeline import (
    Office,
    Outcome,
    Prepared,
    deliver_week,
    letter_to,
    prepare_week,
    record_week,
    why_not_due,
)
from bot.rendering.render import render_message
from bot.report import RunReport, StudentReport, StudentStatus
from bot.safeguards import (
    posted_students,
    require_consent,
    require_place,
    require_real_club,
    require_review,
)
from bot.screening.reasons import DropCause
from bot.selection import Task
from bot.session import Session
from bot.subscriptions.club import Review
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, IssueRef


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did: its report, what became of each digest, and what went wrong."""

    report: RunReport
    outcomes: tuple[Outcome, ...]
    prepared: Prepared | None
    errors: tuple[BotError, ...]

    @property
    def exit_code(self) -> int:
        return exit_code_of(self.errors)


def run_week(session: Session, *, prepare: bool, deliver: bool) -> Result:
    """Prepare what is due, deliver what is prepared, or both; only a live run records anything."""
    if session.request.live:
        _require_safety(session)
    whys = {one.login: why_not_due(one, session.journal, session.run) for one in session.students}
    due = tuple(one for one in session.students if whys[one.login] is None)
    source = session.issue_source()
    prepared = _prepare(session, due, source) if prepare and due else None
    entries = _entries(session, prepared)
    outcomes, held = _outcomes(session, entries, source, deliver=deliver)
    if session.request.out is not None:
        for outcome in outcomes:
            if outcome.message is not None:
                write_message(session.request.out, outcome.message)
    told = {outcome.digest.student: _tell(outcome) for outcome in outcomes}
    students = tuple(
        told.get(one.login) or _tell_skipped(session, one, whys[one.login] or "not prepared yet")
        for one in session.students
    )
    errors = tuple(outcome.error for outcome in outcomes if outcome.error is not None)
    return Result(_report(session, source, prepared, students), outcomes, prepared, errors + held)


def _require_safety(session: Session) -> None:
    """Every safeguard of a live run; ConfigurationError before anything is done."""
    club = session.club
    require_real_club(club, is_loopback=session.is_on_loopback)
    posted = posted_students(club, session.students)
    if not posted:
        return
    require_place(club, session.settings.github_token)
    posts = session.posts()
    if posts is not None and club.repository is not None and not posts.is_private():
        require_consent(posted, club.repository)


def _prepare(session: Session, due: Sequence[Subscription], source: IssueSource) -> Prepared:
    prepared = prepare_week(session.run, due, source, session.journal)
    if session.request.live:
        channels = {one.login: _channel_of(session, one) for one in due}
        record_week(session.run, prepared.digests, channels, session.journal)
    return prepared


def _entries(session: Session, prepared: Prepared | None) -> tuple[JournalEntry, ...]:
    """The digests of this run's students that are not out yet, by login."""
    asked = {one.login: one for one in session.students}
    entries = {
        entry.digest.student: entry
        for entry in session.journal.entries(str(session.run.week))
        if entry.digest.student in asked and entry.state is DigestState.PREPARED
    }
    for digest in prepared.digests if prepared else ():
        channel = _channel_of(session, asked[digest.student])
        entry = JournalEntry(digest, channel, DigestState.PREPARED)
        entries.setdefault(digest.student, entry)
    return tuple(entries[login] for login in sorted(entries))


def _outcomes(
    session: Session, entries: Sequence[JournalEntry], source: IssueSource, *, deliver: bool
) -> tuple[tuple[Outcome, ...], tuple[BotError, ...]]:
    """What became of the digests, and the error that held all of them back, if one did."""
    students = {one.login: one for one in session.configuration.students}
    if deliver:
        try:
            require_review(session.club)
        except ReviewError as error:
            return _previews(session, entries, students), (error,)
        channels = session.channels(session.posts())
        office = Office(source, session.journal, channels, students)
        return deliver_week(session.run, entries, office, live=session.request.live), ()
    return _previews(session, entries, students), ()


def _previews(
    session: Session, entries: Sequence[JournalEntry], students: Mapping[str, Subscription]
) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(
            entry.digest,
            entry.channel,
            render_message(
                letter_to(students.get(entry.digest.student), entry.digest, session.club)
            ),
        )
        for entry in entries
    )


def _channel_of(session: Session, student: Subscription) -> ChannelName:
    return student.channel or session.club.channel


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


def _tell_skipped(session: Session, student: Subscription, why: str) -> StudentReport:
    channel = _channel_of(session, student)
    return StudentReport(student.login, StudentStatus.SKIPPED, 0, channel, why)


def _report(
    session: Session,
    source: IssueSource,
    prepared: Prepared | None,
    students: tuple[StudentReport, ...],
) -> RunReport:
    harvest = prepared.harvest if prepared else None
    hidden = harvest.n_hidden if harvest else 0
    notes = harvest.missing if harvest else ()
    if hidden:
        notes += (f"GitHub did not let us see {hidden} of the results.",)
    if session.club.review is Review.NOTIFY:
        notes += ("`review: notify` posts nothing for mentors yet; digests go out as usual.",)
    return RunReport(
        week=str(session.run.week),
        live=session.request.live,
        complete=harvest is None or harvest.is_complete,
        issues=len(harvest.issues) if harvest else 0,
        by_step=dict(source.spent()),
        dropped=_by_code(prepared.n_dropped) if prepared else {},
        students=students,
        notes=notes,
    )


def _by_code(n_dropped: Mapping[DropCause, int]) -> dict[str, int]:
    codes: Counter[str] = Counter()
    for cause, count in n_dropped.items():
        codes[cause.code] += count
    return {str(code): count for code, count in codes.most_common()}


def compose_letter(session: Session, login: str) -> Letter:
    """The student's digest of the week: the journal's, else one composed without recording it.

    It is composed for the whole club, because clubmates share the issues.
    """
    student = session.student(login)
    entry = session.journal.entry(str(session.run.week), student.login)
    if entry is not None:
        return letter_to(student, entry.digest, session.club)
    everyone = session.configuration.students
    others = (one for one in everyone if why_not_due(one, session.journal, session.run) is None)
    due = sorted({one.login: one for one in (*others, student)}.values(), key=lambda one: one.login)
    prepared = prepare_week(session.run, due, session.issue_source(), session.journal)
    digests = {digest.student: digest for digest in prepared.digests}
    return letter_to(student, digests[student.login], session.club)


def explain(session: Session, login: str, ref: IssueRef) -> Explanation:
    """Why the issue is, or is not, for this student."""
    student = session.student(login)
    budget = harvest_budget(session.club.points_budget)
    offers = session.journal.offers()
    task = Task(session.club, (student,), offers, session.run.now, budget)
    return explain_issue(task, student, ref, session.issue_source())
