import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.task import MANY_FILES, MANY_STEPS, MANY_WORDS, estimate, guess_effort, guess_kind
from bot.terms import Effort, Kind
from tests.builders_core import TITLE, build_details, build_issue
from tests.wording import worded


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


@pytest.mark.parametrize(
    ("effort", "body"),
    [
        (Effort.WEEKEND, "word " * MANY_WORDS),
        (Effort.WEEKEND, "word " * (MANY_WORDS + 1)),
        (Effort.LONGER, "word " * (2 * MANY_WORDS + 1)),
        (Effort.LONGER, "1. do it\n" * (2 * MANY_STEPS + 1)),
        (Effort.WEEKEND, " ".join(f"src/f{n}.py" for n in range(2 * MANY_FILES))),
        (Effort.LONGER, " ".join(f"src/f{n}.py" for n in range(2 * MANY_FILES + 1))),
        (Effort.WEEKEND, "src/f.py " * (2 * MANY_FILES + 1)),
        (Effort.WEEKEND, "```\n" + " ".join(f"f{n}.py" for n in range(20)) + "\n```"),
        (Effort.WEEKEND, "e.g. round() and a.b() and so on. " * 3),
    ],
)
def test_much_in_a_text_makes_a_task_larger(effort, body):
    assert guess_effort(issue_of(body=body)) is effort


def test_documentation_is_smaller():
    assert guess_effort(issue_of(labels=("documentation",))) is Effort.EVENING


@pytest.mark.parametrize(
    ("issue", "signs"),
    [
        (issue_of(), ()),
        (issue_of("Fix a Typo"), ("“typo” is in its title or labels",)),
        (issue_of(labels=("documentation",)), ("it is about documentation",)),
        (issue_of("Rewrite the parser"), ("“rewrite” is in its title or labels",)),
        (issue_of("Rewrite one label"), ("“rewrite” is in its title or labels",)),
        (issue_of("Fix a typo", body="1. do it\n" * 7), ("7 steps or points",)),
        (
            issue_of("Rewrite it", body="word " * 900),
            ("900 words long", "“rewrite” is in its title or labels"),
        ),
        (
            issue_of(body=" ".join(f"f{n}.py" for n in range(5)) + " word" * 500),
            ("505 words long", "5 files named"),
        ),
    ],
)
def test_an_estimate_tells_the_signs_that_speak_for_it_the_weightiest_first(issue, signs):
    assert tuple(map(worded, estimate(issue).signs)) == signs


@given(st.text(), st.lists(st.text(), max_size=3).map(tuple), st.none() | st.text())
@settings(deadline=None)
def test_whatever_is_written_has_a_kind_and_a_size(title, labels, body):
    issue = issue_of(title, labels, body)

    assert guess_kind(issue) in Kind
    assert estimate(issue).effort is guess_effort(issue)
