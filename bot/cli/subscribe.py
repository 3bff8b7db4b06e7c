"""`foothold subscribe` and `foothold interests`: forms, and what to write in them."""

from typing import Any

import click

from bot.cli.options import environment, live_option, shared, to_request


@click.command(short_help="Act on the form that started the workflow.")
@live_option
@shared
def subscribe(live: bool, **options: Any) -> int:  # noqa: ANN401
    """Read the form in GITHUB_EVENT_PATH, open a pull request, and answer.

    A form that is wrong is answered too, and is no failure.
    """
    from bot.commands.subscribing import take_form
    from bot.session import open_session

    options.pop("as_json")
    request = to_request(**options, live=live)
    with open_session(request, environment()) as session:
        for line in take_form(session):
            click.echo(line)
        if not live:
            click.echo("Nothing was written: this was a dry run. With --live it is.")
    return 0


@click.command(short_help="Propose languages and interests from a public profile.")
@click.argument("login")
@shared
def interests(login: str, **options: Any) -> int:  # noqa: ANN401
    """Look at what LOGIN owns and starred in public, and propose lines for a student's file."""
    from bot.commands.subscribing import profile_of
    from bot.enrolment.likings import Liking
    from bot.session import open_session
    from bot.subscriptions.writing import write_student

    def why(liking: Liking) -> str:
        own = f"{liking.n_own} of their own" if liking.n_own else ""
        starred = f"{liking.n_starred} starred" if liking.n_starred else ""
        return f"# {liking.name}: {' and '.join(filter(None, (own, starred)))}"

    options.pop("as_json")
    with open_session(to_request(**options), environment()) as session:
        profile = profile_of(session, login)
    found = profile.likings
    click.echo(f"note: this cost {profile.points} of GitHub's points.", err=True)
    if not found.languages and not found.topics:
        click.echo("# Nothing public points to a language or a topic.")
        return 0
    for liking in (*found.languages, *found.topics):
        click.echo(why(liking))
    keys = {
        "languages": [one.name for one in found.languages] or None,
        "interests": [one.name for one in found.topics] or None,
    }
    lines = write_student(keys).splitlines()
    click.echo("\n".join(line for line in lines if not line.startswith("#")))
    return 0
