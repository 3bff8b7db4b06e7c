"""What the commands do: the pipeline put to work on a session's means.

Comes in: a `Session`. Goes out: a `Result`, a letter or an explanation; nothing here prints or
exits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.folder import write_message
from bot.digest import Letter
from bot.errors import BotError, DeliveryError, GitHubError, ReviewError, exit_code_of
from bot.explanation import Explanation, explain_issue
from bot.harvest.budget import harvest_budget
from bot.journal import DigestState, JournalEntry
from bot.pipeline import (
    Dispatch,
    Office,
    Prepared,
    deliver_week,
    letter_to,
    prepare_week,
    record_week,
    settle_doubts,
)
from bot.rendering.message import Message
from bot.rendering.render import render_message
from bot.report import RunReport
from bot.safeguards import (
    channel_of,
    require_consent,
    require_place,
    require_real_club,
    require_review,
    require_this_week,
)
from bot.schedule import is_paused, why_not_due
from bot.selection import Task
from bot.session import Session
from bot.subscriptions.student import Subscription
from bot.summary import Work, report_run
from bot.terms import ChannelName, IssueRef, Week


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did: its report, what became of each digest, and what went wrong."""

    report: RunReport
    dispatches: tuple[Dispatch, ...]
    prepared: Prepared | None
    errors: tuple[BotError, ...]

    @property
    def exit_code(self) -> int:
        return exit_code_of(self.errors)


def run_week(session: Session, *, prepare: bool, deliver: bool) -> Result:
    """Prepare what is due, deliver what is prepared, or both; only a live run records anything."""
    if session.request.live:
        _require_safety(session, prepare=prepare)
    office = session.office()
    if session.request.live:
        settle_doubts(session.run, office)
    whys = {one.login: why_not_due(one, session.journal, session.run) for one in session.students}
    due = tuple(one for one in session.students if whys[one.login] is None)
    prepared, failure = None, None
    try:
        prepared = _prepare(session, due, office) if prepare and due else None
        failure = prepared.failure if prepared else None
    except GitHubError as error:
        # Who is prepared already is served all the same.
        failure = error
    entries = _entries(session, prepared)
    dispatches, errors = _dispatches(session, entries, office, deliver=deliver)
    errors += _write_out(session, dispatches)
    work = Work(session, whys, office.source.spent(), prepared, dispatches, failure)
    return Result(report_run(work), dispatches, prepared, (failure, *errors) if failure else errors)


def _require_safety(session: Session, *, prepare: bool) -> None:
    """Every safeguard of a live run; ConfigurationError before anything is done."""
    club = session.club
    require_real_club(club, is_loopback=session.is_on_loopback)
    if prepare:
        require_this_week(session.run.week, Week.of(session.run.now, club.zone))
    prepared = session.journal.entries(str(session.run.week))
    promised = {
        one.digest.student.casefold() for one in prepared if one.channel is ChannelName.ISSUE
    }
    posted = tuple(
        one
        for one in session.students
        if channel_of(club, one) is ChannelName.ISSUE or one.login.casefold() in promised
    )
    if not posted:
        return
    require_place(club, session.settings.github_token)
    posts = session.posts()
    if posts is not None and club.repository is not None and not posts.is_private():
        require_consent(posted, club.repository)


def _prepare(session: Session, due: Sequence[Subscription], office: Office) -> Prepared:
    prepared = prepare_week(session.run, due, office)
    if session.request.live:
        channels = {one.login: channel_of(session.club, one) for one in due}
        record_week(session.run, prepared.digests, channels, session.journal)
    return prepared


def _entries(session: Session, prepared: Prepared | None) -> tuple[JournalEntry, ...]:
    """The digests of this run's students that are not out yet, by login; not of who paused."""
    asked = {
        one.login.casefold(): one for one in session.students if not is_paused(one, session.run)
    }
    entries = {
        entry.digest.student: entry
        for entry in session.journal.entries(str(session.run.week))
        if entry.digest.student.casefold() in asked and entry.state is DigestState.PREPARED
    }
    for digest in prepared.digests if prepared else ():
        channel = channel_of(session.club, asked[digest.student.casefold()])
        entry = JournalEntry(digest, channel, DigestState.PREPARED)
        entries[digest.student] = entry
    return tuple(entries[login] for login in sorted(entries))


def _dispatches(
    session: Session, entries: Sequence[JournalEntry], office: Office, *, deliver: bool
) -> tuple[tuple[Dispatch, ...], tuple[BotError, ...]]:
    """What became of the digests, and all that went wrong."""
    if not deliver:
        return _previews(session, entries), ()
    try:
        require_review(session.club)
    except ReviewError as error:
        return _previews(session, entries), (error,)
    dispatches = deliver_week(session.run, entries, office, live=session.request.live)
    return dispatches, tuple(one.error for one in dispatches if one.error is not None)


def _previews(session: Session, entries: Sequence[JournalEntry]) -> tuple[Dispatch, ...]:
    letters = (
        letter_to(session.student(entry.digest.student), entry.digest, session.club)
        for entry in entries
    )
    return tuple(
        Dispatch(entry.digest, entry.channel, render_message(letter))
        for entry, letter in zip(entries, letters, strict=True)
    )


def _write_out(session: Session, dispatches: Sequence[Dispatch]) -> tuple[BotError, ...]:
    """Write the week's digests to `--out`, those of earlier runs too; one error if that fails."""
    folder = session.request.out
    if folder is None:
        return ()
    made = {
        one.digest.student.casefold(): one.message for one in dispatches if one.message is not None
    }
    known = {one.login.casefold() for one in session.students} - made.keys()
    entries = session.journal.entries(str(session.run.week))
    old = _previews(session, [one for one in entries if one.digest.student.casefold() in known])
    try:
        for message in (*made.values(), *(one.message for one in old)):
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
        return letter_to(student, entry.digest, session.club)
    everyone = session.configuration.students
    others = (one for one in everyone if why_not_due(one, session.journal, session.run) is None)
    due = sorted({one.login: one for one in (*others, student)}.values(), key=lambda one: one.login)
    prepared = prepare_week(session.run, due, session.office())
    digests = {digest.student: digest for digest in prepared.digests}
    if prepared.failure is not None and student.login not in digests:
        raise prepared.failure
    return letter_to(student, digests[student.login], session.club)


def explain(session: Session, login: str, ref: IssueRef) -> Explanation:
    """Why the issue is, or is not, for this student."""
    student = session.student(login)
    allowance = harvest_budget(session.club.points_budget)
    offers = session.journal.offers()
    task = Task(session.club, (student,), offers, session.run.week, session.run.now, allowance)
    return explain_issue(task, student, ref, session.issue_source())
