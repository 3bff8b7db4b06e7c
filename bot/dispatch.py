"""Dispatch: one digest on its way out, and what became of it.

Comes in: a verified digest, the office. Goes out: a `Dispatch`. A mail that is refused goes out as
a post instead, where there is one; else the mentor is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.consent import record_refusal
from bot.delivery import Channel, Found, Receipt, deliver_once, look
from bot.digest import Digest, Letter
from bot.errors import BotError, DeliveryError, DeliveryRefused, GitHubError, StudentsFailed
from bot.journal import JournalEntry
from bot.office import Office
from bot.rendering.message import Message
from bot.rendering.render import render_message
from bot.schedule import Run, why_silent
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


def letter_to(student: Subscription, digest: Digest, club: Club, channel: ChannelName) -> Letter:
    """The digest in its envelope; only an issue a week greets with a live mention."""
    return Letter(
        digest=digest,
        greeting=student.called,
        club=club.name,
        club_repository=club.repository,
        timezone=club.timezone,
        channel=channel,
        mentions=channel is ChannelName.ISSUE and club.post is Post.WEEKLY,
    )


def rendered(run: Run, entry: JournalEntry, office: Office) -> Message:
    """The digest as it goes out."""
    student = office.students[entry.digest.student.casefold()]
    return render_message(letter_to(student, entry.digest, run.club, entry.channel))


def preview(run: Run, entry: JournalEntry, office: Office) -> Dispatch:
    """What would be sent."""
    return Dispatch(entry.digest, entry.channel, rendered(run, entry, office))


def recover(run: Run, entry: JournalEntry, office: Office) -> Dispatch | None:
    """What an earlier run left: a receipt, a doubt, or no way out; None for what is to be sent.

    A post of this week whose text is another than the digest's is still to be brought up to date.
    """
    digest, refusal = entry.digest, None
    for name in office.ways(entry):
        channel = office.channels.get(name)
        if channel is None:
            return Dispatch(digest, name, error=no_channel(digest.student, name))
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
    if found.sha and may_change and found.sha != rendered(run, entry, office).sha:
        return None
    receipt = Receipt(digest.week, digest.student, channel.name, found.place, run.now)
    office.journal.record_receipt(receipt)
    return receipt


def send(run: Run, entry: JournalEntry, office: Office) -> Dispatch:
    """Send a verified digest; it is in the journal, as it will stand, before it goes."""
    digest, refusal = entry.digest, None
    student = office.students[digest.student.casefold()]
    # Read again right before: a stop that comes during a run counts in this run.
    if why_not := why_silent(student, office.register, run):
        return Dispatch(digest, entry.channel, why_not=why_not)
    message = rendered(run, entry, office)
    office.journal.replace_digest(digest)
    for name in office.ways(entry):
        try:
            receipt = deliver_once(message, office.channels[name], office.journal, run.now)
        except DeliveryRefused as error:
            refusal = error
            if name is ChannelName.EMAIL and office.mailroom is not None:
                record_refusal(student, office.mailroom.consents, run.now)
            continue
        except _ONE_S_OWN as error:
            return Dispatch(digest, name, message, error=error)
        return Dispatch(digest, name, message, receipt, refusal=refusal)
    return _unserved(run, entry, message, refusal)


def resend(run: Run, entry: JournalEntry, office: Office) -> Dispatch:
    """Send a digest once more that is out: a post is put right in its place, a mail goes again."""
    digest, message = entry.digest, rendered(run, entry, office)
    for name, receipt in _receipts(entry, office):
        try:
            office.channels[name].deliver(message)
        except _ONE_S_OWN as error:
            return Dispatch(digest, name, message, error=error)
        return Dispatch(digest, name, message, receipt)
    return Dispatch(digest, entry.channel, error=no_channel(digest.student, entry.channel))


def _receipts(entry: JournalEntry, office: Office) -> Iterator[tuple[ChannelName, Receipt]]:
    for name in office.ways(entry):
        known = office.journal.delivery(entry.digest.week, entry.digest.student, name)
        if known is not None and known.receipt is not None and name in office.channels:
            yield name, known.receipt


def _unserved(
    run: Run, entry: JournalEntry, message: Message | None, refusal: DeliveryRefused | None
) -> Dispatch:
    """What was refused and has no other way, with the mentor who should know."""
    login = entry.digest.student
    mentors = ", ".join(
        one.github
        for one in run.club.mentors
        if one.students == "all" or login.casefold() in {it.casefold() for it in one.students}
    )
    said, advice = (refusal.message, refusal.advice) if refusal else ("It was refused.", "")
    told = f"{mentors or 'A mentor'} should know: {advice}"
    return Dispatch(entry.digest, entry.channel, message, error=StudentsFailed(said, told))


def no_channel(login: str, name: ChannelName) -> StudentsFailed:
    """What a student fails for whose channel lacks a token, a server or a key."""
    ways = {
        ChannelName.ISSUE: "Name the club's repository in club.yaml, and set GITHUB_TOKEN.",
        ChannelName.EMAIL: "Set FOOTHOLD_SMTP and FOOTHOLD_KEY (README, Send by e-mail).",
        ChannelName.FILE: "Name a folder with --out.",
    }
    return StudentsFailed(
        f"{login}'s digest is to go out by {name}, and there is no way to do that.", ways[name]
    )
