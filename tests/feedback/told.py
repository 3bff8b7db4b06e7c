"""What a student said and was sent, for tests of the feedback: each field changeable."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.digest import Sent
from bot.feedback.answer import Answer, AnswerKind
from bot.remarks import Remark
from bot.terms import IssueRef
from tests.builders import build_digest, build_pick

#: A Wednesday, 02:30 in UTC, so that it is Tuesday still in Puerto Rico.
AT = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)
SENT_AT = datetime(2026, 11, 16, 12, tzinfo=UTC)

TIDES = IssueRef("lumen-lab/Tides", 7)
KNOTS = IssueRef("anchor-guild/knots", 3)


def days(n: float) -> timedelta:
    return timedelta(days=n)


def weeks(n: float) -> timedelta:
    return timedelta(weeks=n)


def build_remark(body: str, **changes: Any) -> Remark:
    """A comment of Ada's in her thread, two days after the digest."""
    said_at = changes.get("said_at", AT)
    fields: dict[str, Any] = {
        "id": 12,
        "number": 7,
        "author": "ada-example",
        "said_at": said_at,
        "edited_at": said_at,
    }
    return Remark(body=body, **fields | changes)


def build_sent(*refs: IssueRef, at: datetime = SENT_AT, **changes: Any) -> Sent:
    """A digest that went out, with picks of these issues, each with topics of its own."""
    picks = tuple(
        build_pick(repository=ref.repository, number=ref.number, topics=(f"topic-{place}",))
        for place, ref in enumerate(refs, 1)
    )
    return Sent(build_digest(**{"picks": picks} | changes), at)


def build_answer(kind: str, about: str | IssueRef | None = None, **changes: Any) -> Answer:
    """An answer about a pick, a name, or nothing."""
    fields: dict[str, Any] = {"login": "ada-example", "at": AT, "source": "comment 12"}
    if isinstance(about, IssueRef):
        fields["ref"] = about
    elif about is not None:
        fields["name"] = about
    return Answer(kind=AnswerKind(kind), **fields | changes)
