"""Following: what became of the picks of the last twelve weeks, for few points.

Comes in: digests that went out, what is known, a source of aftermaths, students' own words. Goes
out: the new `Progress`, what it cost, and what is missing, in words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from bot.digest import Sent
from bot.errors import GitHubError, Refused, WorkEnded
from bot.harvest.budget import MAX_OUTAGES, SPENT
from bot.harvest.source import batched_ids
from bot.outcomes.aftermath import (
    N_FOLLOWED,
    N_STAMPED,
    Aftermath,
    OutcomeSource,
    Pull,
    PullReview,
)
from bot.outcomes.due import is_asked, is_followed, is_read_whole, urgency
from bot.outcomes.judge import Seen, Word, hear, judge
from bot.outcomes.progress import Outcome, Progress
from bot.outcomes.sight import own_pulls
from bot.terms import IssueRef

T = TypeVar("T")
#: That so many issues, and most of those asked for, are gone at once is no chance: our judgement.
N_SUSPICIOUS = 5
#: What students said, by login and reference, both folded.
Said = Mapping[tuple[str, IssueRef], Word]
Reviews = Mapping[str, tuple[PullReview, ...]]


@dataclass(frozen=True, slots=True)
class Followed:
    """What was learned of picks; the points are those of this time."""

    #: Those that changed, or were looked at.
    progress: tuple[Progress, ...]
    points: int
    #: How many issues were read whole.
    n_read: int
    #: What is missing, and why; without names.
    notes: tuple[str, ...] = ()
    error: GitHubError | None = None


def new_progress(sent: Iterable[Sent]) -> tuple[Progress, ...]:
    """The progress of what was offered, each as it began; spares were not seen by anybody."""
    return tuple(
        Progress(
            week=one.digest.week,
            login=one.digest.student,
            ref=pick.ref,
            node_id=pick.node_id,
            title=pick.title,
            offered_at=one.delivered_at,
        )
        for one in sent
        for pick in one.digest.offered
    )


def follow(
    known: Sequence[Progress], source: OutcomeSource, said: Said, now: datetime, points: int
) -> Followed:
    """What became of these picks, as far as so many points reach; others stay as they are.

    What students said is taken up in any case. GitHub's errors are told, never raised.
    """
    asking = _Asking(source, points)
    heard = [hear(one, said.get(_key(one)), now) for one in known]
    due = sorted((one for one in heard if is_followed(one, now)), key=urgency)
    looked = _look(due, asking, now)
    news = [_after(one, looked, said.get(_key(one)), now) for one in heard]
    n_left = sum(_is_left(one, looked, now) for one in due)
    return Followed(
        progress=tuple(new for old, new in zip(known, news, strict=True) if new != old),
        points=asking.spent,
        n_read=len(looked.aftermaths),
        notes=(f"What became of {n_left} picks is not known yet. {asking.why}",) if n_left else (),
        error=asking.error,
    )


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was seen, by node id."""

    #: None of what cannot be seen any more; those that were not told are missing.
    aftermaths: Mapping[str, Aftermath | None]
    reviews: Reviews
    #: Pull requests whose reviews were asked for and not told.
    unreviewed: frozenset[str]
    #: Those that did not change since they were read.
    resting: frozenset[str]


class _Asking:
    """Questions within so many points; it ends with them, with a limit, or when GitHub is down."""

    def __init__(self, source: OutcomeSource, points: int) -> None:
        self.source = source
        self._points = points
        self._spent_before = source.spent().points
        self._n_outages = 0
        self._has_ended = False
        self._is_short = False
        self.error: GitHubError | None = None

    @property
    def spent(self) -> int:
        return self.source.spent().points - self._spent_before

    @property
    def why(self) -> str:
        """Why something was not asked, or not answered."""
        if self.error is not None:
            return self.error.message
        return SPENT if self._is_short else "GitHub did not tell of them in full."

    def note_blindness(self) -> None:
        """Most of what was asked for is gone: that is no chance, so nothing is settled by it."""
        self.error = self.error or Refused(
            "GitHub shows hardly any of the issues that digests offered.",
            "Run `foothold check`: the token may have lost its sight of other repositories.",
        )

    def ask(
        self,
        ids: Iterable[str],
        size: int,
        question: Callable[[Sequence[str]], Mapping[str, T]],
        kept: int = 0,
    ) -> tuple[dict[str, T], set[str]]:
        """What was told, by id, and which ids were answered; behind the first question of all so
        many points are `kept`."""
        told: dict[str, T] = {}
        answered: set[str] = set()
        for some in batched_ids(ids, size):
            is_short = self.spent + (kept if self.spent else 0) >= self._points
            self._is_short |= is_short
            if self._has_ended or is_short:
                break
            try:
                told.update(question(some))
                answered.update(some)
                self._n_outages = 0
            except GitHubError as error:
                self._note(error)
        return told, answered

    def _note(self, error: GitHubError) -> None:
        self._n_outages += 1
        if self.error is None or isinstance(error, WorkEnded):
            self.error = error
        self._has_ended = isinstance(error, WorkEnded) or self._n_outages == MAX_OUTAGES


