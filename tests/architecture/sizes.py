"""Rules about the size and the dress of files.

Comes in: a package's modules. Goes out: violations, each a place and a sentence.
"""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.package import Module, Modules

MAX_FILE = 300
MAX_FUNCTION = 40
MAX_PARAMETERS = 5

#: Names that say nothing, so everything gathers there.
DRAWERS = frozenset(
    {"common", "helper", "helpers", "manager", "managers", "misc", "models", "util", "utils"}
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


def inits_are_empty(modules: Modules) -> list[str]:
    """Every `__init__.py` is empty, but the first."""
    return [
        module.at(1, "is not empty")
        for module in modules
        if module.path.count("/") > 1
        if module.path.endswith("/__init__.py") and module.source.strip()
    ]


def files_are_small(modules: Modules) -> list[str]:
    """A file that outgrows the limit is two stages."""
    return [
        module.at(MAX_FILE + 1, f"has {n_lines} lines")
        for module in modules
        for n_lines in [len(module.source.splitlines())]
        if n_lines > MAX_FILE
    ]


def functions_are_small(modules: Modules) -> list[str]:
    """From `def` to the last line."""
    return [
        module.at(function.lineno, f"{function.name} has {n_lines} lines")
        for module in modules
        for function in _functions(module)
        for n_lines in [(function.end_lineno or 0) - function.lineno + 1]
        if n_lines > MAX_FUNCTION
    ]


def parameters_are_few(modules: Modules) -> list[str]:
    """Those that a caller can name or place; `self` and `cls` are not among them."""
    return [
        module.at(function.lineno, f"{function.name} has {n_parameters} parameters")
        for module in modules
        for function in _functions(module)
        for n_parameters in [len(_parameters(function))]
        if n_parameters > MAX_PARAMETERS
    ]


def modules_say_their_duty(modules: Modules) -> list[str]:
    """Every module has a docstring; an empty `__init__.py` has no duty."""
    return [
        module.at(1, "has no docstring")
        for module in modules
        if module.source.strip() or not module.path.endswith("/__init__.py")
        if not ast.get_docstring(module.tree)
    ]


def no_drawers(modules: Modules) -> list[str]:
    """No file and no folder is named for holding anything."""
    return [
        module.at(1, f"{part} is a drawer's name")
        for module in modules
        for part in PurePosixPath(module.path).with_suffix("").parts
        if part in DRAWERS
    ]


def _functions(module: Module) -> Iterator[Function]:
    return (node for node in module.nodes if isinstance(node, Function))


def _parameters(function: Function) -> list[ast.arg]:
    given = [*function.args.posonlyargs, *function.args.args]
    if given and given[0].arg in ("self", "cls"):
        given = given[1:]
    return [*given, *function.args.kwonlyargs]
