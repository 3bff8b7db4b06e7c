"""Sight: one aftermath as it concerns one student.

Comes in: what was known of the student's pick, an `Aftermath`, reviews. Goes out: a `Sight`, which
says what the student did since the offer, and whether somebody else is on it. Logins are the same
in any case.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from bot.harvest.issue import INSIDERS
from bot.outcomes.aftermath import Aftermath, Pull, PullReview
from bot.outcomes.progress import Outcome, Progress
from bot.screening.claims import live_claim

Reviews = Mapping[str, tuple[PullReview, ...]]

_APP = "[bot]"
#: How far a pull request is by its state.
_WAY = {"CLOSED": 0, "OPEN": 1, "MERGED": 2}


def own_pulls(before: Progress, aftermath: Aftermath) -> tuple[Pull, ...]:
    """The student's own pull requests: they close the issue, or mention it from its repository."""
    home, login = aftermath.ref.repository.casefold(), before.login
    return tuple(
        one
        for one in aftermath.pulls
        if _is(one.author, login)
        and one.opened_at >= before.offered_at
        and _is_the_projects(one, home, login)
    )


def _is_the_projects(pull: Pull, home: str, login: str) -> bool:
    """Is it for the project? What is merged into one's own copy of it is no contribution yet."""
    is_own_copy = pull.ref.owner.casefold() == login.casefold() != home.partition("/")[0]
    return pull.ref.repository.casefold() == home or (pull.closes and not is_own_copy)


class Sight:
    """What is seen of a student and an issue; moments are None for what did not happen."""

    def __init__(
        self, before: Progress, aftermath: Aftermath, reviews: Reviews, now: datetime
    ) -> None:
        self._before, self._aftermath, self._now = before, aftermath, now
        self._pulls = own_pulls(before, aftermath)
        self._reviewed = {
            one.id: self._first_review(reviews.get(one.id, ())) for one in self._pulls
        }

    @property
    def is_open(self) -> bool:
        return self._aftermath.is_open

    @property
    def best(self) -> Pull | None:
        """The student's pull request that came furthest; of equals the newest."""
        return max(self._pulls, key=self._way, default=None)

    def reviewed_at(self, pull: Pull) -> datetime | None:
        """When somebody else first reviewed one of the student's pull requests."""
        return self._reviewed[pull.id]

    @property
    def first_comment(self) -> tuple[datetime, str] | None:
        """The student's, and where it is."""
        return min(self._comments(), default=None)

    @property
    def last_comment_at(self) -> datetime | None:
        return max((at for at, _ in self._comments()), default=None)

    def answered_at(self, since: datetime) -> datetime | None:
        """When somebody of the project first spoke after that moment."""
        comments = (one.comment for one in self._aftermath.comments)
        return min(
            (
                one.created_at
                for one in comments
                if one.association in INSIDERS
                and not one.is_hidden
                and self._is_somebody_else(one.author)
                and one.created_at > since
            ),
            default=None,
        )

    @property
    def is_assigned(self) -> bool:
        """Is the student assigned now, and was not before the offer only?

        Who was seen to be assigned is, until their name comes off: a long talk may hide both.
        """
        if self._holds(Outcome.ASSIGNED) and not self._is_released(self._before.login):
            return True
        moments = list(self._assignments())
        is_since = not moments or max(moments) >= self._before.offered_at
        return is_since and any(_is(one, self._before.login) for one in self._aftermath.assigned)

    @property
    def assigned_at(self) -> datetime | None:
        """When the student was first assigned, as far as that is told."""
        since = self._before.offered_at
        moments = (at for at in self._assignments() if at >= since)
        return min(moments, default=self._now if self.is_assigned else None)

    @property
    def is_taken(self) -> bool:
        """Is somebody else on it, or did somebody else do it?

        An assigned student shares it with whoever else is assigned or says that they are on it,
        but not with a pull request that would close it.
        """
        if self.is_done_by_others or any(one.state == "OPEN" for one in self._others_pulls()):
            return True
        is_held = self._is_assigned_to_others or self._is_claimed or self._is_held_out_of_sight
        return not self.is_assigned and is_held

    @property
    def is_done_by_others(self) -> bool:
        """Was somebody else's pull request merged that closes it, since the offer?"""
        since = self._before.offered_at
        merged = (one.merged_at for one in self._others_pulls() if one.merged_at is not None)
        return any(at >= since for at in merged)

    def is_reviewed(self, pull: Pull) -> bool:
        """Is a review told now, or was one told of it before?"""
        before = self._before
        was_reviewed = before.outcome is Outcome.REVIEWED and before.pull_url == pull.url
        return was_reviewed or self._reviewed[pull.id] is not None

    @property
    def _is_assigned_to_others(self) -> bool:
        return any(not _is(one, self._before.login) for one in self._aftermath.assigned)

    @property
    def _is_claimed(self) -> bool:
        """Has somebody else said that they are on it, and does it still hold?"""
        if not self.is_open:
            return False
        holder = live_claim([one.comment for one in self._aftermath.comments], self._now)
        return holder is not None and not _is(holder, self._before.login)

    @property
    def _is_held_out_of_sight(self) -> bool:
        """Was somebody on it, and does none of the newest events tell that they let go?"""
        return self._holds(Outcome.TAKEN) and not self._aftermath.released

    def _holds(self, outcome: Outcome) -> bool:
        """Was it so when it was looked at last, and may its cause be older than what is told?"""
        is_cut = self.is_open and not self._aftermath.is_whole
        return is_cut and self._before.outcome is outcome

    def _is_released(self, login: str) -> bool:
        return any(_is(one, login) for one in self._aftermath.released)

    def _others_pulls(self) -> Iterator[Pull]:
        """Pull requests of others that would close it."""
        login = self._before.login
        return (one for one in self._aftermath.pulls if one.closes and not _is(one.author, login))

    def _comments(self) -> Iterator[tuple[datetime, str]]:
        """The student's comments since the offer: when, and where."""
        since, login = self._before.offered_at, self._before.login
        return (
            (one.comment.created_at, one.url)
            for one in self._aftermath.comments
            if _is(one.comment.author, login) and one.comment.created_at >= since
        )

    def _assignments(self) -> Iterator[datetime]:
        return (at for who, at in self._aftermath.assignments if _is(who, self._before.login))

    def _way(self, pull: Pull) -> tuple[int, bool, datetime]:
        return _WAY.get(pull.state, 0), self.is_reviewed(pull), pull.opened_at

    def _first_review(self, reviews: Iterable[PullReview]) -> datetime | None:
        return min((one.at for one in reviews if self._is_somebody_else(one.author)), default=None)

    def _is_somebody_else(self, author: str | None) -> bool:
        """Somebody who is no app; of an account that is gone nobody knows better."""
        return not _is(author, self._before.login) and not (author or "").endswith(_APP)


def _is(login: str | None, student: str) -> bool:
    return login is not None and login.casefold() == student.casefold()
