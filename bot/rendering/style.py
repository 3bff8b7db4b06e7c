"""A style is how one format writes: foreign text harmless, our own words as they are, links.

Comes in: facts of a letter. Goes out: pieces of text that are safe in that format, as the filters
of its templates.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Protocol

from markupsafe import Markup

from bot.rendering.links import html_link, markdown_link
from bot.rendering.neutral import TITLE_LIMIT, Safe, escape_markdown, neutral
from bot.rendering.words import Words

#: The longest piece of foreign prose: a project's description has 350 characters at most.
TEXT_LIMIT = 400


class Link(Protocol):
    """Puts a link on a text; the text alone where the format or the address forbids it."""

    def __call__(self, text: str, url: str | None) -> str: ...


@dataclass(frozen=True, slots=True)
class Style:
    """One format's way to write; what its methods return is of type `safe`."""

    words: Words
    safe: type[str]
    #: Our own words, and foreign ones once neutral, as this format writes them.
    escape: Callable[[str], str]
    put_link: Link
    #: Puts what is neutral where it stands as it is written.
    put_code: Callable[[str], str]

    def foreign(self, value: object, limit: int = TEXT_LIMIT, empty: str = "") -> str:
        """Anything that a template prints: neutral and escaped, unless it is safe already."""
        if isinstance(value, self.safe):
            return value
        if isinstance(value, int):
            return self.safe(self.words.number(value))
        text = "" if value is None else str(value)
        return self.safe(self.escape(neutral(text, limit, empty)))

    def title(self, text: str) -> str:
        """The title of an issue, a discussion or an event."""
        return self.foreign(text, TITLE_LIMIT, self.words.pattern("no_title"))

    def code(self, text: str) -> str:
        """What is to be written as it stands, such as a command."""
        return self.safe(self.put_code(neutral(text)))

    def say(self, key: str, **facts: object) -> str:
        """The catalogue's sentence `key` with its facts; `n` decides the form."""
        n = facts.get("n")
        return self.fill(self.words.pattern(key, n if isinstance(n, int) else 1), facts)

    def fill(self, pattern: str, facts: Mapping[str, object]) -> str:
        """Our words with their facts, whose names stand in braces."""
        pieces = [
            self.escape(literal) + (self.foreign(facts[name]) if name else "")
            for literal, name in _pieces(pattern)
        ]
        return self.safe("".join(pieces))

    def clauses(self, items: Iterable[object]) -> str:
        """The items one after the other, each long enough to have commas of its own."""
        return self._joined([self.foreign(item) for item in items], self.words.lists.clause)

    def listed(self, items: Iterable[object]) -> str:
        """The items as a list in prose: `a, b and c`."""
        return self.safe(self.words.formats.joined([self.foreign(item) for item in items]))

    def drops(self, dropped: Mapping[str, int]) -> str:
        """What was dropped and why, the most frequent cause first."""
        ordered = sorted(dropped.items(), key=lambda item: (-item[1], item[0]))
        return self.listed(
            self.say("drop", n=n, why=self.words.code(code, "drops")) for code, n in ordered if n
        )

    def link(self, text: str, url: str | None) -> str:
        return self.safe(self.put_link(self.foreign(text), url))

    def flow(self, text: str) -> str:
        """What a template wrote over several lines, as one line."""
        return self.safe(" ".join(text.split()))

    def _joined(self, pieces: Iterable[str], between: str) -> str:
        return self.safe(self.escape(between).join(pieces))


def markdown_code(text: str) -> str:
    """A code span, in which nothing is marked up and nobody is mentioned."""
    return "`" + text.replace("`", "'") + "`"


def markdown_style(words: Words) -> Style:
    """How a GitHub post is written."""
    return Style(words, Safe, escape_markdown, markdown_link, markdown_code)


def html_style(words: Words) -> Style:
    """How a mail's HTML is written."""
    return Style(words, Markup, Markup.escape, html_link, Markup("“{}”").format)


def text_style(words: Words) -> Style:
    """How plain text is written: no mark-up, and addresses stand on lines of their own."""
    return Style(words, Safe, str, lambda text, url: text, "“{}”".format)  # noqa: ARG005


@cache
def _pieces(pattern: str) -> tuple[tuple[str, str | None], ...]:
    """The literals of a sentence of ours, each with the name that follows it, if one does."""
    return tuple((literal, name) for literal, name, _, _ in Formatter().parse(pattern))
