"""`foothold gate`: may the workflow's real job begin?"""

from pathlib import Path

import click

from bot.cli.options import config_option, environment


@click.command(short_help="For workflows: may this job begin? Needs no secret.")
@click.argument("job", type=click.Choice(["prepare", "deliver", "learn", "subscribe"]))
@config_option
def gate(job: str, config: Path) -> int:
    """Say whether JOB may begin, by club.yaml and by what started the workflow.

    Writes `go=true` or `go=false`, and `why=...`, to GITHUB_OUTPUT. The exit code is 0 for both:
    a job that need not run is no failure.
    """
    from bot.gate import Job, judge, read_event
    from bot.subscriptions.files import read_club

    settings = environment()
    event = read_event(settings.event_name, settings.event)
    told = judge(Job(job), read_club(config), event)
    go = "true" if told.is_open else "false"
    if settings.output is not None:
        with settings.output.open("a", encoding="utf-8") as file:
            file.write(f"go={go}\nwhy={told.why}\n")
    click.echo(f"go: {go}. {told.why}")
    return 0
