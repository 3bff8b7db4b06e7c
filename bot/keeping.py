"""Keeping: the journal on the branch of the club's repository, where runners forget.

Comes in: a journal, the club, the settings. Goes out: the journal's branch; nobody is asked
anything before it is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.adapters.database import SqlJournal
from bot.adapters.git_remote import GitRemote
from bot.adapters.github_client import reader
from bot.adapters.github_post_trust import Trust
from bot.adapters.github_traces import has_posts, is_private
from bot.adapters.state_branch import Place, StateBranch
from bot.adapters.state_refusals import BRANCH
from bot.adapters.state_seal import Seal
from bot.errors import ConfigurationError, GitHubError, Refused
from bot.settings import Settings
from bot.subscriptions.club import Club

#: A journal for one command, such as the demo's: no git is asked for it.
IN_MEMORY = "sqlite://"
#: What a session knows the branch by.
Branch = StateBranch


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where one command's journal is kept."""

    club: Club
    settings: Settings
    #: A folder of the checkout whose `origin` holds the branch.
    folder: Path
    journal: SqlJournal
    clock: Callable[[], datetime]

    def branch(self) -> Branch:
        """The journal and its branch."""
        return self.journal.branch(Place(self._remote, self._seal, self._is_lost, self.clock))

    def _is_lost(self) -> bool:
        """Do posts of ours stand in the club's repository? No for a club that posts nowhere.

        ConfigurationError without a token, GitHubError where that cannot look: what is lost must
        not be taken for new.
        """
        token, repository = self.settings.github_token, self.club.repository
        if repository is None:
            return False
        if token is None:
            raise ConfigurationError(
                "There is no branch foothold-state, and no token to see whether there was one.",
                "Set GITHUB_TOKEN; or say that nothing was ever sent:"
                " `foothold state pull --force`.",
            )
        client = reader(token, self.settings.api_url)
        trust = Trust(client, self.journal.register(), self.club.posters)
        try:
            return has_posts(client, repository, trust)
        except Refused as error:
            raise Refused(
                f"There is no branch {BRANCH} yet, and whether there was one, the posts in"
                f" {repository} would tell. {error.message}",
                "Set GITHUB_TOKEN to a token that can read issues there (in a workflow the secret"
                " FOOTHOLD_TOKEN). Once `prepare` has run with `live`, the branch is there and"
                " nobody asks again.",
            ) from error

    def _remote(self) -> GitRemote:
        if self.settings.state == IN_MEMORY:
            raise ConfigurationError(
                "A journal in memory is kept nowhere.", "Let FOOTHOLD_STATE name a file."
            )
        given = self.settings.git_token, self.settings.server_url
        return GitRemote.of_checkout(self.folder, *given)

    def _seal(self) -> Seal:
        return Seal(not self._is_private(), self.club.public_key, self.settings.key)

    def _is_private(self) -> bool:
        """Is the branch's own repository closed to the public? What is unknown counts as public."""
        repository = self._remote().repository or self.settings.repository
        token = self.settings.git_token
        if repository is None or token is None:
            return False
        try:
            return is_private(reader(token, self.settings.api_url), repository)
        except GitHubError:
            return False
