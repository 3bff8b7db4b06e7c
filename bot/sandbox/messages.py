"""HTTP as the sandbox's parts see it.

Comes in: what `server` read from the socket. Goes out: an `Answer` for it to write, or a `Refused`
that carries one in GitHub's shape of an error.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

import graphql

DOCS = "https://docs.github.com/rest"
#: What came out of a JSON text; whoever reads it must look what it is.
JsonValue = Any
Json = dict[str, JsonValue]


@dataclass(frozen=True)
class Request:
    """One request; `path` has lost `/api/v3`, `base_url` has it, `at` is the world's time."""

    method: str
    path: str
    at: datetime
    base_url: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_graphql(self) -> bool:
        return self.path == "/graphql"

    @cached_property
    def json(self) -> JsonValue:
        """The body as JSON, None where there is none; raises `Refused` (400) on what is not."""
        if not self.body:
            return None
        try:
            return json.loads(self.body)
        except ValueError:
            raise refused(400, "Problems parsing JSON") from None

    @property
    def fields(self) -> Json:
        """The body's JSON object; raises `Refused` (400) on another kind of value."""
        found = {} if self.json is None else self.json
        if not isinstance(found, dict):
            raise refused(400, "Body should be a JSON object")
        return found

    @cached_property
    def operation(self) -> "Operation":
        """What a GraphQL request asks for; of another request an empty one."""
        if not self.is_graphql:
            return Operation("rest")
        try:
            document = self.fields.get("query")
        except Refused:
            document = None
        return operation_of(document if isinstance(document, str) else "")

    @property
    def variables(self) -> Json:
        """A GraphQL request's variables; of another request, or a broken one, none."""
        if not self.is_graphql:
            return {}
        try:
            found = self.fields.get("variables")
        except Refused:
            return {}
        return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Operation:
    """A GraphQL document's one operation: `query` or `mutation`, its name, its first fields."""

    kind: str
    name: str = ""
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.kind == "rest":
            return "rest"
        return f"graphql {self.name or ' '.join(self.fields)}".strip()


@lru_cache(maxsize=256)
def operation_of(document: str) -> Operation:
    """The first operation of a document; one that does not parse counts as a nameless query."""
    try:
        tree = graphql.parse(document, no_location=True)
    except graphql.GraphQLSyntaxError:
        return Operation("query")
    for part in tree.definitions:
        if isinstance(part, graphql.OperationDefinitionNode):
            chosen = part.selection_set.selections
            names = tuple(f.name.value for f in chosen if isinstance(f, graphql.FieldNode))
            return Operation(part.operation.value, part.name.value if part.name else "", names)
    return Operation("query")


@dataclass(slots=True)
class Answer:
    """One answer: `data` is shown as JSON, unless `content` stands for the bytes themselves.

    `sent_share` below 1 cuts the body off after its headers promised all of it.
    """

    status: int = 200
    data: JsonValue = None
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None
    content_type: str = "application/json; charset=utf-8"
    sent_share: float = 1.0

    @property
    def bytes(self) -> bytes:
        if self.content is not None:
            return self.content
        if self.data is None:
            return b""
        return json.dumps(self.data, ensure_ascii=False, separators=(",", ":")).encode()


class Refused(Exception):
    """GitHub says no; `answer` is how."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status} {answer.data}")
        self.answer = answer


class ConnectionDropped(Exception):
    """The client is to see its connection closed instead of an answer."""


def error_answer(status: int, message: str, errors: Sequence[Mapping[str, str]] = ()) -> Answer:
    """GitHub's shape of a REST error."""
    data: Json = {"message": message}
    if errors:
        data["errors"] = [dict(error) for error in errors]
    return Answer(status, data | {"documentation_url": DOCS, "status": str(status)})


def refused(status: int, message: str, errors: Sequence[Mapping[str, str]] = ()) -> Refused:
    return Refused(error_answer(status, message, errors))


def not_found() -> Refused:
    return refused(404, "Not Found")
