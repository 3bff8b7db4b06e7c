"""The evaluator says what GitHub documents of expressions, and refuses what it does not know."""

import pytest

from tests.workflows.expressions import (
    Contexts,
    UnknownExpression,
    evaluate,
    interpolate,
    is_wanted,
)

GITHUB = {
    "event_name": "issues",
    "event": {"issue": {"title": "Foothold: stop", "labels": [{"name": "Form"}, {"name": "b"}]}},
}
NAMED = {
    "github": GITHUB,
    "inputs": {"live": True, "week": ""},
    "secrets": {},
    "needs": {"gate": {"outputs": {"go": "true"}, "result": "success"}},
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'it''s'", "it's"),
        ("needs.gate.outputs.go == 'TRUE'", True),
        ("needs.gate.outputs.stop == ''", True),
        ("inputs.live && 'a' || 'b'", "a"),
        ("secrets.NONE || github.event_name", "issues"),
        ("!inputs.week", True),
        ("!inputs.live || inputs.week", ""),
        ("github.event_name != 'schedule' && (inputs.week || inputs.live)", True),
        ("contains(github.event.issue.labels.*.name, 'form')", True),
        ("contains(github.event.issue.labels.*.name, 'for')", False),
        ("contains(github.event.issue.title, 'STOP')", True),
        ("startsWith(github.event.issue.title, 'foothold')", True),
        ("github.event.issue.pull_request", None),
        ("github.event.comment.body", None),
        ("inputs.live == 1", True),
        ("null == 0", True),
        ("'x' == 0", False),
    ],
)
def test_values_are_as_documented(expression, value):
    assert evaluate(expression, Contexts(NAMED)) == value


@pytest.mark.parametrize(
    ("condition", "has_failed", "wanted"),
    [
        (None, False, True),
        (None, True, False),
        ("inputs.live", True, False),
        ("always()", True, True),
        ("${{ always() && inputs.live }}", True, True),
        ("failure()", False, False),
        ("!cancelled() && inputs.live", True, True),
        ("success() && inputs.week", False, False),
    ],
)
def test_a_condition_asks_for_success_unless_it_speaks_of_it(condition, has_failed, wanted):
    assert is_wanted(condition, Contexts(NAMED, has_failed)) is wanted


def test_texts_are_filled_in():
    text = "key-${{ github.event_name }}-${{ inputs.live }}-${{ secrets.NONE }}."
    assert interpolate(text, Contexts(NAMED)) == "key-issues-true-."


@pytest.mark.parametrize(
    "expression",
    ["hashFiles('x')", "runner.temp", "a b", "'open", "(true", "github.", "1 +", "", "${{ x }}"],
)
def test_what_it_does_not_know_is_an_error(expression):
    with pytest.raises((UnknownExpression, IndexError)):
        evaluate(expression, Contexts(NAMED))
