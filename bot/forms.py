"""Forms: what students tell the club by the issue forms in `.github/ISSUE_TEMPLATE`.

Comes in: an issue's title and body. Goes out: a `Form`; None where the issue is no form.

The question that the body begins with says which form it is, for GitHub writes it there; else the
title's first words do, which a club that translated its forms still has, and somebody whose app
has no forms can type. The label tells nothing: GitHub leaves out one that the repository does not
have, and it is the same for all forms, for people to filter by. None of these is a proof. Anyone
can open such an issue, so whoever acts on a form goes by the issue's author alone.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.enrolment.answers import is_address
from bot.enrolment.questions import Question

#: The weeks that the form for a pause offers.
PAUSE_WEEKS = (1, 2, 4, 8)
#: More than this is no feedback that a person reads.
TEXT_LIMIT = 4000
#: What stands for an e-mail address: we keep none, and people paste them all the same.
ADDRESS_LEFT_OUT = "(address left out)"

#: What GitHub writes for an answer that was left empty.
_NO_ANSWER = "_No response_"
_TITLE = re.compile(r"foothold[:\s-]{1,4}(stop|pause|confirm|feedback|subscribe)", re.IGNORECASE)
_WEEKS = re.compile(r"([0-9]{1,2})(?: weeks?)?", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9_-]{4,64}")


class FormKind(StrEnum):
    """The forms; each is a file of this name in `.github/ISSUE_TEMPLATE`."""

    STOP = "stop"
    PAUSE = "pause"
    CONFIRM = "confirm"
    FEEDBACK = "feedback"
    #: The one form of many questions: `bot/enrolment` reads what it says.
    SUBSCRIBE = "subscribe"


#: The question that each form begins with; but for `subscribe` it is the only one.
QUESTIONS = {
    FormKind.STOP: "Anything you want to tell us?",
    FormKind.PAUSE: "For how long?",
    FormKind.CONFIRM: "The code from the mail",
    FormKind.FEEDBACK: "What should the club know?",
    FormKind.SUBSCRIBE: Question.LANGUAGES.value,
}
_KINDS = {f"### {question}": kind for kind, question in QUESTIONS.items()}


@dataclass(frozen=True, slots=True)
class Form:
    """A form that somebody sent; only its own kind's fields are filled in."""

    kind: FormKind
    #: How long a pause shall be; None where that cannot be read, so that somebody asks.
    weeks: int | None = None
    #: The code of a confirmation; empty where what was written is none.
    code: str = ""
    #: What was written to the club with a stop or as feedback: foreign text of many lines.
    text: str = ""


def parse_form(title: str, body: str) -> Form | None:
    """The form that an issue is, by its first question or else by its title."""
    text = _clean(body).strip()
    question, _, answer = text.partition("\n")
    kind = _KINDS.get(question.rstrip())
    if kind is not None:
        return _read(kind, answer.strip())
    named = _TITLE.fullmatch(title.strip())
    return _read(FormKind(named[1].lower()), text) if named else None


def _read(kind: FormKind, answer: str) -> Form:
    given = "" if answer == _NO_ANSWER else answer
    if kind is FormKind.SUBSCRIBE:
        return Form(kind)
    if kind is FormKind.PAUSE:
        return Form(kind, weeks=_weeks(given))
    if kind is FormKind.CONFIRM:
        code = given.strip("`").strip()
        return Form(kind, code=code if _CODE.fullmatch(code) else "")
    return Form(kind, text=_without_addresses(given)[:TEXT_LIMIT].strip())


def _weeks(answer: str) -> int | None:
    match = _WEEKS.fullmatch(answer)
    weeks = int(match[1]) if match else 0
    return weeks if weeks in PAUSE_WEEKS else None


def _clean(body: str) -> str:
    """The body with plain line ends, and nothing that a database or a terminal trips over."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        char for char in lines if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}
    )


def _without_addresses(text: str) -> str:
    pieces = re.split(r"(\s+)", text)
    return "".join(ADDRESS_LEFT_OUT if is_address(piece) else piece for piece in pieces)
