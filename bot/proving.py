"""Proving: what mails went out, who stopped and who was asked is kept beside the state.

Comes in: a run's means. Goes out: pages of proofs; what of them is taken up again after a loss.
None of it keeps anything from being sent: what cannot be written is a note (decision 0024).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import GitHubError, StudentsFailed
from bot.journal import JournalEntry
from bot.office import Office
from bot.proofs import ADDRESSES, PEOPLE, Proof, ProofPage, ProofRoom
from bot.register import Consent, Stop
from bot.rendering.confirmation import consent_text
from bot.schedule import Run, is_mailed
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName

#: No pause that a student can ask for is longer; one in a form or by an officer may be twice that.
_PAUSE_DAYS = 2 * 366


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the pages of people told: so many stops and pauses, so many questions of consent."""

    n_halts: int = 0
    n_consents: int = 0


def announce_mails(run: Run, entries: Sequence[JournalEntry], office: Office) -> tuple[str, ...]:
    """Before the first mail of a run: that these are about to go out; what went wrong."""
    logins = [one.digest.student for one in entries if one.channel is ChannelName.EMAIL]
    room = office.proofs
    if room is None or not logins:
        return ()
    announced = {room.token(Proof.TRIED, str(run.week), login) for login in logins}
    return _try(lambda: room.keep(str(run.week), announced | _of_week(run, office, room)))


def keep_proofs(run: Run, office: Office) -> tuple[str, ...]:
    """After a run: what the journal and the register know now; what went wrong."""
    room = office.proofs
    if room is None:
        return ()

    def keep() -> None:
        room.keep(str(run.week), _of_week(run, office, room))
        room.keep(PEOPLE, _of_people(run, office, room))
        # A job without the mail server's secret knows nothing of addresses.
        if office.mailroom is not None:
            room.keep(ADDRESSES, _of_addresses(run, office, room))

    return _try(keep)


def recall_people(run: Run, office: Office) -> Recalled:
    """Take up from the pages of people what a register that was lost should know; GitHubError.

    After forms were read again, for those tell when a stop was said.
    """
    room = office.proofs
    if room is None:
        return Recalled()
    people, addresses = (room.desk.pages().get(name) for name in (PEOPLE, ADDRESSES))
    n_halts = n_consents = 0
    for student in office.students.values():
        if people is not None:
            n_halts += _take_up_halt(student, people, room, (run, office))
        if addresses is not None:
            n_consents += _take_up_consent(student, addresses, room, (run, office))
    return Recalled(n_halts, n_consents)


def _of_week(run: Run, office: Office, room: ProofRoom) -> set[str]:
    """The tokens of a week's mails, as the journal knows them.

    What the page proves already stays, for a journal that was lost knows nothing of it.
    """
    week, page = str(run.week), room.desk.pages().get(str(run.week))
    found: set[str] = set()
    for login in office.students:
        known = office.journal.delivery(week, login, ChannelName.EMAIL)
        mailed = room.token(Proof.MAILED, week, login)
        tried = room.token(Proof.TRIED, week, login)
        stays = page.tokens if page is not None else frozenset()
        if (known is not None and known.receipt is not None) or mailed in stays:
            found.add(mailed)
        elif (known is not None and known.is_in_doubt) or (
            tried in stays and office.journal.entry(week, login) is None
        ):
            found.add(tried)
    return found


def _of_people(run: Run, office: Office, room: ProofRoom) -> set[str]:
    """The tokens of stops, and of pauses that go on."""
    found: set[str] = set()
    today = run.now.date()
    for student in office.students.values():
        stop = office.register.stop_of(student.login)
        if stop is not None and (stop.until is None or stop.until > today):
            found.add(room.token(Proof.HALTED, student.login, _day(stop.until)))
    return found


def _of_addresses(run: Run, office: Office, room: ProofRoom) -> set[str]:
    """The tokens of questions of consent, and of addresses that take no mail."""
    found: set[str] = set()
    for student in office.students.values():
        for consent in _consents(student, run, office):
            facts = student.login, consent.address
            if consent.refused_at is not None:
                found.add(room.token(Proof.REFUSED, *facts))
            elif consent.asked_at is not None:
                found.add(room.token(Proof.ASKED, *facts))
    return found


def _consents(student: Subscription, run: Run, office: Office) -> Iterator[Consent]:
    """What is known of the student's present address, if mail goes there."""
    address = _address(student, run, office)
    known = office.register.consent(student.login, address) if address else None
    if known is not None:
        yield known


def _address(student: Subscription, run: Run, office: Office) -> str | None:
    """The fingerprint of the student's address."""
    if office.mailroom is None or not is_mailed(student, run.club):
        return None
    try:
        return office.mailroom.consents.book.address_of(student).id
    except StudentsFailed:
        return None


def _halt_in(page: ProofPage, room: ProofRoom, login: str, today: date) -> Stop | None:
    """The stop, or the pause that goes on, that a page holds of somebody."""
    days = [today + timedelta(days=n) for n in range(1, _PAUSE_DAYS)]
    for until in (None, *days):
        if room.token(Proof.HALTED, login, _day(until)) in page.tokens:
            return Stop(login, page.written_at, until)
    return None


def _is_news(stop: Stop, known: Stop | None) -> bool:
    """Does it say what the register does not know? What is known has the better moment."""
    return known is None or (known.until != stop.until and known.at < stop.at)


def _take_up_halt(
    student: Subscription, page: ProofPage, room: ProofRoom, means: tuple[Run, Office]
) -> bool:
    """Whether the page holds a stop or a pause of the student that the register did not know."""
    run, office = means
    stop = _halt_in(page, room, student.login, run.now.date())
    if stop is None or not _is_news(stop, office.register.stop_of(student.login)):
        return False
    office.register.record_stop(stop)
    return True


def _take_up_consent(
    student: Subscription, page: ProofPage, room: ProofRoom, means: tuple[Run, Office]
) -> bool:
    """Whether the page knows that the student was asked, and the register did not."""
    run, office = means
    address = _address(student, run, office)
    if address is None or office.mailroom is None:
        return False
    if office.register.consent(student.login, address) is not None:
        return False
    consents, at = office.mailroom.consents, page.written_at
    words = consent_text(consents.club, consents.locale_of(student))
    if room.token(Proof.REFUSED, student.login, address) in page.tokens:
        told = Consent(student.login, address, words, refused_at=at)
    elif room.token(Proof.ASKED, student.login, address) in page.tokens:
        told = Consent(student.login, address, words, asked_at=at, mailed_at=at)
    else:
        return False
    office.register.record_consent(told)
    return True


def _day(until: date | None) -> str:
    return "" if until is None else until.isoformat()


def _try(keep: Callable[[], None]) -> tuple[str, ...]:
    try:
        keep()
    except GitHubError as error:
        return (f"The proofs of what was sent could not be written. {error.message}",)
    return ()
