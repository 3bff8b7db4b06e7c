"""Hides addresses in a workflow's log, whoever prints them later.

Comes in: the settings. Goes out: a function to be told each address that was opened.
"""

from collections.abc import Callable

from bot.cli.voice import command
from bot.settings import Settings

#: What a workflow command's data must not hold as it is (github.com/actions/toolkit, command.ts).
_ENCODED = {"%": "%25", "\r": "%0D", "\n": "%0A"}


def masker(settings: Settings) -> Callable[[str], None]:
    """Tells the runner to hide a text from now on; outside of workflows it does nothing."""
    return _mask if settings.is_in_actions else _nothing


def _mask(secret: str) -> None:
    encoded = "".join(_ENCODED.get(char, char) for char in secret)
    command(f"::add-mask::{encoded}")


def _nothing(secret: str) -> None:
    """No log to hide anything from."""
