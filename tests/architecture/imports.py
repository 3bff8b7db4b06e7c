"""Rules about who may import whom.

Comes in: a package's modules. Goes out: violations, each a place and a sentence.
"""

import sys
from collections.abc import Iterator

from tests.architecture.order import (
    ADAPTER_USERS,
    ADAPTERS,
    FREE,
    ORDER,
    OWNERS,
    SANDBOX,
    SANDBOX_USERS,
)
from tests.architecture.package import Module, Modules, imports, inner_imports, names_used, stage_of

BY_NAME = frozenset({"importlib.import_module", "__import__", "builtins.__import__"})


def imports_to_the_left(modules: Modules) -> list[str]:
    """A module imports only what stands to its left in the order, or its own stage."""
    place = {stage: position for position, stage in enumerate(ORDER)}
    found = []
    for module in modules:
        if module.stage in ("", SANDBOX):
            continue
        if module.stage not in place:
            found.append(module.at(1, f"{module.stage} has no place in the order"))
            continue
        for one in inner_imports(module, modules):
            stage = stage_of(one.name)
            if stage != SANDBOX and place.get(stage, -1) > place[module.stage]:
                found.append(module.at(one.line, f"{module.stage} imports {stage}, to its right"))
    return found


def no_import_circles(modules: Modules) -> list[str]:
    """No module reaches itself by its imports."""
    graph = {
        module.name: [one.name for one in inner_imports(module, modules)] for module in modules
    }
    return [f"{name}: imports itself through {path}" for name, path in _circles(graph)]


def pipeline_and_adapters_apart(modules: Modules) -> list[str]:
    """The pipeline knows Protocols, adapters know stages: neither knows the other."""
    apart = {"pipeline": "adapters", "adapters": "pipeline"}
    return [
        module.at(one.line, f"{module.stage} imports {one.name}")
        for module in modules
        for one in inner_imports(module, modules)
        if stage_of(one.name) == apart.get(module.stage)
    ]


def sandbox_apart(modules: Modules) -> list[str]:
    """The sandbox imports nothing of the bot, and only the command line imports the sandbox."""
    return [
        module.at(one.line, f"{module.stage} imports {one.name}")
        for module in modules
        for one in inner_imports(module, modules)
        if (module.stage == SANDBOX and stage_of(one.name) != SANDBOX)
        or (stage_of(one.name) == SANDBOX and module.stage not in SANDBOX_USERS)
    ]


def adapters_have_few_friends(modules: Modules) -> list[str]:
    """Only who builds a command's means imports the adapters."""
    return [
        module.at(one.line, f"{module.name} imports {one.name}")
        for module in modules
        for one in inner_imports(module, modules)
        if stage_of(one.name) == ADAPTERS and module.stage not in ADAPTER_USERS
    ]


def libraries_have_owners(modules: Modules) -> list[str]:
    """A library is imported by its owner only."""
    return [
        module.at(one.line, f"{module.stage or module.name} imports {library}")
        for module in modules
        for one in imports(module)
        for library in [one.name.split(".")[0]]
        if _is_judged(library, module) and module.stage not in OWNERS.get(library, ())
    ]


def no_imports_by_name(modules: Modules) -> list[str]:
    """No import hides in a string, where the other rules cannot see it."""
    return [
        module.at(one.line, f"imports by name with {one.name}")
        for module in modules
        for one in names_used(module)
        if one.name in BY_NAME
    ]


def _is_judged(library: str, module: Module) -> bool:
    """Libraries, and those of Python's own that have an owner."""
    if library in OWNERS:
        return True
    own = module.name.split(".", maxsplit=1)[0]
    return library not in sys.stdlib_module_names | FREE | {own}


def _circles(graph: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Every module that reaches itself, with one shortest way."""
    for start in graph:
        ways = [[start]]
        seen: set[str] = set()
        for way in ways:
            for name in graph.get(way[-1], ()):
                if name == start:
                    yield start, " > ".join([*way, start])
                    ways.clear()
                    break
                if name not in seen:
                    seen.add(name)
                    ways.append([*way, name])
