"""The search language: words, qualifiers, AND, OR, NOT and parentheses.

Comes in: a query as a person types it. Goes out: a tree of terms, and the `sort:` and `in:` that
stand beside it. Adjacent terms mean AND, which binds tighter than OR. Source of the limits:
docs.github.com "Searching for information", "Limitations on query length".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_OPERATORS = 5
MAX_TEXT = 256
MAX_DEPTH = 5

TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])
    | (?P<minus>-?)(?:
        (?P<name>[A-Za-z][\w-]*):(?P<value>(?:"(?:\\.|[^"\\])*"|[^\s"()])*)
        | "(?P<phrase>(?:\\.|[^"\\])*)"
        | (?P<word>[^\s()"]+)))""",
    re.VERBOSE,
)
VALUE = re.compile(r'"((?:\\.|[^"\\])*)"|([^,"]+)')
OPERATORS = {"AND", "OR", "NOT"}


class SearchError(ValueError):
    """The query cannot be searched for."""


@dataclass(frozen=True, slots=True)
class Text:
    """A word or a quoted phrase."""

    text: str


@dataclass(frozen=True, slots=True)
class Qualifier:
    """`name:value`, or `name:value,value` where any will do."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: "Tree"


@dataclass(frozen=True, slots=True)
class All:
    """What must hold together; without parts, everything does."""

    parts: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Of which one part must hold."""

    parts: tuple["Tree", ...]


Tree = Text | Qualifier | Not | All | Either
Token = str | Text | Qualifier | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: the terms that must hold, how to order, where to look for words."""

    terms: tuple[Tree, ...]
    sort: str | None = None
    fields: frozenset[str] = frozenset()


@lru_cache(maxsize=1000)
def parse_query(text: str) -> Query:
    """Parse a query; SearchError says what GitHub would refuse, or what is no query."""
    tokens = _tokens(text)
    said = [part.text for part in map(_bare, tokens) if isinstance(part, Text)]
    if len(" ".join(said)) > MAX_TEXT:
        raise SearchError(f"the search is longer than {MAX_TEXT} characters")
    if sum(token in OPERATORS for token in tokens) > MAX_OPERATORS:
        raise SearchError(f"more than {MAX_OPERATORS} AND / OR / NOT operators were used")
    sorts = [t.values for t in tokens if isinstance(t, Qualifier) and t.name == "sort"]
    fields = [v for t in tokens if isinstance(t, Qualifier) and t.name == "in" for v in t.values]
    kept = [t for t in tokens if not (isinstance(t, Qualifier) and t.name in {"sort", "in"})]
    tree = _Parser(kept).parse()
    terms = tree.parts if isinstance(tree, All) else (tree,)
    return Query(terms, sorts[-1][0].lower() if sorts else None, frozenset(fields))


def _bare(token: Token) -> Token | Tree:
    return token.part if isinstance(token, Not) else token


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = TOKEN.match(text, at)
        if found is None:
            raise SearchError(f"a quotation mark is not closed: {text[at:].strip()}")
        tokens.append(_token(found))
        at = found.end()
    return tokens


def _token(found: re.Match[str]) -> Token:
    if found["bracket"] or (found["word"] in OPERATORS and not found["minus"]):
        return found["bracket"] or found["word"]
    if found["name"] is None:
        term: Text | Qualifier = Text(_unquote(found["phrase"] or found["word"] or ""))
    else:
        pairs = VALUE.findall(found["value"])
        values = tuple(_unquote(quoted) or plain for quoted, plain in pairs)
        if not values or not all(values):
            raise SearchError(f"the qualifier {found['name']}: has no value")
        term = Qualifier(found["name"].lower(), values)
    return Not(term) if found["minus"] else term


def _unquote(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


class _Parser:
    """Reads tokens from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def parse(self) -> Tree:
        if not self.tokens:
            return All(())
        tree = self._either()
        if self.at < len(self.tokens):
            raise SearchError("a parenthesis is closed that was not opened")
        return tree

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _either(self) -> Tree:
        parts = [self._all()]
        while self._next() == "OR":
            self.at += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _all(self) -> Tree:
        parts = [self._term()]
        while self._next() not in {None, "OR", ")"}:
            if self._next() == "AND":
                self.at += 1
            parts.append(self._term())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _term(self) -> Tree:
        term = self._next()
        self.at += 1
        if term == "NOT":
            return Not(self._term())
        if term == "(":
            return self._bracket()
        if term is None or isinstance(term, str):
            raise SearchError(f"a term is missing before {term or 'the end'}")
        return term

    def _bracket(self) -> Tree:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SearchError(f"parentheses are nested deeper than {MAX_DEPTH}")
        tree = self._either()
        if self._next() != ")":
            raise SearchError("a parenthesis is not closed")
        self.at += 1
        self.depth -= 1
        return tree
