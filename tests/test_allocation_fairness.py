"""What the others may cost a student: little, and it is told."""

import pytest
from hypothesis import given, settings

from bot.allocation.allocate import allocate
from bot.allocation.allotment import common_share
from bot.allocation.exchange import NEAR_SHARE
from bot.allocation.program import GAP
from bot.allocation.rules import FLOOR
from tests.allocation_cases import all_hands, build_hand, clubs, worth_of

unhurried = settings(deadline=None, max_examples=30)
EVEN = 1e-4


@unhurried
@given(clubs())
def test_a_student_alone_loses_nothing(club):
    ranked, n_wanted = club

    for login, some in ranked.items():
        assert allocate({login: some}, n_wanted)[login].lost == 0


@unhurried
@given(clubs())
def test_alone_is_what_the_student_would_get_alone(club):
    ranked, n_wanted = club

    for login, one in allocate(ranked, n_wanted).items():
        assert one.alone == pytest.approx(allocate({login: ranked[login]}, n_wanted)[login].worth)


@unhurried
@given(clubs(n_students=3, n_issues=6, n_picks=3))
def test_nobody_is_below_the_share_that_all_could_have(club):
    told = allocate(*club)

    best = max(
        min((_share(hand, told[login]) for login, hand in hands.items()), default=FLOOR)
        for hands in all_hands(*club)
    )

    assert common_share(told.values()) >= min(best, FLOOR) - NEAR_SHARE - EVEN


@unhurried
@given(clubs(n_students=3, n_issues=6, n_picks=3))
def test_the_sum_is_the_best_of_all_that_respect_the_floor(club):
    told = allocate(*club)
    total = sum(one.worth for one in told.values())

    sums = [
        sum(map(worth_of, hands.values()))
        for hands in all_hands(*club)
        if all(_share(hand, told[login]) >= FLOOR for login, hand in hands.items())
    ]

    assert total >= max(sums, default=0.0) * (1 - GAP) - EVEN


def test_a_newcomer_costs_the_others_no_more_than_the_floor_allows():
    ranked = {"ada-example": build_hand(3.0, 2.9, 2.8, 2.7)}
    ranked["bea-example"] = ranked["ada-example"][:2]

    told = allocate(ranked, dict.fromkeys(ranked, 2))

    assert all(1 - one.lost >= FLOOR - EVEN for one in told.values())


def test_who_can_do_without_leaves_an_issue_to_who_cannot():
    shared = build_hand(2.0)
    ranked = {
        "ada-example": shared + build_hand(1.9, first=10),
        "bea-example": shared + build_hand(0.1, first=20),
    }

    told = allocate(ranked, dict.fromkeys(ranked, 1))

    assert told["bea-example"].picks == shared
    assert told["ada-example"].lost == pytest.approx(0.05)


def test_too_few_issues_are_told_by_the_common_share():
    hand = build_hand(2.0, 2.0)
    ranked = {"ada-example": hand, "bea-example": hand}

    told = allocate(ranked, dict.fromkeys(ranked, 2))

    assert common_share(told.values()) == pytest.approx(0.5)


def test_who_would_have_nothing_alone_loses_nothing():
    told = allocate(
        {"ada-example": (), "bea-example": build_hand(1.0)}, {"ada-example": 1, "bea-example": 1}
    )

    assert told["ada-example"].lost == 0
    assert common_share(told.values()) == FLOOR


def _share(hand, allotment):
    return worth_of(hand) / allotment.alone if allotment.alone > 0 else 1.0
