"""What the commands do: the jobs put to work on a session's means.

Comes in: a `Session`. Goes out: a `Result`; nothing here prints or exits.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.adapters.folder import write_message
from bot.asking import Asked, ask_consents
from bot.commands.checkup.here import everybody
from bot.commands.checkup.urgent import urgent
from bot.commands.people import N_WEEKS_KEPT, forget_before
from bot.community.source import CommunitySource
from bot.dispatch import Dispatch, preview
from bot.errors import BotError, DeliveryError, GitHubError, exit_code_of
from bot.harvest.source import Cost, Step
from bot.hearing import hear_mentors
from bot.journal import DigestState, JournalEntry
from bot.learning import follow_picks, hear_students, recall
from bot.lessons import Learned, Lessons
from bot.office import Office
from bot.outcomes.aftermath import OutcomeSource
from bot.pipeline import (
    Prepared,
    deliver_week,
    prepare_week,
    record_week,
    release,
    settle_doubts,
)
from bot.preflight import require_safety, take_up_forms
from bot.proving import announce_mails, keep_proofs
from bot.report import RunReport
from bot.review.desk import ReviewMessage
from bot.review.verdict import ReviewPost
from bot.reviewing import Shown, posts_of_week, show_mentors
from bot.rota import entries_to_send, mailed, why_waiting
from bot.ruling import Ruling, rule
from bot.schedule import channel_of
from bot.session import Session
from bot.subscriptions.student import Subscription
from bot.summary import Work, report_run


class Job(StrEnum):
    """The short jobs that meet in the journal; each is safe to run again."""

    LEARN = "learn"
    PREPARE = "prepare"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did: its report, what became of each digest, and what went wrong."""

    report: RunReport
    dispatches: tuple[Dispatch, ...]
    prepared: Prepared | None
    errors: tuple[BotError, ...]
    #: What mentors were shown, or would be.
    reviews: tuple[ReviewMessage, ...] = ()
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
        session.branch.begin()
        done = f"{' '.join(sorted(jobs))} {session.run.week}"
        try:
            result = _work_live(session, jobs)
        except BaseException as error:
            if trouble := session.branch.end(done):
                raise trouble from error
            raise
        trouble = session.branch.end(done)
    return replace(result, errors=(*result.errors, trouble)) if trouble else result


def _work_live(session: Session, jobs: Collection[Job]) -> Result:
    is_public = require_safety(session, prepare=Job.PREPARE in jobs)
    # A slip in --week or --now must not forget what is young.
    week = min(session.run.week, session.real_week)
    forget_before(session, week.before(N_WEEKS_KEPT))
    with session.office(is_public=is_public) as office:
        told = (*_warnings(session, jobs), *take_up_forms(session, office))
        settle_doubts(session.run, office)
        release(session.run, session.request.again, office)
        result = _work(session, office, jobs)
        told += keep_proofs(session.run, office)
    return replace(result, report=replace(result.report, notes=(*told, *result.report.notes)))


def _warnings(session: Session, jobs: Collection[Job]) -> tuple[str, ...]:
    """What is urgent; runs that only deliver come several times a week, and keep still."""
    return () if set(jobs) == {Job.DELIVER} else urgent(session)


def _work(session: Session, office: Office, jobs: Collection[Job]) -> Result:
    learned = _learn(session, office, jobs)
    asked = Asked()
    if Job.DELIVER in jobs and session.request.live:
        asked = ask_consents(session.run, mailed(session), office, session.request.again)
    whys = {
        one.login: why_waiting(session, one, asked, learned.lessons) for one in session.students
    }
    due = tuple(one for one in session.students if whys[one.login] is None)
    prepared, failure = None, None
    try:
        if Job.PREPARE in jobs and due:
            prepared = _prepare(session, due, office, learned.lessons)
            failure = prepared.failure
    except GitHubError as error:
        # Who is prepared already is served all the same.
        failure = error
    entries = entries_to_send(session, prepared.digests if prepared else (), office, asked)
    shown = _show_mentors(session, entries, office, learned.lessons)
    lessons = replace(learned.lessons, unheard=learned.lessons.unheard | shown.unheard)
    dispatches, errors, announced = _dispatches(session, entries, office, lessons, jobs)
    errors += _write_out(session, dispatches, office)
    work = Work(
        session=session,
        whys=whys,
        spent=_spent(office),
        prepared=prepared,
        dispatches=dispatches,
        failure=failure,
        troubles=asked.errors,
        notes=(*learned.notes, *announced, *_channel_notes(office)),
    )
    first = tuple(one for one in (learned.error, failure) if one is not None)
    errors = (*first, *shown.errors, *asked.errors.values(), *errors)
    everyone = everybody(session)
    return Result(report_run(work), dispatches, prepared, errors, shown.messages, everyone)


