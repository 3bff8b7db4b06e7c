"""Branches of a git remote, read and written without a working tree.

Comes in: files, and the branch that they were made from. Goes out: the branch as it is now, or a
`RemoteError`. A push is a compare-and-swap: it counts only if the branch still is where we saw it,
so that two runs never write over one another. Whatever is fetched lies in a scratch repository that
ends with the object.
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.git_command import GitFailed, header_for, run_git
from bot.errors import ConfigurationError, RemoteError, RemoteFailed, RemoteMoved, RemoteRefused
from bot.settings import DEFAULT_SERVER_URL

#: Whose name commits bear, as those of any workflow. Source of the number: the account's page,
#: https://api.github.com/users/github-actions%5Bbot%5D
COMMITTER = "github-actions[bot]"
COMMITTER_EMAIL = "41898282+github-actions[bot]@users.noreply.github.com"

#: What git says when somebody else was faster, in whichever of its places notices it.
_MOVED = re.compile(
    r"stale info|fetch first|non-fast-forward|cannot lock ref|incorrect old value|failed to update",
    re.IGNORECASE,
)
#: What the far side says to a token that may not, or to a branch that nobody may push to.
_NOT_ALLOWED = re.compile(
    r"\b403\b|\b401\b|denied|protected|declined|not permitted|authentication failed|read-only",
    re.IGNORECASE,
)
#: `https://host/owner/name.git`, `ssh://git@host/owner/name`, `git@host:owner/name.git`.
_REPOSITORY = re.compile(
    r"(?:(?:https?|ssh|git)://[^/]+/|[\w.-]+@[\w.-]+:)(?P<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?"
)
_REASON = re.compile(r"\((?P<reason>[\w ,:;'-]{1,80})\)\s*$")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A branch as it was fetched or pushed."""

    #: The full name of its newest commit.
    commit: str
    #: All files by path; empty where only the commit was asked for.
    files: Mapping[str, bytes] = field(default_factory=dict)
    #: When its first commit was made; None where the history was not asked for.
    root_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit is made from, beside its files."""

    #: What is changed, as this same `GitRemote` saw it; None for a branch that does not exist yet.
    parent: Snapshot | None
    message: str
    at: datetime
    #: The commit has no parent, and takes the branch's place: what was is no history of it.
    begins_anew: bool = False
    #: The commit is made on this one instead, of another branch, and takes the branch's place.
    onto: Snapshot | None = None


class GitRemote:
    """The branches at one address."""

    def __init__(
        self, url: str, token: str | None = None, server_url: str = DEFAULT_SERVER_URL
    ) -> None:
        self._url = url
        self._header = header_for(url, token, server_url)
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    def of_checkout(
        cls, folder: Path, token: str | None, server_url: str = DEFAULT_SERVER_URL
    ) -> "GitRemote":
        """The `origin` of the checkout that holds the folder; ConfigurationError without one."""
        try:
            url = run_git(["remote", "get-url", "origin"], folder).decode().strip()
        except (GitFailed, NotADirectoryError) as error:
            raise ConfigurationError(
                "This folder is in no checkout of a repository with an `origin`.",
                "Clone the club's repository, and run it there.",
            ) from error
        return cls(url, token, server_url)

    @property
    def repository(self) -> str | None:
        """Its `owner/name` on a git server; None for a folder.

        https://docs.github.com/en/get-started/git-basics/about-remote-repositories
        """
        found = _REPOSITORY.fullmatch(self._url)
        return found and found["name"]

    def default_branch(self) -> str:
        """The branch that the remote shows first."""
        told = self._ask("ls-remote", "--symref", self._url, "HEAD").decode()
        found = re.search(r"^ref: refs/heads/(\S+)\tHEAD$", told, re.MULTILINE)
        if found is None:
            raise RemoteFailed(
                "The repository does not say which branch is its default.",
                "Push a first commit there.",
            )
        return found[1]

    def tip(self, branch: str) -> str | None:
        """The newest commit's full name; None where there is no such branch."""
        told = self._ask("ls-remote", self._url, f"refs/heads/{branch}").decode()
        return told.split()[0] if told.strip() else None

    def fetch(self, branch: str, *, whole: bool = True) -> Snapshot | None:
        """The branch as it is now; with `whole` all its files and when it began, else its tip only.

        None where there is no such branch.
        """
        if self.tip(branch) is None:
            return None
        depth = () if whole else ("--depth=1",)
        self._ask("fetch", "--quiet", "--no-tags", *depth, self._url, f"+refs/heads/{branch}:seen")
        commit = self._git("rev-parse", "seen").decode().strip()
        if not whole:
            return Snapshot(commit)
        return Snapshot(commit, self._files(commit), self._root_at(commit))

    def push(self, branch: str, changes: Mapping[str, bytes | None], change: Change) -> Snapshot:
        """Change these files of the parent, or of `onto` (None takes one away), in one commit.

        RemoteMoved where the branch is not, or no longer, what `change.parent` says; RemoteRefused
        where it may not be changed; RemoteFailed where nobody could be asked, and then the branch
        may have been changed or not.
        """
        parent = change.parent
        commit = self._commit(changes, change)
        lease = f"--force-with-lease=refs/heads/{branch}:{parent.commit if parent else ''}"
        target = f"{commit}:refs/heads/{branch}"
        try:
            self._git("push", "--porcelain", "--no-verify", lease, self._url, target)
        except GitFailed as error:
            raise self._explained(error, branch) from error
        base = change.onto or parent
        files = {**(base.files if base else {}), **changes}
        kept = {path: data for path, data in files.items() if data is not None}
        root_at = change.at if base is None or change.begins_anew else base.root_at
        return Snapshot(commit, kept, root_at)

    def _commit(self, changes: Mapping[str, bytes | None], change: Change) -> str:
        """The new commit's name, by an index of its own."""
        index = {"GIT_INDEX_FILE": str(self._folder / "index-of-the-commit")}
        parents: tuple[str, ...] = ()
        base = change.onto or change.parent
        if base is None:
            self._git("read-tree", "--empty", more=index)
        else:
            self._git("read-tree", base.commit, more=index)
            parents = () if change.begins_anew else ("-p", base.commit)
        lines = [self._index_line(path, data) for path, data in changes.items()]
        self._git("update-index", "-z", "--index-info", given=b"".join(lines), more=index)
        tree = self._git("write-tree", more=index).decode().strip()
        made_at = f"{int(change.at.timestamp())} +0000"
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (
                ("NAME", COMMITTER),
                ("EMAIL", COMMITTER_EMAIL),
                ("DATE", made_at),
            )
        }
        written = ("commit-tree", tree, *parents, "-F", "-")
        return self._git(*written, given=change.message.encode(), more=who).decode().strip()

    def _index_line(self, path: str, data: bytes | None) -> bytes:
        if data is None:
            return f"0 {'0' * 40}\t{path}\0".encode()
        blob = self._git("hash-object", "-w", "--stdin", given=data).decode().strip()
        return f"100644 {blob}\t{path}\0".encode()

    def _files(self, commit: str) -> dict[str, bytes]:
        """All plain files of a commit; links and submodules are none of ours."""
        # A name may be of any bytes; ours are plain, so one that is not is told as foreign.
        listed = self._git("ls-tree", "-r", "-z", commit).decode(errors="replace")
        names: dict[str, str] = {}
        for line in filter(None, listed.split("\0")):
            kind, _, path = line.partition("\t")
            mode, _, blob = kind.split()
            if mode in {"100644", "100755"}:
                names[path] = blob
        asked = "".join(f"{blob}\n" for blob in names.values()).encode()
        told = self._git("cat-file", "--batch", given=asked)
        return dict(zip(names, _blobs(told), strict=True))

    def _root_at(self, commit: str) -> datetime:
        told = self._git("log", "--max-parents=0", "--format=%ct", commit).decode().split()
        return datetime.fromtimestamp(min(map(int, told)), UTC)

    @property
    def _folder(self) -> Path:
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="foothold-")
            run_git(["init", "--quiet", "--bare"], Path(self._scratch.name))
        return Path(self._scratch.name)

    def _git(
        self, *arguments: str, given: bytes = b"", more: Mapping[str, str] | None = None
    ) -> bytes:
        return run_git(arguments, self._folder, given, {**self._header, **(more or {})})

    def _ask(self, *arguments: str) -> bytes:
        try:
            return self._git(*arguments)
        except GitFailed as error:
            raise self._explained(error, "") from error

    def _explained(self, error: GitFailed, branch: str) -> RemoteError:
        """What went wrong; never with the address, for it may hold a password."""
        refusals = [line for line in error.out.splitlines() if line.startswith("!")]
        told = "\n".join(refusals) or error.said
        if refusals and _MOVED.search(told):
            return RemoteMoved(
                f"Somebody else pushed to the branch {branch} in the meantime.", "Run it again."
            )
        if refusals or _NOT_ALLOWED.search(told):
            return _refused(refusals, branch)
        return RemoteFailed(
            "The repository's git remote cannot be reached.",
            "Look at the network, at the address of `origin`, and at the token; then run it again.",
        )


def _refused(refusals: Sequence[str], branch: str) -> RemoteRefused:
    reason = _REASON.search(refusals[0]) if refusals else None
    said = f": {reason['reason']}" if reason else ""
    what = (
        f"The branch {branch} may not be pushed to" if branch else "The repository cannot be read"
    )
    return RemoteRefused(
        f"{what}{said}.",
        "In a workflow the job needs `contents: write`; elsewhere a token or key that may write "
        "there. A protected branch must let this push pass.",
    )


def _blobs(told: bytes) -> list[bytes]:
    """The contents out of git's batch format: a line `NAME blob SIZE`, the bytes, a line end."""
    blobs, at = [], 0
    while at < len(told):
        end = told.index(b"\n", at)
        size = int(told[at:end].split()[2])
        blobs.append(told[end + 1 : end + 1 + size])
        at = end + size + 2
    return blobs
