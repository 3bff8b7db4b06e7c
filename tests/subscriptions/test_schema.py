"""The JSON Schemas that editors use."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.history.figures import history_schema
from bot.subscriptions.club import Club
from bot.subscriptions.occasion import Occasions
from bot.subscriptions.schema import club_schema, events_schema, student_schema
from bot.subscriptions.student import Subscription

CONFIG = Path(__file__).parents[2] / "config"


def described(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every key of the schema, those of its parts included."""
    keys = dict(schema["properties"])
    for name, part in schema["$defs"].items():
        keys |= {f"{name}.{key}": value for key, value in part.get("properties", {}).items()}
    return keys


@pytest.mark.parametrize(
    "schema",
    [club_schema(), student_schema(), events_schema()],
    ids=["club", "student", "events"],
)
def test_every_key_has_a_description(schema: dict[str, Any]) -> None:
    silent = [key for key, value in described(schema).items() if not value.get("description")]
    assert silent == []


def test_every_key_of_the_models_stands_in_its_schema_but_the_login() -> None:
    assert set(club_schema()["properties"]) == set(Club.model_fields)
    assert set(events_schema()["properties"]) == set(Occasions.model_fields)
    assert set(student_schema()["properties"]) == set(Subscription.model_fields) - {"login"}


def test_an_unknown_key_is_an_error_to_editors_too() -> None:
    assert club_schema()["additionalProperties"] is False
    assert student_schema()["additionalProperties"] is False


def test_a_club_must_have_a_name_and_a_student_a_wish() -> None:
    assert club_schema()["required"] == ["name"]
    assert student_schema()["anyOf"] == [{"required": ["languages"]}, {"required": ["interests"]}]
    assert "login" not in student_schema()["required"]


def test_languages_are_a_list_or_a_mapping() -> None:
    listed, graded = student_schema()["properties"]["languages"]["oneOf"]
    assert listed["type"] == "array"
    assert graded["additionalProperties"]["enum"] == ["fluent", "learning"]


def test_closed_sets_are_listed() -> None:
    parts = student_schema()["$defs"]
    assert parts["Level"]["enum"] == ["first-timer", "beginner", "intermediate"]
    assert club_schema()["$defs"]["Review"]["enum"] == ["off", "notify", "approve"]


def test_the_shapes_are_patterns_that_hold() -> None:
    keys = described(club_schema())
    login = re.compile(keys["Mentor.github"]["pattern"])
    assert login.match("grace-example")
    assert not login.match("@grace")
    assert not login.match("x" * 40)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("club", club_schema()),
        ("student", student_schema()),
        ("events", events_schema()),
        ("history", history_schema()),
    ],
)
def test_the_shipped_schemas_are_those_of_the_code(name: str, schema: dict[str, Any]) -> None:
    shipped = (CONFIG / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert shipped == json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def test_every_example_names_its_schema_and_knows_its_keys() -> None:
    examples = [*sorted(CONFIG.glob("*.yaml")), *sorted((CONFIG / "students").glob("*.yaml"))]
    assert len(examples) == 6
    for path in examples:
        text = path.read_text(encoding="utf-8")
        line = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
        assert line, path
        schema = json.loads((path.parent / line[1]).read_text(encoding="utf-8"))
        assert set(yaml.safe_load(text)) <= set(schema["properties"])
