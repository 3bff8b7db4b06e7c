"""Claims in comments: has somebody said that they are on it, and does it still hold?

Comes in: the newest comments under an issue. Goes out: the login of whoever holds a live claim.
What sentences say is `phrases`' business; here is what follows from who said them, and when.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.harvest.issue import Comment
from bot.screening import phrases

#: Idle claims lapse: projects unassign after 7 to 14 days (kubestellar, gemini-cli, yamada-ui).
CLAIM_HOLDS = timedelta(days=14)

#: Who is meant where nobody is named: a deleted account, or one whose question is out of sight.
SOMEBODY = "somebody"

#: GitHub's words for people who may speak for the project.
_MAINTAINERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


def live_claim(comments: Sequence[Comment], now: datetime) -> str | None:
    """Who holds the oldest live claim by the comments (oldest first), or None.

    A claim ends when its author lets go, a maintainer refuses it or frees the issue, or nothing is
    heard of it for `CLAIM_HOLDS`. What bots say, what is hidden, quoted or code, does not count.
    """
    thread = _Thread()
    for comment in comments:
        if not comment.is_hidden and not (comment.author or "").endswith("[bot]"):
            thread.hear(comment)
    return thread.holder(now)


class _Thread:
    """Who is on it by the comments heard so far, in the order of their claims."""

    def __init__(self) -> None:
        self._heard_at: dict[str, datetime] = {}
        #: Who asked whether it is free and was not answered yet.
        self._asker: str | None = None

    def holder(self, now: datetime) -> str | None:
        """Whose claim is the oldest of those that hold at `now`."""
        return next(iter(self._live(now)), None)

    def hear(self, comment: Comment) -> None:
        """Take in what follows from one comment."""
        author, at = comment.author or SOMEBODY, comment.created_at
        said, is_project = phrases.sentences(comment.body), comment.association in _MAINTAINERS
        if author in self._heard_at and phrases.lets_go(said):
            del self._heard_at[author]
            return
        another = phrases.names_another(said)
        if another is not None:
            self._claim(another or author, at)
            return
        is_ended = is_project and self._end(said, comment)
        if phrases.claims(said, is_offer_enough=not is_project) or author in self._heard_at:
            self._claim(author, at)
        elif is_project and not is_ended:
            self._answer(said, at)
        elif phrases.asks(said):
            self._asker = author

    def _claim(self, login: str, at: datetime) -> None:
        """A claim, or a sign of life; a claim that lapsed has lost its place in the line."""
        if login in self._heard_at and login not in self._live(at):
            del self._heard_at[login]
        self._heard_at[login] = at

    def _end(self, said: tuple[str, ...], comment: Comment) -> bool:
        """A maintainer ends live claims: of those who are named, else all, or refuses the last."""
        live, text = self._live(comment.created_at), comment.body.lower()
        is_freed = phrases.frees(said)
        if not is_freed and not phrases.refuses(said):
            return False
        named = [login for login in live if f"@{login.lower()}" in text]
        for login in named or (live if is_freed else live[-1:]):
            del self._heard_at[login]
        return True

    def _answer(self, said: tuple[str, ...], at: datetime) -> None:
        """A maintainer's word keeps live claims alive, or tells who asked to go ahead."""
        live = self._live(at)
        for login in live:
            self._heard_at[login] = at
        if not live and phrases.grants(said, is_answer=self._asker is not None):
            self._claim(self._asker or SOMEBODY, at)
        self._asker = None

    def _live(self, at: datetime) -> list[str]:
        return [login for login, heard in self._heard_at.items() if at - heard < CLAIM_HOLDS]
