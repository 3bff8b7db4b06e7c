"""Variety inside a digest: what an issue is worth beside better ones that it is like.

Comes in: issues, their log-odds, how alike their texts are. Goes out: values, an order, and which
are near-duplicates. Maximal marginal relevance (Carbonell and Goldstein 1998), with the penalty in
log-odds.
"""

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from bot.harvest.issue import Issue
from bot.screening.survey import title_shape
from bot.terms import IssueRef

Matrix = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
#: Cosine similarities in [0, 1] between the texts of some issues, (n, n).
Likeness = Callable[[Sequence[IssueRef]], Matrix]

#: An issue whose text is that of a better one loses so many log-odds; half alike, half of it. It
#: makes digests a quarter less alike for a hundredth of their log-odds; twice as much costs three
#: times that (measured on fictional clubs).
VARIETY = 1.0
#: However alike, an issue keeps this share of its log-odds, and is worth this much: who has
#: nothing else is better off with it than with an empty place.
KEPT = 0.1
LEAST_VALUE = 0.01
#: Titles that share so much of their words are near-duplicates (Jaccard index). Texts do not decide
#: it: issue forms make them alike.
NEAR_DUPLICATE = 0.6


def unlike(refs: Sequence[IssueRef]) -> Matrix:
    """The likeness of issues of whose texts nothing is known."""
    return np.eye(len(refs))


def order_by_variety(
    log_odds: Sequence[float], likeness: Matrix, n_ahead: int = 0
) -> tuple[list[int], list[float]]:
    """Positions best first, each beside all that stand ahead of it, and the values in that order.

    The first `n_ahead` stay ahead. Values fall along the order; equals keep the order given.
    """
    own = np.asarray(log_odds, dtype=np.float64)
    least = np.maximum(KEPT * own, LEAST_VALUE)
    nearest = likeness[:n_ahead].max(axis=0, initial=0.0)
    order, values = list(range(n_ahead)), [float(one) for one in least[:n_ahead]]
    waiting = np.ones(len(own), dtype=np.bool_)
    waiting[:n_ahead] = False
    for _ in range(len(own) - n_ahead):
        now = np.where(waiting, np.maximum(own - VARIETY * nearest, least), -np.inf)
        best = int(now.argmax())
        order.append(best)
        values.append(float(now[best]))
        waiting[best] = False
        np.maximum(nearest, likeness[best], out=nearest)
    return order, values


def find_near_duplicates(issues: Sequence[Issue]) -> Mask:
    """Which titles of two say the same, but for a word or two."""
    words = [set(title_shape(issue.title).split()) for issue in issues]
    columns = {word: n for n, word in enumerate(dict.fromkeys(chain(*words)))}
    has = np.zeros((len(issues), len(columns)), dtype=np.float32)
    rows = np.repeat(np.arange(len(issues)), [len(some) for some in words])
    has[rows, [columns[word] for some in words for word in some]] = 1
    common, n_words = has @ has.T, has.sum(axis=1)
    together = n_words[:, None] + n_words[None, :] - common
    alike: Mask = common > NEAR_DUPLICATE * together
    np.fill_diagonal(alike, val=False)
    return alike
