"""What every journal promises of the digests that went out."""

from datetime import timedelta

import pytest

from bot.delivery import Setback
from bot.digest import Sent
from bot.journal import Journal
from tests.contracts.steps import AT, ISSUE, W46, W47, W48, deliver, digest_of, record


def test_nothing_went_out_yet(journal: Journal) -> None:
    assert journal.sent_since(W46) == ()


def test_digests_that_went_out_are_told_whole_and_with_their_moment(journal: Journal) -> None:
    digest = digest_of("Ada-Example", "lumen-lab/atlas#1", "lumen-lab/atlas#2?")
    record(journal, digest)
    deliver(journal, "ada-example")
    assert journal.sent_since(W47) == (Sent(digest, AT),)


def test_a_digest_that_was_replaced_went_out_as_it_was_replaced(journal: Journal) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    verified = digest_of("ada-example", "lumen-lab/atlas#2")
    journal.replace_digest(verified)
    deliver(journal, "ada-example")
    assert [sent.digest for sent in journal.sent_since(W47)] == [verified]


@pytest.mark.parametrize("step", ["prepared", "in doubt", "unsent"])
def test_what_is_not_known_to_be_out_was_not_sent(journal: Journal, step: str) -> None:
    record(journal, digest_of("ada-example", "lumen-lab/atlas#1"))
    if step != "prepared":
        journal.record_intent(W47, "ada-example", ISSUE, AT)
    if step == "unsent":
        journal.record_setback(W47, "ada-example", ISSUE, Setback.UNSENT)
    assert journal.sent_since(W47) == ()


def test_what_was_sent_comes_from_that_week_on_by_week_and_login(journal: Journal) -> None:
    for number, week in enumerate((W46, W47, W48)):
        names = ("Chiyo-Example", "ben-example", "ada-example")
        digests = [digest_of(name, f"lumen-lab/{name}#{number + 1}", week=week) for name in names]
        record(journal, *digests, week=week)
        for hours, name in enumerate(names):
            deliver(journal, name, week, AT + timedelta(weeks=number, hours=hours))
    assert [(sent.digest.week, sent.digest.student) for sent in journal.sent_since(W47)] == [
        (W47, "ada-example"),
        (W47, "ben-example"),
        (W47, "Chiyo-Example"),
        (W48, "ada-example"),
        (W48, "ben-example"),
        (W48, "Chiyo-Example"),
    ]


def test_what_is_forgotten_was_not_sent(journal: Journal) -> None:
    record(journal, digest_of("ada-example"), digest_of("ben-example"))
    for login in ("ada-example", "ben-example"):
        deliver(journal, login)
    journal.forget("Ada-Example")
    assert [sent.digest.student for sent in journal.sent_since(W46)] == ["ben-example"]
