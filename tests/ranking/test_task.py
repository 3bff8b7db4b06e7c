import pytest

from bot.ranking.task import guess_effort, guess_kind
from bot.terms import Effort, Kind
from tests.builders_core import TITLE, build_details, build_issue


def issue_of(title=TITLE, labels=(), body=None):
    details = None if body is None else build_details(body=body)
    return build_issue(title=title, labels=labels, details=details)


@pytest.mark.parametrize(
    ("kind", "title", "labels"),
    [
        (Kind.CODE, "Round the azimuth", ()),
        (Kind.CODE, "Contest the latest result", ("good first issue", "bug")),
        (Kind.DOCS, "Fix a typo", ()),
        (Kind.DOCS, "Round the azimuth", ("area: documentation",)),
        (Kind.TESTS, "Cover the parser with tests", ()),
        (Kind.TESTS, "Fix a typo", ("Tests",)),
        (Kind.DESIGN, "Round the azimuth", ("UX",)),
        (Kind.TRANSLATION, "Traducción al español", ()),
        (Kind.TRANSLATION, "Translate the docs", ()),
        (Kind.TRIAGE, "Round the azimuth", ("needs-repro",)),
    ],
)
def test_the_kind_is_guessed_by_the_labels_else_the_title(kind, title, labels):
    assert guess_kind(issue_of(title, labels)) is kind


@pytest.mark.parametrize(
    ("effort", "issue"),
    [
        (Effort.WEEKEND, issue_of()),
        (Effort.EVENING, issue_of("Fix a typo in the header")),
        (Effort.EVENING, issue_of(labels=("E-easy",))),
        (Effort.LONGER, issue_of("Rewrite the parser")),
        (Effort.LONGER, issue_of("Add support for tides")),
        (Effort.LONGER, issue_of(labels=("size: large",))),
        (Effort.WEEKEND, issue_of("Refactor one label")),
        (Effort.WEEKEND, issue_of("Fix a typo", body="word " * 401)),
        (Effort.EVENING, issue_of("Fix a typo", body="word " * 400)),
        (Effort.WEEKEND, issue_of("Fix a typo", body="1. do it\n" * 7)),
        (Effort.EVENING, issue_of("Fix a typo", body="- [ ] do it\n" * 6)),
        (Effort.LONGER, issue_of("Rewrite one label", body="- do it\n" * 7)),
    ],
)
def test_the_effort_is_guessed_by_title_labels_and_text(effort, issue):
    assert guess_effort(issue) is effort
