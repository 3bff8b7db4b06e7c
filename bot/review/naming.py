"""Whom a mentor means: a student by login, by name, or by how either begins.

Comes in: the words of a command, and the students that they may mean. Goes out: what each word
means, which may be nobody, or several.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.subscriptions.student import Subscription
from bot.vocabulary import unaccented

#: A name of more words is written by its login.
_MAX_NAME_WORDS = 5
#: What stands between names in a sentence, in the club's languages.
_BETWEEN = frozenset({"and", "y", "e", "&", "+"})
_EDGES = "@.,;:!?()'\"`*"


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom some words mean: one student, or several that they may mean, or nobody."""

    words: str
    students: tuple[Subscription, ...]
    #: What was written behind them.
    rest: str = ""

    @property
    def student(self) -> Subscription | None:
        """The one that is meant, if it is one."""
        return self.students[0] if len(self.students) == 1 else None


def read_names(text: str, students: Sequence[Subscription]) -> tuple[Meant, ...]:
    """Whom a list of names means, each once, in its order; commas and "and" may stand between."""
    found: dict[object, Meant] = {}
    rest = " ".join(re.split(r"[\s,;]+", text)).strip()
    while rest:
        meant = read_name(rest, students)
        rest = meant.rest
        if not _is_link(meant.words) or called_exactly(meant.words, students):
            found.setdefault(tuple(one.login for one in meant.students) or meant.words, meant)
    return tuple(found.values())


def read_name(text: str, students: Sequence[Subscription]) -> Meant:
    """Whom the first words of a text mean: the longest name that they are, else the first word."""
    words = text.split(" ")
    for n in range(min(len(words), _MAX_NAME_WORDS), 0, -1):
        phrase, rest = " ".join(words[:n]), " ".join(words[n:])
        if found := called_exactly(phrase, students):
            return Meant(phrase, found, rest)
    return Meant(words[0], _beginning(words[0], students), " ".join(words[1:]))


def _is_link(word: str) -> bool:
    return word.lower() in _BETWEEN or not _folded(word)


def called_exactly(phrase: str, students: Sequence[Subscription]) -> tuple[Subscription, ...]:
    """Whose login the words are, else whose name."""
    wanted = _folded(phrase)
    logins = tuple(one for one in students if _folded(one.login) == wanted)
    return logins or tuple(one for one in students if _folded(one.name or "") == wanted != "")


def _beginning(word: str, students: Sequence[Subscription]) -> tuple[Subscription, ...]:
    wanted = _folded(word)
    return tuple(
        one
        for one in students
        if wanted and any(_folded(name).startswith(wanted) for name in (one.login, one.name or ""))
    )


def _folded(name: str) -> str:
    """A name to compare by: any case, accents or not, without what surrounds it in a sentence."""
    plain = unaccented(" ".join(name.casefold().split()))
    return " ".join(word.strip(_EDGES) for word in plain.split()).strip()
