"""The weekly job as short jobs that meet in the journal: prepare, then deliver.

Comes in: subscriptions, a source of issues, a journal, channels, the week and the time. Goes out:
what became of every student. Each job is safe to run again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.allocation.offer import Offer
from bot.allocation.rules import N_SPARES
from bot.announcing import announce_events
from bot.composition import Edition, compose_digest
from bot.digest import Digest, EarlierPick
from bot.dispatch import (
    Dispatch,
    mail_again,
    pledges,
    preview,
    recover,
    resend,
    send,
    was_mailed,
)
from bot.errors import GitHubError, LimitReached, Refused, WorkEnded
from bot.harvest.budget import harvest_budget
from bot.harvest.collect import Harvest, collect
from bot.harvest.issue import Details
from bot.harvest.plan import Plan, plan_queries
from bot.harvest.source import N_DETAILED, IssueSource, Step, batched_ids, points_spent
from bot.harvest.store import News
from bot.introducing import introduce, pair_up, points_left
from bot.journal import DigestState, Journal, JournalEntry
from bot.leaning import Leaning
from bot.lessons import NO_LESSONS, Lessons
from bot.office import Office
from bot.pledging import attest
from bot.safeguards import require_volume
from bot.sayings import Saying
from bot.schedule import Run
from bot.screening.reasons import DropCause
from bot.selection import Selected, Task, select
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, IssueRef, Week
from bot.verification import verify_digest

#: So many picks and spares are verified with one question, and their digests sent at once: what is
#: sent was looked at seconds before, and a failed question holds these digests only.
N_VERIFIED_TOGETHER = N_DETAILED
#: That so many issues are gone at once is no chance: our judgement.
N_SUSPICIOUS = 5


@dataclass(frozen=True, slots=True)
class Prepared:
    """A week's new digests, and what they were made from."""

    digests: tuple[Digest, ...]
    harvest: Harvest
    #: Why there is none for those for whom not a page could be read.
    failure: GitHubError | None
    #: How many distinct issues fell away by each rule, the commonest first.
    n_dropped: dict[DropCause, int]
    #: What each student went without because of the others, as a share of a week alone.
    lost: tuple[float, ...] = ()
    #: What went less well than it should, but for the harvest.
    notes: tuple[str, ...] = ()


def prepare_week(
    run: Run, students: Sequence[Subscription], office: Office, lessons: Lessons = NO_LESSONS
) -> Prepared:
    """Digests for these students, not recorded yet; GitHubError if nothing could be found.

    What was harvested is kept at once, whatever comes after it.
    """
    source, store, week = office.source, office.store, str(run.week)
    leanings = _leanings(run, (*office.students.values(), *students), lessons)
    students = tuple(_climbed(one, leanings) for one in students)
    n_places = sum((one.picks or run.club.picks) + N_SPARES for one in students)
    n_spent = office.aftermath.spent().points if office.aftermath else 0
    n_spent += points_left(run, office)
    allowance = harvest_budget(run.club.points_budget - n_spent, n_places)
    kept = store.recall()
    homes = {one.login: leanings[one.login.casefold()].past.homes for one in students}
    plan = plan_queries(office.students.values(), students, homes)
    harvest = collect(plan, source, kept, allowance, run.now)
    n_harvest = points_spent(source)
    store.keep(replace(harvest.news, points={week: n_harvest}))
    served = tuple(one for one in students if not plan.tastes[one.login] <= harvest.unread)
    offers = _offers(run, students, office)
    task = Task(run.club, served, offers, run.week, run.now, allowance, leanings)
    selected = select(task, harvest.issues, None if harvest.has_ended else source)
    n_points = points_spent(source)
    store.keep(replace(selected.news, points={week: n_points - n_harvest}))
    harvest = replace(harvest, missing=(*harvest.missing, *selected.missing))
    has_ended = harvest.has_ended or selected.has_ended
    met = introduce(run, selected.selections, office, has_ended=has_ended)
    store.keep(News(points={week: met.points}))
    paid = kept.points.get(week, 0) + n_points + met.points
    told = (*_by_login(plan, harvest), *_since_last_time(served, office, lessons))
    announced = announce_events(run, served, office)
    edition = Edition(run.week, run.now, harvest.is_complete, paid, *told, announced.events)
    edition = replace(edition, communities=met.communities, questions=met.questions)
    prepared = _prepared(selected, edition, harvest, len(students))
    digests = pair_up(run, prepared.digests, office, lessons.progress)
    return replace(prepared, digests=digests, notes=(*met.notes, *announced.notes))


