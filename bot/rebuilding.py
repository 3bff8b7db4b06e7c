"""Rebuilding: a lost state is filled again from our own posts, proofs, and what people wrote.

Comes in: a run's means, with an empty journal. Goes out: what is known again, and what is not. It
reads GitHub and writes nothing there. The journal is filled last and in one step, so that who is
killed in between begins again (decision 0024).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.consent import confirmed_address
from bot.delivery import Receipt
from bot.digest import Sent
from bot.errors import DeliveryError, GitHubError, StudentsFailed
from bot.intake import FormDesk, Slip, take_up
from bot.journal import PastDigest
from bot.listening import Listening, recall_answers
from bot.office import Office
from bot.proofs import ADDRESSES, PEOPLE, Proof
from bot.proving import Recalled, recall_people
from bot.recollecting import Doubtful, PostArchive, Recollected, rebuilt_digest, recollect
from bot.safeguards import numbers_of
from bot.schedule import Run, is_mailed
from bot.subscriptions.student import Subscription
from bot.terms import ChannelName, Week

#: Where a mail went, when nobody can tell its id.
SOME_MAIL = "mail of a state that was lost"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuilt state knows again; who is named is named because an officer must act."""

    n_weeks: int
    n_posts: int
    n_picks: int
    n_mails: int
    n_forms: int
    n_answers: int
    people: Recalled
    #: Who may have been mailed this week, and is held.
    held: tuple[str, ...]
    #: Posts that do not count, or not whole.
    doubtful: tuple[Doubtful, ...]
    #: Without it, mails cannot be told.
    has_proofs: bool
    #: Without a repository or a token there are no posts to read.
    has_posts: bool
    #: Somebody gets mail, and without a mail server or the key nobody knows who was asked.
    is_without_mail: bool = False


@dataclass
class _Past:
    """What is put together, by week and login, folded."""

    digests: dict[tuple[str, str], PastDigest] = field(default_factory=dict)

    def add_mail(self, week: str, login: str, at: datetime, place: str) -> None:
        key = (week, login.casefold())
        receipt = Receipt(week, login, ChannelName.EMAIL, place, at)
        known = self.digests.get(key)
        if known is None:
            digest = rebuilt_digest(week, login, at)
            known = PastDigest(digest, ChannelName.EMAIL, at)
        self.digests[key] = replace(known, receipts=(*known.receipts, receipt))

    def doubt_mail(self, week: str, login: str, at: datetime) -> None:
        digest = rebuilt_digest(week, login, at)
        self.digests[week, login.casefold()] = PastDigest(digest, ChannelName.EMAIL, at)

    def in_order(self) -> tuple[PastDigest, ...]:
        return tuple(self.digests[key] for key in sorted(self.digests))


def rebuild(run: Run, office: Office, archive: PostArchive | None, oldest: Week) -> Rebuilt:
    """Fill the journal, the register and the books with what can be read back.

    GitHubError where something cannot be read, JournalError where the journal is not empty: then it
    is as it was.
    """
    # Refuses where it is not empty: the forms below would write into the register of a live club.
    office.journal.record_past(())
    posts = archive.posts() if archive is not None else ()
    told = recollect(posts, office.students, oldest, run.week)
    past = _Past({(one.digest.week, one.digest.student.casefold()): one for one in told.past})
    n_mails = _add_mails(run, office, past, oldest)
    for login in told.posters:
        office.register.record_poster(login)
    n_forms = _take_up_forms(run, office)
    n_answers = _recall_answers(run, office, told, past.in_order())
    people = recall_people(run, office)
    held = _hold_mails(run, office, past)
    office.journal.record_past(past.in_order())
    return Rebuilt(
        n_weeks=len({week for week, _ in past.digests}),
        n_posts=len(told.past),
        n_picks=sum(len(one.digest.picks) for one in told.past),
        n_mails=n_mails,
        n_forms=n_forms,
        n_answers=n_answers,
        people=people,
        held=held,
        doubtful=told.doubtful,
        has_proofs=office.proofs is not None and bool(office.proofs.desk.pages()),
        has_posts=archive is not None,
        is_without_mail=office.mailroom is None
        and any(is_mailed(one, run.club) for one in office.students.values()),
    )