def _learn(session: Session, office: Office, jobs: Collection[Job]) -> Learned:
    """What mentors and students said, and with that job what became of picks."""
    run, live = session.run, session.request.live
    mentors = hear_mentors(run, office, recall(office), live=live)
    students = hear_students(run, office, mentors.lessons, live=live)
    notes = (*mentors.notes, *students.notes)
    if Job.LEARN not in jobs:
        return Learned(students.lessons, notes, mentors.error)
    picks = follow_picks(run, office, students.lessons, live=live)
    return Learned(picks.lessons, (*notes, *picks.notes), mentors.error or picks.error)


def _show_mentors(
    session: Session, entries: Sequence[JournalEntry], office: Office, lessons: Lessons
) -> Shown:
    """Show mentors what is about to go out, and not yet."""
    waiting = [one for one in entries if one.state is DigestState.PREPARED]
    return show_mentors(session.run, waiting, office, lessons, live=session.request.live)


def _spent(office: Office) -> dict[Step, Cost]:
    """What every step has cost."""
    others: dict[Step, OutcomeSource | CommunitySource | None]
    others = {Step.OUTCOMES: office.aftermath, Step.COMMUNITY: office.community}
    spent = {step: source.spent() for step, source in others.items() if source is not None}
    return {**office.source.spent(), **spent}


def _channel_notes(office: Office) -> tuple[str, ...]:
    return tuple(note for channel in office.channels.values() for note in channel.notes)


def _prepare(
    session: Session, due: Sequence[Subscription], office: Office, lessons: Lessons
) -> Prepared:
    prepared = prepare_week(session.run, due, office, lessons)
    if session.request.live:
        channels = {one.login: channel_of(session.club, one) for one in due}
        record_week(session.run, prepared.digests, channels, session.journal)
    return prepared


def _dispatches(
    session: Session,
    entries: Sequence[JournalEntry],
    office: Office,
    lessons: Lessons,
    jobs: Collection[Job],
) -> tuple[tuple[Dispatch, ...], tuple[BotError, ...], tuple[str, ...]]:
    """What became of the digests, all that went wrong, and what proofs could not be written."""
    posts = posts_of_week(session.run, office)
    rulings = [_rule(session, entry, posts, lessons) for entry in entries]
    if Job.DELIVER not in jobs:
        return tuple(_held(session, one, office) for one in rulings), (), ()
    going = [one.entry for one in rulings if one.may_go]
    held = tuple(_held(session, one, office) for one in rulings if not one.may_go)
    errors = tuple(one.error for one in held if one.error is not None)
    notes: list[str] = []

    def announce(pledged: Sequence[JournalEntry]) -> None:
        notes.extend(announce_mails(session.run, pledged, office))

    try:
        sent = deliver_week(
            session.run, going, office, live=session.request.live, announce=announce
        )
    except DeliveryError as error:
        previews = tuple(preview(session.run, entry, office) for entry in going)
        return (*previews, *held), (error, *errors), ()
    errors += tuple(one.error for one in sent if one.error is not None)
    everyone = sorted((*sent, *held), key=lambda one: one.digest.student)
    return tuple(everyone), errors, tuple(notes)


def _rule(
    session: Session, entry: JournalEntry, posts: Sequence[ReviewPost], lessons: Lessons
) -> Ruling:
    """What is out already waits for nobody."""
    if entry.state is DigestState.DELIVERED:
        return Ruling(entry)
    return rule(session.run, entry, posts, lessons)


def _held(session: Session, ruling: Ruling, office: Office) -> Dispatch:
    """What would be sent, and why it is not."""
    shown = preview(session.run, ruling.entry, office)
    return replace(shown, error=ruling.error, waits=ruling.why)


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
    previews = [preview(session.run, entry, office) for entry in old]
    try:
        for message in (*made.values(), *(one.message for one in previews)):
            if message is not None:
                write_message(folder, message)
    except DeliveryError as error:
        return (error,)
    return ()
