"""Is an issue free? The one list of signs that it is not, for screening and for verification.

Comes in: fresh details, the labels known before, the time. Goes out: the first sign that nobody
should start on it, in a clause, or None. A sign that is added here counts in both places:
`bot/screening/rules.py` makes each a rule, and `bot/verification.py` asks all of them again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.harvest.issue import Details
from bot.screening import projects, taken, tasks
from bot.screening.reasons import DropCode
from bot.screening.seen import Seen, see_details


@dataclass(frozen=True, slots=True)
class Sign:
    """A question with its code; `needs` names the facts without which it says nothing."""

    name: str
    code: DropCode
    needs: str
    ask: Callable[[Seen], str | None]


#: In the order in which they are asked: the first gives a drop its code.
SIGNS = (
    Sign("closed", DropCode.CLOSED, "state", taken.closed),
    Sign("assigned", DropCode.TAKEN, "assignees", taken.assigned),
    Sign("started-label", DropCode.TAKEN, "labels", taken.started_label),
    Sign("pull-request", DropCode.TAKEN, "pull_requests", taken.pull_request),
    Sign("claimed-in-comment", DropCode.TAKEN, "comment_texts", taken.claimed),
    Sign("not-a-task-label", DropCode.NOT_A_TASK, "labels", tasks.not_a_task_label),
    Sign("withdrawn", DropCode.NOT_A_TASK, "labels", tasks.withdrawn),
    Sign("locked", DropCode.NOT_A_TASK, "locked", tasks.locked),
    Sign("blocked", DropCode.BLOCKED, "blocked_by", tasks.blocked),
    Sign("programme", DropCode.RESERVED, "labels", tasks.reserved),
    Sign("archived-since", DropCode.ABANDONED, "archived", projects.archived_since),
)


def why_not_free(details: Details, labels: tuple[str, ...], now: datetime) -> str | None:
    """The first sign that an issue is not free, or None; `labels` where the details tell none."""
    seen = see_details(details, labels, now)
    answers = (sign.ask(seen) for sign in SIGNS)
    return next((why for why in answers if why is not None), None)
