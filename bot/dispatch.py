"""Dispatch: one digest on its way out, and what became of it.

Comes in: a verified digest, the office. Goes out: a `Dispatch`. A mail that is refused goes out as
a post instead, where there is one; else the mentor is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from bot.clubmates import still_agreed
from bot.consent import record_refusal
from bot.delivery import Channel, Found, Receipt, deliver_once, look
from bot.digest import Digest, Letter, is_rebuilt
from bot.errors import (
    AlreadyRefused,
    BotError,
    DeliveryError,
    DeliveryInDoubt,
    DeliveryRefused,
    GitHubError,
    StudentsFailed,
)
from bot.journal import DigestState, JournalEntry
from bot.office import Office
from bot.pledging import Pledge
from bot.register import Register
from bot.rendering.message import Message
from bot.rendering.render import render_message
from bot.review.mentoring import mentors_of
from bot.review.steer import is_nothing_left
from bot.schedule import Run, channel_of, has_left, locale_of, why_halted
from bot.subscriptions.club import Club, Post
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName

#: What keeps one digest back, and nobody else's.
_ONE_S_OWN = (DeliveryError, GitHubError, StudentsFailed)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What became of a digest: a receipt when it is out, an error when it is not.

    Neither in a dry run, whose `message` is what would be sent; None when it was held unverified.
    """

    digest: Digest
    channel: ChannelName
    message: Message | None = None
    receipt: Receipt | None = None
    error: BotError | None = None
    #: Why another channel carried it.
    refusal: DeliveryRefused | None = None
    #: Why it was not sent, without a fault: the student stopped in the meantime.
    why_not: str = ""
    #: What it waits for: a mentor's word.
    waits: str = ""


def letter_to(
    student: Subscription,
    digest: Digest,
    club: Club,
    channel: ChannelName,
    *,
    is_public: bool = False,
) -> Letter:
    """The digest in its envelope; only an issue a week greets with a live mention.

    What a mentor said or did stands in no post that everybody can read (README, promise 5).
    """
    if is_public and channel is ChannelName.ISSUE:
        notes = tuple(one for one in digest.notes if not is_nothing_left(one))
        digest = replace(digest, mentor_notes=(), notes=notes)
    return Letter(
        digest=digest,
        greeting=student.called,
        club=club.name,
        club_repository=club.repository,
        timezone=club.timezone,
        channel=channel,
        mentions=channel is ChannelName.ISSUE and club.post is Post.WEEKLY,
        locale=locale_of(club, student),
    )


def rendered(run: Run, entry: JournalEntry, office: Office, name: ChannelName) -> Message:
    """The digest as it goes out by that channel."""
    student = office.students[entry.digest.student.casefold()]
    in_public = office.is_public and name is ChannelName.ISSUE
    digest = without_the_silent(entry.digest, office.students, office.register, in_public=in_public)
    return render_message(letter_to(student, digest, run.club, name, is_public=office.is_public))


def without_the_silent(
    digest: Digest,
    students: Mapping[str, Subscription],
    register: Register,
    *,
    in_public: bool = False,
) -> Digest:
    """The digest without clubmates who took their word back since, or left."""
    agreed = still_agreed(digest, students, in_public=in_public)
    peers = (one for one in agreed if not has_left(students[one.login.casefold()], register))
    return replace(digest, peers=tuple(peers))


def preview(run: Run, entry: JournalEntry, office: Office) -> Dispatch:
    """What would be sent."""
    return Dispatch(entry.digest, entry.channel, rendered(run, entry, office, entry.channel))


def by_present_choice(run: Run, entry: JournalEntry, office: Office) -> JournalEntry:
    """The entry for the channel that the student chooses now; what is in doubt stays."""
    week, login = entry.digest.week, entry.digest.student
    student = office.students.get(login.casefold())
    if student is None or _doubtful(week, login, office) is not None:
        return entry
    return replace(entry, channel=channel_of(run.club, student))


def recover(run: Run, entry: JournalEntry, office: Office) -> Dispatch | None:
    """What an earlier run left: a receipt, a doubt, or no way out; None for what is to be sent.

    A post of this week whose text is another than the digest's is still to be brought up to date.
    """
    digest, refusal = entry.digest, None
    for name in office.ways(entry):
        channel = office.channels.get(name)
        if channel is None:
            return Dispatch(digest, name, error=_no_way(entry, name, office))
        try:
            known = look(digest.week, digest.student, channel, office.journal)
        except DeliveryRefused as error:
            refusal = error
            continue
        except _ONE_S_OWN as error:
            return Dispatch(digest, name, error=error)
        if isinstance(known, Found):
            known = _booked(run, entry, channel, known, office)
        return Dispatch(digest, name, receipt=known, refusal=refusal) if known else None
    return _unserved(run, entry, None, refusal)


def _booked(
    run: Run, entry: JournalEntry, channel: Channel, found: Found, office: Office
) -> Receipt | None:
    """The receipt of what is out there, unless this week's text has changed since.

    What stands there of an earlier week, or of somebody who left, is taken as it is.
    """
    digest = entry.digest
    may_change = digest.week == str(run.week) and digest.student.casefold() in office.students
    if found.sha and may_change and found.sha != rendered(run, entry, office, channel.name).sha:
        return None
    # Answers mean the newest digest that was out before them, whenever a run came to know of it.
    at = found.posted_at or run.now
    receipt = Receipt(digest.week, digest.student, channel.name, found.place, at)
    office.journal.record_receipt(receipt)
    return receipt


def pledges(run: Run, entries: Iterable[JournalEntry], office: Office) -> Iterator[Pledge]:
    """What is about to be sent for the first time, each by its own channel.

    Another that carries it instead has a place where it can be looked for.
    """
    for entry in entries:
        if entry.state is DigestState.PREPARED:
            digest, channel = entry.digest, office.channels[entry.channel]
            yield Pledge(digest.week, digest.student, channel.name, run.now, channel.target)


