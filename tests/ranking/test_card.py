"""Scorecards: curves that add up."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.ranking import beginner, lasting
from bot.ranking.card import Card, Curve, read_card
from tests.builders_core import build_issue, build_matcher

CURVE = Curve(of="n", reason="size", at=(0.0, 2.0, 4.0), adds=(-1.0, 1.0, 0.5))
CARDS = (beginner.CARD, lasting.CARD)
unhurried = settings(deadline=None)


def added(curve, *values):
    return list(curve.add(np.array(values)))


def test_a_curve_goes_straight_from_point_to_point():
    assert added(CURVE, 0.0, 0.5, 1.0, 2.0, 3.0) == [-1.0, -0.5, 0.0, 1.0, 0.75]


def test_a_curve_is_level_outside_its_points():
    assert added(CURVE, -9.0, 9.0, math.inf, -math.inf) == [-1.0, 0.5, 0.5, -1.0]


def test_the_unknown_adds_nothing():
    assert added(CURVE, math.nan, 2.0) == [0.0, 1.0]


@pytest.mark.parametrize(
    ("scale", "value"), [("plain", 2.0), ("log", math.exp(2)), ("log1p", math.exp(2) - 1)]
)
def test_values_may_be_spaced_by_their_logarithm(scale, value):
    curve = CURVE.model_copy(update={"scale": scale})

    assert added(curve, value) == [pytest.approx(1.0)]


@pytest.mark.parametrize("scale", ["log", "log1p"])
def test_a_logarithm_of_nothing_or_less_is_no_error(scale):
    curve = CURVE.model_copy(update={"scale": scale})

    assert added(curve, 0.0, -3.0) == [-1.0, -1.0]


@pytest.mark.parametrize(
    "changes",
    [
        {"at": (0.0, 2.0)},
        {"at": (0.0, 4.0, 2.0)},
        {"at": (0.0, 2.0, 2.0)},
        {"at": (0.0,), "adds": (1.0,)},
        {"scale": "squared"},
        {"reason": None},
        {"colour": "red"},
    ],
)
def test_a_malformed_curve_is_refused(changes):
    with pytest.raises(ValidationError):
        Curve.model_validate(CURVE.model_dump() | changes)


def test_a_card_adds_its_curves_to_its_base():
    other = Curve(of="m", reason="size", at=(0.0, 1.0), adds=(0.0, 0.25))
    card = Card(learned={}, base=-0.5, curves=(CURVE, other))
    values = {"n": np.array([2.0, math.nan]), "m": np.array([1.0, 1.0])}

    shares = card.contributions(values)

    assert {name: list(share) for name, share in shares.items()} == {
        "n": [1.0, 0.0],
        "m": [0.25, 0.25],
    }
    assert list(card.log_odds(values)) == [0.75, -0.25]


@pytest.mark.parametrize("name", CARDS)
def test_a_shipped_card_tells_each_value_once_in_finite_numbers(name):
    card = read_card(name)
    names = [curve.of for curve in card.curves]

    assert len(names) == len(set(names)) > 0
    numbers = [card.base, *(one for curve in card.curves for one in (*curve.at, *curve.adds))]
    assert all(map(math.isfinite, numbers))
    assert {"outcome", "source", "rows", "made_by"} <= card.learned.keys()


@pytest.mark.parametrize("module", [beginner, lasting])
def test_a_shipped_card_is_asked_for_what_it_knows(module):
    told = module.columns(build_matcher(build_issue()).catalogue)

    assert told.keys() == {curve.of for curve in read_card(module.CARD).curves}


@pytest.mark.parametrize("module", [beginner, lasting])
def test_a_confounder_is_in_the_card(module):
    assert {curve.reason for curve in read_card(module.CARD).curves} >= module.CONFOUNDERS


@unhurried
@given(
    st.sampled_from([curve for name in CARDS for curve in read_card(name).curves]),
    st.floats(allow_nan=True, allow_infinity=True),
)
def test_no_value_adds_more_than_its_curve_shows(curve, value):
    (share,) = added(curve, value)

    assert min(*curve.adds, 0.0) <= share <= max(*curve.adds, 0.0)
