"""What is known of a student beyond the subscription file, as selection uses it.

Comes in: what `feedback`, `outcomes` and `review` made of answers, outcomes and verdicts. Goes out:
a `Leaning`. The circle from a digest's answers to the next digest is closed by this value alone.
"""

from dataclasses import dataclass

from bot.ranking.past import NO_PAST, Past
from bot.screening.screen import NOTHING
from bot.subscriptions.student import Exclusions
from bot.terms import IssueRef, Level


@dataclass(frozen=True, slots=True)
class Leaning:
    """One student's; all empty is who was never heard of."""

    past: Past = NO_PAST
    #: What the student asked for less of, by name: kept away.
    less: Exclusions = NOTHING
    #: What a mentor took out of a digest of theirs: folded references.
    steered: frozenset[IssueRef] = frozenset()
    #: What the student let go of, so that clubmates may be offered it: folded references.
    let_go: frozenset[IssueRef] = frozenset()
    #: The level that counts, where it is another than the file's.
    level: Level | None = None


NO_LEANING = Leaning()
