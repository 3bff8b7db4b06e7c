"""The geometry of the report's charts: where each bar, column and dot stands.

Comes in: counts and moments. Goes out: positions as text for SVG: per cent across, so that a chart
fills any width with letters of one size, and pixels down. Words are the templates'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cohort.funnel import Funnel

#: The steps of a funnel behind an offer, the furthest first, as stacks show them.
STEPS = ("merged", "pull", "said")
#: Down: from one labelled bar to the next, with and without a note below it; its text, the bar
#: itself, and the note.
_ROW, _NOTED_ROW, _TEXT, _BAR, _BAR_HEIGHT, _NOTE = 46, 66, 15, 23, 12, 50
#: Columns: the height of the plot, what is above it, and the left part for the scale's numbers.
_PLOT, _ABOVE, _BELOW, _SCALE = 132, 12, 28, 9.0
_COLUMN = 0.62
#: Dots: names stand left of the strip; ticks above it.
_DOT_ROW, _DOT_TOP, _NAMES, _STRIP_FROM, _STRIP_TO = 28, 30, 31.0, 35.0, 95.0
_TICK_WEEKS = 4
_MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: which step, where, how large, and what it counts."""

    step: str
    n: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Row:
    """A bar below its words; a note may stand below it."""

    text_y: str
    note_y: str
    bar_y: str
    bar_height: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of bars, all on one scale."""

    height: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale and its number."""

    n: int
    at: str
    text_at: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Stacked columns over time."""

    height: str
    left: str
    base: str
    ticks: tuple[Tick, ...]
    #: Bottom up, column by column; only what counts something.
    segments: tuple[Segment, ...]
    #: Which columns are named, and where.
    labels: tuple[tuple[int, str], ...]
    label_y: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One student's strip; `x` is None where no sign was seen."""

    index: int
    y: str
    text_y: str
    x: str | None


@dataclass(frozen=True, slots=True)
class Dots:
    """Strips below one scale of weeks; `ticks` count weeks ago."""

    height: str
    names_x: str
    left: str
    right: str
    top: str
    bottom: str
    ticks: tuple[Tick, ...]
    dots: tuple[Dot, ...]


def funnel_bars(funnel: Funnel) -> Bars:
    """Four bars, from offered to merged, each a share of what was offered."""
    counts = (funnel.n_offered, funnel.n_commented, funnel.n_pulls, funnel.n_merged)
    steps = ("offered", *reversed(STEPS))
    rows = [((step, n),) for step, n in zip(steps, counts, strict=True)]
    return _bars(rows, funnel.n_offered, _ROW)


def welcome_bars(funnels: Sequence[Funnel]) -> Bars:
    """A stacked bar a project, as long as how often a student stepped forward there."""
    rows = [tuple(zip(STEPS, _parts(one), strict=True)) for one in funnels]
    return _bars(rows, max((one.n_commented for one in funnels), default=0), _NOTED_ROW)


def week_columns(funnels: Sequence[Funnel]) -> Columns:
    """A stacked column a week: what was begun, by how far it came; offers alone show nothing."""
    step = _scale_step(max((one.n_commented for one in funnels), default=0))
    most = max((one.n_commented for one in funnels), default=0)
    top = step * -(-most // step) or step
    base = _ABOVE + _PLOT
    slot = (100 - _SCALE) / max(len(funnels), 1)
    segments = []
    for place, funnel in enumerate(funnels):
        x, y = _SCALE + slot * (place + (1 - _COLUMN) / 2), float(base)
        for name, n in zip(STEPS, _parts(funnel), strict=True):
            height = _PLOT * n / top
            y -= height
            if n:
                size = (_percent(slot * _COLUMN), _pixels(height))
                segments.append(Segment(name, n, _percent(x), _pixels(y), *size))
    levels = ((n, base - _PLOT * n / top) for n in range(0, top + 1, step))
    named = [place for place in range(len(funnels)) if place % 3 == (len(funnels) - 1) % 3]
    return Columns(
        height=_pixels(base + _BELOW),
        left=_percent(_SCALE),
        base=_pixels(base),
        ticks=tuple(Tick(n, _pixels(y), _pixels(y + 4)) for n, y in levels),
        segments=tuple(segments),
        labels=tuple((place, _percent(_SCALE + slot * (place + 0.5))) for place in named),
        label_y=_pixels(base + 20),
    )


def sign_dots(signs: Sequence[datetime | None], now: datetime, n_weeks: int) -> Dots:
    """A strip for each moment, in their order: from `n_weeks` ago to `now`."""
    bottom = _DOT_TOP + _DOT_ROW * len(signs)
    dots = []
    for place, at in enumerate(signs):
        y = _DOT_TOP + _DOT_ROW * (place + 0.5)
        x = None if at is None else _percent(_across((now - at) / timedelta(weeks=n_weeks)))
        dots.append(Dot(place, _pixels(y), _pixels(y + 5), x))
    weeks = range(n_weeks, -1, -_TICK_WEEKS)
    return Dots(
        height=_pixels(bottom + 4),
        names_x=_percent(_NAMES),
        left=_percent(_STRIP_FROM),
        right=_percent(_STRIP_TO),
        top=_pixels(_DOT_TOP - 6),
        bottom=_pixels(bottom),
        ticks=tuple(Tick(n, _percent(_across(n / n_weeks)), "") for n in weeks),
        dots=tuple(dots),
    )


def _across(share_ago: float) -> float:
    """Where a moment stands on the strip; what is older than the strip stands at its beginning."""
    share = min(max(share_ago, 0.0), 1.0)
    return _STRIP_TO - (_STRIP_TO - _STRIP_FROM) * share


def _bars(rows: Sequence[Sequence[tuple[str, int]]], most: int, down: int) -> Bars:
    made = []
    for place, parts in enumerate(rows):
        top, x, segments = down * place, 0.0, []
        bar_y, height = _pixels(top + _BAR), _pixels(_BAR_HEIGHT)
        for step, n in parts:
            width = 100 * n / most if most else 0.0
            if n:
                segments.append(Segment(step, n, _percent(x), bar_y, _percent(width), height))
            x += width
        text_y, note_y = _pixels(top + _TEXT), _pixels(top + _NOTE)
        made.append(Row(text_y, note_y, bar_y, height, tuple(segments)))
    return Bars(_pixels(down * len(rows)), tuple(made))


def _parts(funnel: Funnel) -> tuple[int, int, int]:
    """What came no further than each step, in the order of `STEPS`."""
    return (
        funnel.n_merged,
        funnel.n_pulls - funnel.n_merged,
        funnel.n_commented - funnel.n_pulls,
    )


def _scale_step(most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 ... that reaches `most` in a few steps."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if step * _MOST_TICKS >= most:
                return step
        power *= 10


def _percent(share: float) -> str:
    return f"{round(share, 2):g}%"


def _pixels(n: float) -> str:
    return f"{round(n, 2):g}"
