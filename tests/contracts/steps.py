"""Small steps of a journal's life, for the contract suites."""

from datetime import UTC, datetime

from bot.delivery import Receipt
from bot.digest import Digest
from bot.journal import Journal
from bot.terms import ChannelName
from tests.builders import build_digest, build_pick

W46, W47, W48 = "2026-W46", "2026-W47", "2026-W48"
AT = datetime(2026, 11, 22, 5, 30, 15, 250_000, tzinfo=UTC)
ISSUE = ChannelName.ISSUE


def digest_of(login: str, *picks: str, week: str = W47) -> Digest:
    """A digest with picks written `owner/name#12`, a spare with `?` behind."""
    parts = [(text.rstrip("?").split("#"), text.endswith("?")) for text in picks]
    built = (
        build_pick(repository=name, number=int(number), spare=spare)
        for (name, number), spare in parts
    )
    return build_digest(student=login, week=week, picks=tuple(built))


def record(journal: Journal, *digests: Digest, week: str = W47) -> None:
    journal.record_week(week, [(digest, ISSUE) for digest in digests])


def deliver(journal: Journal, login: str, week: str = W47, at: datetime = AT) -> Receipt:
    receipt = Receipt(week, login, ISSUE, f"https://example.org/{week}/{login}", at)
    journal.record_receipt(receipt)
    return receipt


def offered(journal: Journal) -> list[tuple[str, str, str]]:
    return [(offer.week, offer.login, str(offer.ref)) for offer in journal.offers()]


def receipt_of(journal: Journal, week: str, login: str, channel: ChannelName) -> Receipt | None:
    known = journal.delivery(week, login, channel)
    return known.receipt if known else None
