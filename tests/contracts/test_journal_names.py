"""What every journal promises of names: of students in any case, of issues under any name."""

import pytest

from bot.allocation.offer import Offer
from bot.digest import Digest, Person
from bot.errors import JournalError
from bot.journal import DigestState, Journal
from bot.terms import IssueRef
from tests.builders import build_digest, build_pick
from tests.contracts.steps import (
    AT,
    ISSUE,
    W46,
    W47,
    deliver,
    digest_of,
    offered,
    receipt_of,
    record,
)


def test_a_student_is_known_in_any_case_and_the_digest_keeps_the_spelling(
    journal: Journal,
) -> None:
    digest = digest_of("Ada-Example", "lumen-lab/atlas#1")
    record(journal, digest)
    entry = journal.entry(W47, "ada-EXAMPLE")
    assert entry is not None
    assert entry.digest == digest


def test_a_student_has_one_digest_a_week_in_any_case(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    with pytest.raises(JournalError, match="Ada-Example"):
        record(journal, digest_of("Ada-Example", "lumen-lab/atlas#2"))


def test_a_digest_is_replaced_in_any_case(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    verified = digest_of("Ada-Example", "lumen-lab/atlas#2")
    journal.replace_digest(verified)
    assert [entry.digest for entry in journal.entries(W47)] == [verified]
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#2")]


def test_a_delivery_is_known_in_any_case(journal: Journal) -> None:
    record(journal, digest_of("Ada-Example", "lumen-lab/atlas#1", "lumen-lab/atlas#2?"))
    journal.record_intent(W47, "ADA-example", ISSUE, AT)
    first = deliver(journal, "ada-example")
    entry = journal.entry(W47, "Ada-Example")
    assert entry is not None
    assert entry.state is DigestState.DELIVERED
    assert receipt_of(journal, W47, "ada-example", ISSUE) == first
    assert journal.last_delivered_at("ada-EXAMPLE") == AT
    assert offered(journal) == [(W47, "ada-example", "lumen-lab/atlas#1")]


def test_a_receipt_bears_the_name_that_was_asked_for(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    deliver(journal, "ada-example")
    receipt = receipt_of(journal, W47, "Ada-Example", ISSUE)
    assert receipt is not None
    assert receipt.login == "Ada-Example"


def test_a_digest_that_was_tried_in_another_case_does_not_lapse(journal: Journal) -> None:
    record(journal, digest_of("Ada-Example", "lumen-lab/atlas#1", week=W46), week=W46)
    journal.record_intent(W46, "ada-example", ISSUE, AT)
    journal.record_week(W47, [])
    assert journal.entry(W46, "ada-example") is not None


def test_an_issue_is_offered_once_to_a_student_in_any_case(journal: Journal) -> None:
    record(journal, digest_of("Ada-Example", "lumen-lab/atlas#1", week=W46), week=W46)
    deliver(journal, "Ada-Example", W46)
    with pytest.raises(JournalError, match="lumen-lab/atlas#1"):
        record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))


def test_offers_tell_a_login_in_lower_case(journal: Journal) -> None:
    record(journal, digest_of("Ada-Example", "lumen-lab/atlas#1"))
    assert [offer.login for offer in journal.offers()] == ["ada-example"]


def test_digests_come_by_login_in_any_case(journal: Journal) -> None:
    record(journal, digest_of("ben-example"), digest_of("Chiyo-Example"), digest_of("ada-example"))
    logins = [entry.digest.student for entry in journal.entries(W47)]
    assert logins == ["ada-example", "ben-example", "Chiyo-Example"]


def known_by(node_id: str, login: str, *names: str, week: str = W47) -> Digest:
    """A digest with issue 1 of each of these repositories, all with this id."""
    picks = tuple(build_pick(repository=name, number=1, node_id=node_id) for name in names)
    return build_digest(student=login, week=week, picks=picks)


def test_a_renamed_repository_does_not_bring_an_offered_issue_back(journal: Journal) -> None:
    record(journal, known_by("I_1", "ada-example", "lumen-lab/atlas", week=W46), week=W46)
    deliver(journal, "ada-example", W46)
    with pytest.raises(JournalError, match="lumen-labs/charts#1"):
        record(journal, known_by("I_1", "ada-example", "lumen-labs/charts"))
    assert offered(journal) == [(W46, "ada-example", "lumen-lab/atlas#1")]


def test_an_issue_goes_to_one_student_a_week_under_any_name(journal: Journal) -> None:
    record(journal, known_by("I_1", "ada-example", "lumen-lab/atlas"))
    with pytest.raises(JournalError, match="lumen-labs/charts#1"):
        record(journal, known_by("I_1", "ben-example", "lumen-labs/charts"))


def test_an_issue_stands_once_in_a_digest_under_any_name(journal: Journal) -> None:
    with pytest.raises(JournalError, match="lumen-labs/charts#1"):
        record(journal, known_by("I_1", "ada-example", "lumen-lab/atlas", "lumen-labs/charts"))


def test_a_prepared_pick_may_be_replaced_by_itself_under_a_new_name(journal: Journal) -> None:
    record(journal, known_by("I_1", "ada-example", "lumen-lab/atlas"))
    journal.replace_digest(known_by("I_1", "ada-example", "lumen-labs/charts"))
    assert offered(journal) == [(W47, "ada-example", "lumen-labs/charts#1")]


def test_an_issue_may_go_to_another_student_in_another_week_under_a_new_name(
    journal: Journal,
) -> None:
    record(journal, known_by("I_1", "ada-example", "lumen-lab/atlas", week=W46), week=W46)
    deliver(journal, "ada-example", W46)
    record(journal, known_by("I_1", "ben-example", "lumen-labs/charts"))
    assert len(offered(journal)) == 2


def test_issues_without_an_id_are_told_apart_by_their_names(journal: Journal) -> None:
    record(journal, known_by("", "ada-example", "lumen-lab/atlas", "lumen-lab/charts"))
    record(journal, known_by("", "ben-example", "lumen-lab/maps"))
    assert len(offered(journal)) == 3


def test_a_node_id_is_compared_with_its_case(journal: Journal) -> None:
    record(journal, known_by("I_a", "ada-example", "lumen-lab/atlas"))
    record(journal, known_by("I_A", "ben-example", "lumen-lab/charts"))
    assert len(offered(journal)) == 2


def test_offers_tell_the_id_of_an_issue_where_it_is_known(journal: Journal) -> None:
    record(journal, known_by("I_1", "ada-example", "lumen-lab/atlas"))
    record(journal, known_by("", "ben-example", "lumen-lab/charts"))
    assert journal.offers() == (
        Offer("ada-example", IssueRef("lumen-lab/atlas", 1), W47, None, "I_1"),
        Offer("ben-example", IssueRef("lumen-lab/charts", 1), W47, None, ""),
    )


def test_who_is_forgotten_is_named_in_nobody_s_digest(journal: Journal) -> None:
    mira, juno = Person("Mira-Example", 2, 3), Person("juno-example", 1, 3)
    pick = build_pick(people=(mira, juno))
    record(journal, build_digest(student="ada-example", picks=(pick,)))

    journal.forget("mira-example")

    (entry,) = journal.entries(W47)
    assert [one.people for one in entry.digest.picks] == [(juno,)]
