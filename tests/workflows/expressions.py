"""Evaluates expressions of workflows, as far as ours use them; anything else is an error.

Comes in: an expression and its contexts. Goes out: its value.
https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Value = Any

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<mark>&&|\|\||==|!=|[!().,\[\]*]))"
)
_LITERALS = {"true": True, "false": False, "null": None}
_WHOLE = re.compile(r"\s*\$\{\{(?P<inside>(?:(?!\}\}).)*)\}\}\s*", re.DOTALL)
_PART = re.compile(r"\$\{\{(?P<inside>.*?)\}\}", re.DOTALL)
STATUS = re.compile(r"\b(?:always|success|failure|cancelled)\s*\(")


class UnknownExpression(Exception):
    """A workflow says something that this evaluator has no answer for."""


@dataclass(frozen=True)
class Contexts:
    """What expressions can name: `github`, `secrets`, ...; and how the job has fared so far."""

    named: Mapping[str, Value]
    has_failed: bool = False

    def find(self, name: str) -> Value:
        if name not in self.named:
            raise UnknownExpression(f"there is no context {name}")
        return self.named[name]

    @property
    def functions(self) -> dict[str, Callable[..., Value]]:
        return {
            "always": lambda: True,
            "cancelled": lambda: False,
            "success": lambda: not self.has_failed,
            "failure": lambda: self.has_failed,
            "contains": _contains,
            "startsWith": lambda text, start: _folded(text).startswith(_folded(start)),
        }


def evaluate(expression: str, contexts: Contexts) -> Value:
    """The value of an expression without its `${{ }}`; raises UnknownExpression."""
    reader = _Reader(_tokens(expression), contexts)
    value = reader.either()
    if reader.tokens:
        raise UnknownExpression(f"{expression!r} goes on with {reader.tokens[0][1]!r}")
    return value


def interpolate(text: str, contexts: Contexts) -> str:
    """A text with each `${{ }}` replaced by its value."""
    return _PART.sub(lambda match: to_text(evaluate(match["inside"], contexts)), text)


def is_wanted(condition: object, contexts: Contexts) -> bool:
    """What an `if:` decides; without a word about the status it also asks for success."""
    text = str(condition) if condition is not None else "success()"
    whole = _WHOLE.fullmatch(text)
    inside = whole["inside"] if whole else text
    value = is_true(evaluate(inside, contexts))
    return value if STATUS.search(inside) else value and not contexts.has_failed


def is_true(value: Value) -> bool:
    return not (value is None or value == "" or value is False or value == 0)


def to_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | str):
        return str(value)
    raise UnknownExpression("an object has no text")


def _tokens(expression: str) -> list[tuple[str, str]]:
    found, at, text = [], 0, expression.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.end() == at:
            raise UnknownExpression(f"{text[at:]!r} cannot be read")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    return found


class _Reader:
    """Goes through the tokens by precedence, evaluating on its way."""

    def __init__(self, tokens: list[tuple[str, str]], contexts: Contexts) -> None:
        self.tokens, self.contexts = tokens, contexts

    def _is(self, mark: str) -> bool:
        if self.tokens and self.tokens[0] == ("mark", mark):
            self.tokens.pop(0)
            return True
        return False

    def _need(self, mark: str) -> None:
        if not self._is(mark):
            raise UnknownExpression(f"{mark!r} is missing")

    def either(self) -> Value:
        value = self._both()
        while self._is("||"):
            other = self._both()
            value = value if is_true(value) else other
        return value

    def _both(self) -> Value:
        value = self._compared()
        while self._is("&&"):
            other = self._compared()
            value = other if is_true(value) else value
        return value

    def _compared(self) -> Value:
        value = self._unary()
        while True:
            if self._is("=="):
                value = _equal(value, self._unary())
            elif self._is("!="):
                value = not _equal(value, self._unary())
            else:
                return value

    def _unary(self) -> Value:
        return not is_true(self._unary()) if self._is("!") else self._reached(self._primary())

    def _primary(self) -> Value:
        if self._is("("):
            value = self.either()
            self._need(")")
            return value
        if not self.tokens or self.tokens[0][0] == "mark":
            raise UnknownExpression("a value is missing")
        kind, text = self.tokens.pop(0)
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return float(text)
        if text in _LITERALS:
            return _LITERALS[text]
        return self._call(text) if self._is("(") else self.contexts.find(text)

    def _call(self, name: str) -> Value:
        given: list[Value] = []
        while not self._is(")"):
            if given:
                self._need(",")
            given.append(self.either())
        if name not in self.contexts.functions:
            raise UnknownExpression(f"there is no function {name}")
        return self.contexts.functions[name](*given)

    def _reached(self, value: Value) -> Value:
        """What stands behind dots; of what is not there the value is null."""
        while self._is("."):
            if self._is("*"):
                value = list(value or [])
                continue
            _, name = self.tokens.pop(0)
            if isinstance(value, list):
                value = [one[name] for one in value if name in one]
            else:
                value = value.get(name) if isinstance(value, Mapping) else None
        return value


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    if type(one) is type(other):
        return bool(one == other)
    return _number(one) == _number(other)


def _number(value: Value) -> float:
    if value is None or value == "":
        return 0
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def _folded(value: Value) -> str:
    return to_text(value).casefold()


def _contains(search: Value, item: Value) -> bool:
    if isinstance(search, list):
        return any(_equal(one, item) for one in search)
    return _folded(item) in _folded(search)
