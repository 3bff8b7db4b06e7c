"""The charts' geometry: nothing leaves its chart, lengths follow counts, parts make the whole."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cohort.funnel import Funnel
from bot.rendering.charts import funnel_bars, sign_dots, week_columns, welcome_bars
from tests.builders_cohort import NOW, days_ago


@st.composite
def funnels(draw):
    counts = sorted((draw(st.integers(0, 5000)) for _ in range(4)), reverse=True)
    return Funnel(*counts)


def number(text):
    return float(text.removesuffix("%"))


@given(funnels())
def test_a_funnels_bars_are_shares_of_what_was_offered(funnel):
    rows = funnel_bars(funnel).rows
    assert len(rows) == 4
    counts = (funnel.n_offered, funnel.n_commented, funnel.n_pulls, funnel.n_merged)
    for row, n in zip(rows, counts, strict=True):
        widths = [number(one.width) for one in row.segments]
        assert widths == ([pytest.approx(100 * n / funnel.n_offered, abs=0.01)] if n else [])


@given(st.lists(funnels(), min_size=1, max_size=12))
def test_columns_stand_on_their_base_and_stay_below_the_top(weeks):
    chart = week_columns(weeks)
    base, top = number(chart.base), number(chart.ticks[-1].at)
    assert len(chart.ticks) <= 6
    assert [one.n for one in chart.ticks] == sorted({one.n for one in chart.ticks})
    assert chart.ticks[-1].n >= max(one.n_commented for one in weeks)
    for one in chart.segments:
        assert top - 0.05 <= number(one.y)
        assert number(one.y) + number(one.height) <= base + 0.05
        assert number(chart.left) <= number(one.x)
        assert number(one.x) + number(one.width) <= 100


@given(st.lists(funnels(), min_size=1, max_size=12))
def test_the_parts_of_all_columns_count_what_was_begun(weeks):
    n_shown = sum(one.n for one in week_columns(weeks).segments)
    assert n_shown == sum(one.n_commented for one in weeks)


def test_a_column_is_as_high_as_its_count_on_the_scale():
    chart = week_columns([Funnel(9, 4, 2, 1), Funnel(9, 8, 0, 0)])
    *stack, tall = (number(one.height) for one in chart.segments)
    assert [one.step for one in chart.segments] == ["merged", "pull", "said", "said"]
    assert sum(stack) == pytest.approx(tall / 2, abs=0.05)


def test_the_last_week_and_each_third_before_it_are_named():
    assert [place for place, _ in week_columns([Funnel()] * 12).labels] == [2, 5, 8, 11]


def test_weeks_without_anything_begun_have_a_scale_all_the_same():
    chart = week_columns([Funnel(5, 0, 0, 0)] * 3)
    assert (chart.segments, [one.n for one in chart.ticks]) == ((), [0, 1])


@given(st.lists(st.none() | st.floats(-5, 200).map(days_ago), max_size=8))
def test_dots_stay_on_their_strip(signs):
    chart = sign_dots(signs, NOW, 12)
    assert [one.x is None for one in chart.dots] == [at is None for at in signs]
    for one in chart.dots:
        assert number(one.y) < number(chart.bottom)
        if one.x is not None:
            assert number(chart.left) <= number(one.x) <= number(chart.right)


def test_a_dot_stands_where_its_day_is():
    chart = sign_dots([NOW, NOW - timedelta(weeks=6), NOW - timedelta(weeks=40)], NOW, 12)
    middle = (number(chart.left) + number(chart.right)) / 2
    assert [one.x for one in chart.dots] == [chart.right, f"{middle:g}%", chart.left]
    assert [(one.n, one.at) for one in chart.ticks][::3] == [(12, chart.left), (0, chart.right)]


def test_projects_share_one_scale():
    first, second = welcome_bars([Funnel(9, 4, 4, 2), Funnel(9, 1, 0, 0)]).rows
    assert [(one.step, one.x, one.width) for one in first.segments] == [
        ("merged", "0%", "50%"),
        ("pull", "50%", "50%"),
    ]
    assert [(one.step, one.width) for one in second.segments] == [("said", "25%")]


def test_nothing_makes_an_empty_chart():
    assert welcome_bars([]).rows == ()
    assert sign_dots([], NOW, 12).dots == ()
    assert all(row.segments == () for row in funnel_bars(Funnel()).rows)


def test_positions_are_written_without_thousands_or_exponents():
    chart = sign_dots([NOW] * 400, NOW, 12)
    for text in (chart.height, *(one.y for one in chart.dots)):
        assert text.replace(".", "").isdigit()
