"""Writes digests into a folder: the channel of clubs without posts, and `--out`.

Comes in: a `Message`. Goes out: FOLDER/WEEK/LOGIN.md, .html, .txt and .json. Each file appears
whole or not at all; the JSON comes last, so that its presence means all four.
"""

import os
from pathlib import Path

from bot.delivery import Channel
from bot.errors import DeliveryError
from bot.rendering.message import Message
from bot.terms import ChannelName, Week


class FolderChannel(Channel):
    """A folder as a channel."""

    name = ChannelName.FILE

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, week: str, login: str) -> str | None:
        """The path of the JSON, if the digest was written."""
        path = _path(self._folder, week, login, "json")
        try:
            return str(path) if path.is_file() else None
        except OSError as error:
            raise _failure(week, login, error) from error

    def deliver(self, message: Message) -> str:
        """Write the digest and return the path of its JSON; DeliveryError if that fails."""
        return str(write_message(self._folder, message))


def write_message(folder: Path, message: Message) -> Path:
    """Write all four files, over older ones, and return the JSON's path; DeliveryError."""
    parts = {
        "md": message.markdown,
        "html": message.html,
        "txt": message.text,
        "json": message.json,
    }
    paths = {end: _path(folder, message.week, message.login, end) for end in parts}
    try:
        paths["json"].parent.mkdir(parents=True, exist_ok=True)
        # A new digest over an old one: the old JSON must not vouch for half of the new files.
        paths["json"].unlink(missing_ok=True)
        for end, text in parts.items():
            _write(paths[end], text)
    except OSError as error:
        raise _failure(message.week, message.login, error) from error
    return paths["json"]


def _failure(week: str, login: str, error: OSError) -> DeliveryError:
    reason = error.strerror or type(error).__name__
    return DeliveryError(
        f"The digest of {login} for {week} cannot be written or looked for: {reason}.",
        "Check that the folder can be written to and that the disk has room.",
    )


def _path(folder: Path, week: str, login: str, end: str) -> Path:
    """Names come from files that people write: nothing may lead out of the folder."""
    if not login or not login.replace("-", "").replace("_", "").isalnum():
        raise ValueError(f"{login!r} is no login")
    return folder / str(Week.parse(week)) / f"{login}.{end}"


def _write(path: Path, text: str) -> None:
    """Write beside the place and move there, which is one step for the file system."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
