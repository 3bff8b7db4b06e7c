"""Answers, progress, reviews and verdicts for tests: fictional, each field changeable."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.feedback.answer import Answer, AnswerKind
from bot.outcomes.progress import Progress
from bot.review.verdict import Line, ReviewPost, Verdict, VerdictKind
from bot.terms import IssueRef
from tests.builders import WEEK

#: The pick of `tests.builders.build_pick`.
REF = IssueRef("lumen-lab/starcharts", 12)
#: When the digests of WEEK stood in their review posts, and when they were sent.
POSTED_AT = datetime(2026, 11, 21, 5, 30, tzinfo=UTC)
SENT_AT = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)


def build_answer(**changes: Any) -> Answer:
    """Ada said that she would like more of a pick's kind, the day after it came."""
    answer = Answer(
        login="ada-example",
        kind=AnswerKind.MORE,
        at=datetime(2026, 11, 23, 14, 5, tzinfo=UTC),
        source="comment 12",
        ref=REF,
        topics=("astronomy", "charts"),
    )
    return replace(answer, **changes)


def build_progress(**changes: Any) -> Progress:
    """A pick that was delivered to Ada, and of which nothing was heard yet."""
    progress = Progress(
        week=WEEK,
        login="ada-example",
        ref=REF,
        node_id="I_12",
        title="Explain the magnitude scale in the tutorial",
        offered_at=SENT_AT,
    )
    return replace(progress, **changes)


def build_line(**changes: Any) -> Line:
    """The first line of Ada's in a review post."""
    return replace(Line("ada-example", 1, REF, spare=False), **changes)


def build_review(**changes: Any) -> ReviewPost:
    """A review post of Grace's that stands open, with a pick and a spare of Ada's."""
    spare = build_line(n=2, ref=IssueRef("lumen-lab/atlas", 7), spare=True)
    review = ReviewPost(
        week=WEEK,
        mentor="grace-example",
        repository="campus-club/mentors",
        number=7,
        place="https://github.com/campus-club/mentors/issues/7",
        posted_at=POSTED_AT,
        lines=(build_line(), spare),
    )
    return replace(review, **changes)


def build_verdict(**changes: Any) -> Verdict:
    """Grace approved of Ada's digest."""
    verdict = Verdict(
        week=WEEK,
        login="ada-example",
        mentor="grace-example",
        kind=VerdictKind.APPROVE,
        at=datetime(2026, 11, 21, 13, 10, tzinfo=UTC),
        source="comment 71",
    )
    return replace(verdict, **changes)