def _add_mails(run: Run, office: Office, past: _Past, oldest: Week) -> int:
    """Receipts of all mails that are proven; how many."""
    room, n_mails = office.proofs, 0
    if room is None:
        return 0
    for week, page in sorted(room.desk.pages().items()):
        if week in (PEOPLE, ADDRESSES) or not str(oldest) <= week <= str(run.week):
            continue
        for student in office.students.values():
            if room.has(week, Proof.MAILED, week, student.login):
                place = _place_of(week, student.login, office)
                past.add_mail(week, student.login, page.begun_at, place)
                n_mails += 1
    return n_mails


def _place_of(week: str, login: str, office: Office) -> str:
    """Where the mail went, as its channel tells what is proven."""
    channel = office.channels.get(ChannelName.EMAIL)
    try:
        found = channel.find(week, login, was_tried=False) if channel is not None else None
    except (DeliveryError, StudentsFailed, GitHubError):
        found = None
    return found.place if found is not None else SOME_MAIL


def _hold_mails(run: Run, office: Office, past: _Past) -> tuple[str, ...]:
    """Who may have been mailed this week without a proof: in doubt until a person says otherwise.

    A page of the week is begun before its first mail: where there are pages and none of this week,
    nothing was mailed; who is not on it was not mailed.
    """
    week, room = str(run.week), office.proofs
    pages = room.desk.pages() if room is not None else {}
    held: list[str] = []
    for student in office.students.values():
        is_known = (week, student.login.casefold()) in past.digests
        if is_known or not _may_be_mailed(student, run, office):
            continue
        was_tried = room is not None and room.has(week, Proof.TRIED, week, student.login)
        if was_tried or not pages:
            past.doubt_mail(week, student.login, run.now)
            held.append(student.login)
    return tuple(held)


def _may_be_mailed(student: Subscription, run: Run, office: Office) -> bool:
    """Could a digest have gone to the student by mail: was the address confirmed?"""
    if not is_mailed(student, run.club):
        return False
    if office.mailroom is None:
        return bool(student.confirmed or office.register.code_given(student.login))
    try:
        confirmed_address(student, office.mailroom.consents, run.now)
    except (DeliveryError, StudentsFailed):
        return False
    return True


class _AsTheyAre(FormDesk):
    """A desk whose forms are read, and left as they are."""

    def __init__(self, desk: FormDesk) -> None:
        self._desk = desk
        self.n_read = 0

    def slips(self, *, settled_too: bool) -> tuple[Slip, ...]:
        slips = self._desk.slips(settled_too=settled_too)
        self.n_read = len(slips)
        return slips

    def settle(self, slip: Slip) -> None:
        """The next run closes it, when it has taken it up."""


def _take_up_forms(run: Run, office: Office) -> int:
    """Stops, pauses and codes of all forms that were ever handed in; how many that were."""
    desk = office.desks.forms
    if desk is None:
        return 0
    given = _AsTheyAre(desk)
    take_up(given, office.students, office.register, run.club.zone, settled_too=True)
    return given.n_read


def _recall_answers(run: Run, office: Office, told: Recollected, past: Iterable[PastDigest]) -> int:
    """All that students ever said under their digests; how many answers."""
    desk = office.desks.answers
    if desk is None:
        return 0
    sent = tuple(Sent(one.digest, one.at) for one in past if one.receipts)
    listening = Listening(
        desk=desk,
        book=office.books.answers,
        register=office.register,
        students=office.students,
        places=_numbers(told.places, desk.repository),
        sent=sent,
        zone=run.club.zone,
        now=run.now,
        locale=run.club.locale,
    )
    return recall_answers(listening)


def _numbers(places: Mapping[str, tuple[str, ...]], repository: str) -> dict[str, frozenset[int]]:
    return {login: numbers_of(some, repository) for login, some in places.items()}
