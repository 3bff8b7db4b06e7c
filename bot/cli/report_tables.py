"""A report or a portfolio as tables for a terminal.

Comes in: a `Cohort` or a `Portfolio`. Goes out: lines; foreign text is one harmless line each.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from bot.cohort.cohort import Cohort
from bot.cohort.portfolio import Portfolio
from bot.cohort.standing import Standing
from bot.rendering.neutral import plain_line
from bot.rendering.words import Words, load_words

#: So many projects; the page has all of them.
_N_PROJECTS = 10
_HOUR_S = 3600


def tell_cohort(cohort: Cohort) -> None:
    """Who needs a word first, then the figures."""
    words = load_words()
    n, made = len(cohort.students), _day(cohort.made_at, cohort.timezone)
    students = f"{n} {'student' if n == 1 else 'students'}"
    whose = f" of {cohort.mentor}" if cohort.mentor else ""
    click.echo(f"{plain_line(cohort.club)}: {students}{whose}, twelve weeks to {made}")
    nudged = [one for one in cohort.students if one.nudges]
    click.echo(f"\nNeeds a word: {len(nudged) or 'nobody'}")
    for student in nudged:
        _tell_nudges(student, cohort.made_at, words)
    funnel = cohort.funnel
    click.echo(
        f"\nOffered {funnel.n_offered}, commented {funnel.n_commented}, "
        f"pull requests {funnel.n_pulls}, merged {funnel.n_merged}"
    )
    counts = ("offered", "commented", "pulls", "merged")
    if cohort.students:
        click.echo()
        heads = ("student", "level", "last sign", *counts, "note")
        _print(heads, (_student_row(one, cohort) for one in cohort.students), counts)
    if cohort.projects:
        click.echo("\nProjects that welcomed us")
        rows = (
            (one.repository, one.funnel.n_merged, one.funnel.n_pulls, one.funnel.n_commented)
            for one in cohort.projects[:_N_PROJECTS]
        )
        _print(("project", "merged", "pulls", "commented"), rows, counts)


def tell_portfolio(portfolio: Portfolio) -> None:
    """The works with their addresses, by kind."""
    words = load_words()
    click.echo(f"{plain_line(portfolio.called)}: contributions to open source")
    for kind, works in groupby(portfolio.works, lambda one: one.kind):
        click.echo(f"\n{words.code(kind, 'works')}")
        for one in works:
            day = _day(one.at, portfolio.timezone)
            click.echo(f"  {day}  {plain_line(one.title)} ({plain_line(one.repository)})")
            click.echo(f"              {plain_line(one.url)}")
    if not portfolio.works:
        click.echo("\nNothing to list yet.")
    if not portfolio.is_complete:
        click.echo(
            "\nOnly what came of the digests: set HARVEST_TOKEN (or GITHUB_TOKEN) to ask GitHub for"
            " reviews and other work."
        )


def _tell_nudges(student: Standing, now: datetime, words: Words) -> None:
    """A line a reason, and the address to look at; none of somebody who is just silent."""
    for one in student.nudges:
        time = words.hours((now - one.since).total_seconds() / _HOUR_S)
        click.echo(f"  {student.login}: {words.code(one.nudge, 'nudges')} ({time})")
        if one.about is not None:
            address = one.about.pull_url or one.about.ref.url
            click.echo(f"    {plain_line(one.about.title)}: {plain_line(address)}")


def _student_row(one: Standing, cohort: Cohort) -> tuple[object, ...]:
    sign = _day(one.last_sign_at, cohort.timezone) if one.last_sign_at else "never"
    notes = (
        *(["needs a word"] if one.nudges else []),
        *([load_words().say(one.halted)] if one.halted else []),
    )
    funnel = one.funnel
    counts = (funnel.n_offered, funnel.n_commented, funnel.n_pulls, funnel.n_merged)
    return one.login, one.level, sign, *counts, "; ".join(notes)


def _day(at: datetime, zone: str) -> str:
    return str(at.astimezone(ZoneInfo(zone)).date())


def _print(
    heads: tuple[str, ...], rows: Iterable[tuple[object, ...]], numbers: tuple[str, ...] = ()
) -> None:
    """A table; columns named in `numbers` stand right."""
    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, justify="right" if head in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(plain_line(str(cell)) for cell in row))
    if table.row_count:
        Console(highlight=False, markup=False).print(table)
