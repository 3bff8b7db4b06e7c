"""A club with two mentors, a review post, and small steps around it; all fictional."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.remarks import Echo, Remark
from bot.review.compose_sheet import Pupil
from bot.review.desk import PostedReview, ReviewTalk
from bot.review.verdict import Line, ReviewPost, Verdict, VerdictKind
from bot.terms import ChannelName, IssueRef, Level
from tests.builders import WEEK, build_digest, build_pick
from tests.builders_core import build_club, build_student

POSTED_AT = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
#: Grace has two students, Linus one of them and everybody's mentor is Mo.
CLUB = build_club(
    review="approve",
    mentors=[
        {"github": "grace-example", "students": ["ada-example", "ben-example"]},
        {"github": "linus-example", "students": ["ben-example", "chiyo-example"]},
        {"github": "mo-example", "students": "all"},
    ],
)
NAMES = {
    "ada-example": "Ada Lovelace",
    "ben-example": "Ben",
    "chiyo-example": None,
    "dan-example": "José",
    "dana-example": "Dana",
}
STUDENTS = {login: build_student(login, name=name) for login, name in NAMES.items()}


def ref(n: int) -> IssueRef:
    return IssueRef("Lumen-Lab/starcharts", n)


def build_review(**changes: Any) -> ReviewPost:
    """Grace's post: three picks and two spares each for Ada and Ben."""
    lines = tuple(
        Line(login, n, ref(first + n), spare=n > 3)
        for login, first in (("ada-example", 100), ("ben-example", 200))
        for n in range(1, 6)
    )
    review = ReviewPost(
        week=WEEK,
        mentor="grace-example",
        repository="campus-club/mentors",
        number=7,
        place="https://github.com/campus-club/mentors/issues/7",
        posted_at=POSTED_AT,
        lines=lines,
    )
    return replace(review, **changes)


REVIEW = build_review()


def remark(body: str, author: str = "grace-example", key: int = 12, hours: float = 1) -> Remark:
    """A comment, `hours` after the post."""
    at = POSTED_AT + timedelta(hours=hours)
    return Remark(key, 7, author, at, at, body)


def verdict(kind: VerdictKind, login: str = "ada-example", **changes: Any) -> Verdict:
    at = POSTED_AT + timedelta(hours=changes.pop("hours", 1))
    made = Verdict(WEEK, login, "grace-example", kind, at, "comment 12")
    return replace(made, **changes)


def talk(
    *remarks: Remark, parts: tuple[str, ...] = (), editors: tuple[str, ...] = ()
) -> ReviewTalk:
    edited_at = POSTED_AT + timedelta(hours=2) if editors else None
    posted = PostedReview(7, REVIEW.place, POSTED_AT, True, parts, editors, edited_at)
    return ReviewTalk(posted, remarks, frozenset())


def told(echo: Echo) -> tuple[str, dict[str, str]]:
    return echo.sentence, dict(echo.values)


def build_pupil(login: str = "ada-example", **changes: Any) -> Pupil:
    """A week of five picks, the last two spares; nothing to look at."""
    digest = build_digest(
        student=login,
        picks=tuple(build_pick(number=n, spare=n > 3) for n in range(1, 6)),
    )
    pupil = Pupil(digest, STUDENTS[login], Level.BEGINNER, ChannelName.ISSUE)
    return replace(pupil, **changes)
