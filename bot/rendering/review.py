"""A review post: what one mentor is shown of a week, in as many parts as it needs.

Comes in: a `Sheet`. Goes out: a `ReviewMessage`. Nobody is mentioned and nothing links back;
whoever posts it calls the mentor.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.rendering.environment import environment
from bot.rendering.marker import MARKER_LENGTH, make_review_marker
from bot.rendering.neutral import Safe, heading, neutral
from bot.rendering.render import MARKDOWN_LIMIT, TITLE_LIMIT
from bot.rendering.words import load_words
from bot.review.desk import ReviewMessage
from bot.review.sheet import Section, Sheet

#: A name in a title.
_NAME_LIMIT = 60
#: Rows of the table that never part: of the longest names they are half a post.
_N_ROWS = 50


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of the table of students: what its template prints."""

    sections: tuple[Section, ...]
    timezone: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the post: what its template prints."""

    sheet: Sheet
    n: int
    #: Tables and sections, each rendered.
    blocks: tuple[Safe, ...]
    #: The login of a student, for the commands' examples.
    example: str


def render_review(sheet: Sheet) -> ReviewMessage:
    """The post; each part has its marker in the first line, and at most 60,000 characters."""
    return ReviewMessage(
        week=sheet.week,
        mentor=sheet.mentor,
        title=_title(sheet),
        parts=tuple(_marked(part) for part in _parts(sheet)),
    )


def _title(sheet: Sheet) -> str:
    words = load_words(sheet.locale)
    title = words.pattern("review_title").format(
        week=words.week(sheet.week, "week_short"),
        mentor=neutral(sheet.mentor, _NAME_LIMIT),
        club=neutral(sheet.club, _NAME_LIMIT),
    )
    return heading(title, TITLE_LIMIT)


def _parts(sheet: Sheet) -> Iterator[Part]:
    """The parts, each with as many blocks as it can hold."""
    example = next((one.login for one in sheet.sections if one.lines), "ada-example")
    part = Part(sheet, 1, (), example)
    n_left = _room(part)
    for block in _blocks(sheet):
        if part.blocks and len(block) > n_left:
            yield part
            part = Part(sheet, part.n + 1, (), example)
            n_left = _room(part)
        part = Part(sheet, part.n, (*part.blocks, block), example)
        n_left -= len(block) + len("\n\n")
    yield part


def _room(part: Part) -> int:
    return MARKDOWN_LIMIT - MARKER_LENGTH - len(_filled(part))


def _blocks(sheet: Sheet) -> Iterator[Safe]:
    """The table, in pieces, and a section a student."""
    templates = environment("md", sheet.locale)
    table = templates.get_template("review_table.md.j2")
    for begin in range(0, len(sheet.sections), _N_ROWS):
        some = sheet.sections[begin : begin + _N_ROWS]
        rows = Rows(some, sheet.timezone, is_first=begin == 0)
        yield Safe(table.render(rows=rows).strip())
    template = templates.get_template("review_section.md.j2")
    for section in sheet.sections:
        yield Safe(template.render(section=section).strip())


def _marked(part: Part) -> str:
    content, sheet = _filled(part), part.sheet
    return make_review_marker(sheet.week, sheet.mentor, part.n, content) + "\n" + content


def _filled(part: Part) -> str:
    template = environment("md", part.sheet.locale).get_template("review.md.j2")
    return template.render(part=part).strip() + "\n"
