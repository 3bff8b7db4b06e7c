"""Turns a tree of terms into one question that a thing answers with yes or no.

Comes in: a tree, and what words and qualifiers mean for the kind of thing searched (a `Dialect`).
Goes out: a predicate. A qualifier that the dialect does not know is an error.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.sandbox.search.grammar import All, Either, Not, Qualifier, SearchError, Text, Tree
from bot.sandbox.search.words import spell

Thing = TypeVar("Thing")
Test = Callable[[Thing], bool]


@dataclass(frozen=True, slots=True)
class Dialect(Generic[Thing]):
    """What a search of one kind understands."""

    #: from a qualifier's name to the test that its value stands for
    qualifiers: Mapping[str, Callable[[str], Test[Thing]]]
    #: the text to look for words in
    text: Callable[[Thing], str]
    #: the qualifiers that take `a,b`, meaning a or b
    several: frozenset[str] = field(default=frozenset())


def compile_tree(tree: Tree, dialect: Dialect[Thing]) -> Test[Thing]:
    """Make the test that a whole tree stands for."""
    match tree:
        case Text(text):
            phrase = spell(text)
            return lambda thing: phrase in spell(dialect.text(thing))
        case Qualifier():
            return _compile_qualifier(tree, dialect)
        case Not(part):
            test = compile_tree(part, dialect)
            return lambda thing: not test(thing)
        case All(parts):
            tests = [compile_tree(part, dialect) for part in _cheap_first(parts)]
            return lambda thing: all(test(thing) for test in tests)
        case Either(parts):
            choices = [compile_tree(part, dialect) for part in parts]
            return lambda thing: any(test(thing) for test in choices)


def _cheap_first(parts: tuple[Tree, ...]) -> list[Tree]:
    """Words come last: looking through texts is the slow part."""
    return sorted(parts, key=lambda part: not isinstance(part, Qualifier))


def _compile_qualifier(term: Qualifier, dialect: Dialect[Thing]) -> Test[Thing]:
    make = dialect.qualifiers.get(term.name)
    if make is None:
        raise SearchError(f"there is no qualifier {term.name}: here")
    if len(term.values) > 1 and term.name not in dialect.several:
        raise SearchError(f"the qualifier {term.name}: takes one value, not {len(term.values)}")
    tests = [make(value) for value in term.values]
    return tests[0] if len(tests) == 1 else lambda thing: any(test(thing) for test in tests)


def choose(name: str, choices: Mapping[str, Test[Thing]]) -> Callable[[str], Test[Thing]]:
    """Make a qualifier with a closed set of values."""

    def make(value: str) -> Test[Thing]:
        if value.lower() not in choices:
            raise SearchError(f"{name}: knows {', '.join(choices)}, not {value}")
        return choices[value.lower()]

    return make


def flag(name: str, holds: Test[Thing]) -> Callable[[str], Test[Thing]]:
    """Make a qualifier that is true or false."""
    return choose(name, {"true": holds, "false": lambda thing: not holds(thing)})
