"""What every journal promises of intents, receipts and their moments."""

from datetime import UTC, timedelta, timezone

import pytest

from bot.allocation.offer import Offer
from bot.delivery import Receipt
from bot.errors import JournalError
from bot.journal import DigestState, Journal, JournalEntry
from bot.terms import ChannelName, IssueRef
from tests.contracts.steps import AT, ISSUE, W46, W47, W48, deliver, digest_of, receipt_of, record


def test_a_receipt_makes_the_digest_delivered(journal: Journal) -> None:
    digest = digest_of("ada-example", "lumen-lab/atlas#1")
    record(journal, digest)
    journal.record_intent(W47, "ada-example", ISSUE, AT)
    receipt = deliver(journal, "ada-example")
    assert receipt_of(journal, W47, "ada-example", ISSUE) == receipt
    done = JournalEntry(digest, ISSUE, DigestState.DELIVERED, AT)
    assert journal.entry(W47, "ada-example") == done


def test_a_receipt_offers_the_picks_and_frees_the_spares(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", "lumen-lab/atlas#2?"))
    deliver(journal, "ada-example")
    assert journal.offers() == (Offer("ada-example", IssueRef("lumen-lab/atlas", 1), W47, AT),)
    record(journal, digest_of("ben-example", "lumen-lab/atlas#2"))
    record(journal, digest_of("ada-example", "lumen-lab/atlas#2", week=W48), week=W48)


def test_a_delivery_without_an_intent_is_taken_down_too(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    receipt = deliver(journal, "ada-example")
    assert receipt_of(journal, W47, "ada-example", ISSUE) == receipt


def test_an_intent_is_no_receipt(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    journal.record_intent(W47, "ada-example", ISSUE, AT)
    entry = journal.entry(W47, "ada-example")
    assert receipt_of(journal, W47, "ada-example", ISSUE) is None
    assert entry is not None
    assert entry.state is DigestState.PREPARED


def test_an_intent_recorded_often_is_one_intent(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    for hours in range(3):
        journal.record_intent(W47, "ada-example", ISSUE, AT + timedelta(hours=hours))
    receipt = deliver(journal, "ada-example")
    journal.record_intent(W47, "ada-example", ISSUE, AT + timedelta(days=1))
    assert receipt_of(journal, W47, "ada-example", ISSUE) == receipt


def test_the_first_receipt_of_a_delivery_stays(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    receipt = deliver(journal, "ada-example")
    deliver(journal, "ada-example", at=AT + timedelta(days=1))
    assert receipt_of(journal, W47, "ada-example", ISSUE) == receipt
    assert journal.last_delivered_at("ada-example") == AT


def test_every_channel_has_a_receipt_of_its_own(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    deliver(journal, "ada-example")
    assert receipt_of(journal, W47, "ada-example", ChannelName.EMAIL) is None
    mailed = Receipt(
        W47, "ada-example", ChannelName.EMAIL, "<1@example.org>", AT + timedelta(hours=1)
    )
    journal.record_receipt(mailed)
    assert receipt_of(journal, W47, "ada-example", ChannelName.EMAIL) == mailed
    assert journal.last_delivered_at("ada-example") == AT


def test_what_has_no_digest_cannot_be_delivered(journal: Journal) -> None:
    with pytest.raises(JournalError, match="ada-example"):
        journal.record_intent(W47, "ada-example", ISSUE, AT)
    with pytest.raises(JournalError, match="ada-example"):
        deliver(journal, "ada-example")
    assert receipt_of(journal, W47, "ada-example", ISSUE) is None


def test_the_last_delivery_counts_over_all_weeks(journal: Journal) -> None:
    record(journal, digest_of("ada-example", week=W46), week=W46)
    deliver(journal, "ada-example", W46, AT - timedelta(days=7))
    record(journal, digest_of("ada-example"), digest_of("ben-example"))
    assert journal.last_delivered_at("ada-example") == AT - timedelta(days=7)
    deliver(journal, "ada-example")
    assert journal.last_delivered_at("ada-example") == AT
    assert journal.last_delivered_at("ben-example") is None


def test_moments_come_back_in_utc_whatever_zone_they_were_given_in(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    local = AT.astimezone(timezone(timedelta(hours=-4)))
    deliver(journal, "ada-example", at=local)
    receipt = receipt_of(journal, W47, "ada-example", ISSUE)
    assert receipt is not None
    moments = [receipt.delivered_at, journal.last_delivered_at("ada-example")]
    moments.append(journal.offers()[0].delivered_at)
    assert [(at, at.tzinfo) for at in moments if at] == [(AT, UTC)] * 3


def test_a_moment_without_a_zone_is_a_bug_and_refused(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    naive = AT.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        journal.record_intent(W47, "ada-example", ISSUE, naive)
    with pytest.raises(ValueError, match="zone"):
        deliver(journal, "ada-example", at=naive)


def test_a_quiet_week_is_a_digest_without_picks(journal: Journal) -> None:
    record(journal, digest_of("ada-example"))
    deliver(journal, "ada-example")
    assert journal.offers() == ()
    assert journal.last_delivered_at("ada-example") == AT
