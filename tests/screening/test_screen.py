import pytest

from bot.screening.reasons import DropCode
from bot.screening.rules import LATE_RULES
from bot.screening.screen import OffLimits, judge, screen_alone, screen_for
from bot.subscriptions.student import Exclusions
from bot.terms import IssueRef
from tests.builders_core import (
    build_circumstances,
    build_details,
    build_facts,
    build_issue,
    build_repository,
)

FREE = build_issue(1)
CLOSED = build_issue(2, details=build_details(is_open=False))


def off_limits(**changes):
    return OffLimits(
        **{"login": "ada-example", "avoid": Exclusions(), "club_avoid": Exclusions()} | changes
    )


def screened(issue, **changes):
    """The code of the issue's drop for the student, or None."""
    drops = screen_for([issue], {}, off_limits(**changes)).drops
    return drops[0].code if drops else None


def test_what_nobody_should_get_is_dropped_with_its_rule():
    drops = screen_alone([FREE, CLOSED], build_circumstances())

    assert list(drops) == [CLOSED.ref]
    drop = drops[CLOSED.ref]
    assert (drop.issue, drop.code, drop.rule, drop.why) == (
        CLOSED,
        DropCode.CLOSED,
        "closed",
        "it is closed",
    )


def test_one_issue_is_judged_as_in_a_corpus():
    given = build_circumstances()

    assert judge(FREE, given) is None
    assert judge(CLOSED, given) == screen_alone([FREE, CLOSED], given)[CLOSED.ref]


def test_an_issue_is_judged_by_the_rules_that_are_given():
    unknown = build_issue(repository=build_repository(facts=None))
    given = build_circumstances()

    assert judge(unknown, given) is None
    assert judge(CLOSED, given, rules=()) is None
    assert judge(unknown, given, LATE_RULES).code is DropCode.UNKNOWN


def test_the_first_rule_that_fires_gives_the_code():
    closed_farm = build_issue(
        3,
        details=build_details(is_open=False),
        repository=build_repository(facts=build_facts(description=None, stars=0)),
    )

    assert screen_alone([closed_farm], build_circumstances())[closed_farm.ref].code is DropCode.FARM


def test_a_student_keeps_what_is_left_in_its_order():
    other = build_issue(9)
    dropped = screen_alone([CLOSED], build_circumstances())

    screened = screen_for([other, CLOSED, FREE], dropped, off_limits())

    assert screened.kept == (other, FREE)
    assert [drop.issue for drop in screened.drops] == [CLOSED]


def test_every_issue_is_kept_or_dropped():
    issues = [build_issue(n) for n in range(1, 9)]
    seen = frozenset(issue.ref.folded for issue in issues[::2])

    found = screen_for(issues, {}, off_limits(seen=seen))

    assert (
        sorted([*found.kept, *(drop.issue for drop in found.drops)], key=lambda one: one.ref)
        == issues
    )


def test_an_issue_once_offered_is_not_offered_again():
    assert screened(FREE, seen=frozenset({FREE.ref.folded})) is DropCode.SEEN


def test_an_issue_once_offered_is_known_in_any_spelling():
    respelled = build_issue(1, repository="Lumen-Lab/StarCharts")

    assert screened(respelled, seen=frozenset({FREE.ref.folded})) is DropCode.SEEN


def test_an_issue_that_a_clubmate_holds_is_not_offered():
    assert screened(FREE, with_clubmates=frozenset({FREE.ref.folded})) is DropCode.CLUBMATE


def test_another_issue_of_the_same_repository_may_be_offered():
    other = IssueRef(FREE.ref.repository, 99).folded

    assert screened(FREE, seen=frozenset({other}), with_clubmates=frozenset({other})) is None


@pytest.mark.parametrize(
    "issue",
    [
        build_issue(author="ada-example"),
        build_issue(author="Ada-Example"),
        build_issue(repository="Ada-Example/charts"),
    ],
)
def test_the_students_own_issues_are_not_offered(issue):
    assert screened(issue) is DropCode.OWN


def test_an_issue_without_an_author_is_nobodys_own():
    assert screened(build_issue(author=None)) is None


@pytest.mark.parametrize("whose", ["avoid", "club_avoid"])
@pytest.mark.parametrize(
    "avoid",
    [
        Exclusions(repositories=("Lumen-Lab/Starcharts",)),
        Exclusions(owners=("LUMEN-LAB",)),
        Exclusions(topics=("Charts",)),
    ],
)
def test_what_is_to_be_avoided_is_not_offered(whose, avoid):
    assert screened(FREE, **{whose: avoid}) is DropCode.AVOIDED


@pytest.mark.parametrize(
    "avoid",
    [
        Exclusions(repositories=("lumen-lab/star",)),
        Exclusions(owners=("lumen",)),
        Exclusions(topics=("chart-parsing",)),
    ],
)
def test_what_only_resembles_it_is_offered(avoid):
    assert screened(FREE, avoid=avoid) is None


def test_unknown_topics_are_not_avoided():
    unknown = build_issue(repository=build_repository(facts=None))

    assert screened(unknown, avoid=Exclusions(topics=("charts",))) is None


def test_a_drop_for_all_comes_before_the_students_own_reasons():
    dropped = screen_alone([CLOSED], build_circumstances())
    seen = frozenset({CLOSED.ref.folded})

    (drop,) = screen_for([CLOSED], dropped, off_limits(seen=seen)).drops

    assert drop.code is DropCode.CLOSED
