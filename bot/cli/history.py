"""`foothold history`: the week in figures, for everybody to read."""

from typing import Any

import click

from bot.cli.options import environment, live_option, shared, to_request


@click.command(short_help="The week in figures, as a file in the club's repository.")
@shared
@live_option
def history(live: bool, **options: Any) -> int:  # noqa: ANN401
    """Add the week up in figures that tell of nobody, and print them.

    With --live they are committed to the default branch, as history/WEEK.json in the folder of the
    configuration, if they say anything new.
    """
    from bot.commands.chronicle import commit_week, compose_week
    from bot.session import open_session

    # The journal is read only: nothing of it goes out or is recorded.
    with open_session(to_request(**options), environment()) as session:
        if not live:
            click.echo(compose_week(session).figures.to_json(), nl=False)
            return 0
        kept = commit_week(session)
    if kept.commit is None:
        click.echo(f"{kept.path} says so already; nothing to commit.")
    else:
        click.echo(f"{kept.path} is committed to {kept.branch} ({kept.commit[:10]}).")
    return 0