def _prepared(selected: Selected, edition: Edition, harvest: Harvest, n_due: int) -> Prepared:
    """The digests, and why there is none for some."""
    digests = tuple(compose_digest(one, edition) for one in selected.selections)
    if harvest.error is not None:
        # Nobody is told of a quiet week because GitHub did not answer.
        digests = tuple(one for one in digests if one.offered or one.student not in edition.left)
    failure = None if len(digests) == n_due else harvest.error or _too_little()
    lost = tuple(one.allotment.lost for one in selected.selections)
    return Prepared(digests, harvest, failure, selected.n_dropped, lost)


def _leanings(run: Run, students: Iterable[Subscription], lessons: Lessons) -> dict[str, Leaning]:
    """What was learned of each, by login, folded."""
    return {one.login.casefold(): lessons.leaning(one, run.now) for one in students}


def _climbed(student: Subscription, leanings: Mapping[str, Leaning]) -> Subscription:
    """The student at the level that counts."""
    level = leanings[student.login.casefold()].level
    return student if level is None else student.model_copy(update={"level": level})


def _since_last_time(
    students: Iterable[Subscription], office: Office, lessons: Lessons
) -> tuple[dict[str, tuple[EarlierPick, ...]], dict[str, tuple[Saying, ...]]]:
    """For each student what became of earlier picks, and of the level, since the last digest."""
    earlier: dict[str, tuple[EarlierPick, ...]] = {}
    notes: dict[str, tuple[Saying, ...]] = {}
    for student in students:
        login, known = student.login, office.students.get(student.login.casefold(), student)
        last = office.journal.last_delivered_at(login)
        earlier[login] = lessons.earlier(login, last)
        note = lessons.level_note(known, last)
        notes[login] = (note,) if note else ()
    return earlier, notes


def _offers(run: Run, students: Sequence[Subscription], office: Office) -> tuple[Offer, ...]:
    """All that was offered, but for what these students' digests of this week hold until now."""
    logins, week = {one.login.casefold() for one in students}, str(run.week)
    return tuple(
        one
        for one in office.journal.offers()
        if one.week != week or one.login.casefold() not in logins
    )


def _by_login(
    plan: Plan, harvest: Harvest
) -> tuple[dict[str, tuple[Saying, ...]], dict[str, datetime]]:
    """For each student, what was not read yet, where anything was not, and as of when all is."""
    left = {
        login: tuple(
            one for key in sorted(taste & harvest.left.keys()) for one in harvest.left[key]
        )
        for login, taste in plan.tastes.items()
        if taste & harvest.left.keys()
    }
    as_of = {
        login: min(harvest.as_of[key] for key in taste)
        for login, taste in plan.tastes.items()
        if taste and taste <= harvest.as_of.keys()
    }
    return left, as_of


def _too_little() -> LimitReached:
    return LimitReached(
        "The points of this run were spent before every student's searches had their first page.",
        "Raise `points_budget` in club.yaml, or run it again: the next run goes on there.",
    )


def record_week(
    run: Run, digests: Iterable[Digest], channels: Mapping[str, ChannelName], journal: Journal
) -> None:
    """Write the week's new digests down, all or none, in the place of half-read ones."""
    pairs = [(digest, channels[digest.student]) for digest in digests]
    if pairs:
        week, current = str(run.week), str(Week.of(run.now, run.club.zone))
        known = (one.student for one, _ in pairs if journal.entry(week, one.student) is not None)
        journal.record_week(week, pairs, current, tuple(known))


