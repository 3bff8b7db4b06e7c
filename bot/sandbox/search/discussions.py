"""What the qualifiers of a search for discussions mean.

Comes in: who searches, and the fields to look for words in (`in:`). Goes out: the dialect, and the
ways to sort. Source: docs.github.com "Searching discussions", and "Sorting search results" for
`sort:`; what is not told of there is refused. That a category without answers is neither answered
nor unanswered is an assumption: the page does not say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from bot.sandbox.discussions import Discussion
from bot.sandbox.references import find_mentions
from bot.sandbox.search.grammar import SearchError
from bot.sandbox.search.ranges import parse_numbers, parse_times
from bot.sandbox.search.terms import Dialect, Test, choose

Make = Callable[[str], Test[Discussion]]
FIELDS = frozenset({"title", "body", "comments"})

IS: Mapping[str, Test[Discussion]] = {
    "discussion": lambda _: True,
    "open": lambda one: not one.closed,
    "closed": lambda one: one.closed,
    "answered": lambda one: one.is_answered is True,
    "unanswered": lambda one: one.is_answered is False,
    "locked": lambda one: one.locked,
    "unlocked": lambda one: not one.locked,
    "public": lambda one: not one.repository.private,
    "private": lambda one: one.repository.private,
}


def count_reactions(one: Discussion) -> int:
    return sum(map(len, one.reactions.values()))


SORTS: Mapping[str, Callable[[Discussion], float]] = {
    "created": lambda one: one.created_at.timestamp(),
    "updated": lambda one: one.updated_at.timestamp(),
    "comments": lambda one: one.comment_count,
    "reactions": count_reactions,
    "interactions": lambda one: count_reactions(one) + one.comment_count,
}


@lru_cache(maxsize=100)
def discussion_dialect(viewer: str | None, fields: frozenset[str]) -> Dialect[Discussion]:
    """Give the dialect as one account speaks it (`@me`)."""
    if fields - FIELDS:
        raise SearchError(f"in: knows {', '.join(sorted(FIELDS))}")

    def people(of: Callable[[Discussion], Iterable[str]]) -> Make:
        def make(value: str) -> Test[Discussion]:
            wanted = (viewer or "" if value == "@me" else value).lower()
            return lambda one: any(login.lower() == wanted for login in of(one))

        return make

    facts: dict[str, Make] = {
        "is": choose("is", IS),
        "author": people(_authors),
        "commenter": people(_commenters),
        "answered-by": people(_answerers),
        "mentions": people(_mentioned),
        "involves": people(_involved),
        "user": people(lambda one: (one.repository.owner,)),
        "org": people(lambda one: (one.repository.owner,)),
        "repo": _named(lambda one: (one.repository.name_with_owner,)),
        "label": _named(lambda one: one.labels),
        "category": _named(lambda one: (one.category,)),
        "comments": _comments,
        "created": _times(SORTS["created"]),
        "updated": _times(SORTS["updated"]),
    }
    return Dialect(facts, lambda one: _text(one, fields or FIELDS), frozenset({"label"}))


def _named(of: Callable[[Discussion], Iterable[str]]) -> Make:
    def make(value: str) -> Test[Discussion]:
        wanted = value.casefold()
        return lambda one: any(name.casefold() == wanted for name in of(one))

    return make


def _comments(value: str) -> Test[Discussion]:
    span = parse_numbers(value)
    return lambda one: span.holds(one.comment_count)


def _times(of: Callable[[Discussion], float]) -> Make:
    def make(value: str) -> Test[Discussion]:
        span = parse_times(value)
        return lambda one: span.holds(of(one))

    return make


def _authors(one: Discussion) -> Iterator[str]:
    if one.author is not None:
        yield one.author


def _commenters(one: Discussion) -> Iterator[str]:
    yield from (comment.author for comment in one.comments if comment.author)


def _answerers(one: Discussion) -> Iterator[str]:
    if one.answer is not None and one.answer.author is not None:
        yield one.answer.author


def _mentioned(one: Discussion) -> Iterator[str]:
    for text in (one.body, *(comment.body for comment in one.comments)):
        yield from find_mentions(text)


def _involved(one: Discussion) -> Iterator[str]:
    yield from (*_authors(one), *_commenters(one), *_mentioned(one))


def _text(one: Discussion, fields: frozenset[str]) -> str:
    parts = [one.title] if "title" in fields else []
    if "body" in fields:
        parts.append(one.body)
    if "comments" in fields:
        parts += [comment.body for comment in one.comments]
    return "\n\ufffc\n".join(parts)
