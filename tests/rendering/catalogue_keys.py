"""Which keys of the catalogues are used, read from the syntax of templates and code.

Comes in: nothing. Goes out: keys by the catalogue's section, and what `Saying`s are filled in with.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
#: Code that words sentences by a key that it got from elsewhere holds that key as a constant.
_WORDING = ("rendering", "cli")


@cache
def templates() -> tuple[nodes.Template, ...]:
    paths = sorted((ROOT / "templates").rglob("*.j2"))
    return tuple(Environment().parse(path.read_text("utf-8")) for path in paths)


@cache
def modules() -> dict[Path, ast.Module]:
    paths = sorted((ROOT / "bot").rglob("*.py"))
    return {path.relative_to(ROOT / "bot"): ast.parse(path.read_text("utf-8")) for path in paths}


def said() -> set[str]:
    """Sentences that templates or code say: these must be there."""
    in_templates = {
        key
        for one in templates()
        for node in one.find_all(nodes.Filter)
        if node.name == "say"
        for key in _constants(node.node)
    }
    in_code = {key for name in ("say", "pattern") for key, _ in _calls(name, _WORDING)}
    return in_templates | in_code


def mentioned() -> set[str]:
    """Every constant that could be a sentence's key."""
    in_templates = (node.value for one in templates() for node in one.find_all(nodes.Const))
    in_code = (
        node.value
        for path, module in modules().items()
        if path.parts[0] in _WORDING
        for node in ast.walk(module)
        if isinstance(node, ast.Constant)
    )
    return {text for text in (*in_templates, *in_code) if isinstance(text, str)}


def sayings() -> list[tuple[str, frozenset[str] | None]]:
    """The key of every `Saying` that is made, and the names that it is filled in with, if plain."""
    return [(key, _names(call)) for key, call in _calls("Saying")]


def flags() -> set[str]:
    return {key for key, _ in _calls("Flag")}


def groups() -> set[str]:
    """The groups of codes that templates name."""
    return {
        argument.value
        for one in templates()
        for node in one.find_all(nodes.Filter)
        if node.name == "word"
        for argument in node.args
        if isinstance(argument, nodes.Const)
    }


def _constants(node: nodes.Expr) -> Iterator[str]:
    branches = (node.expr1, node.expr2) if isinstance(node, nodes.CondExpr) else (node,)
    yield from (one.value for one in branches if isinstance(one, nodes.Const))


def _calls(name: str, stages: tuple[str, ...] = ()) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or method with a constant, or a choice of two, in front."""
    for path, module in modules().items():
        if stages and path.parts[0] not in stages:
            continue
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and _called(node) == name and node.args:
                first = node.args[0]
                for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.value, node


def _called(call: ast.Call) -> str | None:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else None


def _names(call: ast.Call) -> frozenset[str] | None:
    if len(call.args) == 1:
        return frozenset()
    values = call.args[1]
    if not isinstance(values, ast.Dict):
        return None
    return frozenset(key.value for key in values.keys if isinstance(key, ast.Constant))
