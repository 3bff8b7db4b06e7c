"""Progress, digests that went out and enrolled students for tests: fictional, each changeable."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.cohort.cohort import Records
from bot.cohort.standing import Enrolled
from bot.digest import Sent
from bot.outcomes.progress import Outcome, Progress
from bot.terms import IssueRef, Level
from tests.builders import WEEK, build_digest
from tests.builders_core import build_student

#: A Sunday, in the week that the other builders use.
NOW = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)


def days_ago(n: float) -> datetime:
    return NOW - timedelta(days=n)


def build_progress(
    outcome: Outcome = Outcome.OPEN, number: int = 12, login: str = "ada-example", **changes: Any
) -> Progress:
    """A pick of this week; `repository` may be given, and the moments that a test needs."""
    repository = changes.pop("repository", "lumen-lab/starcharts")
    progress = Progress(
        week=WEEK,
        login=login,
        ref=IssueRef(repository, number),
        node_id=f"I_{repository}_{number}",
        title="Explain the magnitude scale",
        offered_at=days_ago(5),
        outcome=outcome,
    )
    return replace(progress, **changes)


def build_sent(week: str = WEEK, login: str = "ada-example", days: float = 5) -> Sent:
    """A digest that went out so many days ago."""
    return Sent(build_digest(week=week, student=login), days_ago(days))


def build_enrolled(login: str = "ada-example", **changes: Any) -> Enrolled:
    """A student at the file's level; `name` is the subscription's."""
    keys = {"name": changes.pop("name")} if "name" in changes else {}
    return replace(Enrolled(build_student(login, **keys), Level.BEGINNER), **changes)


def build_records(**changes: Any) -> Records:
    """A club of one student."""
    records = Records(
        club="Campus Open Source Club",
        timezone="America/Puerto_Rico",
        now=NOW,
        students=(build_enrolled(),),
    )
    return replace(records, **changes)
