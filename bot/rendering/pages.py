"""Pages: a report or a portfolio in each of its formats.

Comes in: a `Cohort` or a `Portfolio`. Goes out: `Pages`.
"""

from dataclasses import dataclass

from bot.cohort.cohort import Cohort
from bot.cohort.portfolio import Portfolio
from bot.rendering.cohort import (
    render_cohort_html,
    render_cohort_json,
    render_cohort_markdown,
)
from bot.rendering.portfolio import (
    render_portfolio_html,
    render_portfolio_json,
    render_portfolio_markdown,
)
from bot.terms import Locale


@dataclass(frozen=True, slots=True)
class Pages:
    """One thing in three formats, and the name that its files have."""

    name: str
    md: str
    html: str
    json: str


def cohort_pages(cohort: Cohort, locale: Locale) -> Pages:
    """`report`, or a mentor's own beside it."""
    return Pages(
        name=f"report-{cohort.mentor}" if cohort.mentor else "report",
        md=render_cohort_markdown(cohort, locale),
        html=render_cohort_html(cohort, locale),
        json=render_cohort_json(cohort),
    )


def portfolio_pages(portfolio: Portfolio, locale: Locale) -> Pages:
    return Pages(
        name=f"portfolio-{portfolio.login}",
        md=render_portfolio_markdown(portfolio, locale),
        html=render_portfolio_html(portfolio, locale),
        json=render_portfolio_json(portfolio),
    )
