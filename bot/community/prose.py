"""What a guide or README says in sentences, apart from what it shows, quotes or tabulates.

Comes in: a text in Markdown, reStructuredText, AsciiDoc or plain. Goes out: its statements in
order, each with the heading and the sentence with a colon that it stands under. Every step looks
at a character a fixed number of times, so hostile texts take no longer than others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: So much of a text is read; of the guides read for this (November 2026) the longest had 60,000.
MAX_TEXT = 100_000
#: In so many lines (the longest had 1,600), and so much of a paragraph and a sentence: what is
#: longer is a log, a licence or an attack.
MAX_LINES, MAX_BLOCK, MAX_STATEMENT = 2_500, 3_000, 500
#: A code block of one line that is no longer may be what one is to write in a comment.
MAX_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence in plain words; inline code stands in single backticks."""

    text: str
    #: The last heading above it.
    heading: str = ""
    #: The sentence that announces it: "To claim an issue:".
    lead: str = ""
    #: Stands in a quotation that is no GitHub alert (`> [!NOTE]`).
    is_quoted: bool = False
    is_row: bool = False


@dataclass(slots=True)
class _Block:
    """A paragraph, an item, a row or a heading while its lines are gathered."""

    lines: list[str]
    is_item: bool = False
    is_quoted: bool = False
    is_row: bool = False
    is_heading: bool = False


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(```|~~~)")
_DIRECTIVE = re.compile(r"\s*\.\. ([a-z-]{1,30})::")
#: Directives whose indented lines are text; those of others are code, pictures or lists of pages.
_SPOKEN = frozenset(
    re.findall(
        r"\S+",
        "note tip hint important warning attention caution seealso admonition topic rubric",
    )
)
_ALERT = re.compile(r"\s*\[!\w{1,12}\]")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_HEADING = re.compile(r"\s{0,3}(?:#{1,6}|={2,6})\s+(.{1,200})")
_RULE = re.compile(r"\s{0,3}(?:={3,}|-{3,}|~{3,}|\^{3,}|\*{3,}|\+{3,})\s*\Z")
_ITEM = re.compile(r"\s*(?:[-*+•]|#\.|\d{1,3}[.)])\s+(?:\[[ xX]\]\s)?")
#: `[name]: address` and `.. _name: address` say nothing.
_TARGET = re.compile(r"\s*(?:\.\. _|\[[^\[\]]{1,200}\]:\s|\.\. [|\[])")

_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\](?:\([^()]{0,500}\)|\[[^\[\]]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]]{1,300})\](?:\([^()]{0,500}\)|\[[^\[\]]{0,200}\])?")
_RST_LINK = re.compile(r"`([^`<>]{1,200}?)\s?<[^<>`]{1,300}>`_{0,2}")
_RST_NAME = re.compile(r":[a-z:]{1,30}:`([^`]{1,200})`|`([^`]{1,200})`_{1,2}(?!\w)")
_CODE = re.compile(r"`{1,3}([^`]{1,200})`{1,3}")
_CODE_TAG = re.compile(r"</?(?:code|kbd|tt)>")
_MARKUP = re.compile(
    r"</?[a-zA-Z!][^<>]{0,300}>|\*{1,3}|(?<![\w`/])_{1,2}(?=\w)|(?<=\w)_{1,2}(?![\w`])"
)
_SHORTCODE = re.compile(r"(?<!\S):[a-z_]{3,30}:(?!\S)")
_MARKED = re.compile(r"[][`*_<]|:[a-z]")
_WORD = re.compile(r"\w")
_SPACES = re.compile(r"\s+")
_END = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)[\"')]?\s+(?=[^\sa-z])")


def read_statements(text: str) -> tuple[Statement, ...]:
    """The statements of a text, without code, HTML comments and link targets."""
    found: list[Statement] = []
    heading = lead = ""
    for block in filter(_is_told, _blocks(_spoken_lines(text[:MAX_TEXT]))):
        told = _sentences(_plain(" ".join(block.lines)[:MAX_BLOCK]))
        if block.is_heading:
            heading, lead = " ".join(told)[:MAX_STATEMENT], ""
            continue
        if not (block.is_item or block.is_row or block.lines[0].startswith("`")):
            lead = ""
        found += (
            Statement(one[:MAX_STATEMENT], heading, lead, block.is_quoted, block.is_row)
            for one in told
        )
        if told and told[-1].endswith(":"):
            lead = told[-1][:MAX_STATEMENT]
    return tuple(found)


def _is_told(block: _Block) -> bool:
    return any(_WORD.search(line) for line in block.lines)


def _plain(text: str) -> str:
    """A paragraph as one line without its markup; inline code keeps single backticks."""
    if not _MARKED.search(text):
        return _SPACES.sub(" ", text).strip()
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _RST_NAME.sub(lambda found: found[1] or found[2], _RST_LINK.sub(r"\1", text))
    text = _MARKUP.sub("", _CODE.sub(r"`\1`", _CODE_TAG.sub("`", text)))
    return _SPACES.sub(" ", _SHORTCODE.sub("", text)).strip()


def _sentences(text: str) -> list[str]:
    return [part for part in _END.split(text) if part.strip(" .-|")]


def _spoken_lines(text: str) -> Iterator[str]:
    """The lines without blocks of code; what a block of one short line shows stays, as `code`."""
    lines = _COMMENT.sub(" ", text).splitlines()[:MAX_LINES]
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        fence, directive = _FENCE.match(line), _DIRECTIVE.match(line)
        if fence:
            start, at = at, _behind_fence(lines, at, fence[1])
            yield from _shown(lines[start : at - 1])
        elif directive:
            yield ""
            if directive[1] not in _SPOKEN:
                at = _behind_indented(lines, at)
        else:
            yield line
            if line.endswith("::"):
                start, at = at, _behind_indented(lines, at)
                yield from _shown(lines[start:at])


def _behind_fence(lines: list[str], at: int, fence: str) -> int:
    while at < len(lines) and not lines[at].lstrip(" \t>").startswith(fence):
        at += 1
    return at + 1


def _behind_indented(lines: list[str], at: int) -> int:
    while at < len(lines) and (not lines[at].strip() or lines[at][0] in " \t"):
        at += 1
    return at


def _shown(lines: list[str]) -> list[str]:
    """A comment to be written is often shown in a block of its own."""
    told = [line.strip(" \t>") for line in lines if line.strip(" \t>")]
    is_short = len(told) == 1 and len(told[0]) <= MAX_SHOWN
    return [f"`{told[0]}`"] if is_short and "`" not in told[0] else [""]


def _blocks(lines: Iterator[str]) -> Iterator[_Block]:
    """Lines put together to paragraphs, items, rows and headings."""
    block, is_alert = _Block([]), False
    for raw in lines:
        quote = _QUOTE.match(raw)
        line = raw[quote.end() :] if quote else raw
        is_alert = bool(quote) and (is_alert or bool(_ALERT.match(line)))
        if _RULE.match(line) and block.lines and not block.is_row:
            block.is_heading = len(block.lines) == 1 and not block.is_item
            yield block
            block = _Block([])
        elif not line.strip() or _ALERT.match(line) or _TARGET.match(line) or _RULE.match(line):
            yield block
            block = _Block([])
        elif _begins(line) or (bool(quote) != block.is_quoted and not is_alert):
            yield block
            block = _begun(line, is_quoted=bool(quote) and not is_alert)
        elif block.is_row or block.is_heading:
            yield block
            block = _Block([line])
        else:
            block.lines.append(line)
    yield block


def _begins(line: str) -> bool:
    return line.lstrip().startswith("|") or bool(_HEADING.match(line) or _ITEM.match(line))


def _begun(line: str, *, is_quoted: bool) -> _Block:
    heading, item = _HEADING.match(line), _ITEM.match(line)
    if heading:
        return _Block([heading[1].strip("#= ")], is_heading=True)
    if item:
        return _Block([line[item.end() :]], is_item=True, is_quoted=is_quoted)
    return _Block([line], is_quoted=is_quoted, is_row=line.lstrip().startswith("|"))
