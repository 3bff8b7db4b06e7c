"""The weekly job as short jobs that meet in the journal: prepare, then deliver.

Comes in: subscriptions, a source of issues, a journal, channels, the week and the time. Goes out:
what became of every student. Each job is safe to run again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.composition import Edition, compose_digest
from bot.delivery import Channel, Receipt, deliver_once, recover
from bot.digest import Digest, Letter
from bot.errors import BotError, DeliveryError, GitHubError
from bot.harvest.collect import N_IDS, Harvest, batched_ids, collect, harvest_budget
from bot.harvest.issue import Details
from bot.harvest.plan import plan_queries
from bot.harvest.source import IssueSource, Step, points_spent
from bot.journal import Journal, JournalEntry
from bot.rendering.message import Message
from bot.rendering.render import render_message
from bot.screening.reasons import DropCause
from bot.selection import Task, select
from bot.subscriptions.club import Club
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, IssueRef, Week
from bot.verification import verify_digest

#: `every` as days; a day of grace, so that a slot that came early does not cost a week.
_EVERY_DAYS = {"week": 6, "2 weeks": 13, "4 weeks": 27}


@dataclass(frozen=True, slots=True)
class Run:
    """What holds for one run."""

    club: Club
    week: Week
    now: datetime


@dataclass(frozen=True, slots=True)
class Prepared:
    """A week's new digests, and what they were made from."""

    digests: tuple[Digest, ...]
    harvest: Harvest
    #: How many distinct issues fell away by each rule, the commonest first.
    n_dropped: dict[DropCause, int]


@dataclass(frozen=True, slots=True)
class Office:
    """The means of a delivery: where to look, to remember, and to send."""

    source: IssueSource
    journal: Journal
    channels: Mapping[ChannelName, Channel]
    students: Mapping[str, Subscription]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a digest: a receipt when it is out, an error when it is not.

    Neither in a dry run, whose `message` is what would be sent; None when it was held unverified.
    """

    digest: Digest
    channel: ChannelName
    message: Message | None = None
    receipt: Receipt | None = None
    error: BotError | None = None


def why_not_due(student: Subscription, journal: Journal, run: Run) -> str | None:
    """Why a student gets no new digest in this run, or None."""
    if student.paused_until is not None and run.now.date() < student.paused_until:
        return f"paused until {student.paused_until}"
    if journal.entry(str(run.week), student.login) is not None:
        return f"the digest of {run.week} is there already"
    last = journal.last_delivered_at(student.login)
    if last is not None and run.now - last < timedelta(days=_EVERY_DAYS[student.every]):
        return f"gets a digest every {student.every}; the last was sent on {last.date()}"
    return None


def prepare_week(
    run: Run, students: Sequence[Subscription], source: IssueSource, journal: Journal
) -> Prepared:
    """Digests for these students, not recorded yet; GitHubError if nothing could be found."""
    budget = harvest_budget(run.club.points_budget)
    harvest = collect(plan_queries(students, run.now), source, budget)
    task = Task(run.club, students, journal.offers(), run.now, budget)
    selected = select(task, harvest.issues, None if harvest.is_refused else source)
    missing = (*harvest.missing, *selected.missing)
    edition = Edition(run.week, run.now, not missing, points_spent(source))
    digests = tuple(compose_digest(one, edition) for one in selected.selections)
    return Prepared(digests, replace(harvest, missing=missing), selected.n_dropped)


def record_week(
    run: Run, digests: Iterable[Digest], channels: Mapping[str, ChannelName], journal: Journal
) -> None:
    """Write the week's new digests down, all or none."""
    pairs = [(digest, channels[digest.student]) for digest in digests]
    if pairs:
        journal.record_week(str(run.week), pairs)


def deliver_week(
    run: Run, entries: Sequence[JournalEntry], office: Office, *, live: bool
) -> tuple[Outcome, ...]:
    """Verify and send these digests, each once; without `live`, verify and show them only.

    What cannot be verified is held. One student's error stops nobody else; an error of the journal
    stops the run.
    """
    done = [_recover(run, entry, office) for entry in entries] if live else [None] * len(entries)
    waiting = [entry for entry, outcome in zip(entries, done, strict=True) if outcome is None]
    outcomes = [outcome for outcome in done if outcome is not None]
    try:
        fresh = _read_fresh([entry.digest for entry in waiting], office.source)
    except GitHubError as error:
        outcomes += (Outcome(one.digest, one.channel, error=error) for one in waiting)
    else:
        for entry in waiting:
            verified = verify_digest(entry.digest, fresh, run.now)
            outcomes.append(_send(run, replace(entry, digest=verified), office, live=live))
    return tuple(sorted(outcomes, key=lambda outcome: outcome.digest.student))


def _recover(run: Run, entry: JournalEntry, office: Office) -> Outcome | None:
    """The outcome of a digest that an earlier run brought out or that has no way out."""
    digest, channel = entry.digest, office.channels.get(entry.channel)
    if channel is None:
        return Outcome(digest, entry.channel, error=_no_channel(entry))
    try:
        receipt = recover(digest.week, digest.student, channel, office.journal, run.now)
    except (DeliveryError, GitHubError) as error:
        return Outcome(digest, entry.channel, error=error)
    return Outcome(digest, entry.channel, receipt=receipt) if receipt else None


def _send(run: Run, entry: JournalEntry, office: Office, *, live: bool) -> Outcome:
    """Send a verified digest; it is in the journal, as it will stand, before it goes."""
    digest = entry.digest
    message = render_message(letter_to(office.students.get(digest.student), digest, run.club))
    if not live:
        return Outcome(digest, entry.channel, message)
    office.journal.replace_digest(digest)
    try:
        channel = office.channels[entry.channel]
        receipt = deliver_once(message, channel, office.journal, run.now)
    except (DeliveryError, GitHubError) as error:
        return Outcome(digest, entry.channel, message, error=error)
    return Outcome(digest, entry.channel, message, receipt)


def letter_to(student: Subscription | None, digest: Digest, club: Club) -> Letter:
    """The digest in its envelope; a student who left is called by their login."""
    called = student.called if student else digest.student
    return Letter(digest, called, club.name, club.repository, club.timezone)


def _read_fresh(digests: Iterable[Digest], source: IssueSource) -> dict[IssueRef, Details]:
    """Details of all picks and spares, asked now."""
    ids = {pick.node_id: pick.ref for digest in digests for pick in digest.picks}
    fresh: dict[IssueRef, Details] = {}
    for some in batched_ids(ids, N_IDS // 2):
        answer = source.read_details(some, Step.VERIFICATION)
        fresh.update((ids[one], details) for one, details in answer.items())
    return fresh


def _no_channel(entry: JournalEntry) -> DeliveryError:
    return DeliveryError(
        f"{entry.digest.student} gets digests by {entry.channel}, which this version cannot send.",
        "Set `channel: issue` or `channel: file` in the student's file or in club.yaml.",
    )
