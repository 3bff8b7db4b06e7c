"""The budget: what each step of a run may spend, in GraphQL points.

Comes in: a club's `points_budget`. Goes out: allowances, each over the whole run so far.
"""

from dataclasses import dataclass
from math import ceil

from bot.harvest.source import N_DETAILED, IssueSource, points_spent

#: Kept of a run's points for verification: a tenth, at least 20, and what a large club needs.
VERIFICATION_SHARE, VERIFICATION_MINIMUM = 0.1, 20
#: What it costs to verify `N_DETAILED` picks and spares.
VERIFICATION_PRICE = 3
#: Of what is left, pages may take the first share, and facts go on to the second: details are the
#: rest. Facts cost about two thirds of the pages (2 points for 100 repositories; in the snapshots
#: of GoodFirstIssues one repository has three issues). Records, 1 point for 33 projects of a
#: shortlist, leave the last to details: no issue is offered unseen, but one is ranked without them.
PAGE_SHARE, FACTS_SHARE, RECORDS_SHARE = 0.6, 0.85, 0.95
#: Of the pages' points, issue searches leave so much to topics while they are not at their end.
TOPIC_SHARE = 1 / 3

#: So many outages in a row are not one question's: GitHub is down.
MAX_OUTAGES = 3

#: Why something was not read.
SPENT = "The points for this step are spent."
TOO_FEW = "The points are spent: the next run goes on there, a higher `points_budget` goes further."


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be spent from the run's beginning on."""

    points: int

    def covers(self, source: IssueSource) -> bool:
        """Is anything left of it?"""
        return points_spent(source) < self.points

    def share(self, part: float) -> "Allowance":
        """A part of it."""
        return Allowance(round(self.points * part))


def harvest_budget(points: int, n_places: int = 0) -> Allowance:
    """What a harvest may spend of a run's points; the rest is for verifying so many places."""
    needed = VERIFICATION_PRICE * ceil(n_places / N_DETAILED)
    kept = max(VERIFICATION_MINIMUM, round(points * VERIFICATION_SHARE), needed)
    return Allowance(max(0, points - kept))
