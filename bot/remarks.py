"""Remarks: what people wrote under our posts, and the commands in it.

Comes in: comments of the club's repositories. Goes out: a `Remark` with its `Command`s, and the
`Reply` to some. Who may
say what is for the stages that act on them to ask; a remark's author is who GitHub says it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

#: More than this in one comment are no answers of a person.
MAX_COMMANDS = 30
#: A command's words, at most.
WORDS_LIMIT = 500
#: A line of a reply has at most some 500 characters, and GitHub takes 65,536 in a comment.
MAX_ECHOES = 100

#: The words stand behind a blank, a colon, or begin with a number: `/more 2`, `/more: 2`, `/more2`.
_COMMAND = re.compile(r" {0,3}/([a-zA-Z][a-zA-Z-]{0,19})(?:[\s:]+(.*)|([#0-9].*))?")
#: Code between fences: what opens it, at most three blanks in (spec.commonmark.org, "Fenced code
#: blocks"). Backticks behind backticks are a code span on one line.
_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)")
#: What hides a text or shows it as code until its end comes, the end on the same line too.
_HIDDEN = re.compile(r" {0,3}(?:(<!--)|<(pre)[\s>])", re.IGNORECASE)
#: Mail programs that do not mark each line of what they quote put a letter's head above all of it:
#: Outlook's, in English, Spanish and Portuguese.
_QUOTED = re.compile(
    r"\s*-{2,} ?(?:original message|mensaje original|mensagem original) ?-{2,}\s*"
    r"|\*{0,2}(?:from|de):.{3,}",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\*{0,2}(?:sent|date|to|enviado(?: el)?|enviada(?: em)?|fecha|data|para):", re.IGNORECASE
)
#: Nobody sees these, and they come along at a line's ends when it is copied from a page.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


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
    """The commands of a text, in its order; none in code blocks, hidden text or quotations.

    A line counts whole: who writes about `/done` in a sentence gives no command. What follows right
    under a quotation was written by whoever quoted, although GitHub draws it as a part of it.
    """
    found: list[Command] = []
    for line in _own_lines(body):
        match = _COMMAND.fullmatch(line)
        if match:
            words = " ".join((match[2] or match[3] or "").split())[:WORDS_LIMIT].rstrip()
            found.append(Command(match[1].lower(), words, len(found)))
            if len(found) == MAX_COMMANDS:
                break
    return tuple(found)


def _own_lines(body: str) -> Iterator[str]:
    """The lines that the writer meant to be read as they stand, without blanks at the end."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    fence = until = ""
    for place, line in enumerate(lines):
        if until:
            until = "" if until in line.lower() else until
        elif fence:
            fence = "" if _closes(line, fence) else fence
        elif mark := _FENCE.fullmatch(line):
            fence = mark[1] or mark[2]
        elif hidden := _HIDDEN.match(line):
            end = "-->" if hidden[1] else "</pre>"
            until = "" if end in line.lower() else end
        elif _QUOTED.fullmatch(line) and _is_head(lines[place : place + 4]):
            return
        else:
            yield line.strip(_UNSEEN).rstrip()


def _closes(line: str, fence: str) -> bool:
    """Whether a line ends the code that `fence` began: the same signs, as many or more, alone."""
    inner = line.strip()
    is_near = len(line) - len(line.lstrip(" ")) <= 3
    return is_near and len(inner) >= len(fence) and not inner.strip(fence[0])


def _is_head(lines: Sequence[str]) -> bool:
    """Whether a line begins what a mail quotes: it says so, or is a head of several lines."""
    return lines[0].lstrip().startswith("-") or any(_HEAD.match(line) for line in lines[1:])


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


def replies_to(number: int, told: Iterable[tuple[Remark, tuple[Echo, ...]]]) -> Iterator[Reply]:
    """What answers these remarks under an issue: one reply, unless a comment holds no more."""
    remarks: list[Remark] = []
    echoes: list[Echo] = []
    for remark, some in told:
        if remarks and len(echoes) + len(some) > MAX_ECHOES:
            yield Reply(number, tuple(remarks), tuple(echoes))
            remarks, echoes = [], []
        remarks.append(remark)
        echoes += some
    if remarks:
        yield Reply(number, tuple(remarks), tuple(echoes))
