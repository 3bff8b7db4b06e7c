"""`foothold keygen` and `foothold encrypt`: the club's keys, and addresses closed with them."""

import re
import sys
from pathlib import Path

import click

from bot.cli.options import config_option, environment
from bot.errors import ConfigurationError


@click.command(short_help="Make the keys that close and open addresses.")
def keygen() -> int:
    """Print a new key pair: one half for club.yaml, the other a secret."""
    if environment().is_in_actions:
        raise ConfigurationError(
            "A workflow's log may be public, and half of a key pair is a secret.",
            "Run `foothold keygen` on your own machine.",
        )
    from bot.commands.keys import new_keys

    pair = new_keys()
    click.echo("# For config/club.yaml; everybody may see it:")
    click.echo(f"public_key: {pair.public_key}")
    click.echo("")
    click.echo("# The secret FOOTHOLD_KEY. It opens every address, and is shown only this once:")
    click.echo("# keep a copy where the next officers find it, and never in a repository.")
    click.echo(pair.identity)
    return 0


@click.command(short_help="Encrypt a student's address for the configuration.")
@click.option("--student", "login", required=True, metavar="LOGIN", help="Whose address it is.")
@config_option
def encrypt(login: str, config: Path) -> int:
    """Read an address from stdin and print the line for `email` in the student's file."""
    from bot.commands.keys import seal_address
    from bot.subscriptions.shapes import LOGIN_PATTERN

    if not re.fullmatch(LOGIN_PATTERN, login):
        raise ConfigurationError(
            "That is no GitHub login.", "Name the student without @: --student ada-example."
        )
    click.echo(seal_address(config, login, _read_address(login)))
    return 0


def _read_address(login: str) -> str:
    """The one line on stdin; a person is asked twice, because what they type is not shown."""
    if sys.stdin.isatty():
        question = f"E-mail address of {login} (not shown)"
        answer: str = click.prompt(question, hide_input=True, confirmation_prompt=True, err=True)
        return answer.strip()
    lines = [line.strip() for line in sys.stdin.read().splitlines() if line.strip()]
    if len(lines) != 1:
        raise ConfigurationError(
            f"Standard input holds {len(lines)} lines instead of one address.",
            "Run it in a terminal and type the address when asked, or pipe one line into it.",
        )
    return lines[0]
