"""The checkout that a command runs in: what changed between two commits, and a file of one.

Comes in: full names of commits. Goes out: paths and bytes. Nothing is fetched: a workflow checks
out with the history (`fetch-depth: 0`).
"""

from pathlib import Path

from bot.adapters.git_command import GitFailed, run_git
from bot.errors import ConfigurationError


class GitCheckout:
    """The checkout that holds a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prefix(self) -> str:
        """Where the folder lies in its repository; ConfigurationError outside of one."""
        try:
            return run_git(["rev-parse", "--show-prefix"], self._folder).decode().strip("/\n")
        except (GitFailed, NotADirectoryError, FileNotFoundError) as error:
            raise ConfigurationError(
                "The configuration is in no checkout of a repository.",
                "Clone the club's repository, and run it there.",
            ) from error

    def changed(self, base: str, head: str) -> tuple[str, ...]:
        """The paths that `head` changed since it left `base`; a renamed file counts at both."""
        asked = ("diff", "--name-only", "--no-renames", "-z", f"{base}...{head}", "--")
        try:
            told = run_git(asked, self._folder)
        except GitFailed as error:
            raise ConfigurationError(
                "The pull request's commits are not in this checkout.",
                "Check out with the whole history: `fetch-depth: 0`.",
            ) from error
        paths = told.decode("utf-8", errors="replace").split("\0")
        return tuple(path for path in paths if path)

    def file_at(self, commit: str, path: str) -> bytes | None:
        """A file as a commit has it; None where it has none there."""
        try:
            return run_git(["cat-file", "blob", f"{commit}:{path}"], self._folder)
        except GitFailed:
            return None
