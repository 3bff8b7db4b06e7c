"""Variety inside a digest: alike texts stand back, titles that are near-duplicates stay apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.allocation.allocate import allocate
from bot.allocation.variety import VARIETY, order_by_variety
from tests.allocation_cases import LOGINS, build_hand


def likeness_of(alike, *hand):
    """That of one pair of issues; the others have nothing in common."""
    pair = {one.issue.ref for one in hand}

    def likeness(refs):
        told = np.eye(len(refs))
        for row, one in enumerate(refs):
            for column, other in enumerate(refs):
                if one != other and {one, other} == pair:
                    told[row, column] = alike
        return told

    return likeness


def give(hand, n_wanted, likeness):
    return allocate({LOGINS[0]: hand}, {LOGINS[0]: n_wanted}, likeness=likeness)[LOGINS[0]]


def test_of_two_that_are_alike_the_second_stands_back_for_another():
    hand = build_hand(2.0, 1.9, 1.8)

    allotment = give(hand, 2, likeness_of(0.5, hand[0], hand[1]))

    assert allotment.picks == (hand[0], hand[2])
    assert allotment.spares == (hand[1],)


def test_who_is_alike_is_taken_where_there_is_nothing_else():
    hand = build_hand(2.0, 0.2)

    assert give(hand, 2, likeness_of(0.85, *hand)).picks == hand


def test_what_variety_takes_off_is_not_worth_anything():
    hand = build_hand(2.0, 1.9)

    allotment = give(hand, 2, likeness_of(0.5, *hand))

    assert allotment.worth == pytest.approx(2.0 + 1.9 - VARIETY * 0.5)
    assert allotment.lost == 0


def test_texts_of_one_form_may_stand_in_one_digest_when_their_titles_differ():
    hand = build_hand(2.0, 1.9)

    allotment = give(hand, 2, likeness_of(0.95, *hand))

    assert allotment.picks == hand
    assert allotment.worth == pytest.approx(2.0 + 1.9 - VARIETY * 0.95)


def test_texts_that_are_nearly_the_same_may_go_to_two_students():
    hand = build_hand(2.0, 1.9)
    ranked = dict.fromkeys(LOGINS[:2], hand)

    told = allocate(ranked, dict.fromkeys(ranked, 1), likeness=likeness_of(0.95, *hand))

    assert all(len(one.picks) == 1 for one in told.values())


def test_likeness_is_asked_of_few_issues_at_a_time():
    asked = []

    def likeness(refs):
        asked.append(len(refs))
        return np.eye(len(refs))

    give(build_hand(*(3 - n / 400 for n in range(1_000))), 10, likeness)

    assert max(asked) <= 70


@given(st.lists(st.tuples(st.floats(0, 4), st.integers(0, 3)), max_size=12))
def test_values_fall_along_the_order_and_are_worth_something(rows):
    log_odds = sorted((value for value, _ in rows), reverse=True)
    kinds = np.array([kind for _, kind in rows])
    likeness = np.where(kinds[:, None] == kinds[None, :], 0.8, 0.1)

    order, values = order_by_variety(log_odds, likeness)

    assert sorted(order) == list(range(len(rows)))
    assert values == sorted(values, reverse=True)
    assert all(value > 0 for value in values)
