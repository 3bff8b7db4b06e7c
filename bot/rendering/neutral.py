"""Makes foreign text harmless: titles, names, descriptions that strangers wrote.

Comes in: any text. Goes out: one visible line (`neutral`), the same as Markdown that GitHub makes
nothing of (`markdown`), as a title or a mail's subject (`heading`), or as a line for a log
(`plain_line`).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

#: A title's length, in characters.
TITLE_LIMIT = 120
ELLIPSIS = "…"
#: A cut goes back to a blank that is at most this far away.
_WORD_REACH = 16
#: More combining marks than this on one letter are graffiti; living scripts need three.
_MARKS_LIMIT = 4

_JOINER = "\u200d"
#: Not drawn, yet no format characters (Unicode: Default_Ignorable_Code_Point, and blanks).
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_BREAK = "\u200b"
#: Where GitHub sees a mention, a reference, a commit or an address: U+200B goes behind each match.
#: Its filters read the rendered text, so backslashes do not stop them.
_LIVE = re.compile(
    r"[@＠]"
    r"|#(?=\d|\Z)|GH-(?=\d)"
    r"|:(?=/)|www(?=\.)|github(?=\.com)"
    r"|:(?=[\w+-]+(?::|\Z))"
    r"|[0-9a-f]{6}(?=[0-9a-f])",
    re.IGNORECASE,
)
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: "\\" + mark for mark in "\\`*_[]~|$"}
)
#: What makes a heading, a list, a rule or an underline at the start of a line.
_LINE_START = re.compile(r"^(?:(?=[#+=-])|(\d{1,9})(?=[.)]))")
_COMMAND = re.compile(r":(?=:)|##(?=\[)|%(?=0[ad])", re.IGNORECASE)


class Safe(str):
    """Text that is harmless already in the format being printed."""

    __slots__ = ()


def neutral(text: str, limit: int = TITLE_LIMIT, empty: str = "") -> str:
    """One visible line of at most `limit` characters; `empty` when nothing visible is left.

    Drops control, bidi, zero-width and other format characters, makes each white space a blank,
    and cuts between graphemes. Doing it twice changes nothing.
    """
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        # The most texts by far: nothing is hidden, and each character is a grapheme.
        return _cut(line, limit) or empty
    visible = unicodedata.normalize("NFC", "".join(_visible(text)))
    clusters = _clusters(" ".join(visible.split()))
    return _cut(clusters, limit) or empty


def markdown(text: str, limit: int = TITLE_LIMIT, empty: str = "") -> Safe:
    """Foreign text for a GitHub post: `neutral`, and no mention, link, reference or mark-up."""
    return Safe(escape_markdown(neutral(text, limit, empty)))


def code_span(text: str, limit: int = TITLE_LIMIT) -> Safe:
    """Foreign text as code in a GitHub post, where nothing is live or a reference either."""
    broken = _LIVE.sub(lambda match: match[0] + _BREAK, neutral(text, limit))
    return Safe("`" + broken.replace("`", "'") + "`")


def escape_markdown(line: str) -> str:
    """One line whose rendered text is itself, with U+200B wherever GitHub would link."""
    broken = _LIVE.sub(lambda match: match[0] + _BREAK, line)
    return _LINE_START.sub(r"\1\\", broken.translate(_ESCAPES))


def heading(text: str, limit: int = TITLE_LIMIT) -> str:
    """Foreign text for a title or a mail's subject: `neutral`, and no encoded word (RFC 2047).

    Python decodes such words in a header that is set, line breaks in them included, and some of
    its versions then write what follows as a header of its own (CVE-2024-6923).
    """
    return neutral(neutral(text, limit).replace("=?", "= ?"), limit)


def plain_line(text: str, limit: int = 500) -> str:
    """Foreign text for a log or a terminal: `neutral`, and no Actions command."""
    return _COMMAND.sub(lambda match: match[0] + _BREAK, neutral(text, limit))


def _visible(text: str) -> Iterator[str]:
    previous = ""
    for index, char in enumerate(text):
        if char == _JOINER:
            kept = char if _joins(previous, text[index + 1 : index + 2]) else ""
        else:
            kept = " " if char.isspace() else "" if _is_hidden(char) else char
        previous = kept or previous
        yield kept


def _is_hidden(char: str) -> bool:
    """Whether a character is not drawn, or means nothing outside one machine."""
    if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs"} or char in _INVISIBLE:
        return True
    code = ord(char)
    is_noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    is_hidden_selector = 0x180B <= code <= 0x180F or 0xFE00 <= code <= 0xFE0D or code >= 0xE0000
    return is_noncharacter or is_hidden_selector


def _joins(left: str, right: str) -> bool:
    """Whether a zero-width joiner between these two holds one emoji together."""
    return _is_emoji(left) and right != "\ufe0f" and _is_emoji(right)


def _is_emoji(char: str) -> bool:
    if not char:
        return False
    return char == "\ufe0f" or _is_skin(char) or unicodedata.category(char) == "So"


def _is_skin(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_flag_half(char: str) -> bool:
    return len(char) == 1 and "\U0001f1e6" <= char <= "\U0001f1ff"


def _clusters(text: str) -> list[str]:
    """The graphemes of a line: a letter with its marks, an emoji sequence, a flag."""
    clusters: list[str] = []
    for char in text:
        last = clusters[-1] if clusters else ""
        if last and unicodedata.category(char) in {"Mn", "Mc", "Me"}:
            if _n_marks(last) < _MARKS_LIMIT:
                clusters[-1] += char
        elif last and (
            _JOINER in (char, last[-1])
            or _is_skin(char)
            or (_is_flag_half(last) and _is_flag_half(char))
        ):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _n_marks(cluster: str) -> int:
    """How many marks a cluster ends with."""
    n_marks = 0
    while n_marks < len(cluster) and unicodedata.category(cluster[-1 - n_marks])[0] == "M":
        n_marks += 1
    return n_marks


def _cut(clusters: Sequence[str], limit: int) -> str:
    whole = "".join(clusters)
    if len(whole) <= limit:
        return whole
    head = ""
    for cluster in clusters:
        if len(head) + len(cluster) > limit - len(ELLIPSIS):
            break
        head += cluster
    words, blank, _ = head[-_WORD_REACH:].rpartition(" ")
    if blank:
        head = head[:-_WORD_REACH] + words
    return head.rstrip() + ELLIPSIS
