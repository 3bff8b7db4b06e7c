"""The shapes of the small texts that people write into the configuration.

Comes in: text. Goes out: the same text, or a ValueError that says what is wrong; what to write
instead. Each shape is also the `pattern` of its field in the JSON Schema.
"""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema


class Written(BaseModel):
    """What people write: frozen; an unknown key is an error, a key without a value is left out."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, use_attribute_docstrings=True
    )

    @model_validator(mode="before")
    @classmethod
    def _nothing_written_is_left_out(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        known = cls.model_fields
        return {key: it for key, it in value.items() if it is not None or key not in known}


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern, and the words for text that does not fit it."""

    pattern: str
    wrong: str

    def __get_pydantic_core_schema__(
        self,
        source: type[Any],
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"pattern": self.pattern}

    def _check(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text):
            raise ValueError(self.wrong)
        return text


#: Text that a person wrote about themselves: one line, no longer than a title.
Line = Annotated[str, Field(min_length=1, max_length=100)]

#: GitHub's rule for new accounts: 1 to 39 letters, digits and single hyphens, none at the ends.
LOGIN_PATTERN = r"^(?=.{1,39}$)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$"

Login = Annotated[
    str,
    Shape(
        LOGIN_PATTERN,
        "is no GitHub login; write its letters, digits and single hyphens only, without @",
    ),
]

#: An account that posts for us: a person's, or an app's (`github-actions[bot]`).
Poster = Annotated[
    str,
    Shape(
        r"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:\[bot\])?$",
        "is no GitHub login; write one such as club-officer or github-actions[bot]",
    ),
]

REPOSITORY_PATTERN = r"^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/[A-Za-z0-9._-]{1,100}$"

#: `owner/name`, as GitHub allows them.
RepositoryName = Annotated[
    str,
    Shape(
        REPOSITORY_PATTERN,
        "is no repository; write owner/name, such as campus-club/digests",
    ),
]

#: An owner of repositories; logins of companies may hold an underscore, old ones end in a hyphen.
Owner = Annotated[
    str,
    Shape(
        r"^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$",
        "is no owner of repositories; write the login alone, such as octo-org",
    ),
]

#: Address lines as a letter's head carries them: `Name <name@example.org>`, or the address alone.
Mailbox = Annotated[
    str,
    Shape(
        r"^(?:[^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$",
        'is no e-mail address; write one such as "Campus Club <digest@example.org>", in quotes',
    ),
]
