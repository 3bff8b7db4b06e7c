"""Books of what was learned, in memory; the contract suites hold them to the real ones."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from bot.errors import JournalError
from bot.feedback.answer import Answer, AnswerBook
from bot.outcomes.progress import Progress, ProgressBook
from bot.review.verdict import ReviewBook, ReviewPost, Verdict
from bot.terms import IssueRef
from tests.fakes import ADVICE

T = TypeVar("T")


class MemoryAnswerBook(AnswerBook):
    """Answers that are forgotten when the test ends."""

    def __init__(self) -> None:
        #: By source and position.
        self._answers: dict[tuple[str, int], Answer] = {}
        self._read_until: datetime | None = None

    def answers(self) -> tuple[Answer, ...]:
        by_age = sorted(self._answers.values(), key=lambda one: (one.at, one.source, one.position))
        return tuple(by_age)

    def record_answers(self, source: str, answers: Iterable[Answer]) -> None:
        news = [_kept(one) for one in answers]
        if any(one.source != source for one in news):
            raise ValueError(f"not all are answers of {source}")
        others = {key: one for key, one in self._answers.items() if key[0] != source}
        self._answers = others | _by_place(news, lambda one: (one.source, one.position))

    def read_until(self) -> datetime | None:
        return self._read_until

    def record_read(self, until: datetime) -> None:
        self._read_until = _in_utc(until)

    def forget(self, login: str) -> int:
        return self._keep(lambda one: one.login != login.casefold())

    def forget_before(self, moment: datetime) -> None:
        limit = _in_utc(moment)
        self._keep(lambda one: one.at >= limit)

    def _keep(self, stays: Callable[[Answer], bool]) -> int:
        before = len(self._answers)
        self._answers = {key: one for key, one in self._answers.items() if stays(one)}
        return before - len(self._answers)


class MemoryProgressBook(ProgressBook):
    """Progress that is forgotten when the test ends."""

    def __init__(self) -> None:
        #: By student and name of the issue.
        self._progress: dict[tuple[str, IssueRef], Progress] = {}
        #: The key in `_progress` by student and node.
        self._nodes: dict[tuple[str, str], tuple[str, IssueRef]] = {}
        #: By week.
        self._points: Counter[str] = Counter()

    def progress(self) -> tuple[Progress, ...]:
        known = self._progress.values()
        return tuple(sorted(known, key=lambda one: (one.week, one.login, one.ref.folded)))

    def record_progress(self, news: Iterable[Progress]) -> None:
        for one in [_kept(one) for one in news]:
            self._drop_renamed(one)
            key = (one.login, one.ref.folded)
            self._progress[key] = one
            if one.node_id:
                self._nodes[one.login, one.node_id] = key

    def forget(self, login: str) -> int:
        return self._keep(lambda one: one.login != login.casefold())

    def points(self, week: str) -> int:
        return self._points[week]

    def record_points(self, week: str, points: int) -> None:
        self._points[week] += points

    def forget_before(self, week: str) -> None:
        self._keep(lambda one: one.week >= week)
        self._points = Counter({one: n for one, n in self._points.items() if one >= week})

    def _keep(self, stays: Callable[[Progress], bool]) -> int:
        before = len(self._progress)
        self._progress = {key: one for key, one in self._progress.items() if stays(one)}
        return before - len(self._progress)

    def _drop_renamed(self, one: Progress) -> None:
        """One student and one issue are the same under any name of the issue."""
        key = self._nodes.get((one.login, one.node_id))
        known = self._progress.get(key) if key else None
        if key and known and known.node_id == one.node_id:
            del self._progress[key]


class MemoryReviewBook(ReviewBook):
    """Reviews and verdicts that are forgotten when the test ends."""

    def __init__(self) -> None:
        #: By week and mentor.
        self._reviews: dict[tuple[str, str], ReviewPost] = {}
        #: By week, source and position, with the mentor in whose post it stands.
        self._verdicts: dict[tuple[str, str, int], tuple[str, Verdict]] = {}

    def reviews(self, week: str) -> tuple[ReviewPost, ...]:
        return tuple(one for key, one in sorted(self._reviews.items()) if key[0] == week)

    def open_reviews(self) -> tuple[ReviewPost, ...]:
        return tuple(one for _, one in sorted(self._reviews.items()) if one.is_open)

    def record_review(self, review: ReviewPost) -> None:
        lines = tuple(_kept(line) for line in review.lines)
        _by_place(lines, lambda line: (line.login, line.n))
        kept = replace(_kept(review), repository=review.repository.casefold(), lines=lines)
        self._reviews[kept.week, kept.mentor] = kept

    def verdicts(self, week: str | None = None) -> tuple[Verdict, ...]:
        some = [one for _, one in self._verdicts.values() if week in (None, one.week)]
        return tuple(sorted(some, key=lambda one: (one.at, one.source, one.position, one.week)))

    def record_verdicts(self, week: str, mentor: str, verdicts: Iterable[Verdict]) -> None:
        news = [_kept(one) for one in verdicts]
        if any(one.week != week for one in news):
            raise ValueError(f"not all are verdicts of {week}")
        post, sources = mentor.casefold(), {one.source for one in news}
        placed = _by_place(news, lambda one: (one.week, one.source, one.position))
        others = {
            key: (other, one)
            for key, (other, one) in self._verdicts.items()
            if key[0] != week or (other != post and key[1] not in sources)
        }
        self._verdicts = others | {key: (post, one) for key, one in placed.items()}

    def places(self, login: str) -> tuple[str, ...]:
        folded = login.casefold()
        return tuple(
            one.place
            for _, one in sorted(self._reviews.items())
            if folded in (one.mentor, *(line.login for line in one.lines))
        )

    def forget(self, login: str) -> int:
        folded = login.casefold()
        said = {
            key for key, (_, one) in self._verdicts.items() if folded in (one.login, one.mentor)
        }
        posted = {key for key in self._reviews if key[1] == folded}
        lines = [line for one in self._reviews.values() for line in one.lines]
        # What others decided in their post counts on.
        self._verdicts = {
            key: ("" if post == folded else post, one)
            for key, (post, one) in self._verdicts.items()
            if key not in said
        }
        self._reviews = {
            key: replace(one, lines=tuple(line for line in one.lines if line.login != folded))
            for key, one in self._reviews.items()
            if key not in posted
        }
        return len(said) + len(posted) + sum(line.login == folded for line in lines)

    def forget_before(self, week: str) -> None:
        self._reviews = {key: one for key, one in self._reviews.items() if key[0] >= week}
        self._verdicts = {key: one for key, one in self._verdicts.items() if key[0] >= week}


def _kept(value: T) -> T:
    """As a book gives it back: logins folded, moments in UTC."""
    had: dict[str, Any] = {one.name: getattr(value, one.name) for one in fields(value)}
    folded = {name: had[name].casefold() for name in ("login", "mentor") if name in had}
    moments = {name: _in_utc(one) for name, one in had.items() if isinstance(one, datetime)}
    return replace(value, **folded, **moments)


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(UTC)


def _by_place(values: Iterable[T], place: Callable[[T], Any]) -> dict[Any, T]:
    placed: dict[Any, T] = {}
    for one in values:
        if place(one) in placed:
            raise JournalError(f"Two of {place(one)} were given.", ADVICE)
        placed[place(one)] = one
    return placed
