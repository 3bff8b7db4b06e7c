"""What mails, stops and questions leave outside of the state, and what is had of it again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.delivery import Receipt
from bot.errors import Outage
from bot.journal import DigestState, JournalEntry
from bot.office import Mailroom, Office
from bot.proofs import N_PADDED, PEOPLE, Proof, ProofRoom
from bot.proving import announce_mails, keep_proofs, recall_people
from bot.register import Consent, Stop
from bot.schedule import Run
from bot.terms import ChannelName, Week
from tests.builders import build_digest
from tests.builders_core import NOW, build_club, build_student
from tests.consent_steps import ADDRESS, KEY, ScriptedAsker, consents
from tests.fakes import MemoryJournal, MemoryRegister
from tests.fakes_office import build_office
from tests.fakes_proofs import MemoryProofs

ADA, BEN = "ada-example", "ben-example"
WEEK = "2026-W47"
MAIL = ChannelName.EMAIL
RUN = Run(build_club(channel=MAIL), Week.parse(WEEK), NOW)
AWAY = Outage("GitHub is away.", "Wait.")


@pytest.fixture
def office() -> Office:
    """Ada and Ben get mail."""
    register = MemoryRegister()
    return build_office(
        *(build_student(one) for one in (ADA, BEN)),
        register=register,
        proofs=ProofRoom(MemoryProofs(), KEY),
        mailroom=Mailroom(consents(register), ScriptedAsker()),
    )


def prepared(office: Office, login: str = ADA) -> JournalEntry:
    digest = build_digest(student=login, picks=())
    office.journal.record_week(WEEK, [(digest, MAIL)])
    return JournalEntry(digest, MAIL, DigestState.PREPARED)


def mail(office: Office, login: str = ADA) -> None:
    office.journal.record_receipt(Receipt(WEEK, login, MAIL, "mail <1>", NOW))


def lost(office: Office) -> Office:
    register = MemoryRegister()
    room = Mailroom(consents(register), ScriptedAsker())
    return replace(office, journal=MemoryJournal(), register=register, mailroom=room)


def has(office: Office, proof: Proof, login: str) -> bool:
    return office.proofs.has(WEEK, proof, WEEK, login)


def test_a_mail_is_announced_before_and_proven_after(office: Office) -> None:
    entry = prepared(office)
    assert announce_mails(RUN, [entry], office) == ()
    assert has(office, Proof.TRIED, "Ada-Example")
    assert not has(office, Proof.MAILED, ADA)
    mail(office)
    assert keep_proofs(RUN, office) == ()
    assert has(office, Proof.MAILED, ADA)
    assert not has(office, Proof.TRIED, ADA)
    assert not has(office, Proof.MAILED, BEN)


def test_what_is_in_doubt_stays_announced_and_what_surely_is_not_out_does_not(office: Office):
    announce_mails(RUN, [prepared(office)], office)
    keep_proofs(RUN, office)
    assert not has(office, Proof.TRIED, ADA)
    office.journal.record_intent(WEEK, ADA, MAIL, NOW)
    keep_proofs(RUN, office)
    assert has(office, Proof.TRIED, ADA)


def test_a_run_without_mail_writes_nothing_and_the_same_is_written_once(office: Office) -> None:
    keep_proofs(RUN, office)
    assert office.proofs.desk.written == []
    prepared(office)
    mail(office)
    for _ in range(2):
        keep_proofs(RUN, office)
    assert office.proofs.desk.written == [WEEK]


@pytest.mark.parametrize("proof", ["mailed", "tried"])
def test_a_journal_that_was_lost_takes_no_proof_away(office: Office, proof: str) -> None:
    prepared(office)
    office.journal.record_intent(WEEK, ADA, MAIL, NOW)
    if proof == "mailed":
        mail(office)
    keep_proofs(RUN, office)
    keep_proofs(RUN, lost(office))
    assert has(office, Proof(proof), ADA)


def test_others_see_how_many_there_are_in_eights_and_no_login_twice(office: Office) -> None:
    prepared(office)
    mail(office)
    keep_proofs(RUN, office)
    week, later = Week.parse(WEEK), Week.parse(WEEK).before(-1)
    tokens = {one: office.proofs.token(Proof.MAILED, str(one), ADA) for one in (week, later)}
    assert len(office.proofs.desk.standing[WEEK].tokens) == N_PADDED
    assert tokens[week] != tokens[later]
    assert KEY not in repr(office.proofs)


@pytest.mark.parametrize("until", [None, date(2026, 12, 24)])
def test_a_stop_is_had_again_and_one_that_was_taken_back_is_not(office: Office, until) -> None:
    office.register.record_stop(Stop(ADA, NOW, until))
    keep_proofs(RUN, office)
    after = lost(office)
    assert recall_people(RUN, after).n_halts == 1
    assert after.register.stop_of(ADA) == Stop(ADA, NOW, until)
    office.register.lift_stop(ADA)
    keep_proofs(RUN, office)
    after = lost(office)
    assert recall_people(RUN, after).n_halts == 0
    assert after.register.stop_of(ADA) is None


def test_a_pause_that_is_over_is_kept_no_longer(office: Office) -> None:
    office.register.record_stop(Stop(ADA, NOW - timedelta(days=9), NOW.date()))
    keep_proofs(RUN, office)
    assert PEOPLE not in office.proofs.desk.standing


def test_what_is_known_of_the_same_stop_keeps_its_moment_and_what_is_newer_stays(office: Office):
    office.register.record_stop(Stop(ADA, NOW))
    office.register.record_stop(Stop(BEN, NOW))
    keep_proofs(RUN, office)
    after = lost(office)
    early, late = Stop(ADA, NOW - timedelta(days=9)), Stop(BEN, NOW + timedelta(1), NOW.date())
    after.register.record_stop(early)
    after.register.record_stop(late)
    recall_people(RUN, after)
    assert (after.register.stop_of(ADA), after.register.stop_of(BEN)) == (early, late)


@pytest.mark.parametrize("what", ["asked_at", "refused_at"])
def test_a_question_of_consent_is_had_again(office: Office, what: str) -> None:
    office.register.record_consent(Consent(ADA, ADDRESS.id, "Yes?", **{what: NOW}))
    keep_proofs(RUN, office)
    after = lost(office)
    assert recall_people(RUN, after).n_consents == 1
    assert getattr(after.register.consent(ADA, ADDRESS.id), what) == NOW


def test_a_job_without_the_mail_server_takes_no_question_away(office: Office) -> None:
    office.register.record_consent(Consent(ADA, ADDRESS.id, "Yes?", asked_at=NOW))
    keep_proofs(RUN, office)
    office.register.record_stop(Stop(BEN, NOW))
    keep_proofs(RUN, replace(lost(office), mailroom=None))
    assert recall_people(RUN, lost(office)).n_consents == 1


def test_what_cannot_be_written_is_a_note_and_ends_nothing(office: Office) -> None:
    entry = prepared(office)
    office.proofs.desk.error = AWAY
    (before,), (after,) = announce_mails(RUN, [entry], office), keep_proofs(RUN, office)
    assert before == after == "The proofs of what was sent could not be written. GitHub is away."


def test_a_club_without_a_place_for_proofs_keeps_none(office: Office) -> None:
    bare = replace(office, proofs=None)
    assert announce_mails(RUN, [prepared(office)], bare) == keep_proofs(RUN, bare) == ()
    assert recall_people(RUN, bare).n_halts == 0
