"""`foothold run`, `prepare` and `deliver`: the weekly job, whole or in halves."""

from typing import Any

import click

from bot.cli.options import environment, live_option, shared, to_request


@click.command(short_help="All that is due this week: find, rank, compose, deliver.")
@shared
@live_option
def run(**options: Any) -> int:  # noqa: ANN401
    """Do all that is due this week: find issues, rank them, compose digests and deliver them.

    Without --live it shows exactly what would be sent, and records nothing but what it found.
    """
    return _run(options, prepare=True, deliver=True)


@click.command(short_help="Find and rank issues, and compose the week's digests.")
@shared
@live_option
def prepare(**options: Any) -> int:  # noqa: ANN401
    """Find and rank issues and compose the week's digests; nothing is sent.

    With --live they are recorded, and `foothold deliver --live` sends them.
    """
    return _run(options, prepare=True, deliver=False)


@click.command(short_help="Verify the prepared digests again and send them.")
@click.option(
    "--resend",
    "again",
    multiple=True,
    metavar="LOGIN",
    help="Send to this student although it is out, in doubt or refused; a post is put right.",
)
@shared
@live_option
def deliver(**options: Any) -> int:  # noqa: ANN401
    """Verify the week's prepared digests again and send them, each once."""
    return _run(options, prepare=False, deliver=True)


def _run(options: dict[str, Any], *, prepare: bool, deliver: bool) -> int:
    from bot.app import run_week
    from bot.cli.masking import masker
    from bot.cli.progress import watching
    from bot.cli.story import tell_result
    from bot.session import Means, open_session

    as_json = options.pop("as_json")
    request, settings = to_request(**options, harvests=prepare), environment()
    with watching() as watch:
        means = Means(watch, masker(settings))
        with open_session(request, settings, means) as session:
            result = run_week(session, prepare=prepare, deliver=deliver)
    tell_result(result, settings, as_json=as_json)
    return result.exit_code
