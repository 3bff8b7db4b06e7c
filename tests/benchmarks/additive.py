"""Learns the curves of a scorecard: straight lines between knots, held together by L2.

Comes in: values, outcomes, and how each curve may look. Goes out: a `Card`. Deterministic: Newton's
method from zero, numbers rounded to four digits, so that a card is made again byte for byte.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.ranking.card import SCALES, Card, Curve

#: Knots lie at these shares of what was seen; outside of the first and the last a curve is level.
SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
DIGITS = 4


@dataclass(frozen=True)
class Shape:
    """What a curve is of, the reason that tells it, and how values are spaced."""

    of: str
    reason: str
    scale: str = "plain"
    #: Knots; by the shares of what was seen where there are none.
    at: tuple[float, ...] = ()


@dataclass(frozen=True)
class Strength:
    """How strongly curves are held: `slope` is the variance that a slope may have (the C of a
    logistic regression), `bend` the share of it that is left for a change of slope at a knot."""

    slope: float
    bend: float


def fit_card(
    shapes: Sequence[Shape],
    values: Mapping[str, np.ndarray],
    outcomes: np.ndarray,
    strength: Strength,
    learned: Mapping[str, Any] | None = None,
) -> Card:
    """The card that the rows teach; `outcomes` are 0 or 1."""
    bases = [_Basis.of(shape, values[shape.of], strength.bend) for shape in shapes]
    design = np.hstack([basis.spread(values[basis.shape.of]) for basis in bases])
    weights = fit_logistic(design, outcomes, 1 / strength.slope)
    curves, start = [], 1
    for basis in bases:
        stop = start + basis.width
        curves.append(basis.curve(weights[start:stop]))
        start = stop
    return Card(learned=dict(learned or {}), base=_rounded(weights[0]), curves=tuple(curves))


def add_curve(
    card: Card, shape: Shape, values: Mapping[str, np.ndarray], outcomes: np.ndarray, slope: float
) -> Card:
    """The card with one more curve, a straight one, learned beside it: the others stay."""
    basis = _Basis.of(shape, values[shape.of], 0.0)
    offset = card.log_odds(values)
    weights = fit_logistic(basis.spread(values[shape.of]), outcomes, 1 / slope, offset)
    return card.model_copy(update={"curves": (*card.curves, basis.curve(weights[1:]))})


def settle_base(card: Card, values: Mapping[str, np.ndarray], outcomes: np.ndarray) -> Card:
    """The card with the base at which it expects as many as there were among these rows."""
    shift = fit_logistic(np.empty((len(outcomes), 0)), outcomes, 1.0, card.log_odds(values))[0]
    return card.model_copy(update={"base": _rounded(card.base + shift)})


def fit_logistic(
    design: np.ndarray, outcomes: np.ndarray, penalty: float, offset: np.ndarray | float = 0.0
) -> np.ndarray:
    """Weights of a logistic regression with L2, the free constant first (Newton's method)."""
    rows = np.hstack([np.ones((len(outcomes), 1)), design])
    held = np.full(rows.shape[1], penalty)
    held[0] = 0.0
    weights = np.zeros(rows.shape[1])
    for _ in range(100):
        chances = 1 / (1 + np.exp(-(rows @ weights + offset)))
        slope = rows.T @ (chances - outcomes) + held * weights
        bend = (rows.T * (chances * (1 - chances))) @ rows + np.diag(held)
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-10:
            break
    return weights


@dataclass(frozen=True)
class _Basis:
    """A curve's degrees of freedom: its slope, and a change of it at each inner knot."""

    shape: Shape
    at: np.ndarray
    unit: float
    means: np.ndarray
    bend: float

    @classmethod
    def of(cls, shape: Shape, values: np.ndarray, bend: float) -> "_Basis":
        seen = _scaled(shape, values)
        seen = seen[~np.isnan(seen)]
        at = np.array(shape.at) if shape.at else np.unique(np.quantile(seen, SHARES).round(DIGITS))
        if set(np.unique(seen)) <= {0.0, 1.0}:
            at = np.array([0.0, 1.0])
        unit = float(np.clip(seen, at[0], at[-1]).std()) or 1.0
        if len(at) == 2 and set(at) == {0.0, 1.0}:
            unit = 1.0
        raw = cls(shape, at, unit, np.zeros(1), bend)
        return cls(shape, at, unit, raw._raw(seen).mean(axis=0), bend)

    @property
    def width(self) -> int:
        return 1 + (len(self.at) - 2 if self.bend else 0)

    def _raw(self, scaled: np.ndarray) -> np.ndarray:
        inside = np.clip(scaled, self.at[0], self.at[-1])
        columns = [inside / self.unit]
        if self.bend:
            share = np.sqrt(self.bend)
            columns += [share * np.maximum(inside - knot, 0) / self.unit for knot in self.at[1:-1]]
        return np.column_stack(columns)

    def spread(self, values: np.ndarray) -> np.ndarray:
        """n x width, centred; an unknown value lies at the centre."""
        return np.nan_to_num(self._raw(_scaled(self.shape, values)) - self.means)

    def curve(self, weights: np.ndarray) -> Curve:
        at = self.at if self.bend else self.at[[0, -1]]
        adds = (self._raw(at) - self.means) @ weights
        return Curve(
            of=self.shape.of,
            reason=self.shape.reason,
            scale=self.shape.scale,
            at=tuple(map(_rounded, at)),
            adds=tuple(map(_rounded, adds)),
        )


def _scaled(shape: Shape, values: np.ndarray) -> np.ndarray:
    return SCALES[shape.scale](values)


def _rounded(number: float) -> float:
    return round(float(number), DIGITS)
