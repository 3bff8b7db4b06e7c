"""Machines with a journal each, and one branch between them.

Comes in: a bare repository. Goes out: what a machine does and knows, and what the branch holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.database import SqlJournal
from bot.adapters.git_command import run_git
from bot.adapters.git_remote import Change, GitRemote, Snapshot
from bot.adapters.state_branch import BRANCH, Place, StateBranch
from bot.adapters.state_seal import Seal
from bot.delivery import Receipt
from bot.digest import Digest
from bot.pledging import Pledge
from bot.register import Stop
from bot.terms import ChannelName
from tests.builders import build_digest, build_pick

NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
WEEK = "2026-W47"
ISSUE = ChannelName.ISSUE
OPEN = Seal(is_needed=False)


class Overtaken(GitRemote):
    """A way to a remote on which somebody may be faster."""

    def __init__(self, url: str, by: Callable[[], None] | None) -> None:
        super().__init__(url)
        self._by = by

    def push(self, branch: str, changes: Mapping[str, bytes | None], change: Change) -> Snapshot:
        if self._by is not None:
            self._by()
        return super().push(branch, changes, change)


@dataclass
class Machine:
    """A machine with a journal of its own, and its way to the branch."""

    journal: SqlJournal
    bare: Path
    seal: Seal = OPEN
    now: datetime = NOW
    has_posts: bool = False
    #: What another does right before this one's push arrives.
    overtaken_by: Callable[[], None] | None = None

    @property
    def branch(self) -> StateBranch:
        """As a new command sees it."""
        place = Place(
            lambda: Overtaken(str(self.bare), self.overtaken_by),
            lambda: self.seal,
            lambda: self.has_posts,
            lambda: self.now,
        )
        return self.journal.branch(place)

    def prepare(self, *logins: str) -> None:
        digests = [(_digest(one), ISSUE) for one in logins]
        self.journal.record_week(WEEK, digests)

    def send(self, login: str) -> None:
        self.journal.record_intent(WEEK, login, ISSUE, self.now)
        self.journal.record_receipt(Receipt(WEEK, login, ISSUE, f"post of {login}", self.now))

    def stop(self, login: str) -> None:
        self.journal.register().record_stop(Stop(login, self.now))

    def has_stop(self, login: str) -> bool:
        return self.journal.register().stop_of(login) is not None

    def is_in_doubt(self, login: str) -> bool:
        known = self.journal.delivery(WEEK, login, ISSUE)
        return known is not None and known.is_in_doubt

    def is_sent(self, login: str) -> bool:
        known = self.journal.delivery(WEEK, login, ISSUE)
        return known is not None and known.receipt is not None


def _digest(login: str) -> Digest:
    """A digest with a pick that nobody else has."""
    pick = build_pick(number=int.from_bytes(login.encode()) % 2**31, node_id="")
    return build_digest(student=login, week=WEEK, picks=(pick,))


def pledge(login: str) -> Pledge:
    return Pledge(WEEK, login, ISSUE, NOW)


def log(bare: Path) -> list[str]:
    return run_git(["log", "--format=%s", BRANCH], bare).decode().splitlines()


def files(bare: Path) -> dict[str, bytes]:
    snapshot = GitRemote(str(bare)).fetch(BRANCH)
    assert snapshot is not None
    return dict(snapshot.files)
