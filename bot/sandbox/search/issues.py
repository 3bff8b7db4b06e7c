"""What the qualifiers of a search for issues and pull requests mean.

Comes in: who searches, and the fields to look for words in (`in:`). Goes out: the dialect, and the
ways to sort. Source: docs.github.com "Searching issues and pull requests".
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from bot.sandbox.references import find_mentions
from bot.sandbox.search.grammar import SearchError
from bot.sandbox.search.ranges import parse_numbers, parse_times
from bot.sandbox.search.terms import Dialect, Test, choose, flag
from bot.sandbox.things import Issue, PullRequest

Item = Issue | PullRequest
FIELDS = frozenset({"title", "body", "comments"})


def count_reactions(item: Item) -> int:
    """Count the reactions of all kinds to an issue's own text."""
    return sum(map(len, item.reactions.values()))


IS: Mapping[str, Test[Item]] = {
    "issue": lambda item: isinstance(item, Issue),
    "pr": lambda item: isinstance(item, PullRequest),
    "open": lambda item: item.state == "OPEN",
    "closed": lambda item: item.state != "OPEN",
    "merged": lambda item: item.state == "MERGED",
    "public": lambda item: not item.repository.private,
    "private": lambda item: item.repository.private,
    "locked": lambda item: item.locked,
    "unlocked": lambda item: not item.locked,
}
NO: Mapping[str, Test[Item]] = {
    "assignee": lambda item: not item.assignees,
    "label": lambda item: not item.labels,
    "milestone": lambda item: not isinstance(item, Issue) or item.milestone is None,
}
SORTS: Mapping[str, Callable[[Item], float]] = {
    "created": lambda item: item.created_at.timestamp(),
    "updated": lambda item: item.updated_at.timestamp(),
    "comments": lambda item: item.comment_count,
    "reactions": count_reactions,
    "interactions": lambda item: count_reactions(item) + item.comment_count,
}


@lru_cache(maxsize=100)
def issue_dialect(viewer: str | None, fields: frozenset[str]) -> Dialect[Item]:
    """Give the dialect as one account speaks it (`@me`)."""
    if fields - FIELDS:
        raise SearchError(f"in: knows {', '.join(sorted(FIELDS))}")
    people = {
        name: _people(viewer, of)
        for name, of in {
            "author": _authors,
            "assignee": lambda item: item.assignees,
            "commenter": _commenters,
            "reviewed-by": _reviewers,
            "mentions": _mentioned,
            "involves": _involved,
        }.items()
    }
    facts: dict[str, Callable[[str], Test[Item]]] = {
        "is": choose("is", IS),
        "state": choose("state", {name: IS[name] for name in ("open", "closed")}),
        "archived": flag("archived", lambda item: item.repository.archived),
        "no": choose("no", NO),
        "linked": choose("linked", {"pr": lambda i: bool(isinstance(i, Issue) and i.linked)}),
        "label": _label,
        "language": _language,
        "reason": _reason,
        "repo": _repository,
        "org": _owner,
        "user": _people(viewer, lambda item: (item.repository.owner,)),
    }
    several = frozenset({"label"})
    return Dialect(facts | people | _ranges(), lambda item: _text(item, fields or FIELDS), several)


def _ranges() -> dict[str, Callable[[str], Test[Item]]]:
    def times(of: str) -> Callable[[str], Test[Item]]:
        def make(value: str) -> Test[Item]:
            span = parse_times(value)
            return lambda item: span.holds_time(getattr(item, of, None))

        return make

    def numbers(of: Callable[[Item], float]) -> Callable[[str], Test[Item]]:
        def make(value: str) -> Test[Item]:
            span = parse_numbers(value)
            return lambda item: span.holds(of(item))

        return make

    moments = {name: times(f"{name}_at") for name in ("created", "updated", "closed", "merged")}
    counts = {name: numbers(SORTS[name]) for name in ("comments", "reactions", "interactions")}
    return moments | counts


def _label(value: str) -> Test[Item]:
    wanted = value.casefold()
    return lambda item: any(name.casefold() == wanted for name in item.labels)


def _language(value: str) -> Test[Item]:
    wanted = value.casefold()
    return lambda item: (item.repository.language or "").casefold() == wanted


def _reason(value: str) -> Test[Item]:
    wanted = value.upper().replace(" ", "_")
    return lambda item: isinstance(item, Issue) and item.state_reason == wanted


def _repository(value: str) -> Test[Item]:
    wanted = value.lower()
    return lambda item: item.repository.name_with_owner.lower() == wanted


def _owner(value: str) -> Test[Item]:
    wanted = value.lower()
    return lambda item: item.repository.owner.lower() == wanted


def _people(
    viewer: str | None, of: Callable[[Item], "Iterator[str] | tuple[str, ...]"]
) -> Callable[[str], Test[Item]]:
    def make(value: str) -> Test[Item]:
        wanted = (viewer or "" if value == "@me" else value).lower()
        return lambda item: any(login.lower() == wanted for login in of(item))

    return make


def _authors(item: Item) -> Iterator[str]:
    if item.author is not None:
        yield item.author


def _commenters(item: Item) -> Iterator[str]:
    yield from (comment.author for comment in item.comments or () if comment.author)


def _reviewers(item: Item) -> Iterator[str]:
    if isinstance(item, PullRequest):
        yield from (review.author for review in item.reviews if review.author)


def _mentioned(item: Item) -> Iterator[str]:
    for text in (item.body, *(comment.body for comment in item.comments or ())):
        yield from find_mentions(text)


def _involved(item: Item) -> Iterator[str]:
    yield from (*item.assignees, *_authors(item), *_commenters(item), *_mentioned(item))


def _text(item: Item, fields: frozenset[str]) -> str:
    parts = [item.title] if "title" in fields else []
    if "body" in fields and item.body:
        parts.append(item.body)
    if "comments" in fields and item.comments:
        parts += [comment.body for comment in item.comments]
    return "\n\ufffc\n".join(parts)
