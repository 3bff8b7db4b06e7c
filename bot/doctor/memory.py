"""Memory: did digests go out, were picks followed, what waits for a person?

Comes in: what the journal and the books hold. Goes out: findings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.doctor.finding import Finding, Part, Severity, fine, listed, n_days
from bot.terms import ChannelName

#: A week, and two days for what comes late.
LATE_AFTER = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A digest of which nobody knows whether it is out."""

    week: str
    login: str
    channel: ChannelName


@dataclass(frozen=True, slots=True)
class MemorySeen:
    """What the journal says of the last weeks."""

    #: It remembers nothing: it is new, or was lost, or is another than the club's.
    is_empty: bool = False
    delivered_at: datetime | None = None
    #: When picks were last looked at; None where none is followed.
    learned_at: datetime | None = None
    #: Is somebody there who should get a digest each week?
    expects_weekly: bool = True
    doubts: tuple[Doubt, ...] = ()
    #: Students who did not confirm the address that digests are mailed to.
    unconfirmed: tuple[str, ...] = ()


def judge_memory(seen: MemorySeen, now: datetime) -> Iterator[Finding]:
    """The findings on the journal."""
    if seen.is_empty:
        yield Finding(
            Part.JOURNAL,
            Severity.UNSEEN,
            "The journal here is empty: the club's own comes by `foothold state pull`.",
        )
        return
    yield judge_last(seen, now)
    yield from _judge_learning(seen, now)
    yield from _judge_doubts(seen)
    if seen.unconfirmed:
        yield Finding(
            Part.JOURNAL,
            Severity.WARNING,
            f"{listed(seen.unconfirmed)} did not confirm the address yet.",
            "Until then nothing but the question is mailed.",
            "Ask whether the mail with the code arrived; it may lie among spam.",
            seen.unconfirmed,
        )


def judge_last(seen: MemorySeen, now: datetime) -> Finding:
    """Did the last week's digests go out?"""
    if seen.delivered_at is None:
        return fine(Part.JOURNAL, "No digest went out yet.")
    age = now - seen.delivered_at
    told = f"The last digest went out {n_days(age.days)} ago, on {seen.delivered_at:%Y-%m-%d}."
    if age <= LATE_AFTER or not seen.expects_weekly:
        return fine(Part.JOURNAL, told)
    return Finding(
        Part.JOURNAL,
        Severity.FAULT,
        told,
        "A week is missing, and students think that the club fell asleep.",
        "foothold run --live, and look why no schedule did it.",
    )


def _judge_learning(seen: MemorySeen, now: datetime) -> Iterator[Finding]:
    if seen.learned_at is not None and now - seen.learned_at > LATE_AFTER:
        yield Finding(
            Part.JOURNAL,
            Severity.WARNING,
            f"Picks were last followed {n_days((now - seen.learned_at).days)} ago.",
            "Digests do not know what was merged, and mentors not who is stuck.",
            "foothold learn --live",
        )


def _judge_doubts(seen: MemorySeen) -> Iterator[Finding]:
    """Posts are looked up by the next run; of a mail only a person can find out."""
    mailed = [one for one in seen.doubts if one.channel is ChannelName.EMAIL]
    for week in sorted({one.week for one in mailed}):
        logins = [one.login for one in mailed if one.week == week]
        again = " ".join(f"--resend {login}" for login in sorted(logins))
        yield Finding(
            Part.JOURNAL,
            Severity.FAULT,
            f"{_number(len(logins))} of {week} may or may not be out: {listed(logins)}.",
            "The server broke off; nothing is sent twice, so they are held.",
            f"Ask them. If nothing came: foothold deliver --live --week {week} {again}",
            tuple(logins),
        )
    n_posts = len(seen.doubts) - len(mailed)
    if n_posts:
        posts = "1 post is" if n_posts == 1 else f"{n_posts} posts are"
        yield Finding(
            Part.JOURNAL,
            Severity.WARNING,
            f"{posts} in doubt.",
            "A run was interrupted; the next looks them up by their markers.",
            "foothold deliver --live",
        )


def _number(n: int) -> str:
    return "1 mail" if n == 1 else f"{n} mails"
