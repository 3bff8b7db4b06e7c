"""What was offered to whom, as the journal remembers it."""

from dataclasses import dataclass
from datetime import datetime

from bot.terms import IssueRef


@dataclass(frozen=True, slots=True)
class Offer:
    """An issue that was offered to a student, or (`delivered_at` None) is kept for them.

    The journal tells `login` casefolded: compare it with a folded one, as GitHub does.
    """

    login: str
    ref: IssueRef
    week: str
    delivered_at: datetime | None
    #: GitHub's id, which outlives a repository's renaming; empty where it is unknown.
    node_id: str = ""
