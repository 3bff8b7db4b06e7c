"""What every journal promises of deliveries that were tried and never confirmed."""

from bot.journal import DigestState, Journal
from bot.terms import ChannelName
from tests.contracts.steps import AT, ISSUE, W46, W47, W48, deliver, digest_of, record


def test_nothing_is_in_doubt_that_nobody_tried_to_send(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    assert journal.in_doubt() == ()


def test_what_was_tried_and_has_no_receipt_is_in_doubt_in_any_week(journal: Journal) -> None:
    digests = [
        digest_of("Ben-Example", "lumen-lab/atlas#1", week=W46),
        digest_of("ada-example", "lumen-lab/atlas#2", week=W46),
    ]
    record(journal, *digests, week=W46)
    for login in ("ben-example", "ada-example"):
        journal.record_intent(W46, login, ISSUE, AT)
    record(journal, digest_of("ben-example", "lumen-lab/atlas#4"))
    record(journal, digest_of("chiyo-example", "lumen-lab/atlas#3", week=W48), week=W48)
    journal.record_intent(W48, "chiyo-example", ISSUE, AT)
    doubts = journal.in_doubt()
    assert [(one.digest.week, one.digest.student, one.channel) for one in doubts] == [
        (W46, "ada-example", ISSUE),
        (W46, "Ben-Example", ISSUE),
        (W48, "chiyo-example", ISSUE),
    ]
    assert {one.state for one in doubts} == {DigestState.PREPARED}


def test_a_receipt_settles_a_doubt(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"), digest_of("ben-example"))
    journal.record_intent(W47, "ada-example", ISSUE, AT)
    journal.record_intent(W47, "ben-example", ISSUE, AT)
    deliver(journal, "ada-example")
    assert [one.digest.student for one in journal.in_doubt()] == ["ben-example"]


def test_what_one_channel_brought_out_is_not_in_doubt_for_another(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    journal.record_intent(W47, "ada-example", ChannelName.EMAIL, AT)
    deliver(journal, "ada-example")
    assert journal.in_doubt() == ()
