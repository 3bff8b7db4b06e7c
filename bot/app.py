"""What the commands do: the pipeline put to work on a session's means.

Comes in: a `Session`. Goes out: a `Result`, a letter or an explanation; nothing here prints or
exits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.adapters.folder import write_message
from bot.digest import Letter
from bot.dispatch import Dispatch, letter_to, preview
from bot.errors import BotError, DeliveryError, GitHubError, ReviewError, exit_code_of
from bot.explanation import Explanation, explain_issue
from bot.harvest.budget import harvest_budget
from bot.intake import take_up
from bot.journal import DigestState, JournalEntry
from bot.office import Office
from bot.pipeline import (
    Prepared,
    ask_consents,
    deliver_week,
    prepare_week,
    record_week,
    release,
    settle_doubts,
)
from bot.rendering.message import Message
from bot.rendering.render import render_message
from bot.report import RunReport
from bot.safeguards import (
    repositories_of,
    require_consent,
    require_known_places,
    require_place,
    require_real_club,
    require_review,
    require_this_week,
)
from bot.schedule import channel_of, why_not_due, why_silent
from bot.selection import Task
from bot.session import Session
from bot.subscriptions.student import Subscription
from bot.summary import Work, report_run
from bot.terms import ChannelName, IssueRef, Week

#: What was sent is forgotten after twelve months: digests of weeks before this many are.
N_WEEKS_KEPT = 53


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
    """Prepare what is due, deliver what is prepared, or both; only a live run records anything.

    A live run holds the journal's lease, so that no two work on one state.
    """
    if not session.request.live:
        with session.office() as office:
            return _work(session, office, prepare=prepare, deliver=deliver)
    with session.journal.lease():
        is_public = _require_safety(session, prepare=prepare)
        session.journal.forget_before(str(session.run.week.before(N_WEEKS_KEPT)))
        with session.office(is_public=is_public) as office:
            told = _take_up(session, office)
            settle_doubts(session.run, office)
            release(session.run, session.request.again, office)
            result = _work(session, office, prepare=prepare, deliver=deliver)
    return replace(result, report=replace(result.report, notes=(*told, *result.report.notes)))


def _take_up(session: Session, office: Office) -> tuple[str, ...]:
    """Take up the forms that students handed in; what there is to tell of it."""
    if office.form_desk is None:
        return ()
    try:
        done = take_up(office.form_desk, office.students, office.register, session.club.zone)
    except GitHubError as error:
        return (f"Forms could not be read: {error.message} Stops in them count in the next run.",)
    notes = []
    if done.n_settled:
        notes.append(f"Forms taken up: {done.n_settled}.")
    if done.n_for_people:
        notes.append(
            f"Forms that wait for a person in {session.club.repository}: {done.n_for_people}."
        )
    return tuple(notes)


def _work(session: Session, office: Office, *, prepare: bool, deliver: bool) -> Result:
    unasked: dict[str, str] = {}
    refused: tuple[BotError, ...] = ()
    if deliver and session.request.live:
        unasked, refused = ask_consents(
            session.run, session.students, office, session.request.again
        )
    whys = {
        one.login: unasked.get(one.login)
        or why_not_due(one, session.journal, session.register, session.run)
        for one in session.students
    }
    due = tuple(one for one in session.students if whys[one.login] is None)
    prepared, failure = None, None
    try:
        prepared = _prepare(session, due, office) if prepare and due else None
        failure = prepared.failure if prepared else None
    except GitHubError as error:
        # Who is prepared already is served all the same.
        failure = error
    kept_back = {login.casefold() for login in unasked}
    entries = [
        one for one in _entries(session, prepared) if one.digest.student.casefold() not in kept_back
    ]
    dispatches, errors = _dispatches(session, entries, office, deliver=deliver)
    errors = (*refused, *errors)
    errors += _write_out(session, dispatches, office)
    notes = tuple(note for channel in office.channels.values() for note in channel.notes)
    work = Work(session, whys, office.source.spent(), prepared, dispatches, failure, notes)
    return Result(report_run(work), dispatches, prepared, (failure, *errors) if failure else errors)


def _require_safety(session: Session, *, prepare: bool) -> bool:
    """Every safeguard of a live run; ConfigurationError before anything is done.

    Whether the posts can be read by everybody: True also where nobody asked.
    """
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
    if posted:
        require_place(club, session.settings.github_token)
        require_known_places([club.repository or ""], repositories_of(session.journal.places()))
    posts = session.posts()
    if posts is None or club.repository is None:
        return True
    try:
        is_private = posts.is_private()
    except GitHubError:
        if posted:
            raise
        # Nobody's digest goes there first; where nobody can look, it counts as public.
        return True
    if is_private:
        return False
    require_consent(posted, club.repository)
    return True


def _prepare(session: Session, due: Sequence[Subscription], office: Office) -> Prepared:
    prepared = prepare_week(session.run, due, office)
    if session.request.live:
        channels = {one.login: channel_of(session.club, one) for one in due}
        record_week(session.run, prepared.digests, channels, session.journal)
    return prepared


def _entries(session: Session, prepared: Prepared | None) -> tuple[JournalEntry, ...]:
    """The digests of this run's students that are to be sent, by login.

    None of who paused or stopped; what is out only where it is asked for again.
    """
    asked = {
        one.login.casefold(): one
        for one in session.students
        if why_silent(one, session.register, session.run) is None
    }
    again = {login.casefold() for login in session.request.again}
    entries = {
        entry.digest.student: entry
        for entry in session.journal.entries(str(session.run.week))
        if (login := entry.digest.student.casefold()) in asked
        and (entry.state is DigestState.PREPARED or login in again)
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
