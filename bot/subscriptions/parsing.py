"""One file of the configuration: from bytes to a model, with everything that is wrong in it.

Comes in: a path. Goes out: a `Parsed`, which holds the model or the problems, and knows the lines.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from bot.subscriptions.tree import Mapping, Node, Scalar, Sequence, clean, locate
from bot.subscriptions.wording import MOST_PROBLEMS, in_plain_words
from bot.subscriptions.yamltree import Unreadable, read_tree

#: A person's wishes fit in a hundredth of it.
MAX_BYTES = 64 * 1024

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend, at a place: `path:line: what is wrong; what to write instead`."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{clean(self.path.as_posix())}:{self.line}: {clean(self.text)}"


@dataclass(frozen=True, slots=True)
class Parsed(Generic[M]):
    """A file as far as it could be read: `value` is None where it has problems."""

    path: Path
    value: M | None
    root: Mapping | None
    problems: tuple[Problem, ...]

    def line_of(self, *way: str | int) -> int:
        """The line of a key or an entry, or of the nearest above it that stands in the file."""
        return locate(self.root, way).line if self.root else 1


def parse_file(path: Path, model: type[M], within: Path, **known: str) -> Parsed[M]:
    """Read a file as `model`; `known` are keys that the file's name gives and nobody may write.

    A file that a link leads to outside the folder `within` is not read: its words could be secrets.
    """
    try:
        text = _text(path, within)
    except Unreadable as error:
        return Parsed(path, None, None, (Problem(path, error.line, error.text),))
    return parse_text(path, text, model, **known)


def parse_text(path: Path, text: str, model: type[M], **known: str) -> Parsed[M]:
    """The same for a text that stands, or shall stand, in a file of that path."""
    try:
        tree = read_tree(text)
    except Unreadable as error:
        return Parsed(path, None, None, (Problem(path, error.line, error.text),))
    found = list(tree.slips)
    found += [
        (tree.root.lines[key], f"the file's name is the {key} already; take this line out")
        for key in known
        if key in tree.root.lines
    ]
    value = None
    try:
        value = model.model_validate(_plain(tree.root) | known)
    except ValidationError as error:
        found += in_plain_words(error, tree.root, model)
    problems = tuple(Problem(path, line, text) for line, text in sorted(found)[:MOST_PROBLEMS])
    return Parsed(path, None if problems else value, tree.root, problems)


def _text(path: Path, within: Path) -> str:
    """The file's text; Unreadable where it is no small, readable UTF-8 file in its place."""
    try:
        if not path.resolve().is_relative_to(within.resolve()):
            wrong = "the file is a link out of the configuration; put the file itself here"
            raise Unreadable(1, wrong)
        if not path.is_file():
            raise Unreadable(1, "this is no ordinary file; write a text file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        wrong = "the file cannot be read; look at its permissions"
        raise Unreadable(1, wrong) from error
    if len(content) > MAX_BYTES:
        raise Unreadable(1, "the file is larger than 64 KiB; keep the keys of the example only")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "the text is not UTF-8; save the file as UTF-8") from error


def _plain(node: Mapping) -> dict[str, object]:
    return {key: _plain_value(value) for key, value in node.entries.items()}


def _plain_value(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain_value(item) for item in node.items]
    return _plain(node)
