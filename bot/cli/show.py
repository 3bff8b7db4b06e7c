"""`foothold show`: one student's digest, as it was sent or as it would be."""

from typing import Any

import click

from bot.cli.options import environment, shared, to_request
from bot.errors import ConfigurationError


@click.command(short_help="One student's digest of a week.")
@click.argument("login")
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "text", "json"]),
    default="text",
    show_default=True,
)
@shared
def show(login: str, form: str, **options: Any) -> int:  # noqa: ANN401
    """Print LOGIN's digest: the journal's, else one composed now without recording it."""
    from bot.commands.showing import show_digest
    from bot.session import open_session

    options.pop("as_json")
    request, settings = to_request(**options, harvests=True), environment()
    if settings.is_in_actions and request.out is None:
        raise ConfigurationError(
            "A workflow's log may be public, and a digest is one student's.",
            "Write it to a folder: foothold show LOGIN --out DIR.",
        )
    with open_session(request, settings) as session:
        message = show_digest(session, login)
    texts = {
        "md": message.markdown,
        "html": message.html,
        "text": message.text,
        "json": message.json,
    }
    if settings.is_in_actions:
        return 0
    click.echo(texts[form], nl=not texts[form].endswith("\n"))
    return 0
