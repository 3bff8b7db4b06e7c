"""What a language's phrasebook holds, and how its patterns are put together.

Comes in: regular expressions over plain words (see `speech`). Goes out: `Phrasebook`s.
"""

import re
from dataclasses import dataclass


def any_of(*alternatives: str) -> str:
    """One of these expressions."""
    return "(?:" + "|".join(alternatives) + ")"


def words(listed: str) -> str:
    """One of these words, blanks between them."""
    return any_of(*listed.split())


def pattern(*alternatives: str) -> re.Pattern[str]:
    """One of these expressions, compiled; without any it is never found."""
    return re.compile(any_of(*(alternatives or (r"(?!)",))))


#: Nothing more is said in the clause.
END = r"(?= ?(?:$|[^\w §#@]))"


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """How one language says who is on an issue; `claims` and `offers` are sought in clauses."""

    #: "I'd like to work on this"
    claims: re.Pattern[str]
    #: A whole line to a bot: "/assign", "take".
    commands: re.Pattern[str]
    #: Takes a claim back in the same sentence: "but I have no time".
    unclaims: re.Pattern[str]
    #: A weaker word, enough from somebody from outside: "I'd like to help".
    offers: re.Pattern[str]
    #: "@login is working on it", "this is already taken"; group `login` where somebody is named.
    another: re.Pattern[str]
    #: Turns `another` into something else: "if somebody is working on it".
    unanother: re.Pattern[str]
    #: "I can no longer do this", "unassigned": it is free again.
    frees: re.Pattern[str]
    #: Frees only from who had it: "you can have it".
    hands_over: re.Pattern[str]
    #: "... but I will finish it this week"
    stays: re.Pattern[str]
    #: Before words that free or hand over: "if I can't finish it".
    conditions: re.Pattern[str]
    #: "we don't assign", "please hold off"
    refuses: re.Pattern[str]
    #: "go ahead", "it's yours", "assigned"
    grants: re.Pattern[str]
    #: Grants only where somebody asked: "feel free", "you can".
    answers: re.Pattern[str]
    #: Said to everybody: "anyone who wants".
    to_all: re.Pattern[str]
    #: "is this still open?"
    asks: re.Pattern[str]
    #: "would you like to take this?"
    invites: re.Pattern[str]
    #: "yes, I'd love to"
    accepts: re.Pattern[str]
