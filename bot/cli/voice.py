"""What is said in a workflow's log: text, and no command, unless we mean one.

Comes in: all that a command prints. Goes out: the same, in which no line is one that GitHub obeys.
A runner takes a line for a command that begins with two colons, behind blanks too, and the older
form with two number signs anywhere in a line (https://github.com/actions/runner, ActionCommand.cs).
Titles, names and error messages are foreign text; a door that all output passes is not forgotten.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

import click

_BREAK = "\u200b"
#: A runner's lines end at each CR and LF.
_COMMAND = re.compile(r"(?:(?<![^\r\n])[^\S\r\n]*:(?=:))|##(?=\[)")


class Harmless:
    """A stream, through which no command gets."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return self.stream.write(harmless(text))

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.stream, name)


def harmless(text: str) -> str:
    """The text, with something invisible in each place where a command would begin."""
    return _COMMAND.sub(lambda match: match[0] + _BREAK, text)


@contextmanager
def speaking_harmlessly(*, is_in_actions: bool) -> Iterator[None]:
    """Everything that is printed within is text; outside of workflows nothing changes."""
    if not is_in_actions:
        yield
        return
    out, err = cast("TextIO", Harmless(sys.stdout)), cast("TextIO", Harmless(sys.stderr))
    with redirect_stdout(out), redirect_stderr(err):
        yield


def command(text: str) -> None:
    """Say something to the runner itself, on stderr: a command that we mean.

    Whatever stands in it must be encoded (https://github.com/actions/toolkit, command.ts).
    """
    stream = sys.stderr
    click.echo(text, file=stream.stream if isinstance(stream, Harmless) else stream)
