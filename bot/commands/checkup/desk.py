"""A desk: one repository, asked with each token at hand until one may look.

Comes in: a repository, tokens. Goes out: `Seen`. In a workflow the club's posting token and the
workflow's own have different rights, and neither has all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.adapters.github_actions import GitHubActions
from bot.adapters.github_client import reader
from bot.adapters.github_looking import NOT_KNOWN
from bot.adapters.github_premises import GitHubPremises, ask_token
from bot.doctor.finding import Seen
from bot.doctor.tokens import TokenSeen
from bot.session import Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """A repository, and what it is asked with."""

    repository: str
    api_url: str
    tokens: tuple[str, ...] = field(repr=False)

    def premises(self, question: Callable[[GitHubPremises], Seen[T]]) -> Seen[T]:
        """What its settings say."""
        return self._ask(
            lambda token: question(GitHubPremises(reader(token, self.api_url), self.repository))
        )

    def actions(self, question: Callable[[GitHubActions], Seen[T]]) -> Seen[T]:
        """What its Actions say."""
        return self._ask(
            lambda token: question(GitHubActions(reader(token, self.api_url), self.repository))
        )

    def _ask(self, question: Callable[[str], Seen[T]]) -> Seen[T]:
        seen: Seen[T] = Seen(blind="there is no token to ask with")
        for token in self.tokens:
            seen = question(token)
            if not seen.blind:
                break
        return seen


def desk_of(session: Session, repository: str) -> Desk:
    """The desk of one of the club's repositories."""
    settings = session.settings
    tokens = (settings.github_token, settings.git_token)
    return Desk(repository, settings.api_url, tuple(dict.fromkeys(filter(None, tokens))))


def ask_end(name: str, token: str | None, api_url: str) -> TokenSeen:
    """What GitHub says to a token; GitHubError where nobody could ask."""
    if token is None:
        return TokenSeen(name, is_set=False, is_known=Seen(value=False))
    ends: Seen[datetime] = ask_token(reader(token, api_url))
    if ends.blind == NOT_KNOWN:
        return TokenSeen(name, is_set=True, is_known=Seen(value=False))
    return TokenSeen(name, is_set=True, is_known=Seen(value=True), ends_at=ends.value)
