"""What a project must be so that its issues are worth a student's time: alive, its own, and known.

Comes in: an issue with what is known of its project and, for rest, the time; for what may change
until it is sent, what was seen of it last. Goes out: why nobody should start there, in a clause, or
None.
"""

from datetime import datetime, timedelta

from bot.harvest.issue import Issue
from bot.harvest.plan import MAX_REST
from bot.screening.seen import Seen


def archived(issue: Issue) -> str | None:
    """Nobody can change it."""
    facts = issue.repository.facts
    return "the project is archived" if facts and facts.is_archived else None


def archived_since(seen: Seen) -> str | None:
    """Nobody can change it any more; the project's facts may be weeks old."""
    is_archived = seen.details is not None and seen.details.is_archived
    return "its project was archived" if is_archived else None


def resting(issue: Issue, now: datetime) -> str | None:
    """Nothing was pushed for so long that nobody would answer."""
    facts = issue.repository.facts
    if facts is None or facts.pushed_at is None:
        return None
    rest: timedelta = now - facts.pushed_at
    return f"no push for {rest.days} days" if rest > MAX_REST else None


def copy(issue: Issue) -> str | None:
    """The work is done elsewhere."""
    facts = issue.repository.facts
    if facts is None:
        return None
    kinds = {"fork": facts.is_fork, "mirror": facts.is_mirror, "template": facts.is_template}
    return next((f"the project is a {kind}" for kind, is_so in kinds.items() if is_so), None)


def no_facts(issue: Issue) -> str | None:
    """Nobody could look at the project."""
    return "nothing is known of its project" if issue.repository.facts is None else None