def settle_doubts(run: Run, office: Office) -> None:
    """Find out what became of deliveries that an earlier run could not finish, of any week."""
    for entry in office.journal.in_doubt():
        recover(run, entry, office)


def release(run: Run, logins: Iterable[str], office: Office) -> None:
    """Let these students' digests of the week be tried again, for a person said so."""
    for login in logins:
        for name in ChannelName:
            office.journal.release(str(run.week), login, name)


def deliver_week(
    run: Run,
    entries: Sequence[JournalEntry],
    office: Office,
    *,
    live: bool,
    announce: Callable[[Sequence[JournalEntry]], None] = lambda _: None,
) -> tuple[Dispatch, ...]:
    """Verify and send these digests, each once; without `live`, verify and show them only.

    What cannot be verified is held. One student's error stops nobody else; a limit or a refusal of
    GitHub holds all that are left; an error of the journal stops the run. What is delivered already
    is brought out once more as it is, a mail only if its picks are free: who asks for that hands it
    in. `announce` is told what was pledged, before any of it goes.
    """
    settled = [(entry, _settled(run, entry, office, live=live)) for entry in entries]
    dispatches = [known for _, known in settled if known is not None]
    waiting = [entry for entry, known in settled if known is None]
    if live:
        require_volume(len(waiting), len(office.students))
        attest(office.witness, pledges(run, waiting, office))
        announce(waiting)
    stop: GitHubError | None = None
    for group in _grouped(waiting):
        try:
            if stop is not None:
                raise stop
            fresh = _read_fresh([entry.digest for entry in group], office.source)
        except GitHubError as error:
            stop = error if isinstance(error, WorkEnded) else None
            dispatches += (Dispatch(one.digest, one.channel, error=error) for one in group)
            continue
        for entry in group:
            digest = verify_digest(entry.digest, fresh, run.now, accepts_unseen=run.accepts_unseen)
            dispatches.append(_bring_out(run, entry, digest, office, live=live))
    return tuple(sorted(dispatches, key=lambda dispatch: dispatch.digest.student))


def _settled(run: Run, entry: JournalEntry, office: Office, *, live: bool) -> Dispatch | None:
    """What became of a digest that needs no verification, or None."""
    is_out = entry.state is DigestState.DELIVERED
    if not live:
        return preview(run, entry, office) if is_out else None
    if not is_out:
        return recover(run, entry, office)
    return None if was_mailed(entry, office) else resend(run, entry, office)


def _bring_out(
    run: Run, entry: JournalEntry, verified: Digest, office: Office, *, live: bool
) -> Dispatch:
    if not live:
        return preview(run, replace(entry, digest=verified), office)
    if entry.state is DigestState.DELIVERED:
        return mail_again(run, entry, verified, office)
    return send(run, replace(entry, digest=verified), office)


def _grouped(entries: Iterable[JournalEntry]) -> Iterator[list[JournalEntry]]:
    """The entries in groups whose issues fit into one question; never an empty one."""
    group: list[JournalEntry] = []
    for entry in entries:
        n_picks = sum(len(one.digest.picks) for one in (*group, entry))
        if group and n_picks > N_VERIFIED_TOGETHER:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _read_fresh(digests: Iterable[Digest], source: IssueSource) -> dict[IssueRef, Details]:
    """Details of all picks and spares, asked now."""
    ids = {pick.node_id: pick.ref for digest in digests for pick in digest.picks}
    fresh: dict[IssueRef, Details] = {}
    for some in batched_ids(ids, N_VERIFIED_TOGETHER):
        answer = source.read_details(some, Step.VERIFICATION)
        fresh.update((ids[one], details) for one, details in answer.items())
    if len(ids) >= N_SUSPICIOUS and not fresh:
        raise Refused(
            f"GitHub shows none of {len(ids)} issues that a search showed before.",
            "Run `foothold check`: the token may have lost its sight of other repositories.",
        )
    return fresh
