"""The form as GitHub writes it into an issue, filled in as somebody might."""

from pathlib import Path
from typing import Any

import yaml

from bot.enrolment.questions import WANTED, Question

PATH = Path(__file__).parents[2] / ".github/ISSUE_TEMPLATE/subscribe.yml"
FORM: dict[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
TITLE: str = FORM["title"]
ELEMENTS = {one["attributes"]["label"]: one for one in FORM["body"] if one["type"] != "markdown"}


def options(question: Question) -> list[str]:
    """The choices of a question, as the form offers them."""
    offered = ELEMENTS[question]["attributes"]["options"]
    return [one["label"] if isinstance(one, dict) else str(one) for one in offered]


def fill_in(**answers: str | list[str]) -> str:
    """The issue's body: answers by the names of questions, the form's defaults for the rest.

    Boxes are given as a list of those that are ticked.
    """
    given = {"LANGUAGES": "Python", "AGREEMENTS": [WANTED]} | answers
    assert set(given) <= set(Question.__members__)
    return "\n\n".join(f"### {one}\n\n{_answer(one, given.get(one.name))}" for one in Question)


def _answer(question: Question, given: str | list[str] | None) -> str:
    element = ELEMENTS[question]
    if element["type"] == "checkboxes":
        ticked = given or []
        marks = (("X" if one in ticked else " ", one) for one in options(question))
        return "\n".join(f"- [{mark}] {label}" for mark, label in marks)
    if given is None and "default" in element["attributes"]:
        return options(question)[element["attributes"]["default"]]
    return str(given or "_No response_")
