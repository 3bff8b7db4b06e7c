import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.score import RankedIssue, Reason, logistic
from bot.sayings import Saying
from tests.builders_core import build_issue

#: A busy machine is no error.
unhurried = settings(deadline=None)


@pytest.mark.parametrize(
    ("log_odds", "score"), [(0.0, 0.5), (math.log(4), 0.8), (-math.log(4), 0.2)]
)
def test_log_odds_become_a_score(log_odds, score):
    assert logistic(log_odds) == pytest.approx(score, abs=1e-12)


@unhurried
@given(st.floats(-1e6, 1e6))
def test_a_score_lies_between_0_and_1_without_overflow(log_odds):
    assert 0 <= logistic(log_odds) <= 1


@unhurried
@given(st.floats(-30, 30), st.floats(-30, 30))
def test_a_score_keeps_the_order_of_log_odds(one, other):
    lower, higher = sorted((one, other))

    assert logistic(lower) <= logistic(higher)
    assert logistic(one) + logistic(-one) == pytest.approx(1)


@unhurried
@given(st.lists(st.floats(-5, 5), max_size=30))
def test_the_log_odds_are_the_sum_of_the_contributions(contributions):
    reasons = tuple(Reason(f"f{n}", share, Saying("base")) for n, share in enumerate(contributions))
    ranked = RankedIssue(build_issue(), reasons)

    assert ranked.log_odds == pytest.approx(sum(contributions), abs=1e-9)
    assert ranked.score == logistic(ranked.log_odds)
