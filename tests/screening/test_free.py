"""One list of signs, asked in both places: of the corpus, and again right before sending.

That verification leaves out what shows a sign: `tests/test_verification.py`, by the same list.
"""

import pytest

from bot.screening.free import SIGNS, why_not_free
from bot.screening.rules import RULES
from bot.screening.screen import judge
from tests.builders_core import NOW, build_circumstances, build_details, build_issue
from tests.screening.free_cases import FREE_CASES, SIGN_CASES

FOUND = ("good first issue",)


def test_every_sign_has_its_cases():
    assert {name for name, _, _ in SIGN_CASES} == {sign.name for sign in SIGNS}


def test_every_sign_is_a_rule_of_the_same_code():
    rules = {(rule.name, rule.code, rule.needs) for rule in RULES}

    assert {(sign.name, sign.code, sign.needs) for sign in SIGNS} <= rules


@pytest.mark.parametrize(("name", "details", "why"), SIGN_CASES)
def test_a_sign_drops_the_issue_when_it_is_screened(name, details, why):
    drop = judge(build_issue(labels=FOUND, details=details), build_circumstances())

    assert drop is not None
    assert (drop.rule, drop.why) == (name, why)


@pytest.mark.parametrize(("name", "details", "why"), SIGN_CASES)
def test_a_sign_is_told_when_the_issue_is_asked_for_again(name, details, why):
    assert why_not_free(details, FOUND, NOW) == why


@pytest.mark.parametrize("details", FREE_CASES)
def test_what_shows_no_sign_is_free_in_both_places(details):
    assert judge(build_issue(labels=FOUND, details=details), build_circumstances()) is None
    assert why_not_free(details, FOUND, NOW) is None


def test_the_first_of_several_signs_is_told():
    assert why_not_free(build_details(is_open=False, is_locked=True), FOUND, NOW) == "it is closed"


@pytest.mark.parametrize("labels", [("easy", "WIP"), ("easy", "GSSoC'26")])
def test_where_the_details_tell_no_labels_those_known_before_hold(labels):
    assert why_not_free(build_details(labels=None), labels, NOW) is not None
    assert why_not_free(build_details(labels=("easy",)), labels, NOW) is None
