"""`foothold check`: is the configuration right, do the tokens work, may we post?"""

import json
from typing import Any

import click

from bot.cli.options import environment, shared, to_request


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
        from bot.history.figures import history_schema
        from bot.subscriptions.schema import club_schema, events_schema, student_schema

        schemas = {
            "club": club_schema(),
            "student": student_schema(),
            "events": events_schema(),
            "history": history_schema(),
        }
        click.echo(json.dumps(schemas, indent=2, ensure_ascii=False))
        return 0
    if pull_request:
        from bot.admission import check_pull_request

        n_files = check_pull_request(options["config"], environment())
        click.echo(f"The pull request changes {n_files} files, and may; all files are right.")
        return 0
    from bot.access import check_access, check_calendars, warnings
    from bot.history.shelf import require_history
    from bot.session import open_session

    options.pop("as_json")
    with open_session(to_request(**options), environment()) as session:
        students = session.configuration.students
        n_students = "1 student" if len(students) == 1 else f"{len(students)} students"
        click.echo(f"{session.club.name}: {n_students}, all files are right.")
        if n_weeks := require_history(session.request.config):
            weeks = "1 week" if n_weeks == 1 else f"{n_weeks} weeks"
            click.echo(f"The club's history tells of {weeks}.")
        for warning in warnings(session):
            click.echo(f"note: {warning}")
        for line in check_calendars(session, is_offline=True):
            click.echo(line)
        for line in () if offline else check_access(session):
            click.echo(line)
    return 0
