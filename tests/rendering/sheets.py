"""Review sheets to look at and to test with."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.digest import DigestReason, MentorNote
from bot.review.sheet import Flag, Section, Sheet, SheetLine, Tally
from bot.review.verdict import ReviewState
from bot.sayings import Saying, as_written
from bot.terms import ChannelName, Effort, Kind, Level
from tests.builders import WEEK, build_pick

SEEN_AT = datetime(2026, 11, 12, 15, 0, tzinfo=UTC)
_HARBOR = build_pick(
    repository="tidepool/harbor",
    number=7,
    title="Name the quays",
    url="https://github.com/tidepool/harbor/issues/7",
    effort=Effort.LONGER,
    kind=Kind.CODE,
    reasons=(
        DigestReason(
            "language", 0.7, Saying("language_learning", {"language": "Rust"}), shown=True
        ),
    ),
)
_SPARE = build_pick(number=30, title="Draw the legend", spare=True)

ADA = Section(
    login="ada-example",
    called="Ada",
    level=Level.FIRST_TIMER,
    channel=ChannelName.ISSUE,
    lines=(
        SheetLine(1, build_pick()),
        SheetLine(2, _HARBOR, flags=(Flag("large"), Flag("crowded_project", 31))),
        SheetLine(3, build_pick(number=13, title="Fix a typo"), is_ticked=False),
        SheetLine(4, _SPARE),
        SheetLine(5, replace(_SPARE, number=31, title="Turn the compass"), is_out=True),
    ),
    tally=Tally(20, 3, 1, 1, SEEN_AT),
    state=ReviewState.APPROVED,
    words=(MentorNote("grace-example", "Ask me about the second one"),),
)
BEN = Section(
    login="ben-example",
    called="ben-example",
    level=Level.INTERMEDIATE,
    channel=ChannelName.EMAIL,
    lines=(),
    flags=(Flag("pull_waits", 1), Flag("silent", 4), Flag("undelivered")),
    notes=(as_written("All 12 issues in Rust were taken"),),
)
SHEET = Sheet(
    week=WEEK,
    mentor="grace-example",
    club="Campus Open Source Club",
    timezone="America/Puerto_Rico",
    sections=(ADA, BEN),
    answer_by=datetime(2026, 11, 23, 5, 15, tzinfo=UTC),
    sends_on_silence=True,
)
