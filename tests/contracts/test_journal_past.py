"""What every journal promises of what was read back after a loss."""

import pytest

from bot.delivery import Receipt
from bot.errors import JournalError
from bot.journal import DigestState, Journal, PastDigest
from bot.terms import ChannelName
from tests.contracts.steps import AT, ISSUE, W46, W47, digest_of, offered, receipt_of, record

PLACE = "https://example.org/7"


def past_of(login: str, *picks: str, week: str = W46) -> PastDigest:
    receipt = Receipt(week, login, ISSUE, PLACE, AT)
    return PastDigest(digest_of(login, *picks, week=week), ISSUE, AT, (receipt,))


def test_what_was_read_back_was_sent_and_offered(journal: Journal) -> None:
    journal.record_past([past_of("Ada-Example", "lumen-lab/atlas#1"), past_of("ben-example")])
    assert [one.digest.student for one in journal.sent_since(W46)] == ["Ada-Example", "ben-example"]
    assert offered(journal) == [(W46, "ada-example", "lumen-lab/atlas#1")]
    assert receipt_of(journal, W46, "ada-example", ISSUE) == Receipt(
        W46, "ada-example", ISSUE, PLACE, AT
    )
    assert journal.last_delivered_at("ada-example") == AT


def test_what_has_no_receipt_is_in_doubt_since_then(journal: Journal) -> None:
    journal.record_past([PastDigest(digest_of("ada-example"), ChannelName.EMAIL, AT)])
    (doubt,) = journal.in_doubt()
    assert (doubt.channel, doubt.state) == (ChannelName.EMAIL, DigestState.PREPARED)
    known = journal.delivery(W47, "ada-example", ChannelName.EMAIL)
    assert known is not None
    assert known.tried_at == AT


def test_a_journal_that_knows_a_digest_takes_nothing_back_in(journal: Journal) -> None:
    record(journal, digest_of("ada-example"))
    with pytest.raises(JournalError, match="holds digests already"):
        journal.record_past([past_of("ben-example")])
    assert journal.sent_since(W46) == ()


def test_what_breaks_a_promise_is_read_back_as_a_whole_or_not_at_all(journal: Journal) -> None:
    twice = [past_of("ada-example", "a/b#1"), past_of("ada-example", "a/b#1", week=W47)]
    with pytest.raises(JournalError):
        journal.record_past(twice)
    assert journal.entries(W46) == ()
