"""What the sentences of a comment say about who is on an issue.

Comes in: a comment's sentences (see `speech`). Goes out: whether it claims, lets go, frees,
refuses, grants, asks, invites or accepts, in English, Spanish or Portuguese.
"""

import re
from collections.abc import Callable, Iterable

from bot.screening import english, portuguese, spanish
from bot.screening.phrasebook import Pattern, Phrasebook
from bot.screening.speech import clauses, without_opening

MENTION = re.compile(r"(?<![\w/])@([\w-]+)")
LANGUAGES = (english.PHRASES, spanish.PHRASES, portuguese.PHRASES)


def claims(said: Iterable[str], *, is_offer_enough: bool) -> bool:
    """Does the author say, or ask, that they be on it?"""
    return any(_claims(one, is_offer_enough) for one in said)


def _claims(sentence: str, is_offer_enough: bool) -> bool:
    parts, whole = clauses(sentence), without_opening(sentence)
    return any(
        (
            book.commands.search(whole)
            or any(map(book.claims.search, parts))
            or (is_offer_enough and any(map(book.offers.search, parts)))
        )
        and not book.unclaims.search(whole)
        for book in LANGUAGES
    )


def names_another(said: Iterable[str]) -> str | None:
    """Whom it names as being on it; empty for somebody without a name, None for nobody."""
    for sentence in said:
        for book in LANGUAGES:
            found = book.another.search(sentence)
            if (
                found
                and not book.unanother.search(sentence, endpos=found.end())
                and "?" not in sentence
            ):
                return next(filter(None, found.groupdict().values()), "")
    return None


def lets_go(said: Iterable[str]) -> bool:
    """Does somebody who was on it give it back?"""
    return any(
        _unconditionally(book, book.hands_over, one)
        or (_unconditionally(book, book.frees, one) and not book.stays.search(one))
        for one in said
        for book in LANGUAGES
    )


def frees(said: Iterable[str]) -> bool:
    """Does a maintainer say that it is free again?"""
    return any(_unconditionally(book, book.frees, one) for one in said for book in LANGUAGES)


def _unconditionally(book: Phrasebook, freeing: Pattern, sentence: str) -> bool:
    found = freeing.search(sentence)
    return found is not None and not book.conditions.search(sentence, 0, found.start())


def refuses(said: tuple[str, ...]) -> bool:
    """Does a maintainer refuse claims, and not tell the one who claims to go on?"""
    return _any(said, lambda book: book.refuses) and not any(
        book.grants.search(one) or book.answers.search(one) for one in said for book in LANGUAGES
    )


def grants(said: Iterable[str], *, is_answer: bool) -> tuple[str, ...] | None:
    """Whom a maintainer tells, and not everybody, to go ahead: who is named, or None for nobody.

    Those named behind the words ("assigned to @login") come before those in front of them.
    """
    for sentence in said:
        for book in LANGUAGES:
            found = book.grants.search(sentence) or (is_answer and book.answers.search(sentence))
            if found and not book.to_all.search(sentence):
                behind = MENTION.findall(sentence, found.start())
                return tuple(behind or MENTION.findall(sentence))
    return None


def asks(said: Iterable[str]) -> bool:
    """Does it ask whether the issue is free?"""
    return _any(said, lambda book: book.asks)


def invites(said: Iterable[str]) -> bool:
    """Does it ask somebody whether they would be on it?"""
    return _any(said, lambda book: book.invites)


def accepts(said: tuple[str, ...]) -> bool:
    """Does it begin with a yes?"""
    return _any(said[:1], lambda book: book.accepts)


def _any(said: Iterable[str], choose: Callable[[Phrasebook], Pattern]) -> bool:
    return any(choose(book).search(one) for one in said for book in LANGUAGES)
