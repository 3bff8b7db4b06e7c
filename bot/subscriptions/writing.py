"""Writes a student's file, anew or in the place of an older one; and the club's without a student.

Comes in: keys with plain values, and the file's text so far. Goes out: its text; comments stay.
Whatever somebody wrote becomes a value and nothing else: the library quotes it, and what another
reader of YAML would take for a number, a date or a switch is quoted too.
"""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

#: A new file; the order of keys, and what is said of them.
_NEW = """\
# A student. The file's name is the GitHub login. Asked for by the form; edit it as you like.
languages: []             # that you can work in; or {Rust: learning}
interests: []             # GitHub topics or plain words
level: beginner           # first-timer, beginner or intermediate
kinds: []                 # code, docs, tests, design, translation, triage
hours: 3                  # a week
picks: 5                  # issues in a digest
every: week               # week, 2 weeks or 4 weeks
locale: en                # the digest's language: en or es
channel: issue            # how it travels
avoid: {}                 # never offered: repositories, owners, topics
peers: false              # may clubmates see what I work on?
public: false             # may my digest stand in a public repository?
"""
#: Longer than any line of ours: a list stays on its line.
_WIDTH = 100_000
#: The entries of a key's list stand further in than the key.
_INDENTED = re.compile(r"^[a-z_]+:[^\n]*\n(?:\s*#[^\n]*\n)* +- ", re.MULTILINE)


class NoFile(ValueError):
    """The text so far is no file of a student: nothing in it can be kept."""


def write_student(keys: Mapping[str, object], known: str | None = None) -> str:
    """The file with these keys changed; a key of None is taken out, all others stay as they are.

    NoFile where `known` is no YAML mapping.
    """
    is_new = known is None
    editor, root = _load(_NEW if known is None else known)
    for key in list(root) if is_new else ():
        if keys.get(key) is None:
            del root[key]
    for key, value in keys.items():
        if value is None:
            root.pop(key, None)
        elif is_new or root.get(key) != value:
            root[key] = _value(value)
    return _dump(editor, root)


def without_mentored(text: str, login: str) -> str:
    """The club's file without that login in its mentors' lists: such a student needs a file.

    NoFile where the text is no YAML mapping; the same text where nobody lists the login.
    """
    editor, root = _load(text, _AsWritten)
    mentors = root.get("mentors")
    n_taken = 0
    for mentor in mentors if isinstance(mentors, list) else ():
        found = mentor.get("students") if isinstance(mentor, dict) else None
        listed = found if isinstance(found, list) else []
        for place in reversed(range(len(listed))):
            if str(listed[place]).casefold() == login.casefold():
                del listed[place]
                n_taken += 1
    return _dump(editor, root) if n_taken else text


class _AsWritten(VersionedResolver):
    """Each bare text is a text: a login may look like a number, and nothing is reckoned anew."""

    @property
    def versioned_resolver(self) -> dict[str, Any]:
        return {}


def _load(
    text: str, resolver: type[VersionedResolver] = VersionedResolver
) -> tuple[YAML, CommentedMap]:
    """An editor that writes as the text is written, and what stands there."""
    editor = YAML()
    editor.Resolver = resolver
    editor.width = _WIDTH
    editor.preserve_quotes = True
    if _INDENTED.search(text):
        editor.indent(mapping=2, sequence=4, offset=2)
    try:
        root = editor.load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        # A text that looks like a day of no calendar, or a list in a thousand lists.
        raise NoFile("the file is no YAML that can be kept") from error
    if not isinstance(root, CommentedMap):
        raise NoFile("the file is no mapping")
    return editor, root


def _dump(editor: YAML, root: CommentedMap) -> str:
    text = io.StringIO()
    editor.dump(root, text)
    return text.getvalue()


def _value(value: object) -> object:
    """A value as it is written: lists and mappings in one line, texts as texts."""
    if isinstance(value, Mapping):
        mapping = CommentedMap({_value(key): _value(one) for key, one in value.items()})
        mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, Sequence) and not isinstance(value, str):
        sequence = CommentedSeq([_value(one) for one in value])
        sequence.fa.set_flow_style()
        return sequence
    if isinstance(value, str) and _is_ambiguous(value):
        return DoubleQuotedScalarString(value)
    return value


def _is_ambiguous(text: str) -> bool:
    """Whether another reader of YAML could take the bare text for something else."""
    try:
        return not (yaml.safe_load(f"[{text}]") == [text] and yaml.safe_load(text) == text)
    except (yaml.YAMLError, ValueError, OverflowError):
        return True
