"""The documents that the bot sends: what each costs, and whether GitHub's schemas know it.

Comes in: `bot/adapters/queries`, a log of what a run asked. Goes out: points by GitHub's formula at
the sizes that the run used, and what a schema finds wrong. Sources: docs.github.com "Rate limits
and query limits for the GraphQL API"; GitHub's published schema, where it lies beside the project.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    build_schema,
    parse,
    print_ast,
    validate,
)

from bot.adapters.github_together import Form, compose
from bot.harvest.source import N_TOGETHER
from bot.harvest.together import MAX_TOGETHER
from bot.sandbox.graphql.cost import cost, find_operation

#: What the stored schema, octokit's of 2025-02, does not know yet, and who does.
NEWER = {
    "Issue.assignedActors": "GitHub's schema of 2025-09; docs.github.com, Issue",
    "Issue.issueDependenciesSummary": "GitHub's schema of 2025-09; docs.github.com, Issue",
    "Issue.issueType": "GitHub's schema of 2025-09; docs.github.com, Issue",
}
_UNKNOWN = re.compile(r"Cannot query field '(\w+)' on type '(\w+)'")
#: The most that a page may have, for a document that the run did not send.
MOST = 100


def documents() -> dict[str, str]:
    """Every document's text by its name, with the fragments that it spreads behind it."""
    folder = Path(str(files("bot.adapters") / "queries"))
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.graphql"))}
    fragments = {part.name.value: part for text in texts.values() for part in _fragments(text)}
    return {
        name: _complete(text, fragments) for name, text in texts.items() if _has_operation(text)
    }


def composed() -> dict[str, str]:
    """The documents of many searches in one, at the most searches that they hold."""
    halves = [Form.N_ISSUES] * (N_TOGETHER // 2) + [Form.N_REPOSITORIES] * (N_TOGETHER // 2)
    return {
        f"{N_TOGETHER} counts": compose("Counts", halves),
        f"{N_TOGETHER} issue searches": compose("Issues", [Form.ISSUES] * N_TOGETHER),
        f"{N_TOGETHER} repository searches": compose("Projects", [Form.REPOSITORIES] * N_TOGETHER),
    }


def _has_operation(text: str) -> bool:
    return any(isinstance(one, OperationDefinitionNode) for one in parse(text).definitions)


def _fragments(text: str) -> list[FragmentDefinitionNode]:
    found = parse(text).definitions
    return [one for one in found if isinstance(one, FragmentDefinitionNode)]


def _complete(text: str, fragments: Mapping[str, FragmentDefinitionNode]) -> str:
    """A document with the fragments that it, or a fragment that it spreads, does not define."""
    while True:
        known = {one.name.value for one in _fragments(text)}
        missing = set(re.findall(r"\.\.\.\s*(?!on\b)(\w+)", text)) - known
        if not missing:
            return text
        text = "\n".join([text, *(print_ast(fragments[name]) for name in sorted(missing))])


@cache
def stored_schema(path: Path) -> GraphQLSchema:
    """GitHub's schema from its SDL, which defines one field twice and thus is not checked."""
    return build_schema(path.read_text("utf-8"), assume_valid=True, assume_valid_sdl=True)


def faults(document: str, schema: GraphQLSchema) -> list[str]:
    """What a schema finds wrong with a document: unknown fields as `Type.field`, else messages."""
    found = []
    for error in validate(schema, parse(document)):
        unknown = _UNKNOWN.match(error.message)
        found.append(f"{unknown[2]}.{unknown[1]}" if unknown else error.message)
    return found


def operation_name(document: str) -> str:
    name = find_operation(parse(document)).name
    return name.value if name else ""


def was_sent(document: str, asked: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a run sent a document; `asked` is the log of the sandbox's control door."""
    return bool(_sent(document, asked))


def usual_variables(document: str, asked: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The dearest variables that a run sent with a document; else the most that there can be."""
    tree = parse(document)
    sent = _sent(document, asked)
    if sent:
        return max(sent, key=lambda variables: cost(tree, variables))
    return {name: _most(name) for name in _variables(find_operation(tree))}


def _sent(document: str, asked: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    kind = f"graphql {operation_name(document)}"
    return [one["variables"] for one in asked if one["kind"] == kind]


def points(document: str, variables: Mapping[str, Any]) -> int:
    """What GitHub charges for a document with these variables."""
    return cost(parse(document), variables)[0]


def _variables(operation: OperationDefinitionNode) -> list[str]:
    return [one.variable.name.value for one in operation.variable_definitions]


def _most(name: str) -> object:
    if re.fullmatch(r"n\d+", name):
        return MAX_TOGETHER // N_TOGETHER
    if name == "ids":
        return [f"I_{number}" for number in range(MOST)]
    return MOST if name == "first" else None
