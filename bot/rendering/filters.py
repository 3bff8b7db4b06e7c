"""The filters of the templates: what they may do with a letter's facts, in one format.

Comes in: a style. Goes out: filters by name; what is not safe yet is made so when printed.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping

from bot.community.places import Contact
from bot.digest import EarlierPick, Letter, Person, Pick
from bot.rendering.cohort_filters import cohort_filters
from bot.rendering.happenings import event_filters
from bot.rendering.links import mention, profile_address, web_address
from bot.rendering.neutral import Safe, neutral
from bot.rendering.sheet_filters import sheet_filters
from bot.rendering.style import Style
from bot.rendering.words import Words, load_words
from bot.terms import IssueRef

#: RFC 5322 asks for lines of at most 78 columns.
COLUMNS = 78
_ENDS = (".", "!", "?", "…", ":", ")")
#: So many people and places are shown with a pick: an introduction, not a directory.
_PLACES_LIMIT = 4
#: What a project may want to be written; anything else is foreign prose and printed as such.
_COMMAND = re.compile(r"[/.][A-Za-z-]{2,20}|take|claim")


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
    words = style.words

    def licence(name: str | None) -> str:
        return style.say("licence", licence=name) if name else style.say("no_licence")

    def people(persons: Iterable[Person]) -> str:
        return style.clauses(
            style.say(
                "person",
                login=style.link(who.login, profile_address(who.login)),
                why=person_why(who, words),
            )
            for who in persons
        )

    def rule(pick: Pick) -> str:
        """The project's own rule for claiming, with the command that it wants."""
        command = pick.command or "/assign"
        shown = style.code(command) if _COMMAND.fullmatch(command) else style.foreign(command)
        return style.fill(words.code(pick.claiming, "claiming"), {"command": shown})

    def places(contacts: Iterable[Contact]) -> str:
        return style.listed(
            style.link(words.code(contact.kind, "places"), contact.url) for contact in contacts
        )

    def comment_in_english(pick: Pick) -> str:
        """The first comment as most projects can read it; nothing where it is in English anyway."""
        english = load_words().code(pick.kind, "comments")
        return "" if english == words.code(pick.kind, "comments") else english

    return {
        "licence": licence,
        "people": people,
        "rule": rule,
        "comment_in_english": comment_in_english,
        "places": places,
        "reachable": reachable,
        "is_met": is_met,
        "sentence": sentence,
        "is_seen": is_seen,
    }


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


def person_why(person: Person, words: Words) -> str:
    """Why the student would want to meet that person, in a clause."""
    return words.pattern("person_why").format(
        n=words.number(person.n_answered), of=words.number(person.n_newcomers)
    )


def reachable(contacts: Iterable[Contact]) -> list[Contact]:
    """The places to talk that have an address to go to."""
    return [contact for contact in contacts if web_address(contact.url)][:_PLACES_LIMIT]


def is_met(pick: Pick) -> bool:
    """Whether anything is known of the people behind a pick."""
    welcome = pick.welcome
    figures = (welcome.median_reply_hours, welcome.newcomers_merged) if welcome else ()
    return bool(
        pick.people or reachable(pick.channels) or any(figure is not None for figure in figures)
    )


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
