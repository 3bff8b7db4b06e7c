"""The filters of a review post's templates: students, lines and flags of a sheet.

Comes in: a style. Goes out: filters by name.
"""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.rendering.links import profile_address
from bot.rendering.neutral import TITLE_LIMIT, neutral
from bot.rendering.style import Style
from bot.review.sheet import Flag, Section, SheetLine
from bot.review.ticks import tick_note

#: So many reasons are told in a line.
_REASONS_LIMIT = 2
#: A name in a list of students.
_NAME_LIMIT = 60


def sheet_filters(style: Style) -> dict[str, Callable[..., object]]:
    """The filters of sheets."""
    words = style.words

    def flag(one: Flag) -> str:
        return style.fill(words.flag(one.sentence, one.n), {"n": one.n})

    def day(at: datetime, zone: str) -> str:
        return words.day(at.astimezone(ZoneInfo(zone)).date())

    return {
        "flag": flag,
        "n_flags": n_flags,
        "day": day,
        "code": style.code,
        **_line_filters(style),
    }


def _line_filters(style: Style) -> dict[str, Callable[..., object]]:
    words = style.words

    def student(section: Section) -> str:
        login = style.link(section.login, profile_address(section.login))
        if section.called.casefold() == section.login.casefold():
            return login
        name = style.foreign(section.called, _NAME_LIMIT, section.login)
        return style.say("review_student", name=name, login=login)

    def short_line(line: SheetLine) -> str:
        pick = line.pick
        return style.say(
            "review_line",
            title=style.link(style.title(pick.title), pick.url),
            repository=pick.repository,
            effort=words.code(pick.effort, "efforts"),
            kind=words.code(pick.kind, "kinds"),
        )

    def box_note(line: SheetLine, login: str) -> str:
        return style.safe(tick_note(login, line.n, line.pick.ref))

    def short_reasons(line: SheetLine) -> list[str]:
        """The first reasons that the student is told, each at most as long as a title."""
        shown = [words.say(one.saying) for one in line.pick.reasons if one.shown]
        return [neutral(text, TITLE_LIMIT) for text in shown[:_REASONS_LIMIT]]

    return {
        "student": student,
        "short_line": short_line,
        "short_reasons": short_reasons,
        "box_note": box_note,
    }


def n_flags(section: Section) -> int:
    """How many things there are to look at, of the student and of picks, ticked or not."""
    lines = (line for line in section.lines if not line.is_out)
    return len(section.flags) + sum(len(line.flags) for line in lines if not line.pick.spare)
