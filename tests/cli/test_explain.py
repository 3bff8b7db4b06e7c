"""What became of an issue, in a sentence: the cause that comes first, and each word once."""

from datetime import UTC, datetime

from bot.allocation.offer import Offer
from bot.cli.explain import conclude
from bot.explanation import Explanation
from bot.screening.reasons import Drop, DropCode
from tests.builders_core import build_issue, build_ranked, build_student

ISSUE = build_issue(12)
SENT_AT = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
OFFER = Offer("ada-example", ISSUE.ref, "2026-W47", SENT_AT)
CLUBMATE = Drop(ISSUE, DropCode.CLUBMATE, "clubmate", "it was offered to a clubmate")
TAKEN = Drop(ISSUE, DropCode.TAKEN, "claimed-in-comment", "somebody is at work on it")


def concluded(drop=None, offer=None, *, is_candidate=True):
    return conclude(Explanation(build_student(), build_ranked(0.5), drop, offer, is_candidate))


def test_an_issue_that_matches_nothing_is_told_so_and_no_lesser_cause():
    told = concluded(CLUBMATE, is_candidate=False)

    assert told == "Not looked at: it is in none of the languages or interests in the file."


def test_a_rule_of_the_same_name_as_its_code_is_named_once():
    assert concluded(CLUBMATE) == "Not offered: clubmate: it was offered to a clubmate."


def test_a_rule_is_named_beside_its_code():
    told = concluded(TAKEN)

    assert told == "Not offered: taken (claimed-in-comment): somebody is at work on it."


def test_an_issue_that_was_offered_is_told_by_its_digest_whatever_came_since():
    told = concluded(TAKEN, OFFER, is_candidate=False)

    assert told == "It is in the digest of 2026-W47, sent on 2026-11-22."
