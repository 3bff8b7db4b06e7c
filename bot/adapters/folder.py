"""Writes digests into a folder: the channel of clubs without posts, and `--out`.

Comes in: a `Message`. Goes out: FOLDER/WEEK/LOGIN.md, .html, .txt and .json. Each file appears
whole or not at all; the JSON comes last, so that its presence means all four. Only a delivery
leaves its receipt beside them, .LOGIN.delivered: what `--out` wrote reached nobody. A report's
pages stand in the folder itself.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from bot.delivery import Channel, Found
from bot.errors import DeliveryError
from bot.rendering.marker import parse_marker
from bot.rendering.message import Message
from bot.terms import ChannelName, Week


class FolderChannel(Channel):
    """A folder as a channel."""

    name = ChannelName.FILE
    notes, target = (), ""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, week: str, login: str, *, was_tried: bool) -> Found | None:  # noqa: ARG002
        """The path of the JSON, if the digest was delivered here; only its receipt says so."""
        post = _path(self._folder, week, login, "md")
        try:
            if not _receipt_path(self._folder, week, login).is_file():
                return None
            # Whoever took the files away was sent them all the same.
            marker = parse_marker(post.read_text("utf-8")) if post.is_file() else None
        except OSError as error:
            raise _failure(week, login, error) from error
        return Found(str(_path(self._folder, week, login, "json")), marker.sha if marker else "")

    def deliver(self, message: Message) -> str:
        """Write the digest, then its receipt; the path of its JSON. DeliveryError if that fails."""
        receipt = _receipt_path(self._folder, message.week, message.login)
        try:
            # An old receipt must not vouch for half of a new digest.
            receipt.unlink(missing_ok=True)
            place = write_message(self._folder, message)
            _write(receipt, _receipt(message))
        except OSError as error:
            raise _failure(message.week, message.login, error) from error
        return str(place)


def _receipt(message: Message) -> str:
    """What was delivered, in the format that `sha256sum --check` reads."""
    sums = {end: hashlib.sha256(text.encode()).hexdigest() for end, text in _parts(message).items()}
    return "".join(f"{checksum}  {message.login}.{end}\n" for end, checksum in sums.items())


def _parts(message: Message) -> dict[str, str]:
    """A digest's files by the end of their names, the JSON last."""
    return {
        "md": message.markdown,
        "html": message.html,
        "txt": message.text,
        "json": message.json,
    }


def write_message(folder: Path, message: Message) -> Path:
    """Write all four files, over older ones, and return the JSON's path; DeliveryError."""
    parts = _parts(message)
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


def write_pages(folder: Path, name: str, parts: Mapping[str, str]) -> tuple[Path, ...]:
    """Write FOLDER/NAME with each end of a name, over older ones; DeliveryError."""
    if not name.replace("-", "").replace("_", "").isalnum():
        raise ValueError(f"{name!r} is no name of a page")
    paths = tuple(folder / f"{name}.{end}" for end in parts)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in zip(paths, parts.values(), strict=True):
            _write(path, text)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise DeliveryError(
            f"The page {name} cannot be written: {reason}.",
            "Check that the folder can be written to and that the disk has room.",
            names=(name,),
        ) from error
    return paths


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


def _receipt_path(folder: Path, week: str, login: str) -> Path:
    delivered = _path(folder, week, login, "delivered")
    return delivered.with_name(f".{delivered.name}")


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


def place_in_checkout(folder: Path, name: str) -> str:
    """What a file below the folder is called in the repository whose checkout that lies in."""
    whole = folder.resolve()
    top = next((one for one in (whole, *whole.parents) if (one / ".git").exists()), whole)
    return (whole.relative_to(top) / name).as_posix()
