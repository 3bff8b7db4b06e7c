"""`foothold check`: is the configuration right, do the tokens work, may we post?"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import environment, shared, to_request

if TYPE_CHECKING:
    from bot.session import Session


@click.command(short_help="Check the configuration, tokens and visibility.")
@click.option("--offline", is_flag=True, help="Only the configuration; ask GitHub nothing.")
@click.option("--schema", is_flag=True, help="Print the JSON Schemas of all kinds of files.")
@click.option(
    "--pull-request",
    is_flag=True,
    help="Only whether the pull request in GITHUB_EVENT_PATH may change what it changes.",
)
@shared
def check(
    offline: bool,
    schema: bool,
    pull_request: bool,
    **options: Any,  # noqa: ANN401
) -> int:
    """Check every file of the configuration, then the tokens and the club's repository."""
    if schema:
        click.echo(json.dumps(_schemas(), indent=2, ensure_ascii=False))
        return 0
    if pull_request:
        from bot.commands.admission import check_pull_request

        n_files = check_pull_request(options["config"], environment())
        click.echo(f"The pull request changes {n_files} files, and may; all files are right.")
        return 0
    from bot.session import open_session

    options.pop("as_json")
    with open_session(to_request(**options), environment()) as session:
        for line in _lines(session, offline=offline):
            click.echo(line)
    return 0


def _schemas() -> dict[str, Any]:
    from bot.history.figures import history_schema
    from bot.subscriptions.schema import club_schema, events_schema, student_schema

    return {
        "club": club_schema(),
        "student": student_schema(),
        "events": events_schema(),
        "history": history_schema(),
    }


def _lines(session: "Session", *, offline: bool) -> Iterator[str]:
    """What is right, and what to think of; errors leave by the one door."""
    from bot.commands.access import check_access, check_calendars, warnings
    from bot.history.shelf import require_history

    n_students = len(session.configuration.students)
    told = "1 student" if n_students == 1 else f"{n_students} students"
    yield f"{session.club.name}: {told}, all files are right."
    if n_weeks := require_history(session.request.config):
        yield f"The club's history tells of {'1 week' if n_weeks == 1 else f'{n_weeks} weeks'}."
    yield from (f"note: {warning}" for warning in warnings(session))
    yield from check_calendars(session, is_offline=True)
    if not offline:
        yield from check_access(session)
