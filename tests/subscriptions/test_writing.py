"""A student's file is written so that every reader of YAML reads what was asked for."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.subscriptions.parsing import parse_text
from bot.subscriptions.student import Subscription
from bot.subscriptions.tree import clean
from bot.subscriptions.writing import NoFile, without_mentored, write_student
from tests.rendering.page import hostile_text

PATH = Path("config/students/ada-example.yaml")
EXAMPLES = Path(__file__).parents[2] / "config/students"


def parse(text):
    return parse_text(PATH, text, Subscription, login="ada-example")


lines = (hostile_text | st.text()).map(lambda text: clean(text).strip()[:100].strip())
lines = lines.filter(bool)


@given(interests=st.lists(lines, min_size=1, max_size=5), topics=st.lists(lines, max_size=3))
@example(interests=["no", "2048", "2026-12-01", "null", "~", "1_000", "0x1F", "1e3"], topics=["on"])
@example(interests=["a: b", "# c", "- d", "{e}", "[f", "*g", "&h", "!i", "%j", "|", ">"], topics=[])
@example(interests=['"', "'", "\\", "a #b", "a, b", "? k", "@l", "`m`"], topics=["---", "..."])
@settings(max_examples=30)
def test_what_is_written_is_what_the_model_reads(interests, topics):
    keys = {"interests": interests, "avoid": {"topics": topics} if topics else None}
    text = write_student(keys)
    written = yaml.safe_load(text)
    assert written["interests"] == interests
    assert set(written) <= {"interests", "avoid"}
    parsed = parse(text)
    assert parsed.problems == ()
    assert list(parsed.value.interests) == interests
    assert list(parsed.value.avoid.topics) == topics


def test_a_new_file_reads_like_this():
    """It names no schema: a club's own repository ships none."""
    keys = {
        "languages": {"Python": "fluent", "Rust": "learning"},
        "interests": ["astronomy"],
        "hours": 3,
        "public": False,
    }
    assert write_student(keys) == (
        "# A student. The file's name is the GitHub login. Asked for by the form; edit it as you"
        " like.\n"
        "languages: {Python: fluent, Rust: learning} # that you can work in; or {Rust: learning}\n"
        "interests: [astronomy]    # GitHub topics or plain words\n"
        "hours: 3                  # a week\n"
        "public: false             # may my digest stand in a public repository?\n"
    )


@pytest.mark.parametrize("path", sorted(EXAMPLES.iterdir()), ids=lambda path: path.stem)
def test_a_file_in_which_nothing_changes_stays_as_it_is(path):
    text = path.read_text("utf-8")
    known = yaml.safe_load(text)
    assert write_student({"interests": known["interests"], "email": None}, text) == text


def test_what_is_not_asked_for_stays_with_its_comments():
    text = (
        "name: Ada  # as she is called\n"
        "languages: [Python]  # for now\n"
        'email: "age:abc"\n'
        "# from the mail\n"
        "confirmed: K7\n"
        "picks: 3\n"
    )
    changed = write_student({"languages": ["Go"], "picks": None, "peers": True}, text)
    assert changed == (
        "name: Ada  # as she is called\n"
        "languages: [Go]      # for now\n"
        'email: "age:abc"\n'
        "# from the mail\n"
        "confirmed: K7\n"
        "peers: true\n"
    )


@pytest.mark.parametrize(
    "text", ["", "- a\n", "a: [", "\t", "a: b\na: c\n", "name: 2026-99-99", "a: " + "[" * 999]
)
def test_a_text_in_which_nothing_can_be_kept_is_no_file(text):
    with pytest.raises(NoFile):
        write_student({"interests": ["maps"]}, text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "mentors:\n- github: g\n  students: [Ada, ben]\n",
            "mentors:\n- github: g\n  students: [ben]\n",
        ),
        (
            "name: C # c\nmentors:\n  # m\n  - github: g\n    students:\n      - ada\n      - b\n",
            "name: C # c\nmentors:\n  # m\n  - github: g\n    students:\n      - b\n",
        ),
        ("mentors: [{github: g, students: all}]\n", "mentors: [{github: g, students: all}]\n"),
        (
            "mentors: [g, {github: g, students: [ada]}]\n",
            "mentors: [g, {github: g, students: []}]\n",
        ),
        ("name:   odd\n", "name:   odd\n"),
    ],
)
def test_a_login_leaves_the_mentors_lists_and_nothing_else_moves(text, left):
    assert without_mentored(text, "ada") == left


@pytest.mark.parametrize("login", ["1234", "0123", "12e3", "0x1F", "null", "2026-11-27"])
def test_a_login_that_looks_like_a_number_leaves_them_too(login):
    text = f"name: 0x11\nmentors: [{{github: g, students: [+1, {login}]}}]\n"
    left = "name: 0x11\nmentors: [{github: g, students: [+1]}]\n"
    assert without_mentored(text, login) == left
