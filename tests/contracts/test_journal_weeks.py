"""What every journal promises of a week's digests and of the issues in them."""

import pytest

from bot.allocation.offer import Offer
from bot.errors import JournalError
from bot.journal import DigestState, Journal, JournalEntry
from bot.terms import ChannelName, IssueRef
from tests.contracts.steps import AT, ISSUE, W46, W47, W48, deliver, digest_of, offered, record


def test_a_recorded_digest_is_read_back_whole_and_is_prepared(journal: Journal) -> None:
    digest = digest_of("ada-example", "lumen-lab/atlas#1", "lumen-lab/atlas#2?")
    journal.record_week(W47, [(digest, ChannelName.EMAIL)])
    assert journal.entry(W47, "ada-example") == JournalEntry(
        digest, ChannelName.EMAIL, DigestState.PREPARED
    )


def test_a_digest_that_was_never_recorded_is_none(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    assert journal.entry(W47, "ben-example") is None
    assert journal.entry(W48, "ada-example") is None


def test_the_digests_of_a_week_come_by_login(journal: Journal) -> None:
    record(journal, digest_of("diego-example", week=W48), week=W48)
    record(journal, digest_of("chiyo-example"), digest_of("ada-example"), digest_of("ben-example"))
    logins = [entry.digest.student for entry in journal.entries(W47)]
    assert logins == ["ada-example", "ben-example", "chiyo-example"]


def test_a_week_can_be_filled_up_with_further_students(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    record(journal, digest_of("ben-example", "lumen-lab/atlas#2"))
    assert len(journal.entries(W47)) == 2


def test_a_student_has_one_digest_a_week(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    with pytest.raises(JournalError, match="ada-example"):
        record(journal, digest_of("ada-example", "lumen-lab/atlas#2"))
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_what_was_prepared_and_not_tried_can_be_prepared_again(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"), digest_of("ben-example"))
    again = digest_of("Ada-Example", "lumen-lab/atlas#2")
    journal.record_week(W47, [(again, ISSUE)], again=["Ada-Example"])
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#2")]
    assert [entry.digest.student for entry in journal.entries(W47)] == [
        "Ada-Example",
        "ben-example",
    ]


@pytest.mark.parametrize("step", ["tried", "delivered"])
def test_what_was_tried_or_sent_cannot_be_prepared_again(journal: Journal, step: str) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    journal.record_intent(W47, "ada-example", ISSUE, AT)
    if step == "delivered":
        deliver(journal, "ada-example")
    with pytest.raises(JournalError):
        journal.record_week(
            W47, [(digest_of("ada-example", "lumen-lab/atlas#2"), ISSUE)], again=["ada-example"]
        )
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_a_week_is_recorded_whole_or_not_at_all(journal: Journal) -> None:
    record(journal, digest_of("ben-example", "lumen-lab/atlas#1", week=W46), week=W46)
    with pytest.raises(JournalError):
        record(
            journal,
            digest_of("ada-example", "lumen-lab/atlas#2"),
            digest_of("chiyo-example", "lumen-lab/atlas#3"),
            digest_of("ada-example", "lumen-lab/atlas#4"),
        )
    assert journal.entries(W47) == ()
    assert offered(journal) == [(W46, "ben-example", "lumen-lab/atlas#1")], "W46 lapsed in vain"


def test_a_digest_of_another_week_is_a_bug_and_refused(journal: Journal) -> None:
    with pytest.raises(ValueError, match="2026-W46"):
        record(journal, digest_of("ada-example", week=W46))
    assert journal.entries(W47) == journal.entries(W46) == ()


def test_an_issue_goes_to_one_student_a_week(journal: Journal) -> None:
    with pytest.raises(JournalError, match="lumen-lab/atlas#1"):
        record(
            journal,
            digest_of("ada-example", "lumen-lab/atlas#1"),
            digest_of("ben-example", "lumen-lab/atlas#1?"),
        )


def test_an_issue_may_go_to_another_student_in_another_week(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week=W46), week=W46)
    deliver(journal, "ada-example", W46)
    record(journal, digest_of("ben-example", "lumen-lab/atlas#1"))
    assert len(offered(journal)) == 2


def test_an_issue_once_offered_is_never_offered_to_the_student_again(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week="2025-W03"), week="2025-W03")
    deliver(journal, "ada-example", "2025-W03")
    with pytest.raises(JournalError, match="lumen-lab/atlas#1"):
        record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))


def test_an_issue_stands_once_in_a_digest(journal: Journal) -> None:
    with pytest.raises(JournalError):
        record(journal, digest_of("ada-example", "lumen-lab/atlas#1", "lumen-lab/atlas#1?"))


@pytest.mark.parametrize("login", ["ada-example", "ben-example"])
def test_promises_ignore_the_case_of_a_repository(journal: Journal, login: str) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    with pytest.raises(JournalError):
        record(journal, digest_of(login, "Lumen-Lab/ATLAS#1", week=W47))
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_offers_keep_the_spelling_of_a_repository(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "Lumen-Lab/Atlas#1"))
    assert journal.offers() == (Offer("ada-example", IssueRef("Lumen-Lab/Atlas", 1), W47, None),)


