"""Whose posts are ours: a marker counts only in a post by somebody who is believed.

Comes in: the posters that the register kept, those of club.yaml, and a client. Goes out: yes or no.
Kept posters outlive a change of the token, so a hand-over does not post everything again.
"""

from collections.abc import Iterable

from github import Github, GithubException

from bot.adapters.github_client import translate
from bot.errors import LimitReached
from bot.register import Posters

#: Whose name posts bear that a workflow makes with its GITHUB_TOKEN.
ACTIONS_BOT = "github-actions[bot]"
#: Whom GitHub shows where an account is gone, whoever it was.
GHOST = "ghost"


class Trust:
    """Who is believed, for one run."""

    def __init__(self, client: Github, posters: Posters, further: Iterable[str]) -> None:
        self._client = client
        self._register = posters
        self._further = {login.casefold() for login in further}
        self._kept: set[str] | None = None
        self._own_login: str | None = None

    def believes(self, login: str) -> bool:
        """Is this one of ours? The token is asked for its own login only if nothing else tells."""
        folded = login.casefold()
        if folded == GHOST:
            return False
        if folded in self._further or folded == ACTIONS_BOT or folded in self._posters():
            return True
        if self._own_login is None:
            self._own_login = self._ask_own_login().casefold()
        return folded == self._own_login

    def record(self, login: str) -> None:
        """Keep the login that a post of ours bears, unless it is kept already."""
        folded = login.casefold()
        if folded != GHOST and folded not in self._posters():
            self._register.record_poster(login)
            self._posters().add(folded)

    def _posters(self) -> set[str]:
        if self._kept is None:
            self._kept = {login.casefold() for login in self._register.posters()}
        return self._kept

    def _ask_own_login(self) -> str:
        """The token's login; a workflow's or an app's token has none to ask for, and says 403."""
        try:
            return self._client.get_user().login
        except GithubException as error:
            if error.status in {403, 404} and not isinstance(translate(error), LimitReached):
                return ACTIONS_BOT
            raise
