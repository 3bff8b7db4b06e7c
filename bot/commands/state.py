"""State: the journal brought from its branch, and back to it, with the harvest in a file beside.

Comes in: a session. Goes out: what came of it, as values; nothing here prints.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.session import Session

#: What was harvested, where a cache may keep it; it may be lost at any time.
HARVEST = Path(".foothold/harvest.sqlite")


@dataclass(frozen=True, slots=True)
class Pull:
    """What came of a pull."""

    #: None where there is no branch yet.
    commit: str | None
    n_rows: int
    #: There is no branch, though posts of ours stand in the club's repository.
    is_lost: bool
    #: What was harvested was there, too.
    has_harvest: bool


def pull_state(session: Session, *, force: bool) -> Pull:
    """Make the journal what the branch holds; JournalError where that would lose a memory."""
    with session.journal.lease():
        pulled = session.branch.pull(force=force)
        has_harvest = session.branch.read_harvest(HARVEST)
    return Pull(pulled.commit, pulled.n_rows, pulled.is_lost, has_harvest)


def keep_harvest(session: Session) -> None:
    """Write what was harvested to its file; the branch is not asked."""
    session.branch.write_harvest(HARVEST)


def push_state(session: Session) -> bool:
    """Bring the branch up to the journal; False if it is. The harvest is written to its file."""
    with session.journal.lease():
        is_news = session.branch.push("Told by an officer, or left by a run")
        keep_harvest(session)
    return is_news
