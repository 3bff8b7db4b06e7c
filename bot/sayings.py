"""Sayings: what is to be told, before anybody has chosen the language.

Comes in: a key and the values that belong to it. Goes out: a `Saying`, which the journal keeps and
the catalogues word (`templates/words.*.toml`, `[sayings]`). What comes from outside, such as a
language or a topic, is a value; so is a code, which the catalogue words too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator

#: `n` decides the form; a tuple is told as a list; a saying stands in another.
Value: TypeAlias = "str | int | float | Saying | tuple[str | Saying, ...]"


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence or a clause by its key, with what fills it in."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)


def as_written(text: str) -> Saying:
    """What was put into words before there were sayings; it is told as it stands."""
    return Saying("as_written", {"text": text})


def _read(value: object) -> object:
    return as_written(value) if isinstance(value, str) else value


#: A saying as a record holds it: records of earlier versions hold its words.
Said: TypeAlias = Annotated[Saying, BeforeValidator(_read)]
