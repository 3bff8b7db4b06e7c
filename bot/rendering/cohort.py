"""The report on a cohort: Markdown for a post, one HTML page that needs nothing else, JSON.

Comes in: a `Cohort`. Goes out: text. Nobody is mentioned and no address leaves a back-link, for the
Markdown may be posted.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import TypeAdapter
from pydantic.main import IncEx
from pydantic_core import to_json

from bot.cohort.cohort import Cohort
from bot.cohort.funnel import merged_at
from bot.cohort.reception import Reception
from bot.cohort.standing import Standing
from bot.outcomes.due import N_WEEKS
from bot.outcomes.progress import Progress
from bot.rendering.charts import (
    STEPS,
    Bars,
    Columns,
    Dots,
    funnel_bars,
    sign_dots,
    week_columns,
    welcome_bars,
)
from bot.rendering.environment import environment
from bot.rendering.fitting import fit_post
from bot.rendering.words import load_words
from bot.terms import Locale

#: So many projects have a bar, and so many merged picks stand open on the page: the tables hold
#: all of them.
_N_BARS, _N_MERGED = 8, 10
_LATELY = timedelta(weeks=4)

_COHORT: TypeAdapter[Cohort] = TypeAdapter(Cohort)
#: What following asks GitHub by is nobody's concern.
_INNER: IncEx = {"node_id", "updated_at", "read_at", "asked_at", "missed_at"}
_PICKS: IncEx = {"__all__": _INNER}
_NUDGES: IncEx = {"__all__": {"about": _INNER}}
_UNSHOWN: IncEx = {
    "students": {"__all__": {"at_work": _PICKS, "merged": _PICKS, "nudges": _NUDGES}}
}


@dataclass(frozen=True, slots=True)
class Merge:
    """Something that was merged, and whose it is."""

    student: Standing
    pick: Progress


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """A step, its count, and the count that it is a part of."""

    step: str
    n: int
    n_above: int


@dataclass(frozen=True, slots=True)
class CohortPage:
    """What the templates print: the cohort, and what they draw and list of it."""

    cohort: Cohort
    #: How many lines a list may have.
    most: int = _N_MERGED
    #: The language of who reads it.
    locale: Locale = Locale.EN

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of stacks, as they stand on each other."""
        return STEPS

    @property
    def nudged(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.cohort.students if one.nudges)

    @property
    def n_at_work(self) -> int:
        return sum(bool(one.at_work) for one in self.cohort.students)

    @property
    def merges(self) -> tuple[Merge, ...]:
        """All that students who are still there had merged, the newest first."""
        found = [Merge(one, pick) for one in self.cohort.students for pick in one.merged]
        return tuple(sorted(found, key=lambda one: merged_at(one.pick), reverse=True))

    @property
    def funnel_rows(self) -> tuple[FunnelRow, ...]:
        """The steps of the funnel, from offered to merged."""
        funnel = self.cohort.funnel
        counts = (funnel.n_offered, funnel.n_commented, funnel.n_pulls, funnel.n_merged)
        steps, above = ("offered", *reversed(STEPS)), (counts[0], *counts)
        return tuple(map(FunnelRow, steps, counts, above))

    @property
    def funnel_chart(self) -> Bars:
        return funnel_bars(self.cohort.funnel)

    @property
    def weeks_chart(self) -> Columns:
        return week_columns([one.funnel for one in self.cohort.weeks])

    @property
    def by_sign(self) -> tuple[Standing, ...]:
        """Those that were silent the longest first, and of these who was never seen."""
        never = datetime.min.replace(tzinfo=self.cohort.made_at.tzinfo)
        return tuple(sorted(self.cohort.students, key=lambda one: one.last_sign_at or never))

    @property
    def signs_chart(self) -> Dots:
        signs = [one.last_sign_at for one in self.by_sign]
        return sign_dots(signs, self.cohort.made_at, N_WEEKS)

    @property
    def n_seen_lately(self) -> int:
        signs = (one.last_sign_at for one in self.cohort.students)
        return sum(at is not None and at >= self.cohort.made_at - _LATELY for at in signs)

    @property
    def n_never_seen(self) -> int:
        return sum(one.last_sign_at is None for one in self.cohort.students)

    @property
    def best(self) -> tuple[Reception, ...]:
        """The projects that have a bar."""
        return self.cohort.projects[:_N_BARS]

    @property
    def welcome_chart(self) -> Bars:
        return welcome_bars([one.funnel for one in self.best])

    @property
    def n_answered(self) -> int:
        return sum(one.n_answered for one in self.cohort.projects)


def render_cohort_html(cohort: Cohort, locale: Locale = Locale.EN) -> str:
    """The page: no scripts, nothing from elsewhere."""
    return _fill("html", CohortPage(cohort, locale=locale))


def render_cohort_markdown(cohort: Cohort, locale: Locale = Locale.EN) -> str:
    """The report for a post, of at most 60,000 characters where that can be."""
    return fit_post(lambda most: _fill("md", CohortPage(cohort, most, locale)))


def render_cohort_json(cohort: Cohort) -> str:
    """The report's schema 1: indented, keys in their order, UTC times with `Z`."""
    told = _COHORT.dump_python(cohort, mode="json", exclude=_UNSHOWN)
    for line, one in zip(told["students"], cohort.students, strict=True):
        line["halted"] = load_words().say(one.halted) if one.halted else ""
    return to_json(told, indent=2).decode() + "\n"


def _fill(name: str, page: CohortPage) -> str:
    template = environment(name, page.locale).get_template(f"cohort.{name}.j2")
    return template.render(page=page, cohort=page.cohort).rstrip("\n") + "\n"
