"""Stand-ins for the world, one for each door; the contract suites hold them to the real ones."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.allocation.offer import Offer
from bot.delivery import Channel, Receipt
from bot.digest import Digest, Pick
from bot.errors import BotError, JournalError
from bot.journal import DigestState, Journal, JournalEntry
from bot.rendering.message import Message
from bot.terms import ChannelName

ADVICE = "Look at the test."


class MemoryJournal(Journal):
    """A journal that forgets when the test ends; it keeps the same promises as the real one."""

    def __init__(self) -> None:
        #: By week and folded login.
        self._entries: dict[tuple[str, str], JournalEntry] = {}
        #: (week, folded login, channel): when it was first tried (None if never), and its receipt.
        self._deliveries: dict[
            tuple[str, str, ChannelName], tuple[datetime | None, Receipt | None]
        ] = {}

    def record_week(
        self,
        week: str,
        prepared: Sequence[tuple[Digest, ChannelName]],
        current: str | None = None,
        again: Collection[str] = (),
    ) -> None:
        before, taken_back = min(week, current or week), {_key(week, login) for login in again}
        entries = {
            key: entry
            for key, entry in self._entries.items()
            if self._stays(key, before, taken_back)
        }
        for digest, channel in prepared:
            if digest.week != week:
                raise ValueError(f"the digest of {digest.student} is of {digest.week}")
            if _key(week, digest.student) in entries:
                raise JournalError(f"{digest.student} has a digest for {week} already.", ADVICE)
            _refuse_broken_promises(digest, entries)
            entry = JournalEntry(digest, channel, DigestState.PREPARED)
            entries[_key(week, digest.student)] = entry
        self._entries = entries

    def replace_digest(self, digest: Digest) -> None:
        key = _key(digest.week, digest.student)
        entry = self._entries.get(key)
        if entry is None or entry.state is DigestState.DELIVERED:
            raise JournalError(f"{digest.student} has no prepared digest.", ADVICE)
        others = {other: found for other, found in self._entries.items() if other != key}
        _refuse_broken_promises(digest, others)
        self._entries[key] = replace(entry, digest=digest)

    def entry(self, week: str, login: str) -> JournalEntry | None:
        return self._entries.get(_key(week, login))

    def entries(self, week: str) -> tuple[JournalEntry, ...]:
        return tuple(entry for key, entry in sorted(self._entries.items()) if key[0] == week)

    def in_doubt(self) -> tuple[JournalEntry, ...]:
        return tuple(
            entry
            for key, entry in sorted(self._entries.items())
            if entry.state is DigestState.PREPARED and self._was_tried(key)
        )

    def offers(self) -> tuple[Offer, ...]:
        return tuple(
            Offer(login, pick.ref, week, entry.delivered_at, pick.node_id)
            for (week, login), entry in sorted(self._entries.items())
            for pick in _kept(entry)
        )

    def last_delivered_at(self, login: str) -> datetime | None:
        of_login = [
            entry for (_, owner), entry in self._entries.items() if owner == login.casefold()
        ]
        moments = [entry.delivered_at for entry in of_login if entry.delivered_at]
        return max(moments, default=None)

    def receipt(self, week: str, login: str, channel: ChannelName) -> Receipt | None:
        done = self._deliveries.get((*_key(week, login), channel), (None, None))[1]
        return done and replace(done, login=login)

    def record_intent(self, week: str, login: str, channel: ChannelName, at: datetime) -> None:
        _refuse_naive(at)
        self._require_digest(week, login)
        self._deliveries.setdefault((*_key(week, login), channel), (at, None))

    def record_receipt(self, receipt: Receipt) -> None:
        _refuse_naive(receipt.delivered_at)
        entry = self._require_digest(receipt.week, receipt.login)
        place = _key(receipt.week, receipt.login)
        key = *place, receipt.channel
        intent_at, done = self._deliveries.get(key, (None, None))
        in_utc = replace(receipt, delivered_at=receipt.delivered_at.astimezone(UTC))
        self._deliveries[key] = intent_at, done or in_utc
        if entry.state is DigestState.PREPARED:
            delivered = replace(
                entry, state=DigestState.DELIVERED, delivered_at=in_utc.delivered_at
            )
            self._entries[place] = delivered

    def _require_digest(self, week: str, login: str) -> JournalEntry:
        entry = self._entries.get(_key(week, login))
        if entry is None:
            raise JournalError(f"There is no digest of {login} for {week} to deliver.", ADVICE)
        return entry

    def _stays(self, key: tuple[str, str], week: str, taken_back: set[tuple[str, str]]) -> bool:
        is_out = self._entries[key].state is DigestState.DELIVERED
        is_current = key[0] >= week and key not in taken_back
        return is_current or is_out or self._was_tried(key)

    def _was_tried(self, key: tuple[str, str]) -> bool:
        return any(delivery[:2] == key for delivery in self._deliveries)


def _key(week: str, login: str) -> tuple[str, str]:
    return week, login.casefold()


def _kept(entry: JournalEntry) -> tuple:
    digest = entry.digest
    return digest.offered if entry.state is DigestState.DELIVERED else digest.picks


def _refuse_broken_promises(digest: Digest, entries: dict[tuple[str, str], JournalEntry]) -> None:
    """An issue once in a student's life, and one student a week, by its name and by its id."""
    student = digest.student.casefold()
    holders = {
        name: login
        for (week, login), entry in entries.items()
        for pick in _kept(entry)
        for name in _names(pick)
        if login == student or week == digest.week
    }
    for pick in digest.picks:
        holder = next((holders[name] for name in _names(pick) if name in holders), None)
        if holder is not None:
            raise JournalError(f"{pick.ref} is {holder}'s, not {digest.student}'s.", ADVICE)
        holders |= dict.fromkeys(_names(pick), student)


def _names(pick: Pick) -> set[object]:
    """All that an issue is known by: repository (in any case) and number, and GitHub's id."""
    return {pick.ref.folded, pick.node_id} - {""}


def _refuse_naive(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")


@dataclass
class MemoryChannel(Channel):
    """A channel that keeps what it was given; `fail` lets a delivery end in an error."""

    name: ChannelName = ChannelName.ISSUE
    #: Every message that went out, in order: a message delivered twice is here twice.
    delivered: list[Message] = field(default_factory=list)
    #: Every (week, login) that was looked up.
    looked_up: list[tuple[str, str]] = field(default_factory=list)
    _failures: list[tuple[BotError, bool, str | None]] = field(default_factory=list)
    #: Called with the message before it goes out.
    on_deliver: Callable[[Message], None] = lambda message: None

    def fail(
        self, error: BotError, *, delivered: bool = False, login: str | None = None
    ) -> "MemoryChannel":
        """Lets the next delivery (of that student) raise `error`, sent out before or not."""
        self._failures.append((error, delivered, login))
        return self

    def find(self, week: str, login: str) -> str | None:
        self.looked_up.append((week, login))
        out = [m for m in self.delivered if (m.week, m.login) == (week, login)]
        return self.place(out[0]) if out else None

    def deliver(self, message: Message) -> str:
        self.on_deliver(message)
        failure = next((f for f in self._failures if f[2] in (None, message.login)), None)
        if failure is None:
            self.delivered.append(message)
            return self.place(message)
        self._failures.remove(failure)
        if failure[1]:
            self.delivered.append(message)
        raise failure[0]

    def place(self, message: Message) -> str:
        return f"memory://{self.name}/{message.week}/{message.login}"
