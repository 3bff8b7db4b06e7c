"""What a language's phrasebook holds, and how its patterns are put together.

Comes in: regular expressions over plain words (see `speech`). Goes out: `Phrasebook`s.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property


def any_of(*alternatives: str) -> str:
    """One of these expressions."""
    return "(?:" + "|".join(alternatives) + ")"


def words(listed: str) -> str:
    """One of these words, blanks between them."""
    return any_of(*listed.split())


class Pattern:
    """An expression that is compiled when it is first sought: all of them together take seconds."""

    def __init__(self, expression: str) -> None:
        self._expression = expression

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """The compiled expression's own `search`."""
        return re.compile(self._expression).search


def pattern(*alternatives: str) -> Pattern:
    """One of these expressions; without any it is never found."""
    return Pattern(any_of(*(alternatives or (r"(?!)",))))


#: Nothing more is said in the clause.
END = r"(?= ?(?:$|[^\w §#@]))"


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """How one language says who is on an issue; `claims` and `offers` are sought in clauses."""

    #: "I'd like to work on this"
    claims: Pattern
    #: A whole line to a bot: "/assign", "take".
    commands: Pattern
    #: Takes a claim back in the same sentence: "but I have no time".
    unclaims: Pattern
    #: A weaker word, enough from somebody from outside: "I'd like to help".
    offers: Pattern
    #: "@login is working on it", "this is already taken"; group `login` where somebody is named.
    another: Pattern
    #: Turns `another` into something else: "if somebody is working on it".
    unanother: Pattern
    #: "I can no longer do this", "unassigned": it is free again.
    frees: Pattern
    #: Frees only from who had it: "you can have it".
    hands_over: Pattern
    #: "... but I will finish it this week"
    stays: Pattern
    #: Before words that free or hand over: "if I can't finish it".
    conditions: Pattern
    #: "we don't assign", "please hold off"
    refuses: Pattern
    #: "go ahead", "it's yours", "assigned"
    grants: Pattern
    #: Grants only where somebody asked: "feel free", "you can".
    answers: Pattern
    #: Said to everybody: "anyone who wants".
    to_all: Pattern
    #: "is this still open?"
    asks: Pattern
    #: "would you like to take this?"
    invites: Pattern
    #: "yes, I'd love to"
    accepts: Pattern
