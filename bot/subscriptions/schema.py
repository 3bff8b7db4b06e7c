"""JSON Schemas of the configuration's files, for editors that complete and check while one writes.

Comes in: the models. Goes out: plain dictionaries (JSON Schema 2020-12). The files in
`config/schemas` hold the same.
"""

from typing import Any

from bot.subscriptions.club import Club
from bot.subscriptions.occasion import Occasions
from bot.subscriptions.student import MAX_WISHES, Skill, Subscription

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def club_schema() -> dict[str, Any]:
    """The schema of `club.yaml`."""
    schema = Club.model_json_schema()
    return {"$schema": _DIALECT} | schema | {"title": "A club of Foothold"}


def student_schema() -> dict[str, Any]:
    """The schema of `students/<login>.yaml`; the login is the file's name and no key."""
    schema = Subscription.model_json_schema()
    keys: dict[str, Any] = schema["properties"]
    del keys["login"]
    schema["required"].remove("login")
    schema["anyOf"] = [{"required": ["languages"]}, {"required": ["interests"]}]
    keys["languages"] = {"description": keys["languages"]["description"]} | _languages()
    return {"$schema": _DIALECT} | schema | {"title": "A student of Foothold"}


def events_schema() -> dict[str, Any]:
    """The schema of `events.yaml`, or of any calendar in YAML."""
    schema = Occasions.model_json_schema()
    return {"$schema": _DIALECT} | schema | {"title": "Events of a club of Foothold"}


def _languages() -> dict[str, Any]:
    """Both ways to write languages, of which the model keeps the second."""
    name = {"type": "string", "minLength": 1, "maxLength": 100}
    skills = [skill.value for skill in Skill]
    return {
        "oneOf": [
            {"type": "array", "items": name, "maxItems": MAX_WISHES},
            {
                "type": "object",
                "additionalProperties": {"enum": skills},
                "maxProperties": MAX_WISHES,
            },
        ]
    }
