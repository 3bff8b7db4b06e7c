"""A student's own page: Markdown, one HTML page that needs nothing else, JSON.

Comes in: a `Portfolio`. Goes out: text, in which nobody is mentioned.
"""

from dataclasses import dataclass

from pydantic import TypeAdapter

from bot.cohort.portfolio import Portfolio, Work, WorkKind
from bot.rendering.environment import environment
from bot.rendering.fitting import fit_post
from bot.terms import Locale

_PORTFOLIO: TypeAdapter[Portfolio] = TypeAdapter(Portfolio)
#: So many works the HTML page lists of a kind; GitHub is asked for the newest hundred of each.
_MOST = 1_000
#: A kind's sentence in the sum of all.
_SUMS = {
    WorkKind.MERGED: "works_merged",
    WorkKind.OPEN: "works_open",
    WorkKind.REVIEW: "works_review",
    WorkKind.ANSWER: "works_answer",
}


@dataclass(frozen=True, slots=True)
class Group:
    """All works of a kind; `sum` names the sentence that counts them."""

    kind: WorkKind
    sum: str
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """What the templates print."""

    portfolio: Portfolio
    #: How many lines a list may have.
    most: int = _MOST
    #: The student's language.
    locale: Locale = Locale.EN

    @property
    def groups(self) -> tuple[Group, ...]:
        """The kinds that there are works of, in their order."""
        found = (
            Group(kind, key, tuple(one for one in self.portfolio.works if one.kind is kind))
            for kind, key in _SUMS.items()
        )
        return tuple(group for group in found if group.works)

    @property
    def sums(self) -> tuple[tuple[str, int], ...]:
        """The sentence that counts each kind, and its number."""
        return tuple((group.sum, len(group.works)) for group in self.groups)

    @property
    def n_projects(self) -> int:
        return len({one.repository.casefold() for one in self.portfolio.works})


def render_portfolio_html(portfolio: Portfolio, locale: Locale = Locale.EN) -> str:
    """The page: no scripts, nothing from elsewhere."""
    return _fill("html", PortfolioPage(portfolio, locale=locale))


def render_portfolio_markdown(portfolio: Portfolio, locale: Locale = Locale.EN) -> str:
    """The page for a post or a profile, of at most 60,000 characters where that can be."""
    return fit_post(lambda most: _fill("md", PortfolioPage(portfolio, most, locale)))


def render_portfolio_json(portfolio: Portfolio) -> str:
    """The portfolio's schema 1: indented, keys in their order, UTC times with `Z`."""
    return _PORTFOLIO.dump_json(portfolio, indent=2).decode() + "\n"


def _fill(name: str, page: PortfolioPage) -> str:
    template = environment(name, page.locale).get_template(f"portfolio.{name}.j2")
    return template.render(page=page, portfolio=page.portfolio).rstrip("\n") + "\n"
