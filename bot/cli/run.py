"""`foothold run`, `learn`, `prepare` and `deliver`: the weekly job, whole or in its parts."""

from typing import Any

import click

from bot.cli.options import environment, live_option, shared, to_request


@click.command(short_help="All that is due this week: learn, find, rank, compose, deliver.")
@shared
@live_option
def run(**options: Any) -> int:  # noqa: ANN401
    """Do all that is due this week: learn what became of earlier picks, then find issues, rank
    them, compose digests, show them to mentors where the club wants that, and deliver them.

    Without --live it shows exactly what would be sent, and records nothing but what it found.
    """
    return _run(options, "learn", "prepare", "deliver")


@click.command(short_help="Hear students and mentors; look what became of earlier picks.")
@shared
@live_option
def learn(**options: Any) -> int:  # noqa: ANN401
    """Read what students and mentors said, and look what became of the last twelve weeks' picks.

    With --live it is kept, and remarks are answered; the next digests are made with it.
    """
    return _run(options, "learn")


@click.command(short_help="Find and rank issues, and compose the week's digests.")
@shared
@live_option
def prepare(**options: Any) -> int:  # noqa: ANN401
    """Find and rank issues and compose the week's digests; nothing is sent.

    With --live they are recorded, mentors are asked, and `foothold deliver --live` sends them.
    """
    return _run(options, "prepare")


@click.command(short_help="Verify the prepared digests again and send them.")
@click.option(
    "--resend",
    "again",
    multiple=True,
    envvar="FOOTHOLD_RESEND",
    metavar="LOGIN",
    help="Send to this student although it is out, in doubt or refused; a post is put right.",
)
@shared
@live_option
def deliver(**options: Any) -> int:  # noqa: ANN401
    """Verify the week's prepared digests again and send them, each once."""
    return _run(options, "deliver")


def _run(options: dict[str, Any], *names: str) -> int:
    from bot.app import Job, run_week
    from bot.cli.masking import masker
    from bot.cli.progress import watching
    from bot.cli.story import tell_result
    from bot.session import Means, open_session

    as_json = options.pop("as_json")
    request, settings = to_request(**options, harvests="prepare" in names), environment()
    with watching() as watch:
        means = Means(watch, masker(settings))
        with open_session(request, settings, means) as session:
            result = run_week(session, [Job(name) for name in names])
    tell_result(result, settings, as_json=as_json)
    return result.exit_code