def test_a_prepared_digest_keeps_its_picks_and_spares(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#2", "lumen-lab/atlas#1?"))
    assert offered(journal) == [
        (W47, "ada-example", "lumen-lab/atlas#2"),
        (W47, "ada-example", "lumen-lab/atlas#1"),
    ]
    assert {offer.delivered_at for offer in journal.offers()} == {None}


def test_offers_come_by_week_student_and_position(journal: Journal) -> None:
    record(journal, digest_of("ben-example", "a-lab/x#9", "a-lab/x#1", week=W46), week=W46)
    deliver(journal, "ben-example", W46)
    record(journal, digest_of("ben-example", "a-lab/x#3"), digest_of("ada-example", "a-lab/x#4"))
    assert [(week, number) for week, _, number in offered(journal)] == [
        (W46, "a-lab/x#9"),
        (W46, "a-lab/x#1"),
        (W47, "a-lab/x#4"),
        (W47, "a-lab/x#3"),
    ]


def test_digests_of_earlier_weeks_that_nobody_tried_to_send_lapse(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week=W46), week=W46)
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    assert journal.entry(W46, "ada-example") is None
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_a_new_week_without_digests_lets_earlier_ones_lapse_too(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week=W46), week=W46)
    journal.record_week(W47, [])
    assert journal.offers() == ()


def test_weeks_are_compared_over_the_turn_of_the_year(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week="2026-W53"), week="2026-W53")
    journal.record_week("2027-W01", [])
    assert journal.entry("2026-W53", "ada-example") is None


def test_a_week_prepared_ahead_lets_nothing_of_the_current_one_lapse(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week=W46), week=W46)
    record(journal, digest_of("ben-example", "lumen-lab/atlas#2"))
    ahead = digest_of("chiyo-example", "lumen-lab/atlas#3", week=W48)
    journal.record_week(W48, [(ahead, ISSUE)], W47)
    assert [(week, login) for week, login, _ in offered(journal)] == [
        (W47, "ben-example"),
        (W48, "chiyo-example"),
    ]


def test_a_week_prepared_late_lets_no_later_one_lapse(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    journal.record_week(W46, [], W48)
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_digests_of_this_week_and_of_later_ones_do_not_lapse(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#2", week=W48), week=W48)
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    record(journal, digest_of("ben-example", "lumen-lab/atlas#3"))
    assert [week for week, _, _ in offered(journal)] == [W47, W47, W48]


def test_a_digest_that_was_tried_does_not_lapse(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week=W46), week=W46)
    journal.record_intent(W46, "ada-example", ISSUE, AT)
    with pytest.raises(JournalError):
        record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    assert journal.entry(W46, "ada-example") is not None


def test_a_delivered_digest_never_lapses(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", week=W46), week=W46)
    deliver(journal, "ada-example", W46)
    journal.record_week(W48, [])
    assert offered(journal) == [(W46, "ada-example", "lumen-lab/atlas#1")]


def test_a_replaced_digest_stands_in_the_place_of_the_prepared_one(journal: Journal) -> None:
    journal.record_week(W47, [(digest_of("ada-example", "lumen-lab/atlas#1"), ChannelName.EMAIL)])
    verified = digest_of("ada-example", "lumen-lab/atlas#2")
    journal.replace_digest(verified)
    assert journal.entry(W47, "ada-example") == JournalEntry(
        verified, ChannelName.EMAIL, DigestState.PREPARED
    )


def test_a_pick_that_fell_away_is_free_for_others_again(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1", "lumen-lab/atlas#2?"))
    journal.replace_digest(digest_of("ada-example", "lumen-lab/atlas#2"))
    record(journal, digest_of("ben-example", "lumen-lab/atlas#1"))
    assert offered(journal) == [
        (W47, "ada-example", "lumen-lab/atlas#2"),
        (W47, "ben-example", "lumen-lab/atlas#1"),
    ]


def test_a_delivered_digest_is_not_replaced(journal: Journal) -> None:
    digest = digest_of("ada-example", "lumen-lab/atlas#1")
    record(journal, digest)
    deliver(journal, "ada-example")
    with pytest.raises(JournalError):
        journal.replace_digest(digest_of("ada-example", "lumen-lab/atlas#2"))
    entry = journal.entry(W47, "ada-example")
    assert entry is not None
    assert entry.digest == digest
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_a_digest_that_is_not_there_is_not_replaced(journal: Journal) -> None:
    with pytest.raises(JournalError, match="ada-example"):
        journal.replace_digest(digest_of("ada-example", "lumen-lab/atlas#1"))


def test_a_replacement_that_breaks_a_promise_changes_nothing(journal: Journal) -> None:
    digest = digest_of("ada-example", "lumen-lab/atlas#1")
    record(journal, digest, digest_of("ben-example", "lumen-lab/atlas#2"))
    with pytest.raises(JournalError, match="lumen-lab/atlas#2"):
        journal.replace_digest(digest_of("ada-example", "lumen-lab/atlas#2"))
    entry = journal.entry(W47, "ada-example")
    assert entry is not None
    assert entry.digest == digest
    assert offered(journal)[0] == (W47, "ada-example", "lumen-lab/atlas#1")
