"""What somebody answered in the form, question by question, as text.

Comes in: an issue's body, foreign and up to 64 KiB. Goes out: `Answers`. A question counts at its
first place only: what looks like one within a later answer is part of that answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.enrolment.questions import Question
from bot.subscriptions.tree import clean

#: What GitHub writes for an answer that was left empty.
_NO_ANSWER = "_No response_"
_TICKED = re.compile(r"[-*] \[[xX]\] +(.+)")
#: Between entries: commas and line breaks, not what stands in parentheses behind an entry.
_BETWEEN = re.compile(r"[,;\n]")
#: What people put before the entries of a list.
_BULLET = re.compile(r"^(?:[-*•+]|\d{1,2}[.)])\s+")
#: What may stand around an address.
_MARKS = "@()<>[]{}\"'*`.,;:!?"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers by question; a question that does not stand in the issue has none."""

    given: Mapping[Question, str]
    #: Somewhere in the issue stands an e-mail address.
    has_address: bool = False

    def text(self, question: Question) -> str | None:
        """The answer in one line; empty where it was left out, None where nobody was asked."""
        found = self.given.get(question)
        return None if found is None else " ".join(found.split())

    def entries(self, question: Question) -> tuple[str, ...] | None:
        """The entries of a list, each once; None where nobody was asked."""
        found = self.given.get(question)
        if found is None:
            return None
        pieces = (" ".join(_BULLET.sub("", one.strip()).split()) for one in _BETWEEN.split(found))
        return tuple(dict.fromkeys(piece for piece in pieces if piece))

    def ticked(self, question: Question) -> tuple[str, ...] | None:
        """The labels of the boxes that are ticked; None where nobody was asked."""
        found = self.given.get(question)
        if found is None:
            return None
        lines = (_TICKED.fullmatch(line.strip()) for line in found.splitlines())
        return tuple(match[1].strip() for match in lines if match)


def read_answers(body: str) -> Answers:
    """The answers of an issue's body, whatever it is."""
    lines = [clean(line).rstrip() for line in re.split(r"\r\n|\r|\n", body)]
    labels = {f"### {question}": question for question in Question}
    found: dict[Question, list[str]] = {}
    current: list[str] = []
    for line in lines:
        question = labels.get(line)
        if question is None or question in found:
            current.append(line)
        else:
            current = found[question] = []
    given = {question: _answer(text) for question, text in found.items()}
    return Answers(given, any(map(is_address, " ".join(lines).split())))


def is_address(word: str) -> bool:
    """Whether a word is an e-mail address, or as good as one."""
    before, at, host = word.strip(_MARKS).partition("@")
    return bool(before and at) and "." in host.strip(".")


def _answer(lines: list[str]) -> str:
    text = "\n".join(lines).strip()
    return "" if text == _NO_ANSWER else text
