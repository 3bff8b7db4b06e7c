"""YAML as a tree that knows its lines, and only the plain part of YAML that a person needs.

Comes in: a file's text. Goes out: a `Tree` with the line of every key and value, or `Unreadable`.
Values stay the text that stands there, so that `no`, `off`, `2048` and `2026-12-01` mean what was
written; the models make numbers, dates and switches of them. Aliases, anchors, tags and deep
nesting are refused while reading: nothing in a file can grow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from bot.subscriptions.tree import INVISIBLE, Mapping, Node, Scalar, Sequence, Tree, clean, shown

#: As deep as any key of ours stands, with room for one mistake to be told as what it is.
MAX_DEPTH = 6

_EMPTY = "the file is empty; write lines such as `name: Ada`"
_UNSEEN = "the text holds a line break or an invisible sign; write it anew, on one line"
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


class Unreadable(Exception):
    """The text is no YAML, or none that we read: the line, and what is wrong; what to write."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


def read_tree(text: str) -> Tree:
    """The tree of a file that holds one mapping; raises Unreadable for anything else."""
    builder = _Builder(yaml.parse(text, Loader=yaml.SafeLoader))
    try:
        root = builder.document()
    except yaml.reader.ReaderError as error:
        raise Unreadable(*_bad_sign(text, error)) from error
    except yaml.MarkedYAMLError as error:
        raise Unreadable(*_plainly(error)) from error
    except (ValueError, OverflowError) as error:
        # PyYAML makes numbers of escapes and versions without asking how large they are.
        wrong = "an escape or a number is out of range; write plain text"
        raise Unreadable(builder.line, wrong) from error
    if not isinstance(root, Mapping):
        what = "a list" if isinstance(root, Sequence) else "a single value"
        raise Unreadable(root.line, f"the file holds {what}; write lines such as `name: Ada`")
    hidden = (n for n, line in enumerate(text.split("\n"), 1) if INVISIBLE.search(line))
    slips = dict.fromkeys((n, _UNSEEN) for n in hidden) | dict.fromkeys(builder.slips)
    return Tree(root, tuple(slips))


@dataclass(slots=True)
class _Builder:
    """Builds nodes from PyYAML's events; it goes as deep as `MAX_DEPTH` and no deeper."""

    events: Iterator[yaml.Event]
    slips: list[tuple[int, str]] = field(default_factory=list)
    line: int = 1

    def document(self) -> Node:
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise Unreadable(1, _EMPTY)
        root = self._node(self._next(), 0)
        if isinstance(root, Scalar) and root.text is None:
            raise Unreadable(1, _EMPTY)
        self._next()  # the document ends
        if not isinstance(self._next(), yaml.StreamEndEvent):
            wrong = "a second document begins with `---`; keep one document in a file"
            raise Unreadable(self.line, wrong)
        return root

    def _next(self) -> yaml.Event:
        event = next(self.events)
        self.line = event.start_mark.line + 1 if event.start_mark else self.line
        return event

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = self.line
        _refuse(event, line, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(line, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(line, depth)
        assert isinstance(event, yaml.ScalarEvent)
        return self._scalar(event, line)

    def _sequence(self, line: int, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(items, line)

    def _mapping(self, line: int, depth: int) -> Mapping:
        node = Mapping({}, {}, line)
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Scalar):
                raise Unreadable(key.line, "a key is a list or a mapping; write a word before `:`")
            name, value = key.text or "", self._node(self._next(), depth + 1)
            if name in node.entries:
                first = f"`{shown(name)}` stands here again, after line {node.lines[name]}"
                self.slips.append((key.line, f"{first}; keep one of them"))
                continue
            node.entries[name], node.lines[name] = value, key.line
        return node

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        text = event.value.strip()
        if event.implicit[0] and text in _NOTHING:
            return Scalar(None, line)
        if clean(text) != text:
            self.slips.append((line, _UNSEEN))
        return Scalar(clean(text).strip(), line)


def _refuse(event: yaml.Event, line: int, depth: int) -> None:
    """Refuse what can grow or make objects."""
    if isinstance(event, yaml.AliasEvent):
        wrong = f"`*{shown(event.anchor or '')}` stands for other text; write it out, or in quotes"
        raise Unreadable(line, wrong)
    if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        wrong = f"`&{shown(event.anchor)}` is a YAML anchor; write the text alone, or in quotes"
        raise Unreadable(line, wrong)
    if isinstance(event, yaml.CollectionStartEvent | yaml.ScalarEvent) and event.tag is not None:
        raise Unreadable(line, "`!` makes a YAML tag; write the value alone, or in quotes")
    if depth >= MAX_DEPTH:
        raise Unreadable(line, "the nesting is too deep; write it as the example files do")


def _bad_sign(text: str, error: yaml.reader.ReaderError) -> tuple[int, str]:
    line = text.count("\n", 0, error.position) + 1
    return line, f"the sign U+{ord(text[error.position]):04X} cannot stand here; take it out"


#: PyYAML's words, and ours.
_PLAIN_WORDS = (
    (r"'\\t'", "a tab stands here; indent with spaces"),
    (
        r"mapping values are not allowed",
        "a `:` cannot stand here; indent evenly, or put the text in quotes",
    ),
    (r"cannot start any token", "a text begins with a special sign; put the text in quotes"),
    (r"unexpected end of stream|expected ',' or", "a bracket or quote is open; close it"),
    (r"could not find expected ':'", "the line is no `key: value`; write a colon after the key"),
    (r"alias|anchor", "`*` or `&` stands here; write the text out, or in quotes"),
    (r"tag|handle", "`!` makes a YAML tag; write the value alone, or in quotes"),
    (r"escape", "the backslash means nothing here; write it twice, or use single quotes"),
)

#: What PyYAML notices only later than on the line to mend.
_BEGAN_EARLIER = r"unexpected end of stream|expected ',' or|could not find expected ':'"


def _plainly(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    problem, mark = str(error.problem), error.problem_mark
    if error.context_mark and re.search(_BEGAN_EARLIER, problem):
        mark = error.context_mark
    words = (ours for theirs, ours in _PLAIN_WORDS if re.search(theirs, problem))
    otherwise = "the line does not fit what stands before; write `key: value`, indented evenly"
    return (mark.line + 1 if mark else 1), next(words, otherwise)
