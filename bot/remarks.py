"""Remarks: what people wrote under our posts, and the commands in it.

Comes in: comments of the club's repositories. Goes out: a `Remark` with its `Command`s. Who may
say what is for the stages that act on them to ask; a remark's author is who GitHub says it is.
"""

import re
from dataclasses import dataclass
from datetime import datetime

#: More than this in one comment are no answers of a person.
MAX_COMMANDS = 30
#: A command's words, at most.
WORDS_LIMIT = 500

_COMMAND = re.compile(r" {0,3}/([a-zA-Z][a-zA-Z-]{0,19})(?:[ \t]+(.*))?")
_FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as it stands: `number` is the issue's, `edited_at` the creation if never edited."""

    id: int
    number: int
    author: str
    said_at: datetime
    edited_at: datetime
    body: str


@dataclass(frozen=True, slots=True)
class Command:
    """A line that begins with a slash: its name in lower case, and the words behind it."""

    name: str
    words: str
    #: The how manieth command of its remark, from 0.
    position: int

    def __str__(self) -> str:
        return f"/{self.name} {self.words}".rstrip()


def read_commands(body: str) -> tuple[Command, ...]:
    """The commands of a text, in its order; none in code blocks or quotations.

    A line counts whole: who writes about `/done` in a sentence gives no command.
    """
    found: list[Command] = []
    fence = ""
    for line in body.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence == mark[1] else fence or mark[1]
        match = None if fence or mark else _COMMAND.fullmatch(line.rstrip())
        if match and len(found) < MAX_COMMANDS:
            words = " ".join((match[2] or "").split())[:WORDS_LIMIT]
            found.append(Command(match[1].lower(), words, len(found)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Echo:
    """What was understood of a command, or why it was not: a sentence of `[replies]` in the words.

    `values` fills the sentence in; all of it is foreign text to whoever renders it.
    """

    command: str
    sentence: str
    values: tuple[tuple[str, str], ...] = ()
    is_understood: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """The one answer to some remarks: its echoes, by the remark that they answer."""

    number: int
    remarks: tuple[Remark, ...]
    echoes: tuple[Echo, ...]
