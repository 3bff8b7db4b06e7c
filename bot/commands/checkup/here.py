"""What can be looked at without GitHub: the configuration, the journal, the mail's settings.

Comes in: a session. Goes out: findings, and what the doctor judges.
"""

from collections.abc import Iterator

from bot.doctor.finding import Finding, Part, Seen, Severity, fine
from bot.doctor.mail import MailSeen
from bot.doctor.memory import Doubt, MemorySeen
from bot.errors import ConfigurationError
from bot.history.shelf import read_history
from bot.schedule import channel_of, is_mailed, why_halted
from bot.session import Session
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, Week

#: How far back the last delivery is looked for: `every: 4 weeks`, and a summer.
_N_WEEKS = 26
#: The newest file of the history may be of last week, until this week's is written.
_MAX_WEEKS_WITHOUT_FILE = 2


def look_at_files(session: Session) -> Iterator[Finding]:
    """The configuration, which a session could read, and the history beside it."""
    club, students = session.club, session.configuration.students
    n_students = "1 student" if len(students) == 1 else f"{len(students)} students"
    yield fine(Part.CONFIGURATION, f"{club.name}: {n_students}, all files are right.")
    if club.example:
        yield Finding(
            Part.CONFIGURATION,
            Severity.WARNING,
            "This is still the example club.",
            "Schedules do nothing, and nothing is posted.",
            "Put in your own club and students, and take `example: true` out.",
        )
    if not students:
        yield Finding(
            Part.CONFIGURATION,
            Severity.WARNING,
            "Nobody is subscribed yet.",
            "There is nothing to do.",
            "Add a file to students/, or hand out the form.",
        )
    yield from _look_at_history(session)


def _look_at_history(session: Session) -> Iterator[Finding]:
    weeks, problems = read_history(session.request.config)
    if problems:
        yield Finding(
            Part.CONFIGURATION,
            Severity.WARNING,
            f"In the club's history {len(problems)} files cannot be read.",
            "Whoever reads the club's figures stumbles over them.",
            "foothold check --offline names them.",
        )
    if not weeks:
        return
    present = Week.of(session.run.now, session.club.zone)
    newest = weeks[-1].week
    if newest < str(present.before(_MAX_WEEKS_WITHOUT_FILE)):
        yield Finding(
            Part.CONFIGURATION,
            Severity.WARNING,
            f"The club's history here ends with {newest}.",
            "Its weekly commit keeps a public repository's schedules alive.",
            "git pull; if it stays so: foothold history --live.",
        )
    else:
        yield fine(Part.CONFIGURATION, f"The club's history reaches to {newest}.")


def look_at_memory(session: Session) -> MemorySeen:
    """What the journal and the books hold."""
    journal, books, run = session.journal, session.books, session.run
    everyone = session.configuration.students
    present = Week.of(run.now, session.club.zone)
    sent = journal.sent_since(str(present.before(_N_WEEKS)))
    followed = [one for one in books.progress.progress() if not one.is_settled]
    looked = [at for one in followed for at in (one.asked_at, one.read_at) if at is not None]
    doubts = tuple(
        Doubt(one.digest.week, one.digest.student, one.channel) for one in journal.in_doubt()
    )
    active = [one for one in everyone if why_halted(one, session.register, run) is None]
    return MemorySeen(
        is_empty=not sent and not doubts and not journal.entries(str(present)),
        delivered_at=max((one.delivered_at for one in sent), default=None),
        learned_at=max(looked, default=None),
        expects_weekly=any(one.every == "week" for one in active),
        doubts=doubts,
        unconfirmed=tuple(one.login for one in active if _is_unconfirmed(one, session)),
    )


def look_at_mail(session: Session, secrets: Seen[frozenset[str]]) -> MailSeen:
    """Is what is set here of a shape that can be used? Nobody is connected to."""
    settings, mailing = session.settings, session.mailing
    everyone = session.configuration.students
    given = {"FOOTHOLD_SMTP": settings.smtp, "FOOTHOLD_KEY": settings.key}
    wrong = None
    if mailing.is_wanted(everyone):
        try:
            mailing.channel(mailing.consents(), session.student).close()
        except ConfigurationError as error:
            wrong = (error.message, error.advice)
    return MailSeen(
        n_readers=sum(channel_of(session.club, one) is ChannelName.EMAIL for one in everyone),
        here=frozenset(name for name, value in given.items() if value is not None),
        stored=secrets,
        wrong=wrong,
    )


def _is_unconfirmed(student: Subscription, session: Session) -> bool:
    return (
        is_mailed(student, session.club)
        and not student.confirmed
        and session.register.code_given(student.login) is None
    )


def everybody(session: Session) -> frozenset[str]:
    """All logins that a public log must not tell of."""
    students = {one.login for one in session.configuration.students}
    return frozenset(students | {one.github for one in session.club.mentors})