def send(run: Run, entry: JournalEntry, office: Office) -> Dispatch:
    """Send a verified digest; it is in the journal, as it will stand, before it goes."""
    digest, message, refusal = entry.digest, None, None
    student = office.students[digest.student.casefold()]
    # Read again right before: a stop that comes during a run counts in this run.
    if why_not := why_halted(student, office.register, run):
        return Dispatch(digest, entry.channel, why_not=why_not)
    office.journal.replace_digest(digest, entry.channel)
    for name in office.ways(entry):
        message = rendered(run, entry, office, name)
        try:
            receipt = deliver_once(message, office.channels[name], office.journal, run.now)
        except DeliveryRefused as error:
            refusal = error
            if name is ChannelName.EMAIL:
                _remember(student, error, office, run)
            continue
        except _ONE_S_OWN as error:
            return Dispatch(digest, name, message, error=error)
        return Dispatch(digest, name, message, receipt, refusal=refusal)
    return _unserved(run, entry, message, refusal)


def _remember(student: Subscription, refusal: DeliveryRefused, office: Office, run: Run) -> None:
    """Keep that the address refused mail just now; what was known before is no news of it."""
    if office.mailroom is not None and not isinstance(refusal, AlreadyRefused):
        record_refusal(student, office.mailroom.consents, run.now)


def was_mailed(entry: JournalEntry, office: Office) -> bool:
    """Was it by mail that the digest went out?"""
    return any(name is ChannelName.EMAIL for name, _ in _receipts(entry, office))


def resend(run: Run, entry: JournalEntry, office: Office) -> Dispatch:
    """Bring a digest out once more as it is: a post is put right there, a mail goes again."""
    digest = entry.digest
    if is_rebuilt(digest):
        return Dispatch(digest, entry.channel, error=_not_whole(digest))
    for name, receipt in _receipts(entry, office):
        message = rendered(run, entry, office, name)
        try:
            office.channels[name].deliver(message)
        except _ONE_S_OWN as error:
            return Dispatch(digest, name, message, error=error)
        return Dispatch(digest, name, message, receipt)
    return Dispatch(digest, entry.channel, error=no_channel(digest.student, entry.channel, office))


def _not_whole(digest: Digest) -> DeliveryError:
    """What was read back may not take the place of what stands out there."""
    return DeliveryError(
        f"The digest of {digest.student} for {digest.week} was read back after the journal was"
        " lost, and is not whole: it stays as it is out.",
        "If it is a post, it stands in the club's repository; the next digest is whole again.",
    )


def mail_again(run: Run, entry: JournalEntry, verified: Digest, office: Office) -> Dispatch:
    """Mail a digest once more, if all that it offers is free still."""
    still_free = {pick.ref for pick in verified.offered}
    n_gone = sum(pick.ref not in still_free for pick in entry.digest.offered)
    if not n_gone:
        return resend(run, replace(entry, digest=verified), office)
    login, week = entry.digest.student, entry.digest.week
    error = DeliveryError(
        f"{n_gone} of the issues in {login}'s digest for {week} are not free any more, so it was"
        " not mailed again.",
        f"`foothold show {login} --week {week}` prints it, to hand over what is left.",
    )
    return Dispatch(entry.digest, ChannelName.EMAIL, error=error)


def _receipts(entry: JournalEntry, office: Office) -> Iterator[tuple[ChannelName, Receipt]]:
    """The receipts of a digest, by channels that are at hand."""
    for name in office.channels:
        known = office.journal.delivery(entry.digest.week, entry.digest.student, name)
        if known is not None and known.receipt is not None:
            yield name, known.receipt


def _doubtful(week: str, login: str, office: Office) -> ChannelName | None:
    """The channel through which nobody knows whether the digest is out."""
    for name in ChannelName:
        known = office.journal.delivery(week, login, name)
        if known is not None and known.is_in_doubt:
            return name
    return None


def _unserved(
    run: Run, entry: JournalEntry, message: Message | None, refusal: DeliveryRefused | None
) -> Dispatch:
    """What was refused and has no other way, with the mentor who should know."""
    login = entry.digest.student
    mentors = ", ".join(mentors_of(login, run.club))
    said, advice = (refusal.message, refusal.advice) if refusal else ("It was refused.", "")
    told = f"{mentors or 'A mentor'} should know: {advice}"
    return Dispatch(entry.digest, entry.channel, message, error=StudentsFailed(said, told))


def _no_way(entry: JournalEntry, name: ChannelName, office: Office) -> BotError:
    """What is in doubt stays so, although its channel is not at hand to look."""
    login, week = entry.digest.student, entry.digest.week
    missing = no_channel(login, name, office)
    if _doubtful(week, login, office) is not name:
        return missing
    return DeliveryInDoubt(f"The digest of {login} for {week} may be out or not.", missing.advice)


def no_channel(login: str, name: ChannelName, office: Office) -> StudentsFailed:
    """What a student fails for whose channel lacks a token, a server or a key."""
    fault = office.faults.get(name)
    if fault is not None:
        return StudentsFailed(f"{login} can get nothing by {name}: {fault.message}", fault.advice)
    ways = {
        ChannelName.ISSUE: "Name the club's repository in club.yaml, and set GITHUB_TOKEN.",
        ChannelName.EMAIL: "Set FOOTHOLD_SMTP and FOOTHOLD_KEY (README, Send by e-mail).",
        ChannelName.FILE: "Name a folder with --out.",
    }
    return StudentsFailed(
        f"{login}'s digest is to go out by {name}, and there is no way to do that.", ways[name]
    )
