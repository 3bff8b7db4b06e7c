"""`foothold doctor`: all that a club trips over, in one screen."""

import json
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import environment, shared, to_request
from bot.errors import ConfigurationError

if TYPE_CHECKING:
    from bot.doctor.finding import Finding

#: Something must be mended; the same code as for a configuration that cannot be used.
MUST_MEND = 2


@click.command(short_help="What is wrong with the club, or soon will be, in one screen.")
@shared
def doctor(**options: Any) -> int:  # noqa: ANN401
    """Look at files, tokens, secrets, workflows, repositories, people and journal; mend nothing.

    What a token may not see is told as not looked at. Exit code 2 if something must be mended.
    """
    from bot.cli.doctor_screen import made_public, summary
    from bot.cli.summary_file import add_to_summary
    from bot.commands.checkup.examine import examine
    from bot.commands.checkup.here import everybody
    from bot.session import open_session

    as_json, settings = options.pop("as_json"), environment()
    club, people = "The club", frozenset[str]()
    try:
        with open_session(to_request(**options), settings) as session:
            club, people = session.club.name, everybody(session)
            findings = examine(session)
    except ConfigurationError as error:
        if not error.problems:
            raise
        findings = (_unreadable(error),)
    if settings.is_in_actions:
        findings = made_public(findings, people)
    _tell(club, findings, as_json=as_json)
    if settings.summary is not None:
        add_to_summary(settings.summary, summary(findings))
    return _exit_code(findings)


def _tell(club: str, findings: "tuple[Finding, ...]", *, as_json: bool) -> None:
    from bot.cli.doctor_screen import payload, screen

    for line in screen(club, findings):
        click.echo(line, err=as_json)
    if as_json:
        click.echo(json.dumps(payload(findings), indent=2, ensure_ascii=False))


def _exit_code(findings: "tuple[Finding, ...]") -> int:
    from bot.doctor.finding import Severity

    return MUST_MEND if any(one.severity is Severity.FAULT for one in findings) else 0


def _unreadable(error: ConfigurationError) -> "Finding":
    from bot.doctor.finding import Finding, Part, Severity

    n = len(error.problems)
    return Finding(
        Part.CONFIGURATION,
        Severity.FAULT,
        f"The club's files have {'1 problem' if n == 1 else f'{n} problems'}.",
        "No command works until they are mended, and nothing else was looked at.",
        "foothold check --offline names every line.",
    )
