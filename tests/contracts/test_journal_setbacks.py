"""What every journal promises of deliveries that surely failed, of forgetting, and of its lease."""

from dataclasses import replace

import pytest

from bot.delivery import Delivery, Setback
from bot.digest import MentorNote
from bot.errors import JournalError
from bot.journal import Journal
from bot.terms import ChannelName
from tests.contracts.steps import (
    AT,
    ISSUE,
    W46,
    W47,
    W48,
    deliver,
    digest_of,
    offered,
    record,
)

ADA = (W47, "ada-example", ISSUE)


def tried(journal: Journal, *setbacks: Setback) -> Delivery | None:
    """A delivery that was tried and failed so often."""
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    for setback in setbacks:
        journal.record_intent(*ADA, AT)
        journal.record_setback(*ADA, setback)
    return journal.delivery(*ADA)


def test_what_was_not_tried_is_no_delivery(journal: Journal) -> None:
    record(journal, digest_of("ada-example"))
    assert journal.delivery(*ADA) is None
    with pytest.raises(JournalError):
        journal.record_setback(*ADA, Setback.UNSENT)


@pytest.mark.parametrize("setback", Setback)
def test_what_surely_failed_is_not_in_doubt(journal: Journal, setback: Setback) -> None:
    known = tried(journal, setback)
    assert known == Delivery(None, setback, int(setback is Setback.DEFERRED), tried_at=AT)
    assert journal.in_doubt() == ()


def test_deferrals_are_counted_and_nothing_else_is(journal: Journal) -> None:
    known = tried(journal, Setback.DEFERRED, Setback.UNSENT, Setback.DEFERRED)
    assert known == Delivery(None, Setback.DEFERRED, 2, tried_at=AT)


def test_a_new_intent_takes_the_setback_back(journal: Journal) -> None:
    tried(journal, Setback.DEFERRED)
    journal.record_intent(*ADA, AT)
    assert journal.delivery(*ADA) == Delivery(None, None, 1, tried_at=AT)
    assert [one.digest.student for one in journal.in_doubt()] == ["ada-example"]


def test_a_receipt_ends_all_setbacks(journal: Journal) -> None:
    tried(journal, Setback.REFUSED)
    receipt = deliver(journal, "ada-example")
    journal.record_setback(*ADA, Setback.REFUSED)
    assert journal.delivery(*ADA) == Delivery(receipt, tried_at=AT)


def test_what_is_released_is_as_if_it_was_never_tried(journal: Journal) -> None:
    tried(journal, Setback.DEFERRED, Setback.DEFERRED)
    journal.record_intent(*ADA, AT)
    journal.release(*ADA)
    journal.release(W47, "ada-example", ChannelName.EMAIL)
    assert journal.delivery(*ADA) == Delivery(None, Setback.UNSENT, tried_at=AT)
    receipt = deliver(journal, "ada-example")
    journal.release(*ADA)
    assert journal.delivery(*ADA) == Delivery(receipt, tried_at=AT)


def test_what_surely_failed_lapses_with_its_week(journal: Journal) -> None:
    tried(journal, Setback.DEFERRED)
    record(journal, digest_of("ben-example", "lumen-lab/atlas#1", week=W48), week=W48)
    assert journal.entry(W47, "ada-example") is None
    assert journal.delivery(*ADA) is None


def test_a_doubt_is_of_the_channel_that_was_tried(journal: Journal) -> None:
    journal.record_week(W47, [(digest_of("ada-example"), ChannelName.EMAIL)])
    journal.record_intent(W47, "ada-example", ChannelName.EMAIL, AT)
    journal.record_setback(W47, "ada-example", ChannelName.EMAIL, Setback.REFUSED)
    journal.record_intent(*ADA, AT)
    assert [one.channel for one in journal.in_doubt()] == [ISSUE]


def test_who_is_forgotten_was_offered_nothing_and_the_others_were(journal: Journal) -> None:
    ben = digest_of("ben-example", "lumen-lab/atlas#2")
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"), ben)
    places = [deliver(journal, login).place for login in ("ada-example", "ben-example")]
    assert journal.places("Ada-Example") == (places[0],)
    assert journal.places() == tuple(places)
    journal.forget("Ada-Example")
    assert journal.places() == (places[1],)
    assert journal.entry(W47, "ada-example") is None
    assert offered(journal) == [(W47, "ben-example", "lumen-lab/atlas#2")]


def test_of_a_mentor_who_is_forgotten_no_sentence_stays(journal: Journal) -> None:
    notes = (MentorNote("grace-example", "See you."), MentorNote("hugo-example", "Well done!"))
    ben = digest_of("ben-example", "lumen-lab/atlas#2")
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"), replace(ben, mentor_notes=notes))
    assert journal.forget("Grace-Example") == 0
    assert [one.digest.mentor_notes for one in journal.entries(W47)] == [(), notes[1:]]


def test_what_is_older_than_a_week_can_be_forgotten(journal: Journal) -> None:
    for week, number in ((W46, 1), (W47, 2)):
        record(journal, digest_of("ada-example", f"lumen-lab/atlas#{number}", week=week), week=week)
        deliver(journal, "ada-example", week)
    journal.forget_before(W47)
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#2")]
    assert journal.entry(W46, "ada-example") is None


def test_the_lease_is_free_again_after_an_error(journal: Journal) -> None:
    with pytest.raises(ZeroDivisionError), journal.lease():
        raise ZeroDivisionError
    with journal.lease():
        record(journal, digest_of("ada-example"))
