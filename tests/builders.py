"""Letters, digests and picks for tests: fictional people and projects, each field changeable."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.community.places import Contact
from bot.digest import (
    Digest,
    DigestReason,
    Letter,
    Person,
    Pick,
    Welcome,
)
from bot.sayings import Saying
from bot.terms import Claiming, Effort, Kind

WEEK = "2026-W47"
TAKEN_AT = datetime(2026, 11, 22, 5, 23, tzinfo=UTC)
VERIFIED_AT = datetime(2026, 11, 22, 5, 25, 10, tzinfo=UTC)

REASONS = (
    DigestReason("base", -0.4, Saying("base"), shown=False),
    DigestReason(
        "interest",
        0.9,
        Saying("interest", {"interest": "astronomy", "where": ("topic", "title")}),
        shown=True,
    ),
    DigestReason("language", 0.75, Saying("language_known", {"language": "Python"}), shown=True),
    DigestReason("freshness", 0.2, Saying("opened_days", {"n": 4}), shown=False),
)


def build_pick(**changes: Any) -> Pick:
    """A pick of which everything is known."""
    pick = Pick(
        repository="lumen-lab/starcharts",
        number=12,
        title="Explain the magnitude scale in the tutorial",
        url="https://github.com/lumen-lab/starcharts/issues/12",
        description="Star charts for small telescopes",
        language="Python",
        stars=1200,
        licence="MIT",
        labels=("good first issue", "documentation"),
        spare=False,
        log_odds=1.45,
        score=0.81,
        reasons=REASONS,
        verified_at=VERIFIED_AT,
        free=True,
        effort=Effort.EVENING,
        kind=Kind.DOCS,
        people=(Person("mira-example", 4, 6),),
        welcome=Welcome(median_reply_hours=6.0, newcomers_merged=0.4),
        channels=(
            Contact("discussions", "https://github.com/lumen-lab/starcharts/discussions"),
            Contact("chat", "https://chat.example.org/starcharts"),
        ),
        claiming=Claiming.ASK_FIRST,
        ai_policy="Say in the pull request which tool you used.",
        guide="https://github.com/lumen-lab/starcharts/blob/HEAD/CONTRIBUTING.md",
        conduct="https://github.com/lumen-lab/starcharts/blob/HEAD/CODE_OF_CONDUCT.md",
    )
    return replace(pick, **changes)


def build_digest(**changes: Any) -> Digest:
    """A week with one pick."""
    digest = Digest(
        schema=1,
        week=WEEK,
        student="ada-example",
        taken_at=TAKEN_AT,
        complete=True,
        considered=1204,
        dropped={"taken": 311, "farm": 420, "not-a-task": 55},
        points=41,
        picks=(build_pick(),),
    )
    return replace(digest, **changes)


def build_letter(**changes: Any) -> Letter:
    """A letter; `digest` may be changed like every other field."""
    letter = Letter(
        digest=build_digest(),
        greeting="Ada",
        club="Campus Open Source Club",
        club_repository="campus-club/digests",
        timezone="America/Puerto_Rico",
    )
    return replace(letter, **changes)