def _look(due: Sequence[Progress], asking: _Asking, now: datetime) -> _Looked:
    """Read what is to be read whole; of the rest, what says that it changed."""
    whole = _ids(one for one in due if is_read_whole(one, now))
    rest = [one for one in due if one.node_id not in whole]
    aftermaths, reviews, untold = _read_whole(whole, due, asking)
    to_ask = _ids(one for one in rest if is_asked(one, now))
    stamps, stamped = asking.ask(to_ask, N_STAMPED, asking.source.read_stamps)
    moved = _ids(
        one for one in rest if one.node_id in stamped and stamps.get(one.node_id) != one.updated_at
    )
    more_aftermaths, more_reviews, more_untold = _read_whole(moved, due, asking)
    return _Looked(
        aftermaths={**aftermaths, **more_aftermaths},
        reviews={**reviews, **more_reviews},
        unreviewed=untold | more_untold,
        resting=frozenset(stamped - set(moved)),
    )


def _read_whole(
    ids: Mapping[str, None], due: Sequence[Progress], asking: _Asking
) -> tuple[Mapping[str, Aftermath | None], Reviews, frozenset[str]]:
    """Aftermaths, the reviews of students' own pull requests, and which of these are not told."""
    # A point is kept for reviews: without them an aftermath tells less.
    aftermaths, _ = asking.ask(ids, N_FOLLOWED, asking.source.read_aftermaths, kept=1)
    if _is_blind(aftermaths.values()):
        asking.note_blindness()
        aftermaths = {one: told for one, told in aftermaths.items() if told is not None}
    pulls = {
        pull.id: None
        for one in due
        if (aftermath := aftermaths.get(one.node_id)) is not None
        for pull in own_pulls(one, aftermath)
        if _is_news(pull, one)
    }
    reviews, _ = asking.ask(pulls, N_FOLLOWED, asking.source.read_reviews)
    return aftermaths, reviews, frozenset(pulls.keys() - reviews.keys())


def _is_blind(told: Collection[Aftermath | None]) -> bool:
    """Is so much gone at once that the token, not the issues, must have lost something?"""
    n_gone = sum(one is None for one in told)
    return n_gone >= N_SUSPICIOUS and 2 * n_gone > len(told)


def _is_news(pull: Pull, pick: Progress) -> bool:
    """Is it open and not known to be reviewed, or did it end since it was looked at?"""
    if pick.outcome is Outcome.REVIEWED and pick.pull_url == pull.url:
        return False
    ended_at = pull.merged_at or pull.closed_at
    return (
        pull.state == "OPEN" or pick.read_at is None or ended_at is None or ended_at >= pick.read_at
    )


def _after(one: Progress, looked: _Looked, said: Word | None, now: datetime) -> Progress:
    """The pick after what was seen of it; as it was heard of where nothing was."""
    if not is_followed(one, now):
        return one
    if one.node_id not in looked.aftermaths:
        return replace(one, asked_at=now) if one.node_id in looked.resting else one
    aftermath = looked.aftermaths[one.node_id]
    news = judge(one, Seen(aftermath, looked.reviews, said), now)
    pulls = () if aftermath is None else own_pulls(one, aftermath)
    if looked.unreviewed.isdisjoint(pull.id for pull in pulls):
        return news
    # It was not looked at whole, so the next run asks again, of what ended in between too.
    return replace(news, read_at=one.read_at, asked_at=one.asked_at)


def _is_left(one: Progress, looked: _Looked, now: datetime) -> bool:
    """Was it to be looked at, and was not?"""
    is_wanted = is_read_whole(one, now) or is_asked(one, now)
    return is_wanted and one.node_id not in looked.aftermaths.keys() | looked.resting


def _ids(picks: Iterable[Progress]) -> dict[str, None]:
    """Their issues' ids, each once, in the picks' order."""
    return dict.fromkeys(one.node_id for one in picks)


def _key(one: Progress) -> tuple[str, IssueRef]:
    return one.login.casefold(), one.ref.folded
