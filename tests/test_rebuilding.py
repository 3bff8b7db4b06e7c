"""A state is rebuilt whole or stays empty, and what is in doubt is held."""

import pytest

from bot.errors import JournalError, Outage
from bot.intake import FormDesk, Slip
from bot.office import Desks, Office
from bot.proofs import Proof, ProofRoom
from bot.rebuilding import SOME_MAIL, Rebuilt, rebuild
from bot.schedule import Run
from bot.terms import ChannelName, Week
from tests.builders_core import NOW, build_club, build_student
from tests.fakes import MemoryJournal
from tests.fakes_answers import MemoryAnswerDesk
from tests.fakes_office import build_office
from tests.fakes_proofs import MemoryArchive, MemoryProofs
from tests.test_recollecting import body_of, post

ADA, BEN = "ada-example", "ben-example"
W46, W47, OLDEST = "2026-W46", "2026-W47", Week(2025, 46)
RUN = Run(build_club(channel="email"), Week.parse(W47), NOW)
AWAY = Outage("GitHub is away.", "Wait.")
ARCHIVE = MemoryArchive((post(body_of(BEN, W46, 1)),))


def an_office(**changes: object) -> Office:
    """Ada and Ben get mail, and gave their codes."""
    students = (build_student(one, confirmed="CODE") for one in (ADA, BEN))
    return build_office(*students, **{"proofs": ProofRoom(MemoryProofs(now=NOW), "key"), **changes})


def prove(office: Office, week: str, proof: Proof, *logins: str) -> None:
    room = office.proofs
    room.keep(week, {room.token(proof, week, login) for login in logins})


def run(office: Office, archive: MemoryArchive | None = ARCHIVE) -> Rebuilt:
    return rebuild(RUN, office, archive, OLDEST)


def test_posts_and_proven_mails_are_known_again() -> None:
    office = an_office()
    prove(office, W46, Proof.MAILED, ADA, BEN)
    done = run(office)
    assert (done.n_weeks, done.n_posts, done.n_picks, done.n_mails) == (1, 1, 1, 2)
    assert office.journal.places(ADA) == (SOME_MAIL,)
    assert len(office.journal.places(BEN)) == 2
    assert office.journal.last_delivered_at(ADA) == NOW
    assert office.register.posters() == {"bot-example"}


def test_mails_of_weeks_that_the_journal_forgets_are_not_taken_back() -> None:
    office = an_office()
    prove(office, "2025-W40", Proof.MAILED, ADA)
    assert run(office).n_mails == 0


@pytest.mark.parametrize(
    ("page", "held"),
    [(None, (ADA, BEN)), (W46, ()), (W47, ())],
    ids=["no page at all", "pages, none of this week", "a page of this week without them"],
)
def test_this_weeks_mails_are_held_where_nothing_vouches_for_them(page, held) -> None:
    office = an_office()
    if page is not None:
        prove(office, page, Proof.MAILED, "somebody-else")
    assert run(office).held == held
    assert {one.digest.student for one in office.journal.in_doubt()} == set(held)


def test_who_was_about_to_be_mailed_is_held() -> None:
    office = an_office()
    prove(office, W47, Proof.TRIED, ADA)
    assert run(office).held == (ADA,)
    known = office.journal.delivery(W47, ADA, ChannelName.EMAIL)
    assert known is not None
    assert known.is_in_doubt


def test_who_never_gave_a_code_was_never_mailed() -> None:
    office = build_office(build_student(ADA), proofs=None)
    assert run(office).held == ()


@pytest.mark.parametrize("fails", ["archive", "proofs", "forms", "answers"])
def test_what_cannot_be_read_leaves_the_journal_empty_to_begin_again(fails: str) -> None:
    class Broken(FormDesk):
        def slips(self, *, settled_too: bool) -> tuple[Slip, ...]:
            raise AWAY

        def settle(self, slip: Slip) -> None:
            raise AWAY

    archive = MemoryArchive(ARCHIVE.old, AWAY if fails == "archive" else None)
    answers = MemoryAnswerDesk()
    if fails == "answers":
        answers.fail("hear", AWAY)
    journal = MemoryJournal()
    desks = Desks(forms=Broken() if fails == "forms" else None, answers=answers)
    office = an_office(journal=journal, desks=desks)
    office.proofs.desk.error = AWAY if fails == "proofs" else None
    with pytest.raises(Outage):
        run(office, archive)
    assert journal.sent_since("2025-W01") == ()
    mended = an_office(journal=journal, register=office.register, books=office.books)
    run(mended)
    assert [one.digest.student for one in journal.sent_since("2025-W01")] == [BEN]


def test_a_journal_that_knows_something_is_left_alone() -> None:
    """So is its register: an old form would undo what an officer took back since."""
    known = an_office()
    run(known)
    office = an_office(journal=known.journal)
    with pytest.raises(JournalError):
        run(office)
    assert office.register.posters() == frozenset()


def test_without_a_repository_and_proofs_that_is_told() -> None:
    done = run(build_office(build_student(ADA)), None)
    assert (done.has_posts, done.has_proofs, done.n_weeks) == (False, False, 0)
