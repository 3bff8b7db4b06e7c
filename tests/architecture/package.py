"""A package as syntax trees: its modules, what they import, and which names they use.

Comes in: the folder of a package. Goes out: `Module`s, which the rules judge.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

Modules = tuple["Module", ...]


@dataclass(frozen=True)
class Module:
    """One file; `path` begins with the package's folder."""

    path: str
    source: str = field(repr=False)
    tree: ast.Module = field(repr=False)

    @property
    def name(self) -> str:
        """The dotted name, without `__init__`."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """All of the tree; every rule walks through it."""
        return tuple(ast.walk(self.tree))

    @property
    def stage(self) -> str:
        """The part of the package that it belongs to; empty for the package itself."""
        return stage_of(self.name)

    def at(self, line: int, what: str) -> str:
        """A violation, told as a place and what is wrong there."""
        return f"{self.path}:{line}: {what}"


@dataclass(frozen=True)
class Import:
    """A dotted name that a module imports: a module's, or of something in it."""

    name: str
    line: int


def read_package(folder: Path) -> Modules:
    """Every Python file of the package, in the order of paths."""
    return tuple(
        Module(path.relative_to(folder.parent).as_posix(), source, ast.parse(source))
        for path in sorted(folder.rglob("*.py"))
        for source in [path.read_text(encoding="utf-8")]
    )


def stage_of(name: str) -> str:
    return [*name.split("."), ""][1]


@cache
def imports(module: Module) -> tuple[Import, ...]:
    """Every import, also in functions and under TYPE_CHECKING."""
    return tuple(_imports(module))


def _imports(module: Module) -> Iterator[Import]:
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(module, node)
            yield from (Import(f"{origin}.{alias.name}", node.lineno) for alias in node.names)


def inner_imports(module: Module, modules: Iterable[Module]) -> Iterator[Import]:
    """The imports of the package's own modules, each by the module's name."""
    package = module.name.split(".", maxsplit=1)[0]
    known = {one.name for one in modules} - {package}
    for found in imports(module):
        if found.name.split(".")[0] == package:
            parent = found.name.rpartition(".")[0]
            is_of_a_module = found.name not in known and parent in known
            yield Import(parent if is_of_a_module else found.name, found.line)


@cache
def names_used(module: Module) -> tuple[Import, ...]:
    """Every dotted name, its first part spelt as it was imported (`dt.now` is `datetime...`)."""
    return tuple(_names_used(module))


def _names_used(module: Module) -> Iterator[Import]:
    origins = dict(_origins(module))
    yield from imports(module)
    for node in module.nodes:
        if isinstance(node, ast.Attribute | ast.Name) and (dotted := _dotted(node)):
            first, dot, rest = dotted.partition(".")
            yield Import(origins.get(first, first) + dot + rest, node.lineno)


def _origin(module: Module, node: ast.ImportFrom) -> str:
    """The module that `from ... import` names, made absolute."""
    if not node.level:
        return node.module or ""
    parts = module.path.removesuffix(".py").split("/")[: -node.level]
    return ".".join([*parts, node.module] if node.module else parts)


def _origins(module: Module) -> Iterator[tuple[str, str]]:
    """Local names and what they stand for."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (first, first)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(module, node)
            for alias in node.names:
                yield alias.asname or alias.name, f"{origin}.{alias.name}"


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""
