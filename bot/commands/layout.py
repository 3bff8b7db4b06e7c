"""The layout of a club's own repository: configuration, workflows, forms.

Comes in: a folder, and the pinned address of the action that the workflows use. Goes out: the files
that were written; what stands there already is never written over.
"""

import json
import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.errors import ConfigurationError
from bot.resources import shipped

#: What stands in the shipped workflows where a club's have the action's address.
UNFILLED = "foothold-owner/foothold@0000000000000000000000000000000000000000"

_PINNED = re.compile(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}")
_PLACE = re.compile(r"(?:https|ssh)://[^/]+/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+?)(?:\.git)?/?")


def write_layout(folder: Path, action: str | None) -> tuple[Path, ...]:
    """Write the layout; ConfigurationError where a file stands in the way, and nothing is written.

    Without an `action` the workflows use the commit that this Foothold was installed from.
    """
    pinned = action or installed_from()
    if pinned is None or not _PINNED.fullmatch(pinned):
        raise ConfigurationError(
            f"`{action}` names no commit of Foothold that the workflows could run."
            if action
            else "Nobody said which commit of Foothold the workflows shall run.",
            "Add --action OWNER/foothold@COMMIT, with the 40 digits of a commit that you trust; "
            "`git rev-parse HEAD` prints a checkout's.",
        )
    files = dict(_files(shipped("templates") / "club", Path()))
    taken = sorted(str(folder / path) for path in files if (folder / path).exists())
    if taken:
        raise ConfigurationError(
            f"These files are there already: {', '.join(taken)}.",
            "Name an empty folder, or move them away; nothing was written.",
        )
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text.replace(UNFILLED, pinned), "utf-8")
    return tuple(sorted(files))


def installed_from() -> str | None:
    """OWNER/NAME@COMMIT where Foothold was installed from a git address; else None.

    https://packaging.python.org/en/latest/specifications/direct-url/
    """
    try:
        told = distribution("foothold").read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    return pin_of(json.loads(told)) if told else None


def pin_of(told: dict[str, object]) -> str | None:
    """The same, of what an installer wrote down."""
    version = told.get("vcs_info")
    place = _PLACE.fullmatch(str(told.get("url")))
    if not isinstance(version, dict) or place is None:
        return None
    return f"{place['owner']}/{place['name']}@{version.get('commit_id')}"


def _files(folder: Traversable, at: Path) -> Iterator[tuple[Path, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, at / entry.name)
        else:
            yield at / entry.name, entry.read_text("utf-8")
