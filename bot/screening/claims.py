"""Claims in comments: has somebody said that they are on it, and does it still hold?

Comes in: the newest comments under an issue. Goes out: the login of whoever holds a live claim.
What sentences say is `phrases`' business; here is what follows from who said them, and when.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.harvest.issue import INSIDERS, Comment
from bot.screening import phrases
from bot.screening.speech import sentences

#: Idle claims lapse: projects unassign after 7 to 14 days (kubestellar, gemini-cli, yamada-ui).
CLAIM_HOLDS = timedelta(days=14)

#: Who is meant where nobody is named: a deleted account, or one whose question is out of sight.
SOMEBODY = "somebody"

_APP = "[bot]"


def live_claim(comments: Sequence[Comment], now: datetime) -> str | None:
    """Who holds the oldest live claim by the comments (oldest first), or None.

    A claim ends when its author lets go, a maintainer refuses it, gives the issue to another or
    frees it, a bot says that it unassigned somebody, or nothing is heard of it for `CLAIM_HOLDS`.
    Bots hold no claims; what is hidden, quoted or code does not count.
    """
    thread = _Thread()
    for comment in comments:
        if not comment.is_hidden:
            thread.hear(comment)
    return thread.holder(now)


class _Thread:
    """Who is on it by the comments heard so far, in the order of their claims."""

    def __init__(self) -> None:
        self._heard_at: dict[str, datetime] = {}
        #: Who asked whether it is free and was not answered yet.
        self._asker: str | None = None
        #: Whom a maintainer asked to be on it.
        self._invited: frozenset[str] = frozenset()

    def holder(self, now: datetime) -> str | None:
        """Whose claim is the oldest of those that hold at `now`."""
        return next(iter(self._live(now)), None)

    def hear(self, comment: Comment) -> None:
        """Take in what follows from one comment."""
        said, author = sentences(comment.body), comment.author or SOMEBODY
        if not said:
            return
        if author in self._heard_at and phrases.lets_go(said):
            del self._heard_at[author]
        elif _is_bots_unassigning(said, author):
            self._free(comment)
        elif author.endswith(_APP):
            return
        elif comment.association in INSIDERS:
            self._hear_maintainer(said, comment, author)
        else:
            self._hear_visitor(said, comment.created_at, author)

    def _hear_visitor(self, said: tuple[str, ...], at: datetime, author: str) -> None:
        another = phrases.names_another(said)
        if another is not None:
            self._claim(self._known(another or SOMEBODY), at)
        elif (
            author in self._heard_at
            or phrases.claims(said, is_offer_enough=True)
            or (author.lower() in self._invited and phrases.accepts(said))
        ):
            self._claim(author, at)
        elif phrases.asks(said):
            self._asker = author

    def _hear_maintainer(self, said: tuple[str, ...], comment: Comment, author: str) -> None:
        at, is_ended = comment.created_at, False
        another = phrases.names_another(said)
        if another is not None:
            self._give((another,) if another else (), comment)
            return
        if phrases.frees(said):
            is_ended = self._free(comment)
        elif phrases.refuses(said):
            is_ended = self._refuse(comment)
        if phrases.claims(said, is_offer_enough=False):
            self._give((author,), comment)
        elif author in self._heard_at:
            self._claim(author, at)
        elif not is_ended:
            self._answer(said, comment)

    def _claim(self, login: str, at: datetime) -> None:
        """A claim, or a sign of life; a claim that lapsed has lost its place in the line."""
        if login in self._heard_at and login not in self._live(at):
            del self._heard_at[login]
        self._heard_at[login] = at

    def _give(self, logins: Iterable[str], comment: Comment) -> None:
        """It is theirs and nobody else's; without a name, of whoever was on it, or of somebody."""
        at, mentioned = comment.created_at, _mentioned(comment)
        named = [self._known(login) for login in logins]
        rest = [one for one in self._live(at) if one.lower() not in mentioned]
        self._heard_at = dict.fromkeys(named or rest or [SOMEBODY], at)

    def _free(self, comment: Comment) -> bool:
        """End the claims of those who are named, else all."""
        live, mentioned = self._live(comment.created_at), _mentioned(comment)
        for login in [one for one in live if one.lower() in mentioned] or live:
            del self._heard_at[login]
        return True

    def _refuse(self, comment: Comment) -> bool:
        """End the claims of those who are named, else the newest."""
        live, mentioned = self._live(comment.created_at), _mentioned(comment)
        for login in [one for one in live if one.lower() in mentioned] or live[-1:]:
            del self._heard_at[login]
        return True

    def _answer(self, said: tuple[str, ...], comment: Comment) -> None:
        """A maintainer's word keeps live claims alive, or tells who asked to go ahead."""
        live, at, mentioned = (
            self._live(comment.created_at),
            comment.created_at,
            _mentioned(comment),
        )
        self._heard_at |= dict.fromkeys(live, at)
        granted = phrases.grants(said, is_answer=self._asker is not None or bool(live))
        if granted is not None and (granted or mentioned):
            self._give(granted or mentioned, comment)
        elif granted is not None and not live:
            self._claim(self._asker or SOMEBODY, at)
        elif phrases.invites(said):
            self._invited = mentioned
        self._asker = None

    def _known(self, login: str) -> str:
        """A login as its owner writes it, where they were heard."""
        known = (*self._heard_at, self._asker or "")
        return next((one for one in known if one.lower() == login.lower()), login)

    def _live(self, at: datetime) -> list[str]:
        return [login for login, heard in self._heard_at.items() if at - heard < CLAIM_HOLDS]


def _is_bots_unassigning(said: tuple[str, ...], author: str) -> bool:
    """Does an app, or an account named as one ("helperbot"), say that it unassigned somebody?"""
    is_named_bot = author.lower().removesuffix("]").endswith("bot")
    return is_named_bot and any("unassign" in one for one in said) and phrases.frees(said)


def _mentioned(comment: Comment) -> frozenset[str]:
    return frozenset(login.lower() for login in phrases.MENTION.findall(comment.body))
