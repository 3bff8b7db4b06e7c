"""Lessons: what a club has learned of its students until now, one object for a run.

Comes in: answers, progress, verdicts, stated levels. Goes out: a `Leaning` for selection, what a
digest tells of earlier picks and of the level, and when a student was last heard of. Nothing here
is kept: it is worked out anew from what was said and seen, so that it fades.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from bot.digest import EarlierPick
from bot.errors import GitHubError
from bot.feedback.answer import Answer
from bot.feedback.weights import answers_of, less_of, let_go
from bot.ladder import StatedLevel, homes_of, level_of
from bot.leaning import Leaning
from bot.outcomes.progress import Outcome, Progress
from bot.ranking.past import Past
from bot.review.steer import steered
from bot.review.verdict import Verdict
from bot.sayings import Saying
from bot.subscriptions.student import Subscription
from bot.terms import Level

#: What a digest tells of earlier picks, the best first; the rest is no news to the student.
TOLD = (
    Outcome.MERGED,
    Outcome.REVIEWED,
    Outcome.NOT_MERGED,
    Outcome.ASSIGNED,
    Outcome.FREE_AGAIN,
)
#: And of picks that the student had begun with.
TOLD_OF_BEGUN = (Outcome.TAKEN, Outcome.CLOSED, Outcome.GONE)


T = TypeVar("T", Answer, Progress, Verdict)


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that was learned; empty for a club that begins."""

    answers: tuple[Answer, ...] = ()
    progress: tuple[Progress, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    #: By login, folded.
    stated: Mapping[str, StatedLevel] = field(default_factory=dict)
    #: When a student last wrote or reacted, whatever it said, by login, folded.
    signs: Mapping[str, datetime] = field(default_factory=dict)
    #: Weeks of which not every review post was read in this run.
    unheard: frozenset[str] = frozenset()
    _groups: dict[str, dict[str, tuple[Any, ...]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def leaning(self, student: Subscription, now: datetime) -> Leaning:
        """What selection should know of the student."""
        answers = self.answers_by(student.login)
        level = self.level(student)
        return Leaning(
            past=Past(answers_of(answers, now), homes_of(self._merged(student.login))),
            less=less_of(answers, now),
            steered=steered(self.verdicts_on(student.login)),
            let_go=let_go(answers),
            level=None if level is student.level else level,
        )

    def level(self, student: Subscription, until: datetime | None = None) -> Level:
        """The level that counts, or did then: the file's, or what merged work has led to since."""
        stated = self.stated.get(student.login.casefold())
        if stated is None or stated.level is not student.level:
            return student.level
        merged_at = [one.merged_at for one in self._merged(student.login) if one.merged_at]
        return level_of(stated, (at for at in merged_at if until is None or at <= until))

    def level_note(self, student: Subscription, since: datetime | None) -> Saying | None:
        """What the digest says of a level that moved since the last one, or None."""
        level = self.level(student)
        if since is None or level is self.level(student, since):
            return None
        return Saying("level_moved", {"level": level})

    def earlier(self, login: str, since: datetime | None) -> tuple[EarlierPick, ...]:
        """What became of earlier picks since the last digest, in the order of what is told."""
        news = [
            one
            for one in self.progress_of(login)
            if since is not None and one.changed_at is not None and one.changed_at > since
        ]
        order = (*TOLD, *TOLD_OF_BEGUN)
        told = [one for one in news if _is_told(one)]
        told.sort(key=lambda one: (order.index(one.outcome), one.ref))
        return tuple(EarlierPick(one.ref.repository, one.ref.number, one.outcome) for one in told)

    def answers_by(self, login: str) -> tuple[Answer, ...]:
        """What the student said."""
        return self._group("answers", self.answers).get(login.casefold(), ())

    def progress_of(self, login: str) -> tuple[Progress, ...]:
        """What became of the student's picks."""
        return self._group("progress", self.progress).get(login.casefold(), ())

    def verdicts_on(self, login: str) -> tuple[Verdict, ...]:
        """What mentors decided of the student's digests."""
        return self._group("verdicts", self.verdicts).get(login.casefold(), ())

    def last_sign_at(self, login: str) -> datetime | None:
        """When the student was last heard of, under a digest or upstream."""
        said = [self.signs.get(login.casefold()), *(one.at for one in self.answers_by(login))]
        done = [one.last_sign_at for one in self.progress_of(login)]
        return max((at for at in (*said, *done) if at is not None), default=None)

    def _group(self, name: str, some: tuple[T, ...]) -> Mapping[str, tuple[T, ...]]:
        """By login; grouped once, for a run asks of every student several times."""
        if name not in self._groups:
            self._groups[name] = _by_login(some)
        return self._groups[name]

    def _merged(self, login: str) -> Iterator[Progress]:
        return (one for one in self.progress_of(login) if one.merged_at is not None)


NO_LESSONS = Lessons()


@dataclass(frozen=True, slots=True)
class Learned:
    """What a run learned, and what it could not."""

    lessons: Lessons
    notes: tuple[str, ...] = ()
    error: GitHubError | None = None


def _is_told(one: Progress) -> bool:
    has_begun = one.last_sign_at is not None
    return one.outcome in TOLD or (has_begun and one.outcome in TOLD_OF_BEGUN)


def _by_login(some: Iterable[T]) -> dict[str, tuple[T, ...]]:
    """Each one's, in their order, by login, folded."""
    groups: dict[str, list[T]] = {}
    for one in some:
        groups.setdefault(one.login.casefold(), []).append(one)
    return {login: tuple(theirs) for login, theirs in groups.items()}
