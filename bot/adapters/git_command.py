"""Runs git, quietly and without a word of its own in our errors.

Comes in: arguments, and what goes to its input. Goes out: what it printed, or `GitFailed`. Nothing
asks for a password, and a token travels in git's environment only, as a header for one host: never
on a command line, which other users see, nor in a file.
"""

import base64
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import RemoteFailed

#: Longer than this no branch of ours takes; our judgement.
TIMEOUT_S = 180
#: What a surrounding git command, such as a hook, says of its own repository.
_OF_OTHERS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")


class GitFailed(Exception):
    """Git said no: what it printed, for whoever asked to judge; it may hold an address."""

    def __init__(self, code: int, out: bytes, said: bytes) -> None:
        super().__init__(f"git ended with {code}")
        self.code = code
        self.out = out.decode(errors="replace")
        self.said = said.decode(errors="replace")


def run_git(
    arguments: Sequence[str],
    folder: Path,
    given: bytes = b"",
    more: Mapping[str, str] | None = None,
) -> bytes:
    """What git prints; GitFailed where it ends with a code, RemoteFailed where it cannot run.

    `more` is added to the environment.
    """
    # A checkout that belongs to another user, as in a container, is looked at all the same.
    command = ["git", "-c", "safe.directory=*", *arguments]
    environment = {name: text for name, text in os.environ.items() if name not in _OF_OTHERS}
    environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", **(more or {})}
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and every word is ours
            command,
            cwd=folder,
            input=given,
            env=environment,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except FileNotFoundError as error:
        raise RemoteFailed("There is no git on this machine.", "Install git.") from error
    except subprocess.TimeoutExpired as error:
        raise RemoteFailed(
            f"Git did not end within {TIMEOUT_S} seconds.", "Look at the network; run it again."
        ) from error
    if done.returncode:
        raise GitFailed(done.returncode, done.stdout, done.stderr)
    return done.stdout


def header_for(url: str, token: str | None, server_url: str) -> dict[str, str]:
    """Git's environment with the token, for that server alone; empty for any other place.

    https://git-scm.com/docs/git-config#Documentation/git-config.txt-httpextraHeader, and
    https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app for the
    user's name.
    """
    place, server = urlsplit(url), urlsplit(server_url)
    same = (place.scheme, place.hostname, place.port) == (
        server.scheme,
        server.hostname,
        server.port,
    )
    if token is None or place.scheme != "https" or not same:
        return {}
    secret = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    n = int(os.environ.get("GIT_CONFIG_COUNT", "0"))
    return {
        "GIT_CONFIG_COUNT": str(n + 1),
        f"GIT_CONFIG_KEY_{n}": f"http.{place.scheme}://{place.netloc.rpartition('@')[2]}/.extraheader",
        f"GIT_CONFIG_VALUE_{n}": f"AUTHORIZATION: basic {secret}",
    }
