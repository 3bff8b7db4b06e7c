"""temp"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.terms import Claiming


@dataclass(frozen=True, slots=True)
class Rule:
    claiming: Claiming
    command: str


def read_claiming(texts: Sequence[str]) -> Rule:
    return Rule(Claiming.UNKNOWN, "")
