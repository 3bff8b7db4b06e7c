"""The rules of an allocation: how many, how alike, how weak, how fair."""

from collections.abc import Mapping
from dataclasses import dataclass

#: One digest shows so many issues of one repository, spares included.
MAX_OF_REPOSITORY = 2
#: The whole club sends so many to one repository in a week: ranking sends crowds.
MAX_OF_REPOSITORY_OVER_CLUB = 5
N_SPARES = 2
#: Below an even score an issue is weak, and a digest is not filled up with it.
WEAK_LOG_ODDS = 0.0
#: Nobody gets less than this share of what they would get alone, where that can be had for all.
#: On fictional clubs it costs the others 0.2 % of their sum, and 0.9 would cost 1.3 %.
FLOOR = 0.75
#: Shares and sums that differ by less are the same; solvers reckon to about this.
EVEN = 1e-6


@dataclass(frozen=True, slots=True)
class Already:
    """What an earlier run of the week gave away, by repository; the week decides who is first."""

    week: str
    n_of_repository: Mapping[str, int]


NOTHING_YET = Already("", {})
