"""An office in memory, for tests of the jobs that work with one."""

from typing import Any

from bot.office import Books, Office
from bot.subscriptions.student import Subscription
from tests.fakes import MemoryJournal, MemoryRegister
from tests.fakes_community import MemoryCommunityStore
from tests.fakes_core import MemoryIssues
from tests.fakes_learned import MemoryAnswerBook, MemoryProgressBook, MemoryReviewBook
from tests.fakes_store import MemoryIssueStore


def build_office(*students: Subscription, **changes: Any) -> Office:
    """An office of these students: it remembers nothing yet, and has nowhere to send."""
    means: dict[str, Any] = {
        "source": MemoryIssues(),
        "store": MemoryIssueStore(),
        "communities": MemoryCommunityStore(),
        "journal": MemoryJournal(),
        "register": MemoryRegister(),
        "books": Books(MemoryAnswerBook(), MemoryProgressBook(), MemoryReviewBook()),
        "channels": {},
        "students": {one.login.casefold(): one for one in students},
    }
    return Office(**means | changes)
