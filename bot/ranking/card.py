"""A scorecard: what is known of an issue, each through a curve of its own, adds up to log-odds.

Comes in: values by name, NaN where unknown. Goes out: contributions in log-odds. A card is learned
elsewhere (`tests/benchmarks/train_*.py`) and read here; evaluating it needs no training library.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.resources import data

Floats: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = Annotated[tuple[float, ...], Field(min_length=2)]


#: How values are spaced before the points: as they are, or by their logarithm.
SCALES: Mapping[str, Callable[[Floats], Floats]] = {
    "plain": lambda values: values,
    "log": lambda values: np.log(np.maximum(values, 1e-3)),
    "log1p": lambda values: np.log1p(np.maximum(values, 0.0)),
}


class Curve(BaseModel):
    """What one value adds: straight lines between points, level outside of them.

    So no value, however extreme, adds more than the card's readers see in its file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: The value's name.
    of: str
    #: The reason in which its contribution is told.
    reason: str
    scale: Literal["plain", "log", "log1p"] = "plain"
    at: Numbers
    adds: Numbers

    @model_validator(mode="after")
    def _is_a_curve(self) -> "Curve":
        if len(self.at) != len(self.adds) or list(self.at) != sorted(set(self.at)):
            raise ValueError(f"{self.of}: points must rise, one contribution each")
        return self

    def add(self, values: Floats) -> Floats:
        """The contribution of each value, in log-odds; 0 for an unknown one (NaN)."""
        known = np.interp(SCALES[self.scale](values), self.at, self.adds)
        return np.where(np.isnan(values), 0.0, known)


class Card(BaseModel):
    """Curves and a base: the log-odds of an outcome for an issue of which nothing is known.

    A curve adds 0 on average over the rows that it was learned from, so that what is unknown may
    count as 0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: What it was learned from, and how well it did where it had not learned.
    learned: dict[str, Any]
    base: float
    curves: tuple[Curve, ...]

    def contributions(self, values: Mapping[str, Floats]) -> dict[str, Floats]:
        """What each curve adds to each of n issues, by the value's name; n floats each."""
        return {
            curve.of: curve.add(values[curve.of]) for curve in self.curves if curve.of in values
        }

    def log_odds(self, values: Mapping[str, Floats]) -> Floats:
        """The whole card's answer for each of n issues."""
        shares = self.contributions(values).values()
        return np.asarray(self.base + np.sum(list(shares), axis=0))


@cache
def read_card(name: str) -> Card:
    """The card `name` that ships in `bot/data`."""
    return Card.model_validate(json.loads(data(f"{name}_card.json").read_text(encoding="utf-8")))
