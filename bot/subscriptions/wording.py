"""What pydantic finds wrong, in the words of the person who wrote the file, with the line.

Comes in: a `ValidationError`, the tree that was validated, its model. Goes out: (line, text) pairs,
each text of the form `what is wrong; what to write instead`.
"""

import re
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.subscriptions.club import Mentor
from bot.subscriptions.occasion import Occasion
from bot.subscriptions.student import Exclusions
from bot.subscriptions.tree import Mapping, Scalar, Spot, locate, shown

#: The models that stand under a key of another.
_INNER: dict[str, type[BaseModel]] = {
    "mentors": Mentor,
    "events": Occasion,
    "exclude": Exclusions,
    "avoid": Exclusions,
}

#: What to write where a value has the wrong type: by the beginning of pydantic's error type.
_WANTED = {
    "int": "a whole number, such as 5",
    "float": "a number, such as 3",
    "finite": "a number, such as 3",
    "bool": "true or false",
    "date": "the day as 2026-12-01",
    "string": "one text",
}

#: What a value beyond a limit is, and what to write.
_LIMITS = {
    "greater_than": ("too small", "write more than {gt:g}"),
    "greater_than_equal": ("too small", "write {ge:g} or more"),
    "less_than": ("too large", "write less than {lt:g}"),
    "less_than_equal": ("too large", "write {le:g} or less"),
    "string_too_long": ("too long", "write {max_length} signs or less"),
    "too_long": ("too long a list", "keep the {max_length} that matter most"),
}

#: Nobody mends more at once, and a file that is all wrong must not keep the others waiting.
MOST_PROBLEMS = 100


def in_plain_words(
    error: ValidationError, root: Mapping, model: type[BaseModel]
) -> list[tuple[int, str]]:
    """Every error with its line, in pydantic's order; of a file's hundreds the first."""
    return [
        _told(details, root, model) for details in error.errors(include_url=False)[:MOST_PROBLEMS]
    ]


def _told(details: ErrorDetails, root: Mapping, model: type[BaseModel]) -> tuple[int, str]:
    loc, kind = details["loc"], details["type"]
    spot, last = locate(root, loc), str(loc[-1]) if loc else ""
    owner = _INNER.get(str(loc[0]), model) if len(loc) > 1 else model
    if loc == ("login",):
        wrong = "the file's name is no GitHub login; call it after the account: ada-example.yaml"
        return 1, wrong
    if kind == "missing":
        return spot.line, f"`{last}` is missing; add a line `{last}: ...`"
    if kind == "extra_forbidden":
        return spot.line, _unknown_key(last, owner)
    if kind in {"model_type", "model_attributes_type"}:
        owner = _INNER.get(str(loc[0]), model)
        keys = ", ".join(owner.model_fields)
        return spot.line, f"{spot.subject} needs keys of its own; write one or more of {keys}"
    return spot.line, _wrong_value(details, spot)


def _unknown_key(key: str, owner: type[BaseModel]) -> str:
    keys = [name for name in owner.model_fields if name != "login"]
    close = get_close_matches(key[:100].lower(), keys, n=1)
    instead = f"did you mean `{close[0]}`?" if close else f"the keys are {', '.join(keys)}"
    return f"there is no key `{shown(key)}`; {instead}"


def _wrong_value(details: ErrorDetails, spot: Spot) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "value_error":
        return _own_words(str(context["error"]), spot)
    if kind in _LIMITS:
        what, instead = _LIMITS[kind]
        return f"{spot.subject} is {what}; {instead.format(**context)}"
    if kind in {"tuple_type", "dict_type"}:
        return f"{spot.subject} needs a list; write {_as_list(spot)}"
    if isinstance(spot.node, Scalar) and not spot.node.text:
        where = f"an entry of `{spot.name}`" if spot.is_entry else f"`{spot.name}`"
        return f"{where} is empty; write something, or take it out"
    verb = "hold" if spot.is_entry else "be"
    return f"`{spot.name}` cannot {verb} {spot.quoted}; write {_wanted(kind, context, spot)}"


def _own_words(message: str, spot: Spot) -> str:
    """A model's own message; one that begins with its verb gets the key for its subject.

    The others may repeat what was written, and then never an address.
    """
    if message.startswith("is "):
        return f"{spot.subject} {message}"
    return re.sub(r"\S*@\S*", "this text", message)


def _wanted(kind: str, context: dict[str, object], spot: Spot) -> str:
    """What to write where the value is of the wrong type, or none of a few."""
    if spot.name.endswith("students"):
        return "all, or a list of logins"
    if kind in {"enum", "literal_error"}:
        return str(context["expected"]).replace("'", "")
    return _WANTED.get(kind.partition("_")[0], "it as the example files do")


def _as_list(spot: Spot) -> str:
    key = spot.name.rpartition(".")[2]
    if isinstance(spot.node, Scalar) and spot.node.text:
        return f"`{key}: [{shown(spot.node.text)}]`"
    return f"`{key}: [...]`, with commas between the entries"
