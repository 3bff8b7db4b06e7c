"""The sandbox's schema: a cut of GitHub's, with plain attributes as its answers.

Comes in: `schema.graphql` beside this package. Goes out: `SCHEMA`, where a field without a
resolver of its own reads the attribute of the same name in snake case; what is unknown (None) shows
as null, or as `QUIET` says where the schema allows no null.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
)

Resolver = Callable[..., Any]

#: The year GitHub opened: old enough that nothing takes an unknown date for a young thing.
LONG_AGO = datetime(2008, 4, 10, tzinfo=UTC)
QUIET: dict[str, object] = {"String": "", "Int": 0, "Boolean": False, "DateTime": LONG_AGO}
#: Fields whose attribute has another name than the field in snake case.
ATTRIBUTES = {
    "id": "node_id",
    "databaseId": "id",
    "fullDatabaseId": "id",
    "authorAssociation": "association",
    "homepageUrl": "homepage",
    "isArchived": "archived",
    "isDisabled": "disabled",
    "isFork": "fork",
    "isMirror": "mirror",
    "isPrivate": "private",
    "isTemplate": "template",
    "isPinned": "pinned",
    "isDraft": "draft",
    "hasIssuesEnabled": "has_issues",
    "hasDiscussionsEnabled": "has_discussions",
    "stargazerCount": "stars",
    "forkCount": "forks",
}


@lru_cache(maxsize=10_000)
def show_time(moment: datetime) -> str:
    """Write a time as GitHub does: UTC, whole seconds."""
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"


def read_time(text: object) -> datetime:
    """Read a time that a client sends; without a zone it is UTC."""
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def snake_case(name: str) -> str:
    """Write `hasNextPage` as `has_next_page`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


@dataclass(frozen=True, slots=True)
class Attribute:
    """The resolver that reads one attribute; `quiet` stands in for what is unknown."""

    name: str
    quiet: object = None

    def __call__(self, thing: object, _info: GraphQLResolveInfo, **_arguments: object) -> object:
        value = getattr(thing, self.name)
        return self.quiet if value is None else value


def _build() -> GraphQLSchema:
    schema = build_schema((Path(__file__).parents[1] / "schema.graphql").read_text("utf-8"))
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                inner = getattr(field.type, "of_type", None)
                is_needed = isinstance(field.type, GraphQLNonNull)
                quiet = QUIET.get(str(inner)) if is_needed else None
                attribute = ATTRIBUTES.get(name) or snake_case(name)
                field.resolve = Attribute(attribute, quiet)
    vars(schema.type_map["DateTime"]).update(serialize=show_time, parse_value=read_time)
    vars(schema.type_map["BigInt"]).update(serialize=str)
    return schema


SCHEMA = _build()


def resolver(*names: str) -> Callable[[Resolver], Resolver]:
    """Make a function the resolver of these `Type.field`."""

    def install(function: Resolver) -> Resolver:
        for name in names:
            kind_name, _, field = name.partition(".")
            kind = SCHEMA.type_map[kind_name]
            assert isinstance(kind, GraphQLObjectType)
            kind.fields[field].resolve = function
        return function

    return install
