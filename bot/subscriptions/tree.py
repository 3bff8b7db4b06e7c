"""A file's values with their lines, and how a place in it is found and spoken of.

Comes in: the way to a value (keys and numbers). Goes out: a `Spot`. Values are the text that stands
in the file.
"""

import re
import unicodedata
from dataclasses import dataclass

#: Invisible signs that turn, hide or break a line (Unicode TR36: bidirectional controls and kin);
#: the two joiners U+200C and U+200D stay, since Persian and emoji are written with them.
INVISIBLE = re.compile(r"[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; None where nothing stands."""

    text: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and the line on which it begins."""

    items: list["Node"]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values; `lines` are the keys' own."""

    entries: dict[str, "Node"]
    lines: dict[str, int]
    line: int


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's mapping, and the slips (line, text) that did not hinder reading it."""

    root: Mapping
    slips: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file: its line, the dotted name of the key, what stands there."""

    line: int
    name: str
    node: Node
    #: Whether it is an entry of the key's list.
    is_entry: bool

    @property
    def subject(self) -> str:
        """How a sentence names it."""
        return f"{self.quoted} in `{self.name}`" if self.is_entry else f"`{self.name}`"

    @property
    def quoted(self) -> str:
        """How a sentence repeats what stands there."""
        if isinstance(self.node, Scalar):
            return f"`{shown(self.node.text)}`" if self.node.text else "nothing"
        return "a list" if isinstance(self.node, Sequence) else "a mapping"


def locate(root: Mapping, way: tuple[int | str, ...]) -> Spot:
    """The deepest value on the way that stands in the file; parts that name none are passed by."""
    spot = Spot(root.line, "", root, is_entry=False)
    for part in way:
        node = spot.node
        if isinstance(node, Mapping) and part in node.entries:
            key = str(part)
            name = f"{spot.name}.{shown(key)}".lstrip(".")
            spot = Spot(node.lines[key], name, node.entries[key], is_entry=False)
        elif isinstance(node, Sequence) and (entry := _entry(node, part)):
            spot = Spot(entry.line, spot.name, entry, is_entry=True)
    return spot


def _entry(node: Sequence, part: int | str) -> Node | None:
    """A list's entry by its number, or by its text where a list stands for a mapping."""
    if isinstance(part, int):
        return node.items[part] if part < len(node.items) else None
    texts = (item for item in node.items if isinstance(item, Scalar) and (item.text or "") == part)
    return next(texts, None)


def clean(text: str) -> str:
    """The text without what cannot be seen or printed: controls, bidi marks, half characters."""
    seen = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in text)
    return INVISIBLE.sub("", seen)


def shown(text: str) -> str:
    """The text as a message may repeat it: one short line, and never an address."""
    if "@" in text:
        return "this text"
    short = clean(text)
    return short if len(short) <= 40 else f"{short[:39]}…"
