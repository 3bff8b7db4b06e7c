"""`foothold report`: how the students fare, or what one of them can show."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import environment, shared, to_request
from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.rendering.pages import Pages
    from bot.session import Session


@click.command(short_help="How the students fare; or a page that a student can show.")
@click.option("--mentor", metavar="LOGIN", help="Only the students of this mentor.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "json"]),
    help="Print it in this format; without it, tables for a terminal.",
)
@shared
def report(mentor: str | None, form: str | None, **options: Any) -> int:  # noqa: ANN401
    """Tell who needs a word, what was merged and how far picks came in the last twelve weeks.

    With one --student it is that student's own page: merged work, reviews and answers, with links.

    --out also writes DIR/report.html, .md and .json (with --mentor DIR/report-LOGIN.*, of a
    student DIR/portfolio-LOGIN.*). --json is --format json.
    """
    from bot.session import open_session

    form = "json" if options.pop("as_json") else form
    request, settings = to_request(**options), environment()
    if mentor is not None and request.logins:
        raise click.UsageError("--mentor and --student exclude each other.")
    if settings.is_in_actions and request.out is None:
        raise ConfigurationError(
            "A workflow's log may be public, and a report tells of students.",
            "Write it to a folder: foothold report --out DIR.",
        )
    with open_session(request, settings) as session:
        pages, tell = _made(session, mentor)
        paths = _write(session, pages)
    if settings.is_in_actions:
        return 0
    if form is None:
        tell()
    else:
        text = {"md": pages.md, "html": pages.html, "json": pages.json}[form]
        click.echo(text, nl=False)
    for path in paths:
        click.echo(f"written: {path}", err=True)
    return 0


def _made(session: "Session", mentor: str | None) -> tuple["Pages", Callable[[], None]]:
    """The pages, and what tells the same on a terminal."""
    from bot.cli import report_tables
    from bot.commands import reporting
    from bot.rendering.pages import cohort_pages, portfolio_pages
    from bot.schedule import locale_of

    logins = {login.casefold() for login in session.request.logins}
    if len(logins) == 1:
        student = session.student(session.request.logins[0])
        portfolio = reporting.report_student(session, student.login)
        locale = locale_of(session.club, student)
        return portfolio_pages(portfolio, locale), lambda: report_tables.tell_portfolio(portfolio)
    cohort = reporting.report_cohort(session, mentor)
    return cohort_pages(cohort, session.club.locale), lambda: report_tables.tell_cohort(cohort)


def _write(session: "Session", pages: "Pages") -> tuple[str, ...]:
    from bot.commands.reporting import write_report

    folder = session.request.out
    return tuple(str(path) for path in write_report(folder, pages)) if folder else ()
