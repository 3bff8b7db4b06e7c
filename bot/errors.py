"""What can go wrong, in the words of the person who must mend it.

A `BotError` has a message (one sentence of what happened) and an advice (the next thing to do).
Each class owns its exit code; `cli.main` is the one door that prints them.
"""

import re
from collections.abc import Iterable

#: Of several causes the first decides the exit code (README, Commands).
PRECEDENCE = (6, 3, 5, 4, 7)


class BotError(Exception):
    """Something that a person can mend: `message` says what happened, `advice` what to do next."""

    exit_code = 1

    def __init__(self, message: str, advice: str, names: tuple[str, ...] = ()) -> None:
        """`names` are the logins that stand in it."""
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.names = names

    def told_in_public(self, names: Iterable[str] = ()) -> tuple[str, str]:
        """Message and advice without its names and these, for a log that everybody may read."""
        hidden = {*self.names, *names}
        return unnamed(self.message, hidden), unnamed(self.advice, hidden)


class ConfigurationError(BotError):
    """The configuration or the command line cannot be used; `problems` lists every place."""

    exit_code = 2

    def __init__(
        self,
        message: str,
        advice: str,
        problems: tuple[str, ...] = (),
        names: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message, advice, names)
        self.problems = problems


class GitHubError(BotError):
    """GitHub did not give what was asked."""

    exit_code = 3


class WorkEnded(GitHubError):
    """GitHub answers no more in this run: nothing further is asked (decision 0005)."""


class LimitReached(WorkEnded):
    """GitHub's rate limit, or our own budget, ended the work."""


class Refused(WorkEnded):
    """GitHub refused: a token that is missing, wrong, expired or not allowed to."""


class Outage(GitHubError):
    """GitHub did not answer, or not in its own language."""


class TooHeavy(GitHubError):
    """GitHub ran out of time over one request: a smaller one may pass."""


class RemoteError(GitHubError):
    """A git remote did not take or give a branch."""


class RemoteMoved(RemoteError):
    """A branch is not where it was: somebody else pushed in the meantime."""


class RemoteRefused(RemoteError):
    """The remote will not take this from us: a missing right, or a protected branch."""


class RemoteFailed(RemoteError):
    """Git could not be asked: no connection, no such place, no git."""


class ReviewError(BotError):
    """A review could not be posted or read."""

    exit_code = 4


class DeliveryError(BotError):
    """A digest could not be delivered."""

    exit_code = 5


class DeliveryInDoubt(DeliveryError):
    """A digest may or may not have been delivered: look before any second try."""


class DeliveryDeferred(DeliveryError):
    """The other side said "not now": the next run tries again, a few times."""


class DeliveryRefused(DeliveryError):
    """The other side will not take this: it needs another way."""


class AlreadyRefused(DeliveryRefused):
    """The other side refused it before; nobody was asked again."""


class ChannelStopped(DeliveryError):
    """A channel carries nothing more in this run; nothing that was left went out."""


class JournalError(BotError):
    """The state cannot be read or written: without memory nothing is sent."""

    exit_code = 6


class StudentsFailed(BotError):
    """Some students could not be served; the others were."""

    exit_code = 7


def unnamed(text: str, names: Iterable[str]) -> str:
    """The text with SOMEBODY in the place of each of these logins."""
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    if not known:
        return text
    return re.sub(rf"(?<![\w-])(?:{known})(?![\w-])", "SOMEBODY", text, flags=re.IGNORECASE)


def exit_code_of(errors: tuple[BotError, ...]) -> int:
    """The exit code of a run that met these errors; 0 when it met none."""
    codes = {error.exit_code for error in errors}
    return next((code for code in PRECEDENCE if code in codes), min(codes, default=0))
