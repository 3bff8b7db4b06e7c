"""Who stands behind a pick, and what comes first with it: the filters of those two sentences.

Comes in: a style. Goes out: filters by name. What is not known is not said.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from bot.community.places import Contact
from bot.digest import Person, Pick
from bot.rendering.links import profile_address, web_address
from bot.rendering.style import Style
from bot.rendering.words import Words, load_words

#: So many people and places are shown with a pick: an introduction, not a directory.
_PLACES_LIMIT = 4
#: What a project may want to be written; anything else is foreign prose and printed as such.
_COMMAND = re.compile(r"[/.][A-Za-z-]{2,20}|take|claim")


def introduction_filters(style: Style) -> Mapping[str, Callable[..., object]]:
    """What the templates say of the people and places around a pick."""
    words = style.words

    def rule(pick: Pick) -> str:
        """The project's own rule for claiming, with the command that it wants."""
        command = pick.command or "/assign"
        shown = style.code(command) if _COMMAND.fullmatch(command) else style.foreign(command)
        return style.fill(words.code(pick.claiming, "claiming"), {"command": shown})

    def comment_in_english(pick: Pick) -> str:
        """The first comment as most projects can read it; nothing where it is in English anyway."""
        english = load_words().code(pick.kind, "comments")
        return "" if english == words.code(pick.kind, "comments") else english

    return {
        "people": partial(_people, style),
        "places": partial(_places, style),
        "rule": rule,
        "comment_in_english": comment_in_english,
        "reachable": reachable,
        "is_met": is_met,
    }


def _people(style: Style, persons: Sequence[Person]) -> str:
    """Who gave how many of the first replies; all were counted over the same newcomers."""
    by_person = style.listed(
        style.say(
            "person",
            n=who.n_answered,
            login=style.link(who.login, profile_address(who.login)),
        )
        for who in persons
    )
    return style.say("people", n=persons[0].n_newcomers, people=by_person)


def _places(style: Style, contacts: Sequence[Contact]) -> str:
    """Links told apart: two chats are named with their hosts."""
    kinds = [contact.kind for contact in contacts]

    def name(contact: Contact) -> str:
        place = style.words.code(contact.kind, "places")
        if kinds.count(contact.kind) == 1:
            return place
        return style.say("place_at", place=place, host=urlsplit(contact.url).hostname)

    return style.listed(style.link(name(contact), contact.url) for contact in contacts)


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
