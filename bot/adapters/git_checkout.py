"""The checkout that a command runs in: what changed between two commits, and a file of one.

Comes in: full names of commits. Goes out: paths and bytes. Nothing is fetched: a workflow checks
out with the history (`fetch-depth: 0`).
"""

import os
from pathlib import Path

from bot.adapters.git_command import GitFailed, run_git
from bot.errors import ConfigurationError


class GitCheckout:
    """The checkout that holds a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prefix(self) -> str:
        """Where the folder lies in its repository; ConfigurationError for none, or a link.

        A folder behind a link is another than the one whose name was judged.
        """
        try:
            told = run_git(["rev-parse", "--show-toplevel", "--show-prefix"], self._folder).decode()
        except (GitFailed, NotADirectoryError, FileNotFoundError) as error:
            raise ConfigurationError(
                "The configuration is in no checkout of a repository.",
                "Clone the club's repository, and run it there.",
            ) from error
        top, _, prefix = told.partition("\n")
        whole = Path(os.path.abspath(self._folder))  # noqa: PTH100 - `resolve` would follow links
        ways = (way for way in (*reversed(whole.parents), whole) if way.resolve() == Path(top))
        named = whole.relative_to(next(ways, whole)).as_posix()
        if Path(prefix.strip("/\n")).as_posix() != named:
            raise ConfigurationError(
                f"The configuration's folder `{self._folder.name}` is a link.",
                "Put the folder itself there.",
            )
        return prefix.strip("/\n")

    def changed(self, base: str, head: str) -> tuple[str, ...]:
        """The paths that `head` changed since it left `base`; a renamed file counts at both.

        Where it left in several places, for both merged the same histories, each of them counts:
        what is as it was in one may take back what the other brought.
        """
        try:
            left = run_git(["merge-base", "--all", base, head], self._folder).decode().split()
            told = [
                run_git(
                    ["diff", "--name-only", "--no-renames", "-z", one, head, "--"], self._folder
                )
                for one in left
            ]
        except GitFailed as error:
            raise ConfigurationError(
                "The pull request's commits are not in this checkout.",
                "Check out with the whole history: `fetch-depth: 0`.",
            ) from error
        paths = b"".join(told).decode("utf-8", errors="replace").split("\0")
        return tuple(dict.fromkeys(path for path in paths if path))

    def file_at(self, commit: str, path: str) -> bytes | None:
        """A file as a commit has it; None where it has none there."""
        try:
            return run_git(["cat-file", "blob", f"{commit}:{path}"], self._folder)
        except GitFailed:
            return None
