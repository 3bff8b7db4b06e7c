"""A journal and a register in memory; the contract suites hold them to the real ones."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from bot.allocation.offer import Offer
from bot.delivery import Delivery, Receipt, Setback
from bot.digest import Digest, Pick, Sent, without_person
from bot.errors import JournalError
from bot.journal import DigestState, Journal, JournalEntry, PastDigest
from bot.ladder import StatedLevel
from bot.register import Consent, Register, Stop
from bot.terms import ChannelName

ADVICE = "Look at the test."


class MemoryJournal(Journal):
    """A journal that forgets when the test ends; it keeps the same promises as the real one."""

    def __init__(self) -> None:
        #: By week and folded login.
        self._entries: dict[tuple[str, str], JournalEntry] = {}
        self._deliveries: dict[tuple[str, str, ChannelName], Delivery] = {}
        #: How often the lease was held.
        self.n_leases = 0
        self._is_leased = False

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
        other = MemoryJournal()
        other._entries = entries
        for digest, channel in prepared:
            other._add(week, digest, channel)
        self._entries = other._entries
        self._remove(())

    def _add(self, week: str, digest: Digest, channel: ChannelName) -> None:
        if digest.week != week:
            raise ValueError(f"the digest of {digest.student} is of {digest.week}")
        if _key(week, digest.student) in self._entries:
            raise JournalError(f"{digest.student} has a digest for {week} already.", ADVICE)
        _refuse_broken_promises(digest, self._entries)
        entry = JournalEntry(digest, channel, DigestState.PREPARED)
        self._entries[_key(week, digest.student)] = entry

    def record_past(self, past: Sequence[PastDigest]) -> None:
        if self._entries:
            raise JournalError("The journal holds digests already.", ADVICE)
        other = MemoryJournal()
        for one in past:
            other._add(one.digest.week, one.digest, one.channel)
            for receipt in one.receipts:
                other.record_receipt(receipt)
            if not one.receipts:
                other.record_intent(one.digest.week, one.digest.student, one.channel, one.at)
        self._entries, self._deliveries = other._entries, other._deliveries

    def replace_digest(self, digest: Digest, channel: ChannelName | None = None) -> None:
        key = _key(digest.week, digest.student)
        entry = self._entries.get(key)
        if entry is None or entry.state is DigestState.DELIVERED:
            raise JournalError(f"{digest.student} has no prepared digest.", ADVICE)
        others = {other: found for other, found in self._entries.items() if other != key}
        _refuse_broken_promises(digest, others)
        self._entries[key] = replace(entry, digest=digest, channel=channel or entry.channel)

    def entry(self, week: str, login: str) -> JournalEntry | None:
        return self._entries.get(_key(week, login))

    def entries(self, week: str) -> tuple[JournalEntry, ...]:
        return tuple(entry for key, entry in sorted(self._entries.items()) if key[0] == week)

    def sent_since(self, week: str) -> tuple[Sent, ...]:
        return tuple(
            Sent(entry.digest, entry.delivered_at)
            for key, entry in sorted(self._entries.items())
            if key[0] >= week and entry.delivered_at
        )

    def in_doubt(self) -> tuple[JournalEntry, ...]:
        return tuple(
            replace(self._entries[week, login], channel=channel)
            for (week, login, channel), one in sorted(self._deliveries.items())
            if one.is_in_doubt and self._entries[week, login].state is DigestState.PREPARED
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

    def places(self, login: str | None = None) -> tuple[str, ...]:
        return tuple(
            one.receipt.place
            for (_, owner, _), one in sorted(self._deliveries.items())
            if one.receipt and (login is None or login.casefold() == owner)
        )

    def forget(self, login: str) -> int:
        keys = {key for key in self._entries if key[1] == login.casefold()}
        self._remove(keys)
        self._entries = {
            key: replace(one, digest=without_person(one.digest, login))
            for key, one in self._entries.items()
        }
        return len(keys)

    def forget_before(self, week: str) -> None:
        self._remove({key for key in self._entries if key[0] < week})

    @contextmanager
    def lease(self) -> Iterator[None]:
        if self._is_leased:
            raise JournalError("Another run is at work on this journal.", ADVICE)
        self._is_leased, self.n_leases = True, self.n_leases + 1
        try:
            yield
        finally:
            self._is_leased = False

    def delivery(self, week: str, login: str, channel: ChannelName) -> Delivery | None:
        known = self._deliveries.get((*_key(week, login), channel))
        if known is None or known.receipt is None:
            return known
        return replace(known, receipt=replace(known.receipt, login=login))

    def record_intent(
        self, week: str, login: str, channel: ChannelName, at: datetime, target: str = ""
    ) -> None:
        _refuse_naive(at)
        self._require_digest(week, login)
        key = (*_key(week, login), channel)
        known = self._deliveries.get(key)
        if known is None or known.setback is not None:
            known = known or Delivery()
            self._deliveries[key] = replace(
                known, setback=None, target=target, tried_at=at.astimezone(UTC)
            )

    def record_setback(self, week: str, login: str, channel: ChannelName, setback: Setback) -> None:
        key = (*_key(week, login), channel)
        known = self._deliveries.get(key)
        if known is None:
            raise JournalError(f"No delivery of {login} was tried.", ADVICE)
        n_deferrals = known.n_deferrals + (setback is Setback.DEFERRED)
        if known.receipt is None:
            self._deliveries[key] = replace(known, setback=setback, n_deferrals=n_deferrals)

    def release(self, week: str, login: str, channel: ChannelName) -> None:
        key = (*_key(week, login), channel)
        known = self._deliveries.get(key)
        if known is not None and known.receipt is None:
            self._deliveries[key] = replace(known, setback=Setback.UNSENT, n_deferrals=0)

    def record_receipt(self, receipt: Receipt) -> None:
        _refuse_naive(receipt.delivered_at)
        entry = self._require_digest(receipt.week, receipt.login)
        place = _key(receipt.week, receipt.login)
        key = *place, receipt.channel
        known = self._deliveries.get(key, Delivery())
        in_utc = replace(receipt, login=place[1], delivered_at=receipt.delivered_at.astimezone(UTC))
        self._deliveries[key] = replace(known, receipt=known.receipt or in_utc, setback=None)
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
        return is_current or is_out or self._is_in_doubt(key)

    def _is_in_doubt(self, key: tuple[str, str]) -> bool:
        return any(one.is_in_doubt for other, one in self._deliveries.items() if other[:2] == key)

    def _remove(self, keys: Collection[tuple[str, str]]) -> None:
        self._entries = {key: one for key, one in self._entries.items() if key not in keys}
        self._deliveries = {
            key: one for key, one in self._deliveries.items() if key[:2] in self._entries
        }


class MemoryRegister(Register):
    """A register that forgets when the test ends."""

    def __init__(self) -> None:
        self._stops: dict[str, Stop] = {}
        self._consents: dict[tuple[str, str], Consent] = {}
        self._codes: dict[str, str] = {}
        self._levels: dict[str, StatedLevel] = {}
        self._posters: set[str] = set()

    def stop_of(self, login: str) -> Stop | None:
        stop = self._stops.get(login.casefold())
        return stop and replace(stop, login=login)

    def record_stop(self, stop: Stop) -> None:
        _refuse_naive(stop.at)
        self._stops[stop.login.casefold()] = replace(stop, at=stop.at.astimezone(UTC))

    def lift_stop(self, login: str) -> None:
        self._stops.pop(login.casefold(), None)

    def consent(self, login: str, address: str) -> Consent | None:
        known = self._consents.get((login.casefold(), address))
        return known and replace(known, login=login)

    def record_consent(self, consent: Consent) -> None:
        self._consents[consent.login.casefold(), consent.address] = consent

    def code_given(self, login: str) -> str | None:
        return self._codes.get(login.casefold())

    def record_code(self, login: str, code: str) -> None:
        self._codes[login.casefold()] = code

    def stated_level(self, login: str) -> StatedLevel | None:
        known = self._levels.get(login.casefold())
        return known and replace(known, login=login)

    def record_stated_level(self, stated: StatedLevel) -> None:
        _refuse_naive(stated.since)
        in_utc = replace(stated, since=stated.since.astimezone(UTC))
        self._levels[stated.login.casefold()] = in_utc

    def posters(self) -> frozenset[str]:
        return frozenset(self._posters)

    def record_poster(self, login: str) -> None:
        self._posters.add(login.casefold())

    def forget(self, login: str) -> int:
        folded, before = login.casefold(), self._size()
        for told in (self._stops, self._codes, self._levels):
            told.pop(folded, None)
        self._consents = {key: one for key, one in self._consents.items() if key[0] != folded}
        return before - self._size()

    def _size(self) -> int:
        return sum(map(len, (self._stops, self._codes, self._levels, self._consents)))


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
