"""The filters of the templates: what they may do with a letter's facts, in one format.

Comes in: a style. Goes out: filters by name; what is not safe yet is made so when printed.
"""

import textwrap
from collections.abc import Callable, Iterable, Mapping

from bot.digest import EarlierPick, Letter
from bot.rendering.cohort_filters import cohort_filters
from bot.rendering.happenings import event_filters
from bot.rendering.introductions import introduction_filters
from bot.rendering.links import mention, web_address
from bot.rendering.neutral import Safe, neutral
from bot.rendering.sheet_filters import sheet_filters
from bot.rendering.style import Style
from bot.terms import IssueRef

#: RFC 5322 asks for lines of at most 78 columns.
COLUMNS = 78
_ENDS = (".", "!", "?", "…", ":", ")")


def filters_of(style: Style) -> Mapping[str, Callable[..., object]]:
    """All filters of a format."""
    words = style.words
    return {
        "say": style.say,
        "told": words.say,
        "title_line": style.title,
        "begin": begin,
        "clauses": style.clauses,
        "drops": lambda dropped: drops(style, dropped),
        "link": style.link,
        "flow": style.flow,
        "mention": mention,
        "word": words.code,
        "week": words.week,
        "moment": words.moment,
        "hours": words.hours,
        "percent": words.percent,
        **_pick_filters(style),
        **introduction_filters(style),
        **event_filters(style),
        **sheet_filters(style),
        **_address_filters(style),
        **cohort_filters(style),
    }


def drops(style: Style, dropped: Mapping[str, int]) -> str:
    """What was dropped and why; a cause that stands alone needs no number of its own."""
    codes = [code for code, n in dropped.items() if n]
    if len(codes) != 1:
        return style.drops(dropped)
    why = style.words.code(codes[0], "drops")
    return style.say("drop_alone", n=dropped[codes[0]], why=why)


def wrap(text: str, indent: int = 0) -> Safe:
    """A paragraph in lines of at most 78 columns."""
    margin = " " * indent
    lines = textwrap.wrap(
        " ".join(text.split()),
        COLUMNS,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
    return Safe("\n".join(lines))


def _pick_filters(style: Style) -> dict[str, Callable[..., object]]:

    def licence(name: str | None) -> str:
        return style.say("licence", licence=name) if name else style.say("no_licence")

    return {"licence": licence, "sentence": sentence, "is_seen": is_seen}


def _address_filters(style: Style) -> dict[str, Callable[..., object]]:
    words = style.words

    def address(url: str | None, indent: int = 0) -> str:
        clean = web_address(url) if url else None
        return style.safe(" " * indent + clean) if clean else ""

    def file(letter: Letter) -> str:
        return words.pattern("file").format(login=letter.digest.student)

    def file_address(letter: Letter) -> str | None:
        home = letter.club_repository
        return f"https://github.com/{home}/blob/HEAD/{file(letter)}" if home else None

    def form_address(letter: Letter, form: str) -> str | None:
        home = letter.club_repository
        return f"https://github.com/{home}/issues/new?template={form}.yml" if home else None

    def issue(pick: EarlierPick) -> str:
        return str(IssueRef(pick.repository, pick.number))

    def issue_address(pick: EarlierPick) -> str:
        return IssueRef(pick.repository, pick.number).url

    return {
        "address": address,
        "file": file,
        "file_address": file_address,
        "form_address": form_address,
        "issue": issue,
        "issue_address": issue_address,
    }


def is_seen(text: str | None) -> bool:
    """Whether a foreign text has anything that a reader sees."""
    return bool(neutral(text or ""))


def begin(clauses: Iterable[str]) -> list[str]:
    """The clauses, the first with a capital, as a sentence begins."""
    first, *others = [*clauses] or [""]
    return [first[:1].upper() + first[1:], *others]


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends like a sentence."""
    whole = text.strip()
    return whole if not whole or whole.endswith(_ENDS) else whole + "."
